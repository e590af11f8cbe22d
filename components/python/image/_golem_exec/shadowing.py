"""A user's own `queue.py` is imported instead of the library's, although the image already holds the latter."""

import posix
import sys

from _golem_exec import stdlib

# CPython has these in `sys.modules` before any program starts, so that no file of the user can take their place.
_STARTUP = frozenset(
    """__main__ _abc _codecs _collections_abc _frozen_importlib _frozen_importlib_external _imp _io _signal
    _sitebuiltins _stat _thread _warnings _weakref abc builtins codecs encodings errno genericpath io marshal os posix
    posixpath site stat sys time zipimport""".split()
)
_replaceable = frozenset()


def prepare():
    """Called when the image is complete."""
    global _replaceable
    builtin = frozenset(sys.builtin_module_names)
    _replaceable = frozenset(name for name in stdlib.live_names() if "." not in name) - _STARTUP - builtin


def give_way(folder, memory_files):
    """Forgets the live modules that the script's folder has files or packages for."""
    try:
        entries = posix.listdir(folder) if memory_files is None else _entries(folder, memory_files)
    except OSError:
        return
    for entry in entries:
        name = entry.removesuffix(".py")
        if name in _replaceable and (name != entry or _is_package(f"{folder}/{entry}", memory_files)):
            for loaded in [loaded for loaded in sys.modules if loaded == name or loaded.startswith(f"{name}.")]:
                del sys.modules[loaded]


def _entries(folder, files):
    return {path[len(folder) + 1 :].partition("/")[0] for path in files if path.startswith(f"{folder}/")}


def _is_package(path, files):
    path = f"{path}/__init__.py"
    if files is not None:
        return path in files
    try:
        posix.stat(path)
    except OSError:
        return False
    return True
