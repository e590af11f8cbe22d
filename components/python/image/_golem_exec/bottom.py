"""The one frame below a program's own that can be seen.

All others of the harness are hidden (`_unseen` in `_golem_exec_app.py`), but the interpreter looks for a frame to tell
a trace function of an exception that leaves the program. This one holds nothing and leads nowhere; `walkers.py` leaves it
out of what is printed.
"""


def call(waiting):
    """Calls a function of two arguments: the arguments in reverse order, and last the function."""
    return waiting.pop()(waiting.pop(), waiting.pop())
