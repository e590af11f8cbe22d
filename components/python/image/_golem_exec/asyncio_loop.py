"""An asyncio event loop for a world without sockets and threads: it waits by sleeping."""

import asyncio
import asyncio.unix_events
import selectors
import time


class _Sleeper(selectors._BaseSelectorImpl):
    """A selector whose files are never ready, because there are none that could be."""

    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError("asyncio: every task waits for something that can never happen")
        if timeout > 0:
            time.sleep(timeout)
        return []


class SelectorEventLoop(asyncio.unix_events._UnixSelectorEventLoop):
    """asyncio's own loop, less the parts that WASI has no means for."""

    def __init__(self, selector=None):
        super().__init__(_Sleeper())

    # The pipe that wakes the loop needs a socket pair; nothing can wake it from outside.
    def _make_self_pipe(self):
        self._ssock = self._csock = None
        self._internal_fds += 1

    def _close_self_pipe(self):
        self._internal_fds -= 1

    def _write_to_self(self):
        pass

    def run_in_executor(self, executor, func, *args):
        """Runs the function at once: there are no threads."""
        self._check_closed()
        future = self.create_future()
        try:
            result = func(*args)
        except (KeyboardInterrupt, SystemExit):
            raise
        except StopIteration as error:
            failure = RuntimeError("StopIteration raised in an executor's function")
            failure.__cause__ = error
            future.set_exception(failure)
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)
        return future

    def add_reader(self, fd, callback, *args):
        raise NotImplementedError("no file descriptor can be watched here")

    add_writer = add_reader

    def add_signal_handler(self, sig, callback, *args):
        raise NotImplementedError("no signal can arrive here")

    async def _make_subprocess_transport(self, *args, **kwargs):
        raise NotImplementedError("processes cannot be started here")


def install():
    events = asyncio.unix_events
    SelectorEventLoop.__module__ = "asyncio.unix_events"
    events._UnixDefaultEventLoopPolicy._loop_factory = SelectorEventLoop
    for module in (events, asyncio):
        module.SelectorEventLoop = SelectorEventLoop
        module.EventLoop = SelectorEventLoop


def leave():
    """Forgets the loop that componentize-py's bindings keep running, and one that an earlier program left."""
    asyncio.events._set_running_loop(None)
    asyncio.set_event_loop(None)
