"""How Python's values are written in JSON and read from it; docs/SESSIONS.md has the conventions.

`Form` runs in an interpreter that the program may have spoilt. It asks nothing of the program's own objects: values
are known by their exact type, and all that works on them is C, or was taken before any program ran.
"""

from _operator import is_
from binascii import a2b_base64, b2a_base64
from builtins import (
    Exception,
    any,
    bool,
    bytearray,
    bytes,
    dict,
    float,
    frozenset,
    hex,
    id,
    int,
    len,
    list,
    map,
    max,
    min,
    set,
    str,
    sum,
    tuple,
    type,
)
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from math import isfinite

# Characters of a value's text, about.
LARGEST = 64 << 20
# Containers within one another.
_DEEPEST = 100
_SAFE_INTEGER = (1 << 53) - 1
_TEXT = {id(str)}
_WHOLE = {id(int)}
_FRACTION = {id(float)}
_TEXT_OR_CONSTANT = _TEXT | {id(bool), id(type(None))}


class Unsaveable(Exception):
    """A value that cannot be saved as it is."""


class Form:
    """Gives values the form in which JSON can hold them: lists, dicts, text, numbers; the rest with a tag."""

    def __init__(self):
        # Characters, about, of all that was asked for: what is held twice counts twice, and is looked at once.
        self.size = 0
        self._known = {}

    def of(self, value, depth=0):
        kind = type(value)
        if kind is str:
            self._grow(len(value) + 3)
            return value
        if kind is int:
            self.size += 8
            return value if -_SAFE_INTEGER <= value <= _SAFE_INTEGER else self._tagged("bigint", hex(value))
        if kind is bool or value is None:
            self.size += 5
            return value
        if kind is float:
            self.size += 12
            return value if isfinite(value) else {"$type": "number", "value": _name_of(value)}
        known = self._known.get(id(value), self)
        if known is self:
            return self._first(value, kind, depth + 1)
        if known is None:
            raise Unsaveable("it holds itself")
        self._grow(known[1])
        return known[0]

    def _first(self, value, kind, depth):
        if depth > _DEEPEST:
            raise Unsaveable("it is nested too deeply")
        self._known[id(value)] = None
        before = self.size
        self._grow(2)
        if kind is list:
            form = self._items(value, depth)
        elif kind is dict:
            form = self._entries(value, depth)
        elif kind is tuple:
            form = self._tagged("tuple", self._items(value, depth))
        elif kind is set:
            form = self._tagged("set", self._items([*value], depth))
        elif kind is frozenset:
            form = self._tagged("frozenset", self._items([*value], depth))
        else:
            form = self._scalar(value, kind)
        self._known[id(value)] = form, self.size - before
        return form

    def _scalar(self, value, kind):
        if kind is bytes or kind is bytearray:
            self._grow(len(value) * 4 // 3)
            name = "bytes" if kind is bytes else "bytearray"
            return self._tagged(name, str(b2a_base64(value, newline=False), "ascii"))
        if kind is datetime or kind is time:
            zone = value.tzinfo
            # A zone of the program's own making would run its code.
            if zone is None or type(zone) is timezone:
                return self._tagged("datetime" if kind is datetime else "time", kind.isoformat(value))
        elif kind is date:
            return self._tagged("date", date.isoformat(value))
        elif kind is timedelta:
            return self._tagged("timedelta", [value.days, value.seconds, value.microseconds])
        elif kind is Decimal:
            return self._tagged("decimal", str(value))
        raise Unsaveable("JSON has no form for it")

    def _items(self, values, depth):
        kinds = {*map(id, map(type, values))}
        if kinds <= _TEXT_OR_CONSTANT:
            self._grow(len(values) * 4 + (sum(map(len, values)) if kinds == _TEXT else 0))
            if kinds != _TEXT:
                self._grow(sum([len(value) for value in values if type(value) is str]))
        elif kinds == _WHOLE and -_SAFE_INTEGER <= min(values) and max(values) <= _SAFE_INTEGER:
            self._grow(len(values) * 8)
        elif kinds == _FRACTION and not any(map(is_, map(isfinite, values), [False] * len(values))):
            self._grow(len(values) * 12)
        else:
            return [self.of(value, depth) for value in values]
        return values if type(values) is list else [*values]

    def _entries(self, value, depth):
        if {*map(id, map(type, value))} <= _TEXT and "$type" not in value:
            self._grow(sum(map(len, value)) + 3 * len(value))
            return {key: self.of(item, depth) for key, item in value.items()}
        self._grow(5 * len(value))
        kind = "object" if {*map(id, map(type, value))} <= _TEXT else "map"
        return self._tagged(kind, [[self.of(key, depth), self.of(item, depth)] for key, item in value.items()])

    def _tagged(self, kind, value):
        self._grow(22 + (len(value) if type(value) is str else 0))
        return {"$type": kind, "value": value}

    def _grow(self, characters):
        self.size += characters
        if self.size > LARGEST:
            raise Unsaveable("it is too large")


def _name_of(number):
    return "NaN" if number != number else "Infinity" if number > 0 else "-Infinity"


_VALUES = {
    "object": dict,
    "map": dict,
    "set": set,
    "frozenset": frozenset,
    "tuple": tuple,
    "bigint": lambda value: int(value, 16),
    "number": {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf"), "-0": -0.0}.__getitem__,
    "bytes": a2b_base64,
    "bytearray": lambda value: bytearray(a2b_base64(value)),
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda value: timedelta(*value),
    "decimal": Decimal,
}


def decoded(value):
    """What `Form` made, for a JSON decoder's `object_hook`. Anything else raises an Exception."""
    if "$type" not in value:
        return value
    return _VALUES[value["$type"]](value["value"])
