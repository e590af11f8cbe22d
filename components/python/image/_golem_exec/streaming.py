"""run-streaming of the component for WASI 0.3: what the pull shim hands out, as a stream.

Synchronous code cannot wait until a stream is read, so the program runs to its end first. The exports run in a task of
componentize-py's own event loop; a program runs outside of both, as if there were none, and can use asyncio itself.
"""

import asyncio
import types

import componentize_py_async_support as support
import wit_world
import wit_world.exports.golem_exec_sessions

from _golem_exec import exports, sessions, stateless
from _golem_exec.pull_streaming import EventStream

# Taken before a program can put something else in their place.
_set_running_loop = asyncio.events._set_running_loop
_swap_current_task = asyncio.tasks._swap_current_task


def install():
    """Adds the functions to the exported classes, and lets the loop run whatever a program did to asyncio."""
    private = types.SimpleNamespace(**vars(asyncio))
    private.create_task = support._loop.create_task
    support.asyncio = private
    support._set_future_state = _inside_loop(support._set_future_state)
    support._poll = _inside_loop(support._poll)
    _extend(exports.Executor, wit_world.exports.GolemExecExecutor, _run_files)
    _extend(sessions.Session, wit_world.exports.golem_exec_sessions.Session, _run_in_session)


def _inside_loop(function):
    def call(*arguments):
        _set_running_loop(support._loop)
        return function(*arguments)

    return call


def _extend(exported, generated, function):
    exported.run_streaming = function
    # The runtime calls these; the protocol classes of the bindings have them.
    for name, value in vars(generated).items():
        if name.startswith("_async_start"):
            setattr(exported, name, value)


async def _run_files(self, lang, files, stdin, args, env, constraints):
    return _stream(lambda: stateless.run_files(lang, files, stdin, args, env, constraints, capture=True))


async def _run_in_session(self, entrypoint, args, stdin, env, constraints):
    return _stream(lambda: self.outcome_of(entrypoint, args, stdin, env, constraints, capture=True))


def _stream(run):
    writer, reader = wit_world.types_exec_event_stream()
    support.spawn(_deliver(writer, EventStream(run)))
    return reader


async def _deliver(writer, stream):
    with writer:
        event = _outside_loop(stream.next)
        while event is not None and not writer.reader_dropped:
            await writer.write([event])
            event = stream.next()


def _outside_loop(function):
    loop = support._loop
    task = _swap_current_task(loop, None)
    _set_running_loop(None)
    try:
        return function()
    finally:
        _set_running_loop(loop)
        _swap_current_task(loop, task)
