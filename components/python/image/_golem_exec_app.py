"""The application that componentize-py wraps: builds the image, then hands over the exported classes.

Everything at module level runs once, in the pre-initialisation of the component.
"""

import builtins
import sys

import wit_world
from _frozen_importlib_external import FileFinder, SourceFileLoader

# The harness gets built-ins of its own, so that a program that spoils `builtins` spoils only itself.
_PRIVATE_BUILTINS = dict(vars(builtins))
# Their frames are a library's to a program, or of the import system, which shows none; no other frame of the harness
# is ever shown.
_LIBRARY_FILES = {
    "absent.py": "<frozen importlib._bootstrap>",
    "asyncio_loop.py": "/usr/lib/python3.14/asyncio/asyncio_loop.py",
    "fileio.py": "/usr/lib/python3.14/fileio.py",
    "helpers.py": "/usr/lib/python3.14/helpers.py",
    "key_derivation.py": "/usr/lib/python3.14/key_derivation.py",
    "sockets.py": "/usr/lib/python3.14/sockets.py",
    "threads.py": "/usr/lib/python3.14/threads.py",
}


class _HarnessLoader(SourceFileLoader):
    def get_data(self, path):
        # Never the byte code of an earlier build beside the sources.
        if path.endswith(".pyc"):
            raise OSError(path)
        return super().get_data(path)

    def source_to_code(self, data, path, *, _optimization=-1):
        name = path.rpartition("/")[2]
        return compile(data, _LIBRARY_FILES.get(name, f"<golem-exec>/{name}"), "exec", dont_inherit=True)

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

image.finish(_for_harness)
