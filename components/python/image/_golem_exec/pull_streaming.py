"""The pull shim: a program's output and its end as a queue of events (wit/golem-exec.wit, pull-streaming)."""

from componentize_py_types import Err
from wit_world.imports import types

from _golem_exec import requests


class EventStream:
    """Runs the program inside the first `next`, then hands out what happened."""

    def __init__(self, run):
        self._run = run
        self._events = None

    def next(self):
        if self._events is None:
            self._events = self._collect()
        return next(self._events, None)

    def _collect(self):
        run, self._run = self._run, None
        try:
            ended = requests.guarded(run)()
        except Err as error:
            return iter([types.ExecEvent_Failed(error.value)])
        kinds = (None, types.ExecEvent_StdoutChunk, types.ExecEvent_StderrChunk)
        return iter([*(kinds[number](bytes(data)) for number, data in ended.chunks), ended.event()])
