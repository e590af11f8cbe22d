"""The state that every run begins with, and the way back to it.

The first run in an instance finds the state that the image was built with. Before each later one everything
within Python's reach that the earlier program may have changed is put back: the set of modules, their
globals, the attributes of their classes, their module-level lists, dicts and sets, and the interpreter's own
settings. What lives in C without a way to list it (codec searchers, audit hooks) stays.
"""

import _csv
import _signal
import _warnings
import atexit
import builtins
import gc
import logging
import os
import random
import sys
import tracemalloc
from _operator import is_
from _random import Random
from posix import chdir, putenv, unsetenv, urandom
from sys import monitoring, setprofile, setrecursionlimit, settrace
from time import time_ns

from _golem_exec import asyncio_loop, exits, handles, hidden, loggers, settings, stdio
from _golem_exec import monitoring as callbacks
from _golem_exec.first_use import Renewal
from _golem_exec.workspace import ROOT

# Seeds of one length take one amount of work: a run's fuel does not depend on its entropy.
_SEED_LENGTH = 1 << 255
_MISSING = object()
# Containers that are not a module's own data.
_NOT_CONTENT = frozenset(("__builtins__", "__dict__", "modules"))
_DEFAULT_ENVIRONMENT = (("HOME", ROOT), ("TMPDIR", "/tmp"), ("LANG", "C.UTF-8"))
_VOLATILE_CLASS_KEYS = frozenset(("__dict__", "__weakref__", "__annotations_cache__", "__annotate_func__", "__doc__"))

_builtins = vars(builtins).copy()
_builtin_values = [*_builtins.values()]
_modules = {}
_globals = []
_classes = []
_containers = []
_signals = {}
_gc_threshold = gc.get_threshold()
_environment = vars(os.environ).copy()
_environ = os.environ._data
_random = random._inst
_set_class_attribute = type.__setattr__
_delete_class_attribute = type.__delattr__
_class_attributes = type.__dict__["__dict__"].__get__
_log_shutdown = logging.shutdown
_monitoring_tool, _set_monitoring, _free_monitoring = monitoring.get_tool, monitoring.set_events, monitoring.free_tool_id

# The interpreter's own dict, whatever a program binds to `sys.modules`.
_loaded = sys.modules

# Whether a program has run in this instance since it was in the image's state.
used = False
# Whether the state is that of a session whose interpreter lives on.
kept = False
# Nothing is to be settled while the image is built.
_settled = True
# The working directory, while it is known.
_folder = None


def capture():
    """Remembers the present state; called when the image is complete."""
    atexit._clear()
    loggers.capture()
    _modules.update((name, module) for name, module in sys.modules.items() if not hidden.is_hidden(name))
    seen_classes = set()
    seen_containers = {id(sys.modules), id(_environ)}
    for module in {id(module): module for module in _modules.values()}.values():
        names = vars(module)
        _globals.append((names, names.copy()))
        for name, value in names.items():
            kind = type(value)
            if kind in (list, dict, set) and name not in _NOT_CONTENT and id(value) not in seen_containers:
                seen_containers.add(id(value))
                _containers.append((value, value.copy()))
            elif isinstance(value, type) and value.__flags__ & _HEAP_TYPE and id(value) not in seen_classes:
                if not value.__flags__ & _IMMUTABLE_TYPE:
                    seen_classes.add(id(value))
                    _classes.append((value, dict(vars(value))))
    for number in range(1, _signal.NSIG):
        try:
            _signals[number] = _signal.getsignal(number)
        except ValueError:
            pass


_IMMUTABLE_TYPE = 1 << 8  # Py_TPFLAGS_IMMUTABLETYPE
_HEAP_TYPE = 1 << 9  # Py_TPFLAGS_HEAPTYPE


def _is_unchanged(current, saved):
    """Compares by identity and order alone: nothing of the program runs, and C does the work."""
    return (
        len(current) == len(saved)
        and all(map(is_, current.values(), saved.values()))
        and all(map(is_, current, saved))
    )


def _restore_dict(current, saved):
    if _is_unchanged(current, saved):
        return
    if any(type(key) is not str for key in current):
        # Such keys may not let themselves be compared.
        current.clear()
    for key in [key for key in current if key not in saved]:
        del current[key]
    for key, value in saved.items():
        if current.get(key, _MISSING) is not value:
            current[key] = value


def _restore_class(owner, saved):
    current = _class_attributes(owner)
    if _is_unchanged(current, saved):
        return
    current = dict(current)
    for key in current:
        if key not in saved and key not in _VOLATILE_CLASS_KEYS:
            _delete_class_attribute(owner, key)
    for key, value in saved.items():
        if current.get(key, _MISSING) is not value and key not in _VOLATILE_CLASS_KEYS:
            _set_class_attribute(owner, key, value)


def _restore_containers():
    for container, saved in _containers:
        kind = type(saved)
        if kind is list:
            container[:] = saved
        else:
            container.clear()
            container.update(saved)


def mend_builtins():
    """Gives back the built-in names that the program has deleted, without which no traceback can be printed."""
    current = vars(builtins)
    if any(type(key) is not str for key in current):
        _restore_dict(current, _builtins)
    for key, value in _builtins.items():
        if key not in current:
            current[key] = value


