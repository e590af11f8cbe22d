"""Times programs in a peer: `peers.py native | monty | wasmtime COMPONENT LANGUAGE` reads {"programs", "rounds"} as JSON
from stdin and prints {"milliseconds", "failures"} as the last line."""

import io
import json
import os
import sys
import time


def native():
    def run(source):
        code = compile(source, "main.py", "exec")
        before, sys.stdout = sys.stdout, io.StringIO()
        try:
            begin = time.perf_counter()
            exec(code, {"__name__": "__main__"})
            return time.perf_counter() - begin
        finally:
            sys.stdout = before

    return run


def monty():
    import pydantic_monty

    # Its worker processes are found beside the package.
    path = os.environ["PYTHONPATH"]
    pool = pydantic_monty.Monty(binary_path=os.path.join(path, "bin", "monty")).__enter__()

    def run(source):
        begin = time.perf_counter()
        with pool.checkout() as session:
            session.feed_run(source, print_callback=lambda *_: None)
        return time.perf_counter() - begin

    return run


def wasmtime(path, language):
    import wasmtime
    from wasmtime import component

    engine = wasmtime.Engine()
    compiled = component.Component.from_file(engine, path)
    linker = component.Linker(engine)
    linker.add_wasip2()

    def run(source):
        begin = time.perf_counter()
        store = wasmtime.Store(engine)
        store.set_wasi(wasmtime.WasiConfig())
        instance = linker.instantiate(store, compiled)
        executor = instance.get_export_index(store, "golem:exec/executor@1.0.0")
        call = instance.get_func(store, instance.get_export_index(store, "run", executor))
        lang, file, limits = component.Record(), component.Record(), component.Record()
        lang.kind, lang.version = language, None
        file.name = "main.py" if language == "python" else "main.js"
        file.content, file.encoding = source.encode(), None
        setattr(limits, "time-ms", 600_000)
        for field in ("memory-bytes", "file-size-bytes", "max-processes"):
            setattr(limits, field, None)
        result = call(store, lang, [file], None, [], [], limits)
        took = time.perf_counter() - begin
        if not hasattr(result, "run") and not hasattr(getattr(result, "payload", None), "run"):
            raise RuntimeError(str(getattr(result, "payload", result))[:200])
        return took

    return run


def main(kind, *rest):
    run = {"native": native, "monty": monty, "wasmtime": wasmtime}[kind](*rest)
    request = json.load(sys.stdin)
    milliseconds, failures = {}, {}
    for name, source in request["programs"].items():
        try:
            times = sorted(run(source) for _ in range(request["rounds"][name]))
            milliseconds[name] = 1000 * times[len(times) // 2 if name == "hello" else 0]
        except Exception as error:
            failures[name] = f"{type(error).__name__}: {error}".split("\n")[0][:200]
    print(json.dumps({"milliseconds": milliseconds, "failures": failures}))
    sys.stdout.flush()
    # Not left to finalizers, which may wait for worker processes.
    os._exit(0)


main(*sys.argv[1:])
