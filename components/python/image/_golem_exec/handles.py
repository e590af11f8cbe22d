"""Stands in for `weakref.finalize` in componentize-py's runtime, which keeps the host's handles with it.

The library's own class depends on `builtins`, which a program may spoil, and it finalises everything when the
exit handlers run, which are the program's and not the instance's.
"""

import weakref
from _weakref import ref

_library_class = weakref.finalize
# The finalizers that have work to do, kept alive until then.
_pending = set()


class HandleFinalizer:
    """Calls `function(*arguments)` once, when `owner` is gone."""

    def __init__(self, owner, function, *arguments):
        self._call = (function, arguments)
        self._owner = ref(owner, self._finalize)
        _pending.add(self)

    def detach(self):
        """Gives the call back unmade, in the form of `weakref.finalize.detach`."""
        owner, call = self._owner(), self._take()
        return None if call is None else (owner, *call, {})

    def _take(self):
        call, self._call = self._call, None
        _pending.discard(self)
        return call

    def _finalize(self, _):
        call = self._take()
        if call is not None:
            function, arguments = call
            function(*arguments)


def lend():
    """Lets componentize-py's runtime, which looks the class up when the image is complete, find ours."""
    weakref.finalize = HandleFinalizer


def take_back():
    weakref.finalize = _library_class