def restore_builtins():
    """What componentize-py's runtime itself needs between runs.

    Lists compare identical values at a tenth of what `is` costs in a loop. A value that only claims to be equal
    spoils nothing but the next call of its own tenant, and `restore` is not taken in.
    """
    current = vars(builtins)
    try:
        if [*current.values()] == _builtin_values:
            return
    except BaseException:
        pass
    _restore_dict(current, _builtins)


def quiet():
    """Takes the program's hooks out of the interpreter, so that none of them runs while the harness works.

    This and what else runs between a program and `restore` uses no attribute that a program could have replaced.
    """
    settrace(None)
    setprofile(None)
    setrecursionlimit(1000)
    if callbacks.are_registered() or exits.code is not None:
        free_tools()


def free_tools():
    """Takes all tools of `sys.monitoring` from the program, those without callbacks too."""
    for tool in range(6):
        if _monitoring_tool(tool) is not None:
            _set_monitoring(tool, 0)
            _free_monitoring(tool)


def _restore_interpreter():
    sys.set_asyncgen_hooks(None, None)
    sys.set_coroutine_origin_tracking_depth(0)
    sys.set_int_max_str_digits(4300)
    tracemalloc.stop()
    gc.enable()
    gc.set_debug(0)
    gc.set_threshold(*_gc_threshold)
    for number, handler in _signals.items():
        if handler is not None and _signal.getsignal(number) is not handler:
            _signal.signal(number, handler)
    for name in _csv.list_dialects():
        if name not in ("excel", "excel-tab", "unix"):
            _csv.unregister_dialect(name)
    _csv.field_size_limit(131072)
    _warnings._acquire_lock()
    _warnings._filters_mutated_lock_held()
    _warnings._release_lock()


def restore():
    """Puts everything back to what `capture` saw."""
    quiet()
    free_tools()
    _loaded.clear()
    _loaded.update(_modules)
    for current, saved in _globals:
        _restore_dict(current, saved)
    for owner, saved in _classes:
        _restore_class(owner, saved)
    _restore_containers()
    sys.modules = _loaded
    loggers.restore()
    callbacks.reset()
    _restore_interpreter()


def drop_foreign_modules():
    """Forgets the modules that the program has imported."""
    # They are the last ones, unless the program has taken modules of the image out or put them in anew.
    latest = []
    for name in reversed(_loaded):
        if type(name) is str and name in _modules:
            break
        latest.append(name)
    if len(_loaded) - len(latest) != len(_modules):
        latest = [name for name in _loaded if type(name) is not str or name not in _modules]
    try:
        for name in latest:
            del _loaded[name]
    except BaseException:
        # A key of the program's own making that cannot be hashed or compared.
        _loaded.clear()
        _loaded.update(_modules)


def _renew_random():
    # Without an argument, seed would ask for ten times as much, in ten calls of the host.
    Random.seed(_random, int.from_bytes(urandom(32)) | _SEED_LENGTH)
    _random.gauss_next = None


def _renew_logging():
    logging._startTime = time_ns()
    atexit.register(_log_shutdown)


_renewals = (Renewal(random, _renew_random), Renewal(logging, _renew_logging))


def finish_image():
    """The state in which an instance finds itself at its first call."""
    global used, _settled, _folder
    restore()
    used = _settled = False
    _folder = None
    for renewal in _renewals:
        renewal.disarm()
    # componentize-py calls it in the first call of an instance; a program that wants random numbers seeds them anew.
    random.seed = lambda: None


def settle():
    """The end of the image, once in an instance: what can only be done after componentize-py's own first steps.

    A host that keeps an image of the instance makes a session first, so that this is part of it. Returns whether
    this was the time.
    """
    global _settled
    if _settled:
        return False
    _settled = True
    hidden.hide()
    asyncio_loop.leave()
    handles.take_back()
    random.seed = _random.seed
    # componentize-py has filled it with the environment of the component itself.
    clear_environment()
    _start()
    if settings.is_inherited():
        stdio.open_host_streams()
    gc.freeze()
    return True


def _start():
    sys.path_importer_cache.clear()
    for renewal in _renewals:
        renewal.arm()


def begin(keep_heap=False):
    """Called before each run: puts the state back if needed, and renews what must differ from run to run."""
    global used, kept, _folder
    settle()
    if used:
        if not (keep_heap and kept):
            restore()
        asyncio_loop.leave()
        atexit._clear()
        exits.code = _folder = None
        clear_environment()
        _start()
    used = True
    kept = keep_heap


def enter(folder):
    """Makes a folder the working directory, if it is not yet."""
    global _folder
    if folder != _folder:
        chdir(folder)
        _folder = folder


def clear_environment():
    """Leaves os.environ and libc's environment with what every program finds there."""
    for key in _environ:
        unsetenv(key)
    _environ.clear()
    vars(os.environ).update(_environment)
    set_environment(_DEFAULT_ENVIRONMENT)


def set_environment(variables):
    """Adds variables (text pairs) to os.environ and to libc's environment."""
    for name, value in variables:
        key, data = name.encode("utf-8", "surrogateescape"), value.encode("utf-8", "surrogateescape")
        putenv(key, data)
        _environ[key] = data
