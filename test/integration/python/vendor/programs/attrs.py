# Validators, converters, factories, slots, order, inheritance, hooks, and values as dicts.
import attrs
from attrs import Factory, asdict, define, evolve, field, fields, frozen, validators

@define(kw_only=True)
class Base:
    id: int = field(converter=int, validator=validators.ge(0))

@define
class Person(Base):
    name: str = field(validator=[validators.instance_of(str), validators.min_len(1)], on_setattr=attrs.setters.validate)
    tags: list = Factory(list)
    email: str | None = field(default=None, repr=lambda v: "***")
    _cache: dict = field(factory=dict, init=False, repr=False, eq=False)

    @email.validator
    def _check(self, attribute, value):
        if value is not None and "@" not in value:
            raise ValueError(f"{attribute.name}: no @ in {value!r}")

p = Person("Ada", id="7", email="a@b")
print(p, p == evolve(p), asdict(p, filter=lambda a, v: not a.name.startswith("_")), [f.name for f in fields(Person)])
for bad in (lambda: Person("", id=1), lambda: Person("x", id=-1), lambda: Person("x", id=1, email="n"), lambda: setattr(p, "name", 5), lambda: setattr(p, "nmae", 1)):
    try:
        bad()
    except (ValueError, TypeError, AttributeError) as error:
        print(type(error).__name__, str(error.args[0])[:60])

@frozen(order=True)
class Version:
    major: int
    minor: int = 0

print(sorted([Version(2), Version(1, 5)]), hash(Version(1)) == hash(Version(1)), attrs.astuple(Version(3)), {Version(1): "x"}[Version(1)])
import attr
print(attr.make_class("C", ["x", "y"])(1, y=2), attrs.has(Version))

#> Person(id=7, name='Ada', tags=[], email=***) True {'id': 7, 'name': 'Ada', 'tags': [], 'email': 'a@b'} ['id', 'name', 'tags', 'email', '_cache']
#> ValueError Length of 'name' must be >= 1: 0
#> ValueError 'id' must be >= 0: -1
#> ValueError email: no @ in 'n'
#> TypeError 'name' must be <class 'str'> (got 5 that is a <class 'int'>)
#> AttributeError 'Person' object has no attribute 'nmae'
#> [Version(major=1, minor=5), Version(major=2, minor=0)] True (3, 0) x
#> C(x=1, y=2) True
