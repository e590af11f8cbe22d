"""DEVIATION D18: a bare component has no limit of its own on memory; its host sets one.

Tells a memory that met its limit from a MemoryError that has another reason, such as `raise MemoryError`."""

from opcode import opmap

_SMALLEST_PROBE = 4 << 20
_LARGEST_PROBE = 32 << 20
_RAISE = opmap["RAISE_VARARGS"]
_traceback_of = BaseException.__traceback__.__get__
_arguments_of = BaseException.args.__get__


def is_met(limit, error):
    """Whether the memory's limit (bytes; None: unknown) is why the error was raised.

    Either nothing more can be had while the program's data is still there, or an allocation was refused that
    alone was larger than what was left.
    """
    size = _LARGEST_PROBE if limit is None else min(max(limit // 8, _SMALLEST_PROBE), _LARGEST_PROBE)
    try:
        bytes(size)
    except MemoryError:
        return True
    return limit is not None and not _arguments_of(error) and not _is_raised_by_statement(error)


def _is_raised_by_statement(error):
    traceback = _traceback_of(error)
    if traceback is None:
        # It comes from what the harness itself called: the compiler.
        return False
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    code = traceback.tb_frame.f_code.co_code
    return 0 <= traceback.tb_lasti < len(code) and code[traceback.tb_lasti] == _RAISE


def release(error, names):
    """Gives back what the failed program holds, so that there is room to report it."""
    traceback = _traceback_of(error)
    while traceback is not None:
        try:
            traceback.tb_frame.clear()
        except RuntimeError:
            # One that is still running.
            pass
        traceback = traceback.tb_next
    builtins = names["__builtins__"]
    names.clear()
    names["__builtins__"] = builtins
