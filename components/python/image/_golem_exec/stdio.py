"""The three standard streams of a run.

Output is never held back in the guest (as with `python -u`): a run can be stopped at any instruction, and what
it printed before must be outside by then.
"""

import os
import posix
import sys
from contextlib import contextmanager
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
        """A position in the output, to be given to `texts`."""
        self._sealed = len(self.chunks)
        return self._sealed

    def seal(self):
        """Keeps nothing more."""
        self._sizes = [CAPTURE_LIMIT] * 3

    def texts(self, start, end):
        """What went to stdout and to stderr between two marks."""
        return tuple(
            b"".join(data for of, data in self.chunks[start:end] if of == number).decode("utf-8", "replace")
            for number in (1, 2)
        )


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
        _Stream.__init__(self, number)
        self._recorder = recorder

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)
        self._recorder.add(self._number, data)
        return len(data)

    def _mute(self):
        self._recorder.seal()


class _HostOutput(_Stream):
    """The host's stream itself: one call a write where libc makes three, and no program can close it."""

    mode = "wb"

    def __init__(self, number):
        _Stream.__init__(self, number)
        self._host = _opened[number]

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
        """Asks the host for its stream. One serves all runs of the instance."""
        number = self._number
        if _opened[number] is None:
            _opened[number] = (host_stdout.get_stdout if number == 1 else host_stderr.get_stderr)()
        self._host = _opened[number]
        return self._host

    def _mute(self):
        self._host = _Nowhere


class _Nowhere:
    """Where the output of a program goes that has left."""

    @staticmethod
    def blocking_write_and_flush(data):
        pass


class _GivenInput(_Stream):
    mode = "rb"

    def __init__(self, data):
        _Stream.__init__(self, 0)
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
    if _muted:
        raw._mute()
    _raws[number] = raw
    # The error handlers are CPython's own choice for the C.UTF-8 locale.
    errors = "surrogateescape" if number == 1 else "backslashreplace"
    stream = TextIOWrapper(raw, "utf-8", errors, write_through=True, line_buffering=number == 2)
    stream.mode = "w"
    return stream


def open_input(given, used):
    """A text stream for stdin: the given text, or what the host sends, read when the program asks."""
    if given is not None:
        raw = _GivenInput(given.encode())
    elif used and _is_lost(0):
        raw = _GivenInput(b"")
    else:
        raw = _raw(0, "rb")
    stream = TextIOWrapper(BufferedReader(raw), "utf-8", "surrogateescape")
    stream.mode = "r"
    return stream


# The host's streams for descriptors 1 and 2, and the raw streams of the run, by descriptor.
_opened = [None, None, None]
_raws = [None, None, None]
# Whether `sys` holds streams that were made with the image, for its first run.
_prepared = False
_recorder = None
_stderr = None
_muted = False


def prepare():
    """Makes the streams of the first run while the image is built."""
    global _prepared, _muted
    _muted = False
    _install(open_input(None, False), open_output(1, None), open_output(2, None))
    _prepared = True


def _install(stdin, stdout, stderr):
    global _stderr
    sys.stdin = sys.__stdin__ = stdin
    sys.stdout = sys.__stdout__ = stdout
    _stderr = sys.stderr = sys.__stderr__ = stderr


def open_host_streams():
    """Asks the host for its streams before any program waits for them."""
    for raw in _raws[1:]:
        raw._open()
    # libc asks for its stream at the first read. One that a later run asked for would be gone when a heap is put back.
    try:
        posix.read(0, 0)
    except OSError:
        pass


@contextmanager
def instead_of_host(host):
    """Lets a stand-in take the output of the next run."""
    _opened[1:] = host, host
    yield
    _opened[1:] = None, None


def connect(given, recorder, used):
    """Opens the streams of a run. `used`: an earlier program ran in this instance, and may have closed descriptors."""
    global _recorder, _prepared, _muted
    _recorder = recorder
    if used:
        _muted = False
        _opened[:] = (None, None, None)
    if not (_prepared and given is None and recorder is None):
        _install(open_input(given, used), open_output(1, recorder), open_output(2, recorder))
        redirect_descriptors(given, recorder)
    _prepared = False


def current_stderr():
    """The stderr that the run began with, opened anew if the program has closed it."""
    global _stderr
    if _stderr.closed:
        _stderr = open_output(2, _recorder)
    return _stderr


def mute():
    """Lets nothing more of the program's output out."""
    global _muted
    _muted = True
    for raw in _raws[1:]:
        raw._mute()


def _is_ours(raw):
    return raw is _raws[1] or raw is _raws[2]


def flush():
    """Writes what the program's streams still hold. The run's own ones never hold anything."""
    for name in ("stdout", "stderr"):
        try:
            stream = sys.__dict__.get(name)
            if type(stream) is TextIOWrapper and stream.write_through and _is_ours(stream.buffer):
                continue
            if stream is not None and not stream.closed:
                stream.flush()
        except BaseException:
            pass


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
