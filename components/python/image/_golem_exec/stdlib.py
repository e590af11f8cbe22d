"""The standard library at run time: compressed code objects in the image, served as the folder LIBRARY.

A path hook answers for LIBRARY and the folders below it, so that `sys.path` keeps its meaning: a user's module
of the same name in the script's folder comes first, as everywhere else.
"""

import marshal
import sys
from zlib import decompress

import _frozen_importlib_external as _external

LIBRARY = "/usr/lib/python3.14"
# Where componentize-py mounts the library while it pre-initialises; gone at run time.
BUILT_FROM = "/python"
_BUILT_FROM = (f"{BUILT_FROM}/lib/python3.14", BUILT_FROM)

_loads = marshal.loads

# name -> (is package, compressed marshalled code; None for a module that is live in the image)
_packed: dict[str, tuple[bool, bytes | None]] = {}
# Live modules that keep their code: with their C part blocked they are imported once more, and are then in Python.
_ALSO_IN_PYTHON = {"xml.etree.ElementTree": "_elementtree"}
# The live modules of the image. Importing one again (after `del sys.modules[name]`) gives the same object.
_live: dict[str, object] = {}


class StdlibLoader(_external._LoaderBasics):
    """Loads one module of the standard library. It has no source text to give."""

    def __init__(self, name, path):
        self.name = name
        self.path = path

    def create_module(self, spec):
        return None

    def get_code(self, fullname):
        data = _packed[fullname][1] if fullname in _packed else None
        if data is None:
            raise ImportError(f"{fullname!r} has no code of its own in this image", name=fullname)
        return _loads(decompress(data))

    def get_filename(self, fullname=None):
        return self.path

    def get_source(self, fullname):
        return None

    def is_package(self, fullname):
        return _packed[fullname][0]


class _LiveLoader(StdlibLoader):
    """Gives the module that the image holds."""

    def create_module(self, spec):
        return _live[spec.name]

    def exec_module(self, module):
        pass


def code_of(name):
    """The code of a packed module. Called while the image is built."""
    return _loads(decompress(_packed[name][1]))


def spec_of(name):
    """The import spec of a packed module, or None."""
    entry = _packed.get(name)
    if entry is None:
        return None
    base = f"{LIBRARY}/{name.replace('.', '/')}"
    path = f"{base}/__init__.py" if entry[0] else f"{base}.py"
    is_live = name in _live and not (name in _ALSO_IN_PYTHON and sys.modules.get(_ALSO_IN_PYTHON[name], name) is None)
    loader = (_LiveLoader if is_live else StdlibLoader)(name, path)
    places = [base] if entry[0] else None
    return _external.spec_from_file_location(name, path, loader=loader, submodule_search_locations=places)


class StdlibFinder:
    """A path entry finder for LIBRARY or one package folder below it."""

    def __init__(self, folder):
        if folder != LIBRARY and not folder.startswith(LIBRARY + "/"):
            raise ImportError("not a folder of the standard library", path=folder)
        self.path = folder
        self._prefix = folder[len(LIBRARY) + 1 :].replace("/", ".")

    def find_spec(self, fullname, target=None):
        package, _, _ = fullname.rpartition(".")
        return spec_of(fullname) if package == self._prefix else None

    def iter_modules(self, prefix=""):
        """What pkgutil asks for."""
        for name, (is_package, _) in sorted(_packed.items()):
            package, _, tail = name.rpartition(".")
            if package == self._prefix and tail != "__main__":
                yield prefix + tail, is_package

    def invalidate_caches(self):
        pass


def load(folder):
    """Reads the pack that the build made. Called while the image is built."""
    with open(f"{folder}/stdlib.index", "rb") as file:
        index = _loads(file.read())
    with open(f"{folder}/stdlib.pack", "rb") as pack:
        for name, (is_package, offset, length) in index.items():
            pack.seek(offset)
            _packed[name] = (is_package, pack.read(length))
    sys.path_hooks.insert(0, StdlibFinder)


def keep_live(modules):
    """Declares modules part of the image as live objects: their packed code is dropped."""
    for name, module in modules.items():
        if name in _packed:
            if name not in _ALSO_IN_PYTHON:
                _packed[name] = (_packed[name][0], None)
            _live[name] = module


def live_names():
    return _live.keys()


def adopt(module):
    """Gives a module that the interpreter loaded by its own means its place in LIBRARY."""
    for name in "__file__", "__cached__":
        path = getattr(module, name, None)
        if path is not None:
            setattr(module, name, _renamed(path))
    spec = spec_of(module.__name__)
    old = getattr(module, "__spec__", None)
    if spec is not None and old is not None and old.origin != "frozen":
        module.__spec__ = spec
        module.__loader__ = spec.loader
        if spec.submodule_search_locations is not None:
            module.__path__ = spec.submodule_search_locations
    for value in list(vars(module).values()):
        _rename(value)


def _renamed(path):
    for folder in _BUILT_FROM:
        if path.startswith(folder + "/"):
            return LIBRARY + path[len(folder) :]
    return path


def _rename(value):
    members = vars(value).values() if isinstance(value, type) else (value,)
    for member in list(members):
        function = getattr(member, "__func__", member)
        code = getattr(function, "__code__", None)
        if code is not None and code.co_filename.startswith(BUILT_FROM):
            function.__code__ = _renamed_code(code)


def _renamed_code(code):
    constants = tuple(_renamed_code(item) if isinstance(item, type(code)) else item for item in code.co_consts)
    return code.replace(co_filename=_renamed(code.co_filename), co_consts=constants)
