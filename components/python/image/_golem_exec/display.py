"""How an exception that ended a program is shown: as CPython itself does, without the harness's frames."""

import sys

from _golem_exec import stdio

_traceback_of = BaseException.__traceback__.__get__
_with_traceback = BaseException.with_traceback
_native_hook = sys.__excepthook__


def own_traceback(error, frames):
    """Drops the given number of leading frames, which are not the program's, and returns what is left."""
    traceback = _traceback_of(error)
    while frames and traceback is not None:
        traceback = traceback.tb_next
        frames -= 1
    _with_traceback(error, traceback)
    return traceback


def write(text):
    """Writes to the program's stderr, wherever that is by now."""
    try:
        sys.stderr.write(text)
    except BaseException:
        pass


def _usable_stderr():
    """Leaves the program's own choice of stderr in place if it takes text; else the run's stream comes back."""
    stream = sys.__dict__.get("stderr")
    if stream is stdio.current_stderr():
        return
    try:
        stream.write("")
        stream.flush()
    except BaseException:
        sys.stderr = stdio.current_stderr()


def _native(error, traceback):
    _usable_stderr()
    try:
        _native_hook(type(error), error, traceback)
    except BaseException:
        write(f"{type(error).__name__}\n")


def show(error, traceback):
    """Calls `sys.excepthook` the way the interpreter would.

    Returns the exception with which the hook ended the program, if it did (SystemExit).
    """
    hook = sys.__dict__.get("excepthook")
    if hook is _native_hook:
        _native(error, traceback)
        return None
    if hook is None:
        write("sys.excepthook is missing\n")
        _native(error, traceback)
        return None
    second = _call(hook, error, traceback)
    if second is None:
        return None
    if issubclass(type(second), SystemExit):
        return second
    write("Error in sys.excepthook:\n")
    _native(second, _traceback_of(second))
    write("\nOriginal exception was:\n")
    _native(error, traceback)
    return None


def _call(hook, error, traceback):
    try:
        hook(type(error), error, traceback)
    except BaseException as second:
        return second
    return None
