"""Keeps the harness and componentize-py's bindings out of a program's `sys.modules`."""

import sys

# The runtime imports the latter by name when the image is complete; imported here, they are on the list.
import componentize_py_async_support.futures
import componentize_py_async_support.streams
import componentize_py_runtime
import wit_world.exports.golem_exec_pull_streaming
import wit_world.exports.golem_exec_sessions

_PACKAGES = frozenset(
    """_golem_exec _golem_exec_app componentize_py_async_support componentize_py_runtime componentize_py_types
    golem_exec_pull_streaming golem_exec_sessions poll_loop wit_world""".split()
)
_names = ()
_loaded = sys.modules


def is_hidden(name):
    return name.partition(".")[0] in _PACKAGES


def list_names():
    """Called when the image is complete: looking through all modules would cost every run a tenth of a millisecond."""
    global _names
    _names = tuple(name for name in _loaded if is_hidden(name))


def hide():
    """Done at run time, because componentize-py still looks for some of them after the image is built."""
    for name in _names:
        _loaded.pop(name, None)
