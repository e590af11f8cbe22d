"""Fuel that Wasmtime counts for programs in a component: `fuel.py COMPONENT LANGUAGE` reads {name: source} as JSON from
stdin and prints {name: fuel}. The empty program's fuel is that of `""`."""

import json
import sys

import wasmtime
from wasmtime import component


def main(path, language):
    config = wasmtime.Config()
    config.consume_fuel = True
    engine = wasmtime.Engine(config)
    compiled = component.Component.from_file(engine, path)
    linker = component.Linker(engine)
    linker.add_wasip2()
    counted = {}
    for name, source in json.load(sys.stdin).items():
        store = wasmtime.Store(engine)
        store.set_wasi(wasmtime.WasiConfig())
        store.set_fuel(10**15)
        instance = linker.instantiate(store, compiled)
        executor = instance.get_export_index(store, "golem:exec/executor@1.0.0")
        run = instance.get_func(store, instance.get_export_index(store, "run", executor))
        lang, file = component.Record(), component.Record()
        lang.kind, lang.version = language, None
        file.name = "main.py" if language == "python" else "main.js"
        file.content, file.encoding = source.encode(), None
        limits = component.Record()
        setattr(limits, "time-ms", 600_000)
        for field in ("memory-bytes", "file-size-bytes", "max-processes"):
            setattr(limits, field, None)
        before = store.get_fuel()
        run(store, lang, [file], None, [], [], limits)
        counted[name] = before - store.get_fuel()
    print(json.dumps(counted))


main(*sys.argv[1:])
