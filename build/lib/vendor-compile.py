"""Compiles the files of the working directory, in the component: prints nothing, leaves `.compiled` beside them.

`.compiled` is a sequence of records: the length of the path and of the bytes (4 bytes each, little endian), the path,
the bytes. The byte code is of the kind that is used without looking at its source's time or hash (PEP 552).
"""

import sys
import warnings
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash

FOLDER = "/data/site-packages"

# What the authors' own invalid escapes are worth to those who import them.
warnings.simplefilter("ignore")
sys.setrecursionlimit(20_000)

with open(".compiled", "wb") as out:
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            source = file.read()
        code = compile(source, f"{FOLDER}/{path}", "exec", dont_inherit=True, optimize=0)
        data = _code_to_hash_pyc(code, source_hash(source), False)
        folder, _, name = path.rpartition("/")
        target = f"{folder}/__pycache__/" if folder else "__pycache__/"
        target = f"{target}{name.removesuffix('.py')}.{sys.implementation.cache_tag}.pyc".encode()
        out.write(len(target).to_bytes(4, "little") + len(data).to_bytes(4, "little") + target + data)
