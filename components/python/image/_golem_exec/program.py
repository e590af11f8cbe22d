"""Runs one program: compile stage, run stage, exit handlers, and the end of everything it left behind."""

import sys
from _contextvars import Context
from atexit import _ncallbacks as count_exit_functions
from atexit import _run_exitfuncs as run_exit_functions
from gc import collect
from time import monotonic_ns
from types import ModuleType

from _frozen_importlib_external import SourceFileLoader

from _golem_exec import (
    display,
    evaluate,
    exits,
    memory_limit,
    memory_modules,
    pristine,
    shadowing,
    state,
    stdio,
    workspace,
)
from _golem_exec.bottom import call as call_at_bottom
from _golem_exec.outcome import Outcome, stage
from _golem_exec.stdlib import LIBRARY

# Where a host mounts the packages that it lends to programs.
SITE_PACKAGES = "/data/site-packages"

_NAMES_OF_EVERY_MODULE = frozenset(vars(ModuleType("__main__"))) | {"__builtins__", "__file__"}
_code_of_exit = SystemExit.code.__get__
_traceback_of = BaseException.__traceback__.__get__


class Program:
    """All that a run needs to know. `source` is None for a program that is read from `path`."""

    __slots__ = (
        *("name", "path", "source", "folder", "args", "env", "stdin", "memory_files"),
        *("capture", "time_limit_ms", "memory_limit", "keep_heap", "keep_globals"),
        *("evaluate", "value"),
    )

    def __init__(self, name, path, folder, args, env, stdin, settings):
        self.name = name
        self.path = path
        self.folder = folder
        self.args = args
        self.env = env
        self.stdin = stdin
        self.source = None
        self.memory_files = None
        self.capture = settings.capture
        self.time_limit_ms = settings.time_ms
        self.memory_limit = settings.memory_bytes
        self.keep_heap = settings.persist == "heap"
        self.keep_globals = settings.persist == "globals"
        self.evaluate = settings.evaluate
        # What the host gets as the value of the program, where it asks for it and there is one.
        self.value = None


def run(program):
    """Runs a program to its end; what it did is in the outcome. Raises nothing that the program could cause."""
    # A host that takes the streams has a clock of its own; this one costs it two calls.
    began = monotonic_ns() if program.capture else None
    recorder = stdio.Recorder() if program.capture else None
    _prepare(program, recorder)
    code, arm, exit_code = _compile(program)
    split = recorder.mark() if recorder is not None else 0
    if code is not None:
        try:
            arm, exit_code = call_at_bottom([code, program, _execute])
        except BaseException:
            # The program has spoilt even what the harness relies on.
            arm, exit_code = "runtime-failed", 1
        pristine.quiet()
    if exits.code is None:
        stdio.flush()
    pristine.restore_builtins()
    time_ms = (monotonic_ns() - began) // 1_000_000 if began is not None else None
    # DEVIATION D19: without a host nothing stops the program at its limit; a late end can still be told.
    if time_ms is not None and program.time_limit_ms is not None and time_ms >= program.time_limit_ms:
        arm = "timeout"
    outcome = _outcome(arm, code is not None, exit_code, time_ms, recorder, split)
    if program.value is not None and arm == "finished":
        outcome.run = stage(exit_code, program.value, outcome.run.stderr)
    return outcome


def _outcome(arm, compiled, exit_code, time_ms, recorder, split):
    if recorder is None:
        before = during = whole = ("", "")
        chunks = ()
    else:
        before, during, whole = recorder.texts(0, split), recorder.texts(split, None), recorder.texts(0, None)
        chunks = recorder.chunks
    if arm == "compilation-failed":
        return Outcome(arm, stage(exit_code, *whole), stage(None), time_ms, chunks)
    if not compiled:
        return Outcome(arm, None, stage(exit_code, *whole), time_ms, chunks)
    return Outcome(arm, stage(0, *before), stage(exit_code, *during), time_ms, chunks)


def _prepare(program, recorder):
    # A heap that lives on keeps the host's streams, too.
    used = pristine.used and not (program.keep_heap and pristine.kept)
    pristine.begin(program.keep_heap)
    pristine.set_environment(program.env)
    stdio.connect(program.stdin, recorder, used)
    if program.memory_files is None:
        pristine.enter(program.folder)
    else:
        memory_modules.install(program.memory_files)
    script_folder = program.path.rpartition("/")[0] or "/" if program.path.startswith("/") else program.folder
    extra = [value for name, value in program.env if name == "PYTHONPATH"]
    sys.argv = [program.name, *program.args]
    sys.path = [script_folder, *filter(None, ":".join(extra).split(":")), LIBRARY, SITE_PACKAGES]


