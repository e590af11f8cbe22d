# Anchors, merges, tags, blocks of text, several documents, classes of one's own, and unsafe tags refused.
import datetime
import yaml

text = """
base: &base {host: db, port: 5432}
prod:
  <<: *base
  host: prod-db
  when: 2026-01-31
  at: 2026-01-31T12:30:00Z
  off: no
  n: [0x1F, 0o17, 1_000, .inf, ~, '007']
  text: |
    line 1
      line 2
  folded: >-
    one
    two
? [a, b]
: pair
"""
try:
    yaml.safe_load(text)
except yaml.YAMLError as error:
    print(error.problem, error.problem_mark.line)
data = yaml.safe_load(text.replace("? [a, b]\n: pair\n", ""))
print(data["prod"])
print(list(yaml.safe_load_all("--- 1\n--- [2]\n...\n---\na: {}\n")), yaml.safe_load(""))

class Point(yaml.YAMLObject):
    yaml_tag, yaml_loader, yaml_dumper = "!point", yaml.SafeLoader, yaml.SafeDumper
    def __init__(self, x, y):
        self.x, self.y = x, y

point = yaml.safe_load("!point {x: 1, y: 2}")
print(point.x, yaml.safe_dump(Point(3, 4)).strip(), yaml.safe_load("!!set {a, b}") == {"a", "b"}, yaml.safe_load("!!binary aGk="))
shared = [1]
print(yaml.safe_dump({"a": shared, "b": shared, "d": datetime.date(2026, 1, 2), "s": "é: 'x'", "m": "a\nb\n", "n": None, "t": "yes"}, allow_unicode=True, sort_keys=False, default_flow_style=False))
for bad in ("a: [1", "a: b: c", "\t- x", "!!python/object/apply:os.system ['ls']", "*none"):
    try:
        yaml.safe_load(bad)
    except yaml.YAMLError as error:
        print(type(error).__name__, error.problem_mark.line + 1, error.problem_mark.column + 1)

#> found unhashable key 15
#> {'host': 'prod-db', 'port': 5432, 'when': datetime.date(2026, 1, 31), 'at': datetime.datetime(2026, 1, 31, 12, 30, tzinfo=datetime.timezone.utc), False: False, 'n': [31, '0o17', 1000, inf, None, '007'], 'text': 'line 1\n  line 2\n', 'folded': 'one two'}
#> [1, [2], {'a': {}}] None
#> 1 !point
#> x: 3
#> y: 4 True b'hi'
#> a: &id001
#> - 1
#> b: *id001
#> d: 2026-01-02
#> s: 'é: ''x'''
#> m: 'a
#>
#>   b
#>
#>   '
#> n: null
#> t: 'yes'
#>
#> ParserError 1 6
#> ScannerError 1 5
#> ScannerError 1 1
#> ConstructorError 1 1
#> ComposerError 1 1
