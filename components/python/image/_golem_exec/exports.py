"""The exported functions of the component that are not methods of a resource."""

from posix import read as read_descriptor

from componentize_py_types import Err
from wit_world.imports import environment

from _golem_exec import display, requests, settings, stateless, stdio, workspace
from _golem_exec.program import Program, run
from _golem_exec.pull_streaming import EventStream


class Executor:
    @requests.guarded
    def run(self, lang, files, stdin, args, env, constraints):
        return stateless.run_files(lang, files, stdin, args, env, constraints).value()


class PullStreaming:
    """Output is recorded here whatever EXEC_STDIO says, because the events are what the caller asks for."""

    def run(self, lang, files, stdin, args, env, constraints):
        return EventStream(lambda: stateless.run_files(lang, files, stdin, args, env, constraints, capture=True))

    def session_run(self, session, entrypoint, args, stdin, env, constraints):
        return EventStream(lambda: session.outcome_of(entrypoint, args, stdin, env, constraints, capture=True))


class Command:
    """wasi:cli/run: `exec-python.wasm script args…`, or a program from stdin."""

    def run(self):
        if not _run_command(environment.get_arguments()[1:]):
            raise Err(None)


def _run_command(arguments):
    script, *rest = arguments or [""]
    folder = environment.initial_cwd() or (workspace.ROOT if workspace.is_folder(workspace.ROOT) else "/")
    from_stdin = script in ("", "-")
    try:
        chosen = settings.read(None)
        chosen.capture = False
        path = "<stdin>" if from_stdin else workspace.resolve(script, folder, "script")
        program = Program(script, path, folder, rest, settings.host_variables(), None, chosen)
        program.keep_globals = program.evaluate = False
        if from_stdin:
            program.source = _read_stdin()
        if not workspace.is_folder(folder):
            program.memory_files = {}
    except workspace.InvalidRequest as error:
        stdio.connect(None, None, True)
        display.write(f"golem-exec: {error}\n")
        return False
    ended = run(program)
    return ended.arm == "finished" and ended.run.exit_code == 0


def _read_stdin():
    pieces = []
    while piece := read_descriptor(0, 1 << 16):
        pieces.append(piece)
    return b"".join(pieces)
