import { describe, expect, test } from 'vitest';
import { py, testRows, useExecutor } from './support.ts';

const run = useExecutor();

/** What cannot be imported, with the reasons that components/python/README.md gives. */
const absent = `_interpreters bz2 concurrent.interpreters ctypes curses ensurepip fcntl grp idlelib lib2to3 lzma mmap
  pwd readline resource ssl termios tkinter turtle venv`.split(/\s+/);

describe('the whole library', () => {
  test('every module can be imported, but for those that say what they lack', async () => {
    const ended = await run(
      py`
        import pkgutil, sys, warnings
        warnings.simplefilter("ignore")
        skipped = ("antigravity", "this", "__main__", "_sysconfigdata", "_android_support", "_osx_support")
        def names(path, prefix=""):
            for module in pkgutil.iter_modules(path, prefix):
                if module.name.rpartition(".")[2].startswith(skipped): continue
                yield module.name
                if module.ispkg:
                    yield from names([f"{path[0]}/{module.name.rpartition('.')[2]}"], module.name + ".")
        lacking, broken, count = set(), [], 0
        for name in names(["/usr/lib/python3.14"]):
            count += 1
            try:
                __import__(name)
            except ModuleNotFoundError as error:
                lacking.add(error.name)
            except BaseException as error:
                broken.append(name)
        print(count > 500, *sorted(lacking))
        print(*broken)
      `,
      { limits: { timeMs: 60_000 } },
    );
    expect(ended).toMatchObject({ tag: 'ok', stderr: '' });
    expect(ended.stdout.split('\n')).toEqual([
      'True _bz2 _ctypes _dbm _gdbm _interpreters _lzma _multiprocessing _remote_debugging _ssl _zstd mmap multiprocessing.queues termios',
      // Parts for other systems, as on any system.
      'asyncio.windows_events asyncio.windows_utils encodings.mbcs encodings.oem',
      '',
    ]);
  });

  test('what is absent is a ModuleNotFoundError', async () => {
    const ended = await run(py`
      for name in ${JSON.stringify(absent)}:
          try: __import__(name)
          except ModuleNotFoundError as error: pass
          else: print(name)
    `);
    expect(ended).toMatchObject({ tag: 'ok', stdout: '', stderr: '' });
  });
});

