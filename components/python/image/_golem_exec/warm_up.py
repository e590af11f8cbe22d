"""Runs while the image is built: they specialise the byte code of what every run goes through."""

from _golem_exec import pristine, stdio, workspace
from _golem_exec.program import Program, run
from _golem_exec.settings import Settings

_FAILING = b"""
import sys
class Thing:
    def __init__(self, n): self.n = n
    def fail(self): raise ValueError(self.n)
print("warm", [Thing(n).n for n in range(3)], file=sys.stderr)
print(sys.stdin.read())
Thing(1).fail()
"""
_ROUNDS = 3


class _Host:
    """Stands in for the host's output streams."""

    def __init__(self):
        self.written = b""

    def blocking_write_and_flush(self, data):
        self.written += data


def _run(source, stdin, capture):
    program = Program("main.py", "/app/main.py", "/", [], [], stdin, Settings(capture, 5000, None))
    program.source = source
    program.memory_files = {"/app/main.py": source}
    return run(program)


def _run_captured():
    ended = _run(_FAILING, "text", True)
    if ended.arm != "runtime-failed" or "ValueError: 1" not in ended.run.stderr:
        raise AssertionError(f"the warm-up run went wrong: {ended.arm}: {ended.run.stderr}")


def _run_inherited():
    host = _Host()
    # Only the first run of an instance finds streams that were opened before it.
    pristine.used = False
    with stdio.instead_of_host(host):
        ended = _run(b'print("warm")', None, False)
    if ended.arm != "finished" or host.written != b"warm\n":
        raise AssertionError(f"the warm-up run went wrong: {ended.arm}: {host.written}")


def run_all():
    for _ in range(_ROUNDS):
        _run_captured()
        _run_inherited()
        workspace.read(__file__)
