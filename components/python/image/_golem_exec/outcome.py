"""What a run came to, and its form in the component's contract."""

from componentize_py_types import Err
from wit_world.imports import types


class Outcome:
    """The end of one run. `arm` is `finished` or the name of an error of the contract."""

    __slots__ = ("arm", "compile", "run", "time_ms", "chunks")

    def __init__(self, arm, compile, run, time_ms, chunks=()):
        self.arm = arm
        self.compile = compile
        self.run = run
        self.time_ms = time_ms
        self.chunks = chunks

    def result(self):
        # memory-bytes stays empty: Python has no way to ask for the size of the linear memory. The host has one.
        return types.Result(self.compile, self.run, self.time_ms, None)

    def error(self):
        if self.arm == "compilation-failed":
            return types.Error_CompilationFailed(self.compile)
        if self.arm == "runtime-failed":
            return types.Error_RuntimeFailed(self.run)
        if self.arm == "timeout":
            return types.Error_Timeout()
        return types.Error_ResourceExceeded()

    def value(self):
        """The result of a call, or the error raised the way componentize-py wants it."""
        if self.arm == "finished":
            return self.result()
        raise Err(self.error())

    def event(self):
        if self.arm == "finished":
            return types.ExecEvent_Finished(self.result())
        return types.ExecEvent_Failed(self.error())


_SUCCESS = types.StageResult("", "", 0, None)


def stage(exit_code, stdout="", stderr=""):
    if exit_code == 0 and not stdout and not stderr:
        return _SUCCESS
    return types.StageResult(stdout, stderr, exit_code, None)


def compilation_failed(text):
    return types.Error_CompilationFailed(stage(1, stderr=text))


def runtime_failed(text):
    return types.Error_RuntimeFailed(stage(1, stderr=text))


def internal(text):
    return types.Error_Internal(text)