describe('used as everywhere', () => {
  testRows(run, {
    'codecs that are not in the image': [
      'print("é".encode("cp1252"), "x".encode("utf-7"), "я".encode("koi8-r"), "日".encode("shift_jis"), "é".encode("idna"))',
      "b'\\xe9' b'x' b'\\xd1' b'\\x93\\xfa' b'xn--9ca'\n",
    ],
    dates: [
      py`
        import datetime as d, zoneinfo, time, calendar
        print(d.datetime.strptime("2020-01-02 3", "%Y-%m-%d %H"), d.date(2024, 2, 28) + d.timedelta(2))
        print(abs(time.time() - d.datetime.now().timestamp()) < 1, time.tzname, calendar.isleap(2024))
        print(d.datetime(2026, 7, 1, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")))
      `,
      "2020-01-02 03:00:00 2024-03-01\nTrue ('UTC', 'UTC') True\n2026-07-01 00:00:00+02:00\n",
    ],
    numbers: [
      py`
        import decimal, fractions, math, statistics
        decimal.getcontext().prec = 3
        print(decimal.Decimal(1) / 3, fractions.Fraction(1, 3) + 1, math.factorial(20), statistics.mean([1, 2, 4]))
      `,
      '0.333 4/3 2432902008176640000 2.3333333333333335\n',
    ],
    'SQLite in memory and in a file': [
      py`
        import sqlite3
        for name in ":memory:", "/app/x.db":
            with sqlite3.connect(name) as c:
                c.execute("create table t(a)")
                c.executemany("insert into t values(?)", [(1,), (5,)])
        print(sqlite3.connect("/app/x.db").execute("select sum(a) from t").fetchall())
      `,
      '[(6,)]\n',
    ],
    'archives and temporary files': [
      py`
        import gzip, os, pathlib, shutil, tarfile, tempfile, zipfile
        with tempfile.TemporaryDirectory() as t:
            p = pathlib.Path(t) / "a.txt"
            p.write_text("x")
            with zipfile.ZipFile(t + "/z.zip", "w") as z: z.write(p, "a.txt")
            with gzip.open(t + "/g.gz", "wt") as g: g.write("gz")
            with tarfile.open(t + "/t.tar.gz", "w:gz") as g: g.add(p, "b.txt")
            shutil.copytree(t, "/app/copy")
            print(zipfile.ZipFile(t + "/z.zip").namelist(), gzip.open(t + "/g.gz", "rt").read())
        with tarfile.open("copy/t.tar.gz") as g: g.extractall("out", filter="data")
        print(open("out/b.txt").read(), sorted(os.listdir("copy")), os.path.exists(t))
        with tempfile.NamedTemporaryFile("w+") as f: print(f.write("q"), f.seek(0), f.read())
      `,
      "['a.txt'] gz\nx ['a.txt', 'g.gz', 't.tar.gz', 'z.zip'] False\n1 0 q\n",
    ],
    logging: [
      'import logging\nlogging.basicConfig(level=10, format="%(levelname)s %(message)s")\nlogging.info("hi")\nprint(logging.getLogger("a.b").parent.name)',
      { tag: 'ok', stdout: 'root\n', stderr: 'INFO hi\n' },
    ],
    'logging counts from its import': [
      'import logging\nr = logging.makeLogRecord({})\nprint(0 <= r.relativeCreated < 10000)',
      'True\n',
    ],
    unittest: [
      'import unittest\nclass T(unittest.TestCase):\n    def test_a(self): self.assertEqual(1, 1)\n    def test_b(self): self.assertEqual(1, 2)\nunittest.main()',
      {
        tag: 'ok',
        exitCode: 1,
        stderr: expect.stringMatching(/AssertionError: 1 != 2\n[\s\S]*\nFAILED \(failures=1\)\n$/),
      },
    ],
    doctest: [
      'def f():\n    """\n    >>> f()\n    1\n    """\n    return 1\nimport doctest\nprint(doctest.testmod())',
      'TestResults(failed=0, attempted=1)\n',
    ],
    help: [
      'help(len)',
      'Help on built-in function len in module builtins:\n\nlen(obj, /)\n    Return the number of items in a container.\n\n',
    ],
    'contexts, threads’ locals and locks': [
      py`
        import threading, contextvars
        local = threading.local(); local.x = 1
        lock = threading.Lock(); lock.acquire()
        print(local.x, threading.current_thread().name, threading.active_count(), lock.acquire(timeout=0.01))
        v = contextvars.ContextVar("v"); v.set(1); print(contextvars.copy_context()[v])
      `,
      '1 MainThread 1 False\n1\n',
    ],
    'where it is': [
      py`
        import sys, sysconfig, json, platform
        print(sys.prefix, repr(sys.executable), json.__file__, sysconfig.get_paths()["stdlib"], platform.system(), sys.platform)
        print(sys.version_info[:2], sys.implementation.name, sys.flags.hash_randomization, sys.dont_write_bytecode)
      `,
      "/usr '' /usr/lib/python3.14/json/__init__.py /usr/lib/python3.14 wasi wasi\n(3, 14) cpython 1 True\n",
    ],
  });

  test('random numbers are fresh in every run', async () => {
    const program = py`
      import random
      from random import random as draw
      import statistics, uuid, secrets, os, tempfile
      print(random.random(), draw(), uuid.uuid4(), secrets.token_hex(8), os.urandom(8).hex(), tempfile.mktemp())
      print(statistics.NormalDist().samples(2), random.Random().random(), hash("a"))
    `;
    const [first, second] = [await run(program), await run(program)].map(({ stdout }) => stdout.split(/\s+/));
    expect(first?.length).toBe(11);
    const same = first?.filter((word, i) => word === second?.[i]);
    // The hash of texts, and the empty text at the end.
    expect(same).toEqual([first?.at(-2), '']);
  });

  test('random numbers that no import leads to are fresh too', async () => {
    const program = py`
      import sys, statistics
      print(sys.modules["random"].random(), statistics.random.random())
    `;
    expect((await run(program)).stdout).not.toBe((await run(program)).stdout);
  });

  test('a seed repeats', async () => {
    const ended = await run('import random\nrandom.seed(1)\nprint(random.random(), random.gauss(0, 1))');
    expect(ended.stdout).toBe('0.13436424411240122 0.9762429492718849\n');
  });
});

describe('what cannot work here says so', () => {
  testRows(run, {
    'starting a thread': [
      'import threading\nthreading.Thread(target=print).start()',
      /\nRuntimeError: can't start new thread: a program runs in one thread here; [^\n]*\n$/,
    ],
    'a pool of threads': [
      'from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as e: e.submit(abs, 1)',
      /\nRuntimeError: can't start new thread: a program runs in one thread here; [^\n]*\n$/,
    ],
    'starting a process': [
      'import subprocess\nsubprocess.run(["ls"])',
      /\nOSError: \[Errno 58\] wasi does not support processes.\n$/,
    ],
    'os.system': ['import os\nos.system("ls")', /\nAttributeError: module 'os' has no attribute 'system'\n$/],
    'os.fork': ['import os\nos.fork()', /\nAttributeError: module 'os' has no attribute 'fork'\n$/],
    'a pool of processes': [
      'import multiprocessing\nmultiprocessing.Pool(2)',
      /\nModuleNotFoundError: No module named 'multiprocessing.queues': no processes can be started here; asyncio.Queue and queue.Queue work\n$/,
    ],
    'a connection': [
      'import socket\nsocket.create_connection(("example.com", 80))',
      /\nPermissionError: \[Errno 2\] Permission denied: programs have no network here\n$/,
    ],
    'a request': [
      'import urllib.request\nurllib.request.urlopen("http://example.com")',
      /\nurllib.error.URLError: <urlopen error \[Errno 2\] Permission denied: programs have no network here>\n$/,
    ],
    'a file that is not there': [
      'open("nofile.txt")',
      /\nFileNotFoundError: \[Errno 44\] No such file or directory: 'nofile.txt'\n$/,
    ],
    'a folder outside the workspace': ['open("/etc/passwd", "w")', /\n(FileNotFoundError|PermissionError|OSError): /],
  });
});
