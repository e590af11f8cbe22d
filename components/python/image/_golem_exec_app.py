"""The application that componentize-py wraps: builds the image, then hands over the exported classes.

Everything at module level runs once, in the pre-initialisation of the component.
"""

import builtins
import sys
from dis import COMPILER_FLAG_NAMES, opmap
from types import CodeType, FunctionType

import wit_world
from _frozen_importlib_external import FileFinder, SourceFileLoader

# The harness gets built-ins of its own, so that a program that spoils `builtins` spoils only itself.
_PRIVATE_BUILTINS = dict(vars(builtins))
# Their frames are a library's to a program, or of the import system, which shows none; no other frame of the harness
# is ever shown.
_LIBRARY_FILES = {
    "absent.py": "<frozen importlib._bootstrap>",
    "asyncio_loop.py": "/usr/lib/python3.14/asyncio/asyncio_loop.py",
    "bottom.py": "<frozen importlib._bootstrap>",
    "fileio.py": "/usr/lib/python3.14/fileio.py",
    "helpers.py": "/usr/lib/python3.14/helpers.py",
    "key_derivation.py": "/usr/lib/python3.14/key_derivation.py",
    "sockets.py": "/usr/lib/python3.14/sockets.py",
    "threads.py": "/usr/lib/python3.14/threads.py",
}


_RESUMES_LATER = sum(
    flag for flag, name in COMPILER_FLAG_NAMES.items() if name in ("GENERATOR", "COROUTINE", "ASYNC_GENERATOR")
)


def _unseen(code):
    """The same code without the instruction at which a frame becomes one that can be seen.

    Such a frame is in no traceback and no stack that a program, `warnings` or a debugger walks, and trace functions
    and `sys.monitoring` are called for nothing in it. A generator's frame is always seen.
    """
    constants = tuple(_unseen(each) if type(each) is CodeType else each for each in code.co_consts)
    instructions = bytearray(code.co_code)
    if not code.co_flags & _RESUMES_LATER:
        for place in range(0, len(instructions), 2):
            if instructions[place] == opmap["RESUME"]:
                instructions[place : place + 2] = opmap["NOP"], 0
    return code.replace(co_code=bytes(instructions), co_consts=constants)


def _hide_bindings():
    """The same for what componentize-py has generated: a program's output goes through it."""
    for name, module in [*sys.modules.items()]:
        if name.startswith("wit_world.imports."):
            owners = [module, *(value for value in vars(module).values() if isinstance(value, type))]
            for function in [value for owner in owners for value in vars(owner).values()]:
                if isinstance(function, FunctionType):
                    function.__code__ = _unseen(function.__code__)


class _HarnessLoader(SourceFileLoader):
    def get_data(self, path):
        # Never the byte code of an earlier build beside the sources.
        if path.endswith(".pyc"):
            raise OSError(path)
        return super().get_data(path)

    def source_to_code(self, data, path, *, _optimization=-1):
        name = path.rpartition("/")[2]
        code = compile(data, _LIBRARY_FILES.get(name, f"<golem-exec>/{name}"), "exec", dont_inherit=True)
        return code if name in _LIBRARY_FILES else _unseen(code)

    def exec_module(self, module):
        module.__dict__["__builtins__"] = _PRIVATE_BUILTINS
        exec(self.get_code(module.__name__), module.__dict__)


sys.dont_write_bytecode = True
_harness_folder = f"{__file__.rpartition('/')[0]}/_golem_exec"


def _for_harness(path):
    if path != _harness_folder:
        raise ImportError(path)
    return FileFinder(path, (_HarnessLoader, [".py"]))


sys.path_hooks.insert(0, _for_harness)

from _golem_exec import image

image.build()

from _golem_exec import exports, pull_streaming, sessions

# The names under which componentize-py looks for what the world exports (see `exportNames` in build/python.ts).
sys.modules["golem_exec_sessions"] = sessions
sys.modules["golem_exec_pull_streaming"] = pull_streaming
GolemExecExecutor = exports.Executor
GolemExecPullStreaming = exports.PullStreaming
GolemExecRun = exports.Command
# Where the world is that of hosts with WASI 0.3.
if hasattr(wit_world, "types_exec_event_stream"):
    from _golem_exec import streaming

    streaming.install()

_hide_bindings()
image.finish(_for_harness)
