"""The value of a program's last expression, for a host that asks for it (EXEC_EVALUATE): JSON in the form in which
sessions keep their globals, or text where there is no such form.
"""

from _ast import Expr, Expression, PyCF_ALLOW_TOP_LEVEL_AWAIT, PyCF_ONLY_AST
from _json import encode_basestring_ascii
from asyncio import Future
from asyncio import run as run_coroutine
from builtins import BaseException, MemoryError, RecursionError, compile, eval, issubclass, len, repr, str, type
from gc import disable as disable_collector
from gc import enable as enable_collector
from inspect import CO_COROUTINE
from types import CoroutineType

from _golem_exec.state import to_json
from _golem_exec.state_form import Form, Unsaveable

# Characters of a value as JSON, and of a value as text.
_LONGEST_DATA = 2 << 20
_LONGEST_TEXT = 10_000
_name_of_class = type.__dict__["__name__"].__get__


def compiled(source, path):
    """The code of everything but the last expression, and that of the expression, where there is one."""
    tree = compile(source, path, "exec", PyCF_ONLY_AST, dont_inherit=True)
    last = tree.body.pop() if tree.body and type(tree.body[-1]) is Expr else None
    codes = [compile(tree, path, "exec", PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)]
    if last is not None:
        codes.append(compile(Expression(last.value), path, "eval", PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True))
    return codes


def run(codes, names):
    """Runs what `compiled` gave; the value of the last expression, awaited where it is a coroutine."""
    value = None
    for code in codes:
        if code.co_flags & CO_COROUTINE:
            return run_coroutine(_run_in_loop(codes, names))
    for code in codes:
        value = eval(code, names)
    return run_coroutine(value) if type(value) is CoroutineType else value


async def _run_in_loop(codes, names):
    value = None
    for code in codes:
        value = eval(code, names)
        if code.co_flags & CO_COROUTINE:
            value = await value
    return await value if type(value) is CoroutineType or issubclass(type(value), Future) else value


def own_frames(traceback):
    """The number of leading frames that are asyncio's and, last of them, the coroutine's in which the program runs."""
    count = found = 0
    while traceback is not None:
        count += 1
        if traceback.tb_frame.f_code is _CODE:
            found = count
        traceback = traceback.tb_next
    return found


_CODE = _run_in_loop.__code__


def answer(value):
    """The value as the text that goes to the host."""
    try:
        # No finaliser of the program runs while its values are looked at.
        disable_collector()
        text = "".join(to_json(Form().of(value), 0))
        if len(text) <= _LONGEST_DATA:
            return f'{{"data":{text}}}'
        reason = f"as data it has {len(text)} characters, more than {_LONGEST_DATA}"
    except Unsaveable as error:
        reason = str(error)
    except RecursionError:
        reason = "it is nested too deeply"
    except MemoryError:
        reason = "there is not enough memory for it as data"
    finally:
        enable_collector()
    return f'{{"text":{encode_basestring_ascii(_shown(value))},"reason":{encode_basestring_ascii(reason)}}}'


def _shown(value):
    """As the interpreter shows it; the program can put code of its own in there, which may fail."""
    try:
        text = repr(value)
    except BaseException:
        text = f"<{_name_of_class(type(value))} object>"
    return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "…"
