"""One run while the image is built: it specialises the byte code of what every run goes through."""

from _golem_exec import pristine
from _golem_exec.program import Program, run
from _golem_exec.settings import Settings

_SOURCE = b"""
import sys
class Thing:
    def __init__(self, n): self.n = n
    def fail(self): raise ValueError(self.n)
print("warm", [Thing(n).n for n in range(3)], file=sys.stderr)
print(sys.stdin.read())
Thing(1).fail()
"""


def run_once():
    program = Program("main.py", "/app/main.py", "/", [], [], "text", Settings(True, 5000, None))
    program.source = _SOURCE
    program.memory_files = {"/app/main.py": _SOURCE}
    ended = run(program)
    expected = "ValueError: 1"
    if ended.arm != "runtime-failed" or expected not in ended.run.stderr:
        raise AssertionError(f"the warm-up run went wrong: {ended.arm}: {ended.run.stderr}")


def run_all():
    for _ in range(3):
        run_once()
    pristine.restore()
    pristine.used = False
