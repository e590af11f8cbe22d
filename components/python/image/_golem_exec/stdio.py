"""The three standard streams of a run.

Output is never held back in the guest (as with `python -u`): a run can be stopped at any instruction, and what
it printed before must be outside by then.
"""

import os
import posix
import sys
from errno import EPIPE
from posix import fstat, strerror
from stat import S_ISDIR, S_ISREG

from _io import BufferedReader, FileIO, TextIOWrapper, _RawIOBase
from componentize_py_types import Err
from wit_world.imports import stderr as host_stderr
from wit_world.imports import stdout as host_stdout

CAPTURE_LIMIT = 2 << 20
CHUNK_LIMIT = 64 << 10
# wasi:io/streams §blocking-write-and-flush takes no more at once.
_HOST_WRITE_LIMIT = 4096

_NAMES = ("<stdin>", "<stdout>", "<stderr>")


class Recorder:
    """Output kept for the result, in the order in which it came; each stream's head up to CAPTURE_LIMIT bytes."""

    def __init__(self):
        # [stream number, bytearray]; writes to one stream in a row share a chunk.
        self.chunks = []
        self._sizes = [0, 0, 0]
        self._sealed = 0

    def add(self, number, data):
        data = data[: CAPTURE_LIMIT - self._sizes[number]]
        self._sizes[number] += len(data)
        if len(self.chunks) > self._sealed:
            last, chunk = self.chunks[-1]
            if last == number and len(chunk) + len(data) <= CHUNK_LIMIT:
                chunk += data
                return
        for start in range(0, len(data), CHUNK_LIMIT):
            self.chunks.append((number, bytearray(data[start : start + CHUNK_LIMIT])))

    def mark(self):
        """A position in the output, to be given to `text`."""
        self._sealed = len(self.chunks)
        return self._sealed

    def text(self, number, start=0, end=None):
        return b"".join(data for of, data in self.chunks[start:end] if of == number).decode("utf-8", "replace")


class _Stream(_RawIOBase):
    """A raw stream that stands in for a file descriptor."""

    def __init__(self, number):
        self.name = _NAMES[number]
        self._number = number

    def fileno(self):
        return self._number

    def isatty(self):
        return False


class _RecordedOutput(_Stream):
    mode = "wb"

    def __init__(self, number, recorder):
        super().__init__(number)
        self._recorder = recorder

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)
        self._recorder.add(self._number, data)
        return len(data)


class _HostOutput(_Stream):
    """The host's stream itself: one call a write where libc makes three, and no program can close it."""

    mode = "wb"

    def __init__(self, number):
        super().__init__(number)
        self._host = None

    def writable(self):
        return True

    def write(self, data):
        host = self._host or self._open()
        data = bytes(data)
        try:
            if len(data) <= _HOST_WRITE_LIMIT:
                host.blocking_write_and_flush(data)
            else:
                for start in range(0, len(data), _HOST_WRITE_LIMIT):
                    host.blocking_write_and_flush(data[start : start + _HOST_WRITE_LIMIT])
        except Err:
            raise BrokenPipeError(EPIPE, strerror(EPIPE)) from None
        return len(data)

    def _open(self):
        # Only now: most programs never write to stderr.
        self._host = (host_stdout.get_stdout if self._number == 1 else host_stderr.get_stderr)()
        return self._host

    def release(self):
        """Gives the host's stream back; a later write asks for it again."""
        if self._host is not None:
            self._host.__exit__(None, None, None)
            self._host = None


class _GivenInput(_Stream):
    mode = "rb"

    def __init__(self, data):
        super().__init__(0)
        self._rest = memoryview(data)

    def readable(self):
        return True

    def readinto(self, buffer):
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _is_lost(number):
    try:
        mode = fstat(number).st_mode
    except OSError:
        return True
    return S_ISREG(mode) or S_ISDIR(mode)


def _raw(number, mode):
    raw = FileIO(number, mode, closefd=False)
    raw.name = _NAMES[number]
    return raw


def open_output(number, recorder):
    """A text stream for stdout (1) or stderr (2)."""
    if recorder is not None:
        raw = _RecordedOutput(number, recorder)
    else:
        raw = _HostOutput(number)
        _outputs.append(raw)
    # The error handlers are CPython's own choice for the C.UTF-8 locale.
    errors = "surrogateescape" if number == 1 else "backslashreplace"
    return TextIOWrapper(raw, "utf-8", errors, write_through=True, line_buffering=True)


def open_input(given, used):
    """A text stream for stdin: the given text, or what the host sends, read when the program asks."""
    if given is not None:
        raw = _GivenInput(given.encode())
    elif used and _is_lost(0):
        raw = _GivenInput(b"")
    else:
        raw = _raw(0, "rb")
    return TextIOWrapper(BufferedReader(raw), "utf-8", "surrogateescape")


_outputs = []
_recorder = None
_stderr = None


def disconnect():
    """The end of a run: no handle of the host's streams stays behind."""
    for raw in _outputs:
        raw.release()
    _outputs.clear()


def current_stderr():
    """The stderr that the run began with, opened anew if the program has closed it."""
    global _stderr
    if _stderr.closed:
        _stderr = open_output(2, _recorder)
    return _stderr


def connect(given, recorder, used):
    """Opens the streams of a run. `used`: an earlier program ran in this instance, and may have closed descriptors."""
    global _stderr, _recorder
    _recorder = recorder
    sys.stdin = sys.__stdin__ = open_input(given, used)
    sys.stdout = sys.__stdout__ = open_output(1, recorder)
    _stderr = sys.stderr = sys.__stderr__ = open_output(2, recorder)
    redirect_descriptors(given, recorder)


def redirect_descriptors(given, recorder):
    """Lets os.read(0) and os.write(1 or 2) reach the streams that have no descriptor. The next run's reset undoes it."""
    if given is not None:
        source = sys.stdin.buffer
        read = posix.read

        def read_descriptor(fd, length, /):
            return source.read1(length) if fd == 0 else read(fd, length)

        os.read = posix.read = read_descriptor
    if recorder is not None:
        write = posix.write

        def write_descriptor(fd, data, /):
            if fd not in (1, 2):
                return write(fd, data)
            data = bytes(data)
            recorder.add(fd, data)
            return len(data)

        os.write = posix.write = write_descriptor
