"""The sessions interface: files and a working directory that persist from run to run."""

from errno import ENOTDIR
from posix import listdir, stat, strerror

from componentize_py_types import Err

from _golem_exec import outcome, pristine, requests, workspace
from _golem_exec.program import run

_open = None


def is_open():
    return _open is not None


class Session:
    """One tenant's session. Only one may be open in an instance.

    DEVIATION D32: componentize-py's runtime does not pass on that a handle was dropped, so only `close` ends a session.
    """

    def __init__(self, lang):
        global _open
        self._language = lang
        self._folder = workspace.ROOT
        self._closed = False
        if pristine.settle() and workspace.is_there():
            # Where its runs will begin.
            pristine.enter(workspace.ROOT)
        if _open is None:
            _open = id(self)

    def close(self):
        global _open
        self._closed = True
        if _open == id(self):
            _open = None

    def _enter(self, files=True):
        global _open
        requests.require_python(self._language)
        if self._closed:
            raise Err(outcome.internal("session is closed"))
        if _open is None:
            _open = id(self)
        if _open != id(self):
            raise Err(outcome.internal("another session is open in this instance: use one instance per session"))
        if files and not workspace.is_there():
            raise Err(outcome.internal(requests.NO_WORKSPACE))

    @requests.guarded
    def upload(self, file):
        self._enter()
        workspace.write(*requests.decoded(file, "file", self._folder))

    @requests.guarded
    def run(self, entrypoint, args, stdin, env, constraints):
        return self.outcome_of(entrypoint, args, stdin, env, constraints).value()

    def outcome_of(self, entrypoint, args, stdin, env, constraints, capture=None):
        """Runs a program of the workspace; raises what `requests.guarded` translates."""
        # The run finds out by itself whether there is a workspace.
        self._enter(files=False)
        path = workspace.resolve(entrypoint, self._folder, "entrypoint")
        program = requests.program(entrypoint, path, self._folder, args, stdin, env, constraints)
        if capture is not None:
            program.capture = capture
        try:
            return run(program)
        except OSError:
            self._enter()
            raise

    @requests.guarded
    def download(self, path):
        self._enter()
        return workspace.read(workspace.resolve(path, self._folder, "path"))

    @requests.guarded
    def list_files(self, dir):
        """The names in a folder, sorted."""
        self._enter()
        return sorted(listdir(workspace.resolve(dir, self._folder, "dir")))

    @requests.guarded
    def set_working_dir(self, path):
        self._enter()
        folder = workspace.resolve(path, self._folder, "path")
        stat(folder)
        if not workspace.is_folder(folder):
            raise NotADirectoryError(ENOTDIR, strerror(ENOTDIR), folder)
        self._folder = folder
