"""Compiles the standard library to one file of compressed code objects.

This runs inside the pre-initialisation of a throw-away component (world `pack`), because only the very
interpreter that will load the code objects may write them. The folder of the build that is meant to hold the
result is the one on `sys.path` that has the marker file.
"""

import marshal
import os
import sys
import zlib

SOURCE = "/python"
# What tracebacks and `__file__` show, and what the run-time finder serves.
LIBRARY = "/usr/lib/python3.14"
MARKER = "stdlib.target"

# Left out: what cannot work or has no use here (components/python/README.md says why for each).
LEFT_OUT = frozenset(
    """__hello__ __phello__ _aix_support _android_support _apple_support _ios_support _osx_support _pydatetime
    _pydecimal _pyio antigravity config-3.14-wasm32-wasi curses ensurepip idlelib lib-dynload pydoc_data
    site-packages test tests tkinter turtle turtledemo venv""".split()
)
# By their full names: parts that start processes.
LEFT_OUT_MODULES = frozenset(
    """multiprocessing.popen_fork multiprocessing.popen_forkserver multiprocessing.popen_spawn_posix
    multiprocessing.popen_spawn_win32 multiprocessing.queues""".split()
)


def modules(folder, package):
    for entry in sorted(os.listdir(folder)):
        path = f"{folder}/{entry}"
        name = entry.removesuffix(".py")
        if name in LEFT_OUT or f"{package}.{name}" in LEFT_OUT_MODULES:
            continue
        if entry == "__init__.py":
            yield package, path, True
        elif name != entry:
            yield f"{package}.{name}" if package else name, path, False
        elif "." not in entry and os.path.isfile(f"{path}/__init__.py"):
            yield from modules(path, f"{package}.{entry}" if package else entry)


def without_build_paths(source):
    """`_sysconfigdata` holds the folders of the machine on which CPython was built; those values go."""
    namespace = {}
    exec(source, namespace)
    kept = {
        name: value
        for name, value in namespace["build_time_vars"].items()
        if not isinstance(value, str) or "/" not in value or value.startswith("/usr/")
    }
    return f"build_time_vars = {kept!r}\n".encode()


def main():
    target = next(folder for folder in sys.path if os.path.isfile(f"{folder}/{MARKER}"))
    index = {}
    offset = 0
    with open(f"{target}/stdlib.pack", "wb") as pack:
        for name, path, is_package in modules(SOURCE, ""):
            with open(path, "rb") as file:
                source = file.read()
            if name.startswith("_sysconfigdata"):
                source = without_build_paths(source)
            code = compile(source, LIBRARY + path[len(SOURCE) :], "exec", dont_inherit=True, optimize=0)
            data = zlib.compress(marshal.dumps(code), 9)
            pack.write(data)
            index[name] = (is_package, offset, len(data))
            offset += len(data)
    with open(f"{target}/stdlib.index", "wb") as file:
        file.write(marshal.dumps(index))


main()


class WitWorld:
    def done(self):
        pass
