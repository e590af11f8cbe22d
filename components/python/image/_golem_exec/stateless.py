"""executor.run: the files of the request become the workspace for the time of one run."""

from errno import EACCES, EBADF, ENOENT, ENOTCAPABLE, EPERM, EROFS

from componentize_py_types import Err

from _golem_exec import outcome, requests, sessions, workspace
from _golem_exec.program import run

# What the lack of a writable preopen looks like.
_NO_PLACE = frozenset((EACCES, EBADF, ENOENT, ENOTCAPABLE, EPERM, EROFS))


def run_files(lang, files, stdin, args, env, constraints, capture=None):
    """Runs the first file. Returns the outcome; raises what `requests.guarded` translates."""
    requests.require_python(lang)
    if sessions.is_open():
        raise Err(outcome.internal("a session is open in this instance: use one instance per session"))
    contents = requests.decoded_all(files)
    entry = next(iter(contents))
    program = requests.program(files[0].name, entry, workspace.ROOT, args, stdin, env, constraints)
    program.source = contents[entry]
    program.keep_globals = program.evaluate = False
    if capture is not None:
        program.capture = capture
    restored, made = [], []
    try:
        if not _place(contents, restored, made):
            program.memory_files = contents
            workspace.remove(made)
            made.clear()
        return run(program)
    finally:
        workspace.remove(made)
        for path, data in restored:
            workspace.write(path, data)


def _place(contents, restored, made):
    """Writes the files; False if there is no place for them."""
    try:
        if not workspace.is_there():
            return False
        for path, data in contents.items():
            if workspace.is_file(path):
                restored.append((path, workspace.read(path)))
            made += workspace.write(path, data)
    except OSError as error:
        if error.errno not in _NO_PLACE:
            raise
        return False
    return True
