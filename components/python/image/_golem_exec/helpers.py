"""Functions for files that every program finds among the built-in names; JavaScript has the same in its own case.

Paths are absolute or relative to the working directory, text is UTF-8. What writes a file makes its folders. Errors
are those of Python's own functions. A program that defines one of the names has its own.
"""

import builtins
import json
import os


def read_text(path):
    """The text of a file (UTF-8)."""
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def write_text(path, text):
    """Writes a text file (UTF-8), replacing it; its folders are made."""
    if not isinstance(text, str):
        raise TypeError(f"write_text: expected text, not {type(text).__name__}; write_json takes other values")
    _put(path, "w", text)


def append_text(path, text):
    """Adds text (UTF-8) at the end of a file, which is made if need be, with its folders."""
    if not isinstance(text, str):
        raise TypeError(f"append_text: expected text, not {type(text).__name__}")
    _put(path, "a", text)


def read_lines(path):
    """The lines of a text file (UTF-8) as a list, without their ends."""
    lines = read_text(path).replace("\r\n", "\n").split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines


def read_json(path):
    """The value in a JSON file."""
    text = read_text(path)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        failure = json.JSONDecodeError(f"{os.fspath(path)} is not valid JSON: {error.msg}", text, error.pos)
    raise failure


def write_json(path, value, indent=2):
    """Writes a value as a JSON file, with a line break at its end; its folders are made."""
    # Nothing is written if the value cannot be.
    _put(path, "w", json.dumps(value, indent=indent, ensure_ascii=False) + "\n")


def list_files(dir="."):
    """The names in a folder, sorted: files and folders, not what is below these."""
    return sorted(os.listdir(dir))


def file_exists(path):
    """Whether there is a file or a folder."""
    # libc here takes an empty path for the working directory.
    return path != "" and os.path.exists(path)


def file_size(path):
    """The size of a file in bytes."""
    _check_file(path)
    return os.stat(path).st_size


def copy_file(source, target):
    """Copies a file, replacing the target; the target's folders are made."""
    _check_file(source)
    with open(source, "rb") as file:
        data = file.read()
    _put(target, "wb", data)


def remove_file(path):
    """Removes a file; of a symbolic link only the link. A folder is not removed."""
    if not os.path.islink(path):
        _check_file(path)
    os.remove(path)


def _check_file(path):
    if os.path.isdir(path):
        from errno import EISDIR

        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), path)


def _put(path, mode, content):
    folder = os.path.dirname(path)
    if folder:
        os.makedirs(folder, exist_ok=True)
    kind = {} if "b" in mode else {"encoding": "utf-8", "newline": ""}
    with open(path, mode, **kind) as file:
        file.write(content)


_HELPERS = (
    *(read_text, write_text, append_text, read_lines, read_json, write_json),
    *(list_files, file_exists, file_size, copy_file, remove_file),
)


def install():
    for function in _HELPERS:
        function.__module__ = "builtins"
        setattr(builtins, function.__name__, function)
