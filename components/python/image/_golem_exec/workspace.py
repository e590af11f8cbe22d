"""Files of requests: their names, their encodings, and the folder of the workspace."""

from binascii import a2b_base64, b2a_base64
from errno import EISDIR
from posix import O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY, fstat, lstat, mkdir, rmdir, stat, strerror, unlink
from posix import close as close_descriptor
from posix import open as open_descriptor
from posix import read as read_descriptor
from posix import write as write_descriptor
from stat import S_ISDIR, S_ISREG

ROOT = "/app"
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
# Bytes that are read at once. The first piece is one that no host divides.
_FIRST_PIECE = 32 << 10
_PIECE = 1 << 20
_HEX = b"0123456789abcdefABCDEF"


class InvalidRequest(Exception):
    """The request is malformed: the caller's mistake, not the program's."""

    def __init__(self, field, problem):
        Exception.__init__(self, f"invalid request: {field}: {problem}")


class NotText(Exception):
    """The content is not valid in the encoding it claims."""


def quote(text):
    """A hostile name for a message: quoted, escaped and short."""
    return ascii(text if len(text) <= 120 else text[:117] + "...")


def check_text(text, field):
    if "\0" in text:
        raise InvalidRequest(field, f"{quote(text)} holds a NUL character")
    return text


def resolve(path, folder, field):
    """The absolute, normalised form of a path that may point anywhere in the guest's own file system."""
    if path == "":
        raise InvalidRequest(field, "the path is empty")
    check_text(path, field)
    if "/" not in path and path not in (".", "..") and folder != "/":
        return f"{folder}/{path}"
    parts = []
    for part in (path if path.startswith("/") else f"{folder}/{path}").split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)


def file_path(name, folder, field):
    """The absolute path of a file of the request, which must be inside the workspace."""
    if name == "":
        raise InvalidRequest(field, "the name is empty; give a path such as 'main.py'")
    if name.endswith("/"):
        raise InvalidRequest(field, f"{quote(name)} ends in '/'; folders are made from the names of their files")
    if "\\" in name:
        raise InvalidRequest(field, f"{quote(name)} holds a backslash; use '/' between folders")
    path = resolve(name, folder, field)
    if not path.startswith(ROOT + "/"):
        raise InvalidRequest(field, f"{quote(name)} leaves the workspace; use a path inside {ROOT}")
    if name.rpartition("/")[2] in (".", ".."):
        raise InvalidRequest(field, f"{quote(name)} names a folder, not a file")
    return path


def decode(content, encoding, name):
    """The bytes of a file. Raises NotText with the file's name and the offset of the first wrong byte."""
    if encoding == "utf8":
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _not_text(name, "UTF-8", error.start) from None
        return content
    if encoding == "hex":
        _only(content, _HEX, name, "hex")
        if len(content) % 2:
            raise _not_text(name, "hex", len(content))
        return bytes.fromhex(content.decode("ascii"))
    _only(content.rstrip(b"=") if content[-2:].endswith(b"=") else content, _BASE64, name, "base64")
    try:
        data = a2b_base64(content, strict_mode=True)
    except ValueError:
        raise _not_text(name, "base64", len(content)) from None
    if b2a_base64(data, newline=False) != content:
        # The last character has bits that belong to no byte.
        raise _not_text(name, "base64", len(content.rstrip(b"=")) - 1)
    return data


def _only(content, alphabet, name, encoding):
    wrong = content.translate(None, alphabet)
    if wrong:
        raise _not_text(name, encoding, content.index(wrong[:1]))


def _not_text(name, encoding, offset):
    return NotText(f"{name}: not valid {encoding} at byte offset {offset}\n")


def read(path):
    """All bytes of a file; OSError if it is no readable file."""
    fd = open_descriptor(path, O_RDONLY)
    try:
        try:
            piece = read_descriptor(fd, _FIRST_PIECE)
        except OSError:
            # Hosts differ in what they call the reading of a folder.
            if S_ISDIR(fstat(fd).st_mode):
                raise IsADirectoryError(EISDIR, strerror(EISDIR), path) from None
            raise
        if len(piece) < _FIRST_PIECE:
            # Of a regular file, less than was asked for is the rest. Most programs end here, in one call.
            return piece
        pieces = []
        while piece:
            pieces.append(piece)
            piece = read_descriptor(fd, _PIECE)
    finally:
        close_descriptor(fd)
    return b"".join(pieces)


def write(path, data):
    """Writes a whole file, making its folders. Returns what was made (folders first), for `remove`."""
    made = []
    position = path.find("/", 1)
    while position != -1:
        folder = path[:position]
        if not is_folder(folder):
            mkdir(folder)
            made.append((folder, True))
        position = path.find("/", position + 1)
    existed = _exists(path)
    fd = open_descriptor(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[write_descriptor(fd, rest) :]
    finally:
        close_descriptor(fd)
    if not existed:
        made.append((path, False))
    return made


def remove(made):
    """Removes what `write` made, as far as the program left it there."""
    for path, is_directory in reversed(made):
        try:
            (rmdir if is_directory else unlink)(path)
        except OSError:
            pass


def is_folder(path):
    try:
        return S_ISDIR(stat(path).st_mode)
    except OSError:
        return False


def is_file(path):
    try:
        return S_ISREG(stat(path).st_mode)
    except OSError:
        return False


def is_there():
    """Whether the host lends a folder for the workspace."""
    if not is_folder(ROOT):
        try:
            mkdir(ROOT)
        except OSError:
            return False
    return True


def _exists(path):
    try:
        lstat(path)
    except OSError:
        return False
    return True
