"""Starting a thread says why it fails."""

import threading

import _thread

_REASON = "can't start new thread: a program runs in one thread here; call the function, or use asyncio"


def start_new_thread(function, args, kwargs={}, /):
    raise RuntimeError(_REASON)


def start_joinable_thread(function, *, handle=None, daemon=True):
    raise RuntimeError(_REASON)


def install():
    _thread.start_new_thread = _thread.start_new = threading._start_new_thread = start_new_thread
    _thread.start_joinable_thread = threading._start_joinable_thread = start_joinable_thread
