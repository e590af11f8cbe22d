"""The reason why a file cannot be written. libc knows one error for every failed write, EIO.

A program that fills its quota is told so (ENOSPC), or that its file is too large (EFBIG): the same growth is tried
once more as a change of the file's size, whose error does arrive. Only a write that has failed pays for it.
"""

import gc
import sys
from errno import EIO
from os import SEEK_CUR
from posix import fstat, ftruncate, lseek

from _io import FileIO

_write = FileIO.write


def write(self, b, /):
    try:
        return _write(self, b)
    except OSError as error:
        if error.errno != EIO:
            raise
        failure = error
    raise _reason(self, memoryview(b).nbytes) or failure from None


def _reason(file, count):
    """The error with which the file cannot grow by `count` bytes; None if it can."""
    try:
        fd = file.fileno()
        size = fstat(fd).st_size
        position = lseek(fd, 0, SEEK_CUR)
    except OSError:
        return None
    try:
        ftruncate(fd, max(size, position) + count)
    except OSError as error:
        return error.with_traceback(None)
    ftruncate(fd, size)
    return None


def install():
    """Puts `write` into FileIO. The class is closed to assignment, and `open` takes it from where no name leads."""
    write.__qualname__ = "FileIO.write"
    write.__module__ = FileIO.__module__
    write.__doc__ = _write.__doc__
    (members,) = gc.get_referents(FileIO.__dict__)
    members["write"] = write
    sys._clear_type_cache()
