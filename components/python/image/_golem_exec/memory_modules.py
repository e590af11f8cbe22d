"""Modules of a request whose files could not be written anywhere: they are imported from memory."""

import linecache
import sys

import _frozen_importlib as _bootstrap
import _frozen_importlib_external as _external


class _Loader(_external.SourceLoader):
    def __init__(self, name, path, files):
        self.name = name
        self.path = path
        self._files = files

    def get_filename(self, fullname):
        return self.path

    def get_data(self, path):
        try:
            return self._files[path]
        except KeyError:
            raise OSError(f"no such file: {path}") from None

    def path_stats(self, path):
        raise OSError(path)


class _Finder:
    """A path entry finder over the files of the request, which stand where they would be in the workspace."""

    def __init__(self, folder, files):
        self._folder = folder
        self._files = files

    def find_spec(self, fullname, target=None):
        base = f"{self._folder}/{fullname.rpartition('.')[2]}"
        for path, places in ((f"{base}/__init__.py", [base]), (f"{base}.py", None)):
            if path in self._files:
                loader = _Loader(fullname, path, self._files)
                return _external.spec_from_file_location(
                    fullname, path, loader=loader, submodule_search_locations=places
                )
        if any(path.startswith(f"{base}/") for path in self._files):
            spec = _bootstrap.ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = [base]
            return spec
        return None

    def invalidate_caches(self):
        pass


def install(files):
    """Serves `files` (absolute path -> bytes) to `import` and, for tracebacks, to linecache."""
    folders = {path.rpartition("/")[0] for path in files}
    folders |= {folder[:end] for folder in folders for end in range(len(folder)) if folder[end] == "/" and end}

    def hook(path):
        if path not in folders:
            raise ImportError(path)
        return _Finder(path, files)

    sys.path_hooks.insert(0, hook)
    for path, data in files.items():
        remember_source(path, data)


def remember_source(path, data):
    """Lets tracebacks and `inspect` show source text that is in no file."""
    lines = data.decode("utf-8", "replace").splitlines(True)
    # No modification time: linecache then never looks for the file.
    linecache.cache[path] = (len(data), None, lines, path)
