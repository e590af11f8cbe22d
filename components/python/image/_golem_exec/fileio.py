"""What libc gets wrong of files: the reason why one cannot be written, and where one that is appended to is read.

A program that fills its quota is told so (ENOSPC), or that its file is too large (EFBIG): libc knows one error for
every failed write, EIO. The same growth is tried once more as a change of the file's size, whose error does arrive. Only
a write that has failed pays for it.

To libc, a file that was opened for appending is always at its end when it is asked where it is (`lseek` with
SEEK_CUR), and from then on reads from there. So it is never asked.
"""

import gc
import sys
from errno import EIO
from os import SEEK_CUR, SEEK_SET
from posix import fstat, ftruncate, lseek
from posix import read as read_descriptor

from _io import FileIO

_PIECE = 1 << 20
_write, _tell, _readall, _read, _seek = FileIO.write, FileIO.tell, FileIO.readall, FileIO.read, FileIO.seek
_mode_of = FileIO.mode.__get__


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


def _is_appending_reader(file):
    return _mode_of(file) == "ab+"


def tell(self):
    if not _is_appending_reader(self):
        return _tell(self)
    # What is left says where this is.
    fd = self.fileno()
    position = fstat(fd).st_size - len(_rest(fd))
    lseek(fd, position, SEEK_SET)
    return position


def seek(self, pos, whence=SEEK_SET, /):
    if whence == SEEK_CUR and _is_appending_reader(self):
        return _seek(self, tell(self) + pos, SEEK_SET)
    return _seek(self, pos, whence)


def readall(self):
    return _rest(self.fileno()) if _is_appending_reader(self) else _readall(self)


def read(self, size=-1, /):
    return readall(self) if size is None or size < 0 else _read(self, size)


def _rest(fd):
    pieces = []
    while piece := read_descriptor(fd, _PIECE):
        pieces.append(piece)
    return b"".join(pieces)


def install():
    """Puts the methods into FileIO. The class is closed to assignment, and `open` takes it from where no name leads."""
    (members,) = gc.get_referents(FileIO.__dict__)
    for method in (write, tell, seek, readall, read):
        name = method.__name__
        method.__qualname__ = f"FileIO.{name}"
        method.__module__ = FileIO.__module__
        method.__doc__ = members[name].__doc__
        members[name] = method
    sys._clear_type_cache()
