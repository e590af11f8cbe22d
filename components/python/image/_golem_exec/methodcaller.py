"""`operator.methodcaller` in Python.

The C type's function that clears it for the garbage collector has no result, although the type's slot asks for one.
WebAssembly traps at such a call: a methodcaller in a reference cycle would end the program.
"""

import _operator
import operator
import sys

from _golem_exec import stdlib


def install():
    # operator.py itself has the class, for Pythons without the C module.
    names = {"__name__": "operator"}
    sys.modules["_operator"] = None
    try:
        exec(stdlib.code_of("operator"), names)
    finally:
        sys.modules["_operator"] = _operator
    operator.methodcaller = _operator.methodcaller = names["methodcaller"]
