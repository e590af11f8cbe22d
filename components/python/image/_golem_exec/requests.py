"""From the arguments of an exported call to a program that can run, and from whatever goes wrong to an error."""

from componentize_py_types import Err
from wit_world.imports import types

from _golem_exec import outcome, pristine, settings, workspace
from _golem_exec.program import Program
from _golem_exec.workspace import InvalidRequest, NotText

_ENCODINGS = {None: "utf8", types.Encoding.UTF8: "utf8", types.Encoding.BASE64: "base64", types.Encoding.HEX: "hex"}
_PYTHON = types.LanguageKind.PYTHON

# DEVIATION D23: without a file system the answer is `internal`.
NO_WORKSPACE = (
    "no directory is preopened at /app: lend the component one, "
    "for example with `wasmtime run --dir ./work::/app`, or give the files to executor.run"
)


def guarded(function):
    """Makes every way in which an exported call can fail an error of the contract."""

    def call(*arguments):
        try:
            return function(*arguments)
        except Err:
            raise
        except InvalidRequest as error:
            failure = outcome.internal(str(error))
        except NotText as error:
            failure = outcome.compilation_failed(str(error))
        except OSError as error:
            place = f"{error.filename}: " if isinstance(error.filename, str) else ""
            failure = outcome.runtime_failed(f"{place}{error.strerror}\n")
        except MemoryError:
            failure = types.Error_ResourceExceeded()
        except BaseException as error:
            text = f"the Python harness failed: {type(error).__name__}: {error}"
            # A program can reach the harness through its frames; what fails then is its own doing.
            failure = outcome.runtime_failed(f"{text}\n") if pristine.used else outcome.internal(text)
        raise Err(failure)

    return call


def require_python(lang):
    if lang.kind is not _PYTHON:
        raise Err(types.Error_UnsupportedLanguage())


def program(name, path, folder, args, stdin, env, constraints):
    """A program to run, its arguments and environment checked."""
    for index, argument in enumerate(args):
        workspace.check_text(argument, f"args[{index}]")
    for index, (key, value) in enumerate(env):
        if key == "" or "=" in key:
            raise InvalidRequest(f"env[{index}]", f"{workspace.quote(key)} cannot be the name of a variable")
        workspace.check_text(key, f"env[{index}]")
        workspace.check_text(value, f"env[{index}]")
    return Program(name, path, folder, args, env, stdin, settings.read(constraints))


def decoded(file, field, folder):
    """The absolute path and the bytes of a file of the request."""
    path = workspace.file_path(file.name, folder, f"{field}.name")
    return path, workspace.decode(file.content, _ENCODINGS[file.encoding], file.name)


def decoded_all(files):
    """All files of a request by their paths, in order; the first is the program."""
    if not files:
        raise InvalidRequest("files", "the list is empty; the first file is the program")
    paths = [workspace.file_path(file.name, workspace.ROOT, f"files[{i}].name") for i, file in enumerate(files)]
    seen = set()
    for index, path in enumerate(paths):
        if path in seen:
            raise InvalidRequest(f"files[{index}].name", f"{workspace.quote(files[index].name)} appears twice")
        seen.add(path)
    for index, path in enumerate(paths):
        folder = path.rpartition("/")[0]
        while folder:
            if folder in seen:
                problem = f"{workspace.quote(folder)} is a file of this request, so no folder; rename one"
                raise InvalidRequest(f"files[{index}].name", problem)
            folder = folder.rpartition("/")[0]
    return {
        path: workspace.decode(file.content, _ENCODINGS[file.encoding], file.name)
        for path, file in zip(paths, files, strict=True)
    }
