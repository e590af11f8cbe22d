# Nested schemas, both ways, validation across fields, unknown fields, and errors by index.
import datetime as dt
from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, pre_load, validate, validates_schema

class Address(Schema):
    city = fields.Str(required=True)
    zip = fields.Str(validate=validate.Regexp(r"^\d{4}$", error="four digits"))

class User(Schema):
    class Meta:
        unknown = EXCLUDE
    name = fields.Str(required=True, validate=validate.Length(min=2))
    email = fields.Email(data_key="e-mail")
    role = fields.Str(load_default="guest", validate=validate.OneOf(["guest", "admin"]))
    since = fields.Date(format="%d.%m.%Y")
    until = fields.Date()
    balance = fields.Decimal(places=2, as_string=True)
    addresses = fields.List(fields.Nested(Address))
    upper = fields.Method("get_upper", dump_only=True)

    def get_upper(self, user):
        return user["name"].upper()

    @pre_load
    def strip(self, data, **kwargs):
        return {key: value.strip() if isinstance(value, str) else value for key, value in data.items()}

    @validates_schema
    def check(self, data, **kwargs):
        if data.get("until") and data["until"] < data["since"]:
            raise ValidationError("before it begins", "until")

user = User().load({"name": " Ada ", "e-mail": "a@b.org", "since": "01.02.2026", "balance": "1.005", "addresses": [{"city": "Oslo", "zip": "0150"}], "x": 1})
print(user["name"], user["role"], user["since"], user["balance"])
print(User(only=["name", "since", "balance", "upper"]).dump(user))
try:
    User(many=True).load([{"name": "A", "e-mail": "x", "role": "king"}, {"name": "Bo", "since": "02.02.2026", "until": "2026-02-01"}, {"name": "Cy", "addresses": [{"zip": "1"}]}])
except ValidationError as error:
    print(error.messages)

#> Ada guest 2026-02-01 1.00
#> {'name': 'Ada', 'since': '01.02.2026', 'balance': '1.00', 'upper': 'ADA'}
#> {0: {'name': ['Shorter than minimum length 2.'], 'e-mail': ['Not a valid email address.'], 'role': ['Must be one of: guest, admin.']}, 2: {'addresses': {0: {'city': ['Missing data for required field.'], 'zip': ['four digits']}}}}
