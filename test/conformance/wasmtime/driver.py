"""Runs the built components in Wasmtime for the conformance tests.

    python driver.py FOLDER-OF-COMPONENTS FOLDER-FOR-COMPILED-ONES

One JSON request a line on stdin, one JSON answer a line on stdout, in the same order. Requests:

    {"op": "load", "component": NAME}        compiles it, unless that was done before
    {"op": "new", "instance": I, "component": NAME, "app": bool, "env": [[K, V]], "argv": [...], "stdin": TEXT,
     "memoryBytes": N, "lent": {GUEST: HOST}} a fresh instance; with "app" a fresh folder is preopened as /app, and
                                             the folders of "lent" are preopened for reading
    {"op": "call", "instance": I, "interface": NAME, "function": NAME, "arguments": [...]}
    {"op": "drop", "instance": I, "resource": R}
    {"op": "output", "instance": I}          what went to wasi:cli/stdout and stderr
    {"op": "end", "instance": I}

Answers: {"value": V}, {"error": V} for the error of a result, {"trap": TEXT}, {"refused": TEXT} for a request of the
tests' own making that is wrong. Values: bytes are {"bytes": BASE64}, tuples {"tuple": [...]}, handles {"resource": R},
variants {"tag": T, "val": V}; other objects are records.
"""

import base64
import hashlib
import json
import os
import platform
import shutil
import sys
import tempfile
import traceback
from importlib.metadata import version

import wasmtime
from wasmtime import component


class Components:
    """Compiled components, kept on disk: compiling the Python one takes seconds, reading it milliseconds."""

    def __init__(self, folder, cache):
        self._folder = folder
        self._cache = cache
        self._loaded = {}
        self.engine = wasmtime.Engine()
        self.linker = component.Linker(self.engine)
        self.linker.add_wasip2()

    def get(self, name):
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def _load(self, name):
        with open(os.path.join(self._folder, name), "rb") as file:
            wasm = file.read()
        key = hashlib.sha256(wasm).hexdigest()[:16]
        made_by = f"{version('wasmtime')}.{platform.machine()}"
        compiled = os.path.join(self._cache, f"{name}.{made_by}.{key}")
        if not os.path.exists(compiled):
            made = component.Component(self.engine, wasm)
            os.makedirs(self._cache, exist_ok=True)
            for old in os.listdir(self._cache):
                if old.startswith(name + "."):
                    os.unlink(os.path.join(self._cache, old))
            # Another driver may do the same at this moment: whoever renames last wins, with the same content.
            handle, path = tempfile.mkstemp(dir=self._cache)
            with os.fdopen(handle, "wb") as file:
                file.write(made.serialize())
            os.replace(path, compiled)
            return made
        return component.Component.deserialize_file(self.engine, compiled)


class Instance:
    def __init__(self, components, request):
        self._folder = tempfile.mkdtemp(prefix="golem-exec-conformance-")
        self._output = {"stdout": bytearray(), "stderr": bytearray()}
        self._resources = {}
        self._functions = {}
        self._store = wasmtime.Store(components.engine)
        if request.get("memoryBytes") is not None:
            self._store.set_limits(memory_size=request["memoryBytes"])
        self._store.set_wasi(self._wasi(request))
        self._instance = components.linker.instantiate(self._store, components.get(request["component"]))

    def _wasi(self, request):
        wasi = wasmtime.WasiConfig()
        wasi.env = [tuple(pair) for pair in request.get("env", [])]
        wasi.argv = request.get("argv", ["component"])
        wasi.stdout_custom = self._output["stdout"].extend
        wasi.stderr_custom = self._output["stderr"].extend
        if request.get("stdin") is not None:
            stdin = os.path.join(self._folder, "stdin")
            with open(stdin, "wb") as file:
                file.write(request["stdin"].encode())
            wasi.stdin_file = stdin
        if request.get("app", True):
            app = os.path.join(self._folder, "app")
            os.mkdir(app)
            wasi.preopen_dir(app, "/app")
        for guest, folder in request.get("lent", {}).items():
            wasi.preopen_dir(folder, guest, False)
        return wasi

    def call(self, interface, name, arguments):
        function = self._function(interface, name)
        result = function(self._store, *[self._lower(argument) for argument in arguments])
        function.post_return(self._store)
        if not isinstance(function.type(self._store).result, component.ResultType):
            return {"value": self._lift(result)}
        # Wasmtime leaves out the tag of a result whose two sides can be told apart: then the error is the variant.
        if not isinstance(result, component.Variant):
            return {"value": self._lift(result)}
        if result.tag == "ok":
            return {"value": self._lift(result.payload)}
        return {"error": self._lift(result.payload if result.tag == "err" else result)}

    def _function(self, interface, name):
        key = (interface, name)
        if key not in self._functions:
            outer = self._instance.get_export_index(self._store, interface)
            index = outer and self._instance.get_export_index(self._store, name, outer)
            if not index:
                raise LookupError(f"the component exports no {interface} {name}")
            self._functions[key] = self._instance.get_func(self._store, index)
        return self._functions[key]

    def _lower(self, value):
        if isinstance(value, list):
            return [self._lower(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value.keys() == {"bytes"}:
            return base64.b64decode(value["bytes"])
        if value.keys() == {"tuple"}:
            return tuple(self._lower(item) for item in value["tuple"])
        if value.keys() == {"resource"}:
            return self._resources[value["resource"]]
        record = component.Record()
        for name, field in value.items():
            setattr(record, name, self._lower(field))
        return record

    def _lift(self, value):
        if isinstance(value, bytes):
            return {"bytes": base64.b64encode(value).decode()}
        if isinstance(value, list):
            return [self._lift(item) for item in value]
        if isinstance(value, component.Variant):
            return {"tag": value.tag, "val": self._lift(value.payload)}
        if isinstance(value, component.Record):
            return {name: self._lift(field) for name, field in vars(value).items()}
        if isinstance(value, component.ResourceAny):
            number = len(self._resources)
            self._resources[number] = value
            return {"resource": number}
        return value

    def drop(self, number):
        self._resources[number].drop(self._store)

    def output(self):
        return {name: self._lift(bytes(data)) for name, data in self._output.items()}

    def end(self):
        shutil.rmtree(self._folder, ignore_errors=True)


class Driver:
    def __init__(self, components):
        self._components = components
        self._instances = {}

    def answer(self, request):
        op = request["op"]
        if op == "load":
            self._components.get(request["component"])
            return {"value": None}
        if op == "new":
            self._instances[request["instance"]] = Instance(self._components, request)
            return {"value": None}
        instance = self._instances[request["instance"]]
        if op == "call":
            return instance.call(request["interface"], request["function"], request["arguments"])
        if op == "drop":
            return {"value": instance.drop(request["resource"])}
        if op == "output":
            return {"value": instance.output()}
        if op == "end":
            return {"value": self._instances.pop(request["instance"]).end()}
        raise LookupError(f"there is no op {op}")

    def end(self):
        for instance in self._instances.values():
            instance.end()


def main():
    driver = Driver(Components(*sys.argv[1:3]))
    try:
        for line in sys.stdin:
            try:
                answer = driver.answer(json.loads(line))
            except wasmtime.WasmtimeError as error:
                answer = {"trap": str(error)}
            except Exception:
                answer = {"refused": traceback.format_exc()}
            print(json.dumps(answer), flush=True)
    finally:
        driver.end()


main()
