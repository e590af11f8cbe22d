"""Why a module is not there: the reason and what to use instead, in the ModuleNotFoundError.

The table answers last, when no folder of `sys.path` has the module: a file of that name is imported as everywhere.
"""

import sys

_NATIVE = "it is native code, which cannot be loaded here"
_NO_SCREEN = "there is no screen or terminal here"
_NO_PROCESSES = "no processes can be started here"
_ONE_USER = "there are no users or groups here"
_NOT_THIS_SYSTEM = "it belongs to another operating system"
_INSTALL = "nothing can be installed here; what is there is in /data/site-packages"

# name -> reason; `name` itself and everything below it.
REASONS = {
    "_bz2": "bzip2 is not compiled in; use zlib or gzip",
    "_lzma": "LZMA is not compiled in; use zlib or gzip",
    "_zstd": "Zstandard is not compiled in; use zlib or gzip",
    "_ctypes": "native code cannot be loaded or called here",
    "_ssl": "TLS is not compiled in",
    "_dbm": "dbm databases are not compiled in; use sqlite3 or dbm.dumb",
    "_gdbm": "dbm databases are not compiled in; use sqlite3 or dbm.dumb",
    "_interpreters": "there is one interpreter in an instance, and one thread",
    "_multiprocessing": _NO_PROCESSES,
    "multiprocessing.popen_fork": _NO_PROCESSES,
    "multiprocessing.popen_forkserver": _NO_PROCESSES,
    "multiprocessing.popen_spawn_posix": _NO_PROCESSES,
    "multiprocessing.queues": _NO_PROCESSES + "; asyncio.Queue and queue.Queue work",
    "_remote_debugging": _NO_PROCESSES,
    "mmap": "memory cannot be mapped here; files are in memory already, read them",
    "fcntl": "files have no locks or control calls here: nobody shares them",
    "resource": "limits are those of the run; the host reports what was used",
    "readline": _NO_SCREEN,
    "termios": _NO_SCREEN,
    "_curses": _NO_SCREEN,
    "curses": _NO_SCREEN,
    "tkinter": _NO_SCREEN,
    "turtle": _NO_SCREEN + "; drawsvg, from /data/site-packages, makes pictures",
    "turtledemo": _NO_SCREEN,
    "idlelib": _NO_SCREEN,
    "grp": _ONE_USER,
    "pwd": _ONE_USER,
    "syslog": "there is no system log here; use logging",
    "venv": _NO_PROCESSES,
    "ensurepip": _INSTALL,
    "pip": _INSTALL,
    "setuptools": _INSTALL,
    "test": "Python's own tests are left out",
    "msvcrt": _NOT_THIS_SYSTEM,
    "winreg": _NOT_THIS_SYSTEM,
    "winsound": _NOT_THIS_SYSTEM,
    "_winapi": _NOT_THIS_SYSTEM,
    "numpy": _NATIVE + "; use array, statistics, mpmath or sympy",
    "pandas": _NATIVE + "; use csv, sqlite3, tabulate or openpyxl",
    "polars": _NATIVE + "; use csv, sqlite3 or tabulate",
    "scipy": _NATIVE + "; use mpmath or sympy",
    "sklearn": _NATIVE,
    "torch": _NATIVE,
    "tensorflow": _NATIVE,
    "matplotlib": _NATIVE + "; use pygal or drawsvg for SVG, plotext for text",
    "PIL": _NATIVE + "; use drawsvg or segno for pictures",
    "cv2": _NATIVE,
    "lxml": _NATIVE + "; use xml.etree.ElementTree, bs4 or html5lib",
    "docx": "python-docx needs lxml, which is native code; use mammoth to read .docx",
    "pptx": "python-pptx needs lxml, which is native code; use zipfile and xml.etree.ElementTree",
    "pydantic": _NATIVE + "; use dataclasses, attrs, marshmallow or jsonschema",
    "orjson": _NATIVE + "; use json or simplejson",
    "ujson": _NATIVE + "; use json or simplejson",
    "regex": _NATIVE + "; use re",
    "cryptography": _NATIVE + "; use hashlib and hmac",
    "psutil": _NATIVE,
}


class _Reason:
    """The last finder: it finds nothing, and says why."""

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        reason = REASONS.get(fullname)
        if reason is not None:
            raise ModuleNotFoundError(f"No module named {fullname!r}: {reason}", name=fullname)
        return None


# Only its method is of use, and its name may be shown.
_Reason.__module__ = "builtins"


def install():
    sys.meta_path.append(_Reason)
