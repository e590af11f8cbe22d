"""Stacks end with the program's own frames: `traceback.print_stack`, `inspect.stack`, and logging, which asks the former."""

import inspect
import traceback

from _golem_exec import bottom

_walk_stack, _outer_frames = traceback.walk_stack, inspect.getouterframes
_END = bottom.call.__code__


def walk_stack(f):
    """Walk a stack yielding the frame and line number for each frame."""
    # This function's own frame is hidden: without an argument, the library's begins with the caller's.
    return ((frame, line) for frame, line in _walk_stack(f) if frame.f_code is not _END)


def getouterframes(frame, context=1):
    """Get a list of records for a frame and all higher (calling) frames."""
    return [record for record in _outer_frames(frame, context) if record.frame.f_code is not _END]


def install():
    walk_stack.__module__, getouterframes.__module__ = "traceback", "inspect"
    traceback.walk_stack, inspect.getouterframes = walk_stack, getouterframes
