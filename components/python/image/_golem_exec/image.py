"""Builds what the component starts from: the pre-imported standard library, adjusted to where it will run."""

import gc
import os
import sys

from _golem_exec import stdlib

# Pre-imported, because programs use them most. Everything else is loaded when it is imported.
EAGER = """
    __future__ _strptime argparse array ast asyncio base64 binascii bisect calendar cmath collections collections.abc
    concurrent.futures configparser contextlib contextvars copy csv dataclasses datetime decimal difflib enum
    encodings.ascii encodings.hex_codec encodings.idna encodings.latin_1 encodings.utf_16 encodings.utf_8_sig errno
    fnmatch fractions functools gc glob graphlib gzip hashlib heapq hmac html importlib importlib.util inspect io
    ipaddress itertools json linecache locale logging math numbers operator os os.path pathlib pickle platform pprint
    queue random re secrets select selectors shlex shutil signal socket sqlite3 stat statistics string struct
    subprocess tempfile textwrap threading time timeit token tokenize tomllib traceback types typing unicodedata
    urllib.parse uuid warnings weakref xml.etree.ElementTree zipfile zlib zoneinfo
""".split()


def build():
    """Everything that the harness modules themselves may rely on."""
    folder = next(folder for folder in sys.path if os.path.isfile(f"{folder}/stdlib.index"))
    of_the_build = [path for path in sys.path if not path.startswith(stdlib.BUILT_FROM)]
    for name in "prefix", "exec_prefix", "base_prefix", "base_exec_prefix":
        setattr(sys, name, "/usr")
    sys._stdlib_dir = stdlib.LIBRARY
    sys.executable = ""
    stdlib.load(folder)
    sys.path[:] = [stdlib.LIBRARY, *of_the_build]
    sys.path_importer_cache.clear()
    for name in EAGER:
        __import__(name)
    for module in list(sys.modules.values()):
        stdlib.adopt(module)
    from _golem_exec import (
        absent,
        asyncio_loop,
        exits,
        fileio,
        helpers,
        key_derivation,
        methodcaller,
        monitoring,
        pristine,
        sockets,
        threads,
        walkers,
    )

    absent.install()
    asyncio_loop.install()
    helpers.install()
    key_derivation.install()
    methodcaller.install()
    fileio.install()
    monitoring.install()
    sockets.install()
    threads.install()
    walkers.install()
    exits.install(pristine.quiet, pristine.free_tools)


def finish(harness_hook):
    """The last step: the state that later runs are put back to, and a warm-up run."""
    from _golem_exec import handles, hidden, pristine, shadowing, stdio, warm_up

    ours = {name: module for name, module in sys.modules.items() if hidden.is_hidden(name)}
    sys.path_hooks.remove(harness_hook)
    stdlib.keep_live({name: module for name, module in sys.modules.items() if name not in ours})
    hidden.list_names()
    shadowing.prepare()
    pristine.capture()
    warm_up.run_all()
    pristine.finish_image()
    stdio.prepare()
    handles.lend()
    # componentize-py still looks for them; the first run hides them again.
    sys.modules.update(ours)
    gc.collect()
    # What the image holds is never looked at by a later collection.
    gc.freeze()
