"""Keeps the callbacks that a program registers with `sys.monitoring` away from the harness's own code.

A callback may raise, and events reach it from every line that the interpreter executes. The interpreter's own
function is replaced by one that wraps the callbacks; it is in no place where a program could find it.
"""

import sys

_monitoring = sys.monitoring
_register = _monitoring.register_callback
_disable = _monitoring.DISABLE
_events = _monitoring.events
# From the callbacks of other events the interpreter refuses DISABLE.
_local = (
    *(_events.PY_START, _events.PY_RESUME, _events.PY_RETURN, _events.PY_YIELD, _events.CALL, _events.LINE),
    *(_events.INSTRUCTION, _events.JUMP, _events.BRANCH_LEFT, _events.BRANCH_RIGHT, _events.STOP_ITERATION),
)
# The program's callbacks by (tool, event), for the return value.
_registered = {}


def register_callback(tool_id, event, func, /):
    """Register a callback for a tool and an event; returns the one before, or None."""
    previous = _registered.get((tool_id, event))
    if func is None:
        _register(tool_id, event, None)
        _registered.pop((tool_id, event), None)
        return previous

    def call(code, *arguments):
        if code.co_filename.startswith("<golem-exec>"):
            return _disable if event in _local else None
        return func(code, *arguments)

    _register(tool_id, event, call)
    _registered[tool_id, event] = func
    return previous


def are_registered():
    return bool(_registered)


def install():
    _monitoring.register_callback = register_callback


def reset():
    """Forgets the callbacks of the last program."""
    for tool_id, event in list(_registered):
        _register(tool_id, event, None)
    _registered.clear()
