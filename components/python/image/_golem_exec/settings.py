"""The component's own configuration: what the host's environment and the call's constraints say."""

from wit_world.imports import environment

from _golem_exec.workspace import InvalidRequest

OWN_VARIABLES = frozenset(("EXEC_STDIO", "EXEC_PERSIST", "EXEC_EVALUATE", "EXEC_TIMEOUT_MS", "EXEC_MEMORY_LIMIT_MB"))
_DEFAULT_TIME_MS = 5000
_FIELDS = (
    ("time_ms", "time-ms"),
    ("memory_bytes", "memory-bytes"),
    ("file_size_bytes", "file-size-bytes"),
    ("max_processes", "max-processes"),
)


def is_inherited():
    """Whether the program's streams are the host's."""
    return dict(environment.get_environment()).get("EXEC_STDIO") == "inherit"


class Settings:
    """How to run a program. `capture` is whether its output is returned instead of passed on. `persist` is `heap` if the
    interpreter goes on where the last run ended, `globals` if its globals are kept in a file of the workspace.
    `evaluate` is whether the run answers with the value of the program's last expression in place of captured output."""

    __slots__ = ("capture", "persist", "evaluate", "time_ms", "memory_bytes")

    def __init__(self, capture, time_ms, memory_bytes, persist=None, evaluate=False):
        self.capture = capture
        self.persist = persist
        self.evaluate = evaluate
        self.time_ms = time_ms
        self.memory_bytes = memory_bytes


def _number(variables, name):
    text = variables.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18 and int(text)):
        raise InvalidRequest(name, f"expected a positive whole number, got {text[:40]!r}")
    return int(text)


def read(constraints):
    """The settings of one call. Raises InvalidRequest for a limit that is no positive number."""
    variables = dict(environment.get_environment())
    time_ms = memory_bytes = None
    if constraints is not None:
        for attribute, field in _FIELDS:
            if getattr(constraints, attribute) == 0:
                raise InvalidRequest(f"constraints.{field}", "a limit is a positive whole number, got 0")
        time_ms = constraints.time_ms
        memory_bytes = constraints.memory_bytes
    if time_ms is None:
        time_ms = _number(variables, "EXEC_TIMEOUT_MS") or _DEFAULT_TIME_MS
    if memory_bytes is None:
        megabytes = _number(variables, "EXEC_MEMORY_LIMIT_MB")
        memory_bytes = megabytes << 20 if megabytes is not None else None
    captured = variables.get("EXEC_STDIO") != "inherit"
    evaluate = variables.get("EXEC_EVALUATE") == "1"
    return Settings(captured, time_ms, memory_bytes, variables.get("EXEC_PERSIST"), evaluate)


def host_variables():
    """The host's environment as a program may see it."""
    return [pair for pair in environment.get_environment() if pair[0] not in OWN_VARIABLES]
