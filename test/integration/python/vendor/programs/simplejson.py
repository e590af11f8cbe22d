# Decimals, NaN, big numbers for JavaScript, named tuples, iterables, sorted keys, hooks, and errors with their place.
from collections import OrderedDict, namedtuple
from decimal import Decimal
import simplejson as json

P = namedtuple("P", "x y")
print(json.dumps({"d": Decimal("1.10"), "p": P(1, 2), "t": (1,), "e": "é\u2028"}), json.dumps([2**60, 5], bigint_as_string=True), json.dumps(iter([1, 2]), iterable_as_array=True))
print(json.loads('{"a": 1.10, "b": [1e400]}', use_decimal=True), json.dumps(float("nan"), ignore_nan=True), json.dumps({"b": 1, "a": 2}, item_sort_key=json.simple_first), json.dumps("</script>", for_json=True) , json.encoder.JSONEncoderForHTML().encode("<&>"))
print(json.loads('{"a": 1, "b": 2}', object_pairs_hook=OrderedDict), json.dumps({1: "x", None: 2}, skipkeys=False), json.dumps({(1, 2): 3, "a": 1}, skipkeys=True), json.dumps([1, [2, {"a": 3}]], indent="  ").splitlines()[2])

class Money:
    def for_json(self):
        return {"eur": 5}

print(json.dumps(Money(), for_json=True), json.dumps(json.RawJSON('{"raw": 1}')))
for bad in ['[1,', '{"a" 1}', '[1] 2', '"\\x"', ""]:
    try:
        json.loads(bad)
    except json.JSONDecodeError as error:
        print(error.msg, error.lineno, error.colno)

#> {"d": 1.10, "p": {"x": 1, "y": 2}, "t": [1], "e": "\u00e9\u2028"} ["1152921504606846976", 5] [1, 2]
#> {'a': Decimal('1.10'), 'b': [Decimal('1E+400')]} null {"a": 2, "b": 1} "</script>" "\u003c\u0026\u003e"
#> OrderedDict({'a': 1, 'b': 2}) {"1": "x", "null": 2} {"a": 1}   [
#> {"eur": 5} {"raw": 1}
#> Expecting value 1 4
#> Expecting ':' delimiter 1 6
#> Extra data 1 5
#> Invalid \X escape sequence %r 1 3
#> Expecting value 1 1
