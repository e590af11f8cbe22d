# Every type there and back, tables in arrays, text of several lines, and what TOML cannot hold.
import datetime as dt
import tomllib
from decimal import Decimal
import tomli_w

data = {
    "title": 'quo"te \\ é\t', "on": True, "n": [1, -2, 2.5, float("inf")], "hex": 255,
    "when": dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.timezone(dt.timedelta(hours=2))), "day": dt.date(2026, 1, 2), "time": dt.time(1, 2, 3, 500000),
    "tool": {"a.b": {"c d": 1}, "empty": {}}, "items": [{"n": 1}, {"n": 2, "sub": {"x": []}}], "mixed": [[1], ["a", {"k": "v"}]],
}
text = tomli_w.dumps(data)
print(text)
print(tomllib.loads(text) == data, tomllib.loads(tomli_w.dumps({"t": "a\nb"}, multiline_strings=True)), tomli_w.dumps({"d": Decimal("1.10")}).strip())
for bad in ({"a": None}, {"a": {1, 2}}, {1: 2}):
    try:
        tomli_w.dumps(bad)
    except TypeError as error:
        print(type(error).__name__)

#> title = "quo\"te \\ é	"
#> on = true
#> n = [
#>     1,
#>     -2,
#>     2.5,
#>     inf,
#> ]
#> hex = 255
#> when = 2026-01-02 03:04:05+02:00
#> day = 2026-01-02
#> time = 01:02:03.500000
#> items = [
#>     { n = 1 },
#>     { n = 2, sub = { x = [] } },
#> ]
#> mixed = [
#>     [
#>         1,
#>     ],
#>     [
#>         "a",
#>         { k = "v" },
#>     ],
#> ]
#>
#> [tool."a.b"]
#> "c d" = 1
#>
#> [tool.empty]
#>
#> True {'t': 'a\nb'} d = 1.10
#> TypeError
#> TypeError
#> TypeError