def _compile(program):
    """The code object, or None with the arm of the failure and its exit code."""
    source = program.source
    if source is None:
        try:
            source = workspace.read(program.path)
        except OSError as error:
            display.write(f"golem-exec: can't open file {program.path!r}: {error.strerror}\n")
            return None, "runtime-failed", 1
    elif program.memory_files is None:
        memory_modules.remember_source(program.path, source)
    # Looking into the script's folder costs the host several calls; a program without imports needs none.
    if b"import" in source:
        shadowing.give_way(sys.path[0], program.memory_files)
    try:
        if program.evaluate:
            return evaluate.compiled(source, program.path), "finished", 0
        return compile(source, program.path, "exec", dont_inherit=True), "finished", 0
    except BaseException as error:
        failure = error
    if issubclass(type(failure), MemoryError) and memory_limit.is_met(program.memory_limit, failure):
        return None, "resource-exceeded", 1
    offset = _not_text_at(source) if type(failure) is SyntaxError else None
    if offset is not None:
        display.write(f"{program.path}: not valid UTF-8 at offset {offset}\n")
    display.show(failure, display.own_traceback(failure, 0))
    return None, "compilation-failed", 1


def _not_text_at(source):
    """Where a source that names no encoding of its own (PEP 263) is not UTF-8; CPython tells the line only."""
    if type(source) is not bytes or b"coding" in b"".join(source.split(b"\n", 2)[:2]):
        return None
    try:
        source.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def _execute(program, code):
    main = _main(program)
    names = main.__dict__
    names["__builtins__"] = sys.modules["builtins"]
    names["__file__"] = program.path
    names["__loader__"] = SourceFileLoader("__main__", program.path)
    sys.modules["__main__"] = main
    if program.keep_globals:
        try:
            names.update(state.load())
        except MemoryError as error:
            display.show(error, None)
            return "resource-exceeded", None
    error = _evaluate(program, code, names) if program.evaluate else _call(code, names)
    pristine.quiet()
    end = "finished", 0
    if error is not None and exits.code is None:
        pristine.mend_builtins()
        if issubclass(type(error), MemoryError) and memory_limit.is_met(program.memory_limit, error):
            end = "resource-exceeded", None
            memory_limit.release(error, names)
            display.show(error, display.own_traceback(error, _frames_above(error, program.evaluate)))
        else:
            end = _end_of(error, program.evaluate)
    del error
    if exits.code is None and not program.keep_heap:
        _run_exit_handlers()
    if program.keep_globals and (end[0] == "finished" or exits.code is not None):
        state.save(names)
    if exits.code is None:
        stdio.flush()
        if not program.keep_heap:
            _leave(main)
    return end if exits.code is None else ("finished", exits.code)


_kept_main = None


def _main(program):
    """The module that the program is: a new one, or that of the run before whose heap lives on."""
    global _kept_main
    main = _kept_main if program.keep_heap else None
    if main is None:
        main = ModuleType("__main__")
    _kept_main = main if program.keep_heap else None
    return main


def _call(code, names):
    """Runs the code in a context of its own. Returns what it raised."""
    try:
        try:
            Context().run(exec, code, names)
        finally:
            pristine.quiet()
    except BaseException as error:
        return error
    return None


def _evaluate(program, codes, names):
    """The same for a program whose value is asked for."""
    try:
        try:
            value = Context().run(evaluate.run, codes, names)
        finally:
            pristine.quiet()
        program.value = evaluate.answer(value)
    except BaseException as error:
        return error
    return None


def _frames_above(error, evaluated):
    """The number of the traceback's leading frames that are not the program's."""
    return evaluate.own_frames(_traceback_of(error)) if evaluated else 0


def _end_of(error, evaluated):
    """The arm and the exit code of a run that ended with `error`."""
    kind = type(error)
    if not issubclass(kind, SystemExit):
        sys.last_exc = sys.last_value = error
        sys.last_type = kind
        sys.last_traceback = traceback = display.own_traceback(error, _frames_above(error, evaluated))
        error = display.show(error, traceback)
        if error is None:
            return "runtime-failed", 130 if issubclass(kind, KeyboardInterrupt) else 1
    return "finished", _exit_code(error)


def _exit_code(error):
    """What CPython makes of SystemExit's argument, in the low 8 bits that a parent process sees."""
    value = _code_of_exit(error)
    if value is None:
        return 0
    if issubclass(type(value), int):
        return int.__and__(value, 0xFF)
    try:
        sys.stderr.write(str(value) + "\n")
    except BaseException:
        pass
    return 1


def _run_exit_handlers():
    if count_exit_functions() == 0:
        return
    try:
        run_exit_functions()
    except BaseException:
        pass
    pristine.quiet()


def _leave(main):
    """Ends the life of the program's objects, so that their finalisers run and open files are written."""
    for name in ("last_exc", "last_value", "last_type", "last_traceback"):
        sys.__dict__.pop(name, None)
    names = main.__dict__
    given = [name for name in names if type(name) is str and name not in _NAMES_OF_EVERY_MODULE]
    # The interpreter's own order at exit: names with one underscore first.
    for private in (True, False):
        for name in given:
            if not private or (name[0:1] == "_" and name[1:2] != "_"):
                names[name] = None
    names.clear()
    pristine.drop_foreign_modules()
    del main, names
    try:
        collect()
    except BaseException:
        pass
