# References, formats, drafts, every error with its path, defaults filled by an extension, and bad schemas.
import jsonschema
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker, ValidationError, validators

schema = {
    "$defs": {"money": {"type": "number", "exclusiveMinimum": 0}},
    "type": "object",
    "required": ["items", "currency"],
    "additionalProperties": False,
    "properties": {
        "items": {"type": "array", "minItems": 1, "items": {"oneOf": [{"$ref": "#/$defs/money"}, {"type": "object", "properties": {"sum": {"$ref": "#/$defs/money"}}, "required": ["sum"]}]}},
        "currency": {"enum": ["EUR", "NOK"]},
        "when": {"type": "string", "format": "date"},
        "note": {"type": "string", "pattern": "^[a-z ]*$", "default": "none"},
    },
}
check = Draft202012Validator(schema, format_checker=FormatChecker())
print(check.is_valid({"items": [5, {"sum": 1.5}], "currency": "EUR", "when": "2026-01-31"}))
bad = {"items": [-1, {"sum": "x"}], "currency": "USD", "when": "31.1.2026", "note": "ABC", "extra": 1}
for error in sorted(check.iter_errors(bad), key=lambda e: e.json_path):
    print(error.json_path, error.validator, error.message[:60])
print(jsonschema.exceptions.best_match(check.iter_errors(bad)).validator, Draft7Validator({"const": 1}).is_valid(1.0), [list(e.absolute_path) for e in check.iter_errors({"items": [{}], "currency": "EUR"})])

def with_defaults(cls):
    inner = cls.VALIDATORS["properties"]
    def fill(validator, properties, instance, schema):
        for name, sub in properties.items():
            if "default" in sub:
                instance.setdefault(name, sub["default"])
        yield from inner(validator, properties, instance, schema)
    return validators.extend(cls, {"properties": fill})

document = {"items": [1], "currency": "NOK"}
with_defaults(Draft202012Validator)(schema).validate(document)
print(document["note"])
for wrong in ({"type": "nothing"}, {"$ref": "#/missing"}):
    try:
        jsonschema.validate(1, wrong)
    except Exception as error:
        print(type(error).__name__)

#> True
#> $ additionalProperties Additional properties are not allowed ('extra' was unexpecte
#> $.currency enum 'USD' is not one of ['EUR', 'NOK']
#> $.items[0] oneOf -1 is not valid under any of the given schemas
#> $.items[1] oneOf {'sum': 'x'} is not valid under any of the given schemas
#> $.note pattern 'ABC' does not match '^[a-z ]*$'
#> $.when format '31.1.2026' is not a 'date'
#> additionalProperties True [['items', 0]]
#> none
#> SchemaError
#> RefResolutionError
