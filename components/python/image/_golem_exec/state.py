"""The globals that a session keeps in a file of its workspace (EXEC_PERSIST=globals); docs/SESSIONS.md describes it.

DEVIATION D26: JSON, not pickle.
"""

from _json import encode_basestring_ascii, make_encoder
from builtins import (
    BaseException,
    Exception,
    FileNotFoundError,
    MemoryError,
    OSError,
    RecursionError,
    ValueError,
    dict,
    issubclass,
    len,
    map,
    memoryview,
    range,
    str,
    sum,
    type,
)
from gc import disable as disable_collector
from gc import enable as enable_collector
from json import JSONDecoder
from posix import O_CREAT, O_EXCL, O_WRONLY, ftruncate, rename, unlink
from posix import close as close_descriptor
from posix import open as open_descriptor
from posix import write as write_descriptor
from types import BuiltinFunctionType, FunctionType, ModuleType

from _golem_exec import display, workspace
from _golem_exec.state_form import LARGEST, Form, Unsaveable, decoded

PATH = "/app/.session_state.json"
_UNFINISHED = "/app/.session_state.json.new"
_VERSION = 1
# Of what could not be saved. The host reads no more of it, either.
_MOST_NAMES = 100
_LONGEST_NAME = 200
# Characters that are written at once, about.
_PIECE = 1 << 20


def _refuse(value):
    raise ValueError(value)


to_json = make_encoder(None, _refuse, encode_basestring_ascii, None, ":", ",", False, False, False)


def save(names):
    """Saves the globals of a program that ended in order. What goes wrong is said on its stderr."""
    try:
        # No finaliser of the program runs while its values are looked at.
        disable_collector()
        _write(_text_of(names))
        return
    except OSError as error:
        reason = error.strerror
    except MemoryError:
        reason = "out of memory"
    except BaseException as error:
        reason = type(error).__name__
    finally:
        enable_collector()
    display.write(f"golem-exec: {PATH}: the state of this run is not saved: {reason}\n")


def _text_of(names):
    """The file's text in pieces: a state of many megabytes is not put together."""
    saved, left_out = [], []
    size, is_tagged = 0, False
    for name, value in [*names.items()]:
        if type(name) is not str or name[:1] == "_" or _is_code(value):
            continue
        try:
            form = Form()
            text = "".join(to_json(form.of(value), 0))
            size += len(text)
            if size > LARGEST:
                size -= len(text)
                raise Unsaveable("the state is too large")
        except (Unsaveable, RecursionError):
            left_out.append(name)
            continue
        is_tagged = is_tagged or name == "$type"
        saved.append((encode_basestring_ascii(name), text))
    before, between, after = ("[", ",", "]") if is_tagged else ("", ":", "")
    entries = []
    for name, text in saved:
        entries += ["," if entries else "", before, name, between, text, after]
    first, last = ('{"$type":"object","value":[', "]}") if is_tagged else ("{", "}")
    skipped = ",".join([encode_basestring_ascii(name[:_LONGEST_NAME]) for name in left_out[:_MOST_NAMES]])
    head = f'{{"version":{_VERSION},"language":"python","skipped":[{skipped}],"state":{first}'
    return [head, *entries, f"{last}}}\n"]


def _is_code(value):
    kind = type(value)
    return (
        kind is ModuleType
        or kind is FunctionType
        or kind is BuiltinFunctionType
        or issubclass(kind, type)
        or issubclass(kind, ModuleType)
    )


def _write(pieces):
    """Writes the file so that the old one stays unless the new one is complete."""
    try:
        unlink(_UNFINISHED)
    except FileNotFoundError:
        pass
    fd = open_descriptor(_UNFINISHED, O_WRONLY | O_CREAT | O_EXCL, 0o666)
    try:
        try:
            # Unlike a failed write, which is EIO to libc, this says which limit is met.
            ftruncate(fd, sum(map(len, pieces)))
            for text in _divided(pieces):
                rest = memoryview(text.encode("ascii"))
                while rest:
                    rest = rest[write_descriptor(fd, rest) :]
        finally:
            close_descriptor(fd)
        rename(_UNFINISHED, PATH)
    except OSError:
        unlink(_UNFINISHED)
        raise


def _divided(pieces):
    """The text in pieces of a size that is neither many calls of the host nor much memory."""
    waiting, size = [], 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size < _PIECE:
            continue
        # Of a long piece no second copy is made.
        waiting.pop()
        yield "".join(waiting)
        for start in range(0, len(piece), _PIECE):
            yield piece[start : start + _PIECE]
        waiting, size = [], 0
    yield "".join(waiting)


def load():
    """The globals that the last run left. Nothing, with a warning, if the file is not one that `save` wrote."""
    try:
        data = workspace.read(PATH)
    except FileNotFoundError:
        return {}
    except OSError as error:
        return _nothing(error.strerror)
    try:
        content = _decoder.decode(data.decode("utf-8"))
        if type(content) is not dict or type(content.get("state")) is not dict:
            return _nothing("it holds no state")
        if content.get("version") != _VERSION:
            return _nothing("it is of another version")
        if content.get("language") != "python":
            return _nothing("it is of another language")
        return {name: value for name, value in content["state"].items() if name[:1] != "_"}
    except MemoryError:
        raise
    except Exception:
        return _nothing("it is damaged")


def _nothing(reason):
    display.write(f"golem-exec: {PATH}: the state starts empty: {reason}\n")
    return {}


_decoder = JSONDecoder(object_hook=decoded, parse_constant=_refuse)
