/** Seed 004 §8, row "Limits": timeouts, memory pressure, process limit. */
import { conformance, entry } from './suite.ts';
import { allWays, type Exception, type Expected, main, type RunCase, type Step, shortly } from './table.ts';

const MiB = 1024 * 1024;
const timeMs = shortly;
const timeout: Expected = { arm: 'timeout' };
const onlyAHostStopsPython: Exception = {
  target: 'wasmtime',
  language: 'python',
  because: 'D19: nothing inside CPython can stop it; its host does',
};
const hostOnly = (because: string): Exception[] => [{ target: 'wasmtime', because }];

/** Ways not to end, each of them stopped. */
const endless: readonly (readonly [what: string, python: string, javascript: string])[] = [
  [
    'catches everything',
    'while True:\n  try:\n    while True: pass\n  except BaseException: pass\n  finally: continue',
    'for (;;) { try { for (;;); } catch {} finally { continue; } }',
  ],
  [
    'loops in library code',
    'sum(iter(int, 1))',
    'Array.from({ length: 1e15, [Symbol.iterator]: function* () { for (;;) yield 1; } });',
  ],
  [
    'backtracks in a regular expression',
    'import re\nre.match(r"(a|a?)+$", "a" * 60 + "b")',
    '/^(a|a?)+$/.test("a".repeat(60) + "b");',
  ],
  [
    'schedules itself for ever',
    'import asyncio\nasync def f():\n  while True: await asyncio.sleep(0)\nasyncio.run(f())',
    'const f = () => Promise.resolve().then(f); await f();',
  ],
  [
    'loops when it is told to exit',
    'import atexit\n@atexit.register\ndef f():\n  while True: pass',
    'process.on("exit", () => { for (;;); });',
  ],
];

/** Ways to ask for more memory than there is; `MemoryError` / out of memory in the program. */
const hungry: readonly (readonly [what: string, python: string, javascript: string])[] = [
  [
    'many objects',
    'x = []\nwhile True: x.append(bytearray(1 << 16))',
    'x = []; for (;;) x.push(new Uint8Array(1 << 16));',
  ],
  ['one large object', 'x = bytearray(1 << 30)', 'x = new Uint8Array(1 << 30);'],
  [
    'a text that doubles',
    'x = "ab"\nwhile True: x += x',
    'x = "ab"; for (;;) { x += x + "c"; x.charCodeAt(x.length - 1); }',
  ],
  ['small objects', 'x = []\nwhile True: x.append([])', 'x = []; for (;;) x = [x, {}];'],
];

/** Ways to start a process or a thread, and what each language says about it. */
const processes: readonly {
  readonly what: string;
  readonly python: readonly [program: string, says: RegExp];
  readonly javascript: readonly [program: string, says: RegExp];
}[] = [
  {
    what: 'a command',
    python: ['import subprocess\nsubprocess.run(["true"])', /OSError: .*does not support processes/],
    javascript: [
      '(await import("node:child_process")).spawn("true");',
      /node:child_process spawn is not available: a program runs alone/,
    ],
  },
  {
    what: 'a shell',
    python: ['import os\nos.system("true")', /AttributeError: module 'os' has no attribute 'system'/],
    javascript: ['(await import("child_process")).execSync("true");', /node:child_process execSync is not available/],
  },
  {
    what: 'a fork bomb',
    python: ['import os\nwhile True: os.fork()', /AttributeError: module 'os' has no attribute 'fork'/],
    javascript: [
      'const os = await import("qjs:os"); for (;;) os.exec([process.execPath]);',
      /os\.exec is not available: a program here cannot start other processes/,
    ],
  },
  {
    what: 'another program in its place',
    python: ['import os\nos.execv("/bin/true", ["true"])', /AttributeError|OSError/],
    javascript: ['process.binding("spawn_sync");', /No such module: spawn_sync/],
  },
  {
    what: 'a thread',
    python: ['import threading\nthreading.Thread(target=print).start()', /RuntimeError: can't start new thread/],
    javascript: ['new Worker("data:text/javascript,1");', /ReferenceError: .*Worker/],
  },
  {
    what: 'a pool of them',
    python: ['import multiprocessing\nmultiprocessing.Pool(2)', /(Error|Exception): /],
    javascript: [
      'new (await import("node:worker_threads")).Worker("x");',
      /node:worker_threads Worker is not available/,
    ],
  },
];

conformance('limits', [
  ...endless.map(
    ([what, python, javascript]): RunCase => ({
      name: `timeout: a program that ${what}`,
      files: [main(python, javascript)],
      limits: { timeMs },
      expect: timeout,
      except: [onlyAHostStopsPython],
    }),
  ),
  {
    name: 'timeout: the deadline of one run is not that of the next',
    steps: [
      {
        upload: main(
          `import time\ntime.sleep(${(timeMs * 1.5) / 1000})\nprint("done")`,
          `await new Promise((r) => setTimeout(r, ${timeMs * 1.5})); console.log("done");`,
        ),
      },
      { run: { ...entry, limits: { timeMs } }, expect: timeout },
      { run: { ...entry, limits: { timeMs: 10_000 } }, expect: { stdout: 'done\n' } },
      { run: entry, expect: { stdout: 'done\n' } },
    ],
  },
  ...hungry.map(
    ([what, python, javascript]): RunCase => ({
      name: `memory: ${what}, uncaught, is resource-exceeded`,
      files: [main(`print("before")\n${python}`, `console.log("before"); let x; ${javascript}`)],
      limits: { memoryBytes: 64 * MiB, timeMs: 20_000 },
      expect: { arm: 'resource-exceeded', reason: 'memory', stdout: 'before\n' },
    }),
  ),
  ...hungry.map(
    ([what, python, javascript]): RunCase => ({
      name: `memory: ${what}, caught, lets the program go on`,
      files: [
        main(
          `try:\n  ${python.replaceAll('\n', '\n  ')}\nexcept MemoryError:\n  x = None\n  print("caught")\nprint("on")`,
          `let x; try { ${javascript} } catch (error) { x = null; console.log("caught"); }\nconsole.log("on");`,
        ),
      ],
      limits: { memoryBytes: 64 * MiB, timeMs: 20_000 },
      expect: { stdout: 'caught\non\n' },
    }),
  ),
  {
    name: 'memory: objects that only a collector can free, uncaught, are resource-exceeded',
    files: [
      main(
        'print("before")\nx = []\nwhile True: x.append([x])',
        'console.log("before"); const x = []; for (;;) x.push({ x });',
      ),
    ],
    limits: { memoryBytes: 64 * MiB, timeMs: 20_000 },
    expect: { arm: 'resource-exceeded', reason: 'memory', stdout: 'before\n' },
    except: [
      {
        target: 'wasmtime',
        language: 'python',
        because: 'a defect: the bindings abort when not even a few bytes are left to report it; a host can tell',
      },
    ],
  },
  {
    name: 'memory: what only looks like its end is runtime-failed',
    ways: ['run', 'session'],
    files: [
      main(
        'raise MemoryError("no")',
        'throw new (class InternalError extends Error { name = "InternalError"; })("out of memory");',
      ),
    ],
    limits: { memoryBytes: 64 * MiB },
    expect: { arm: 'runtime-failed', stderr: { python: /MemoryError: no/, javascript: /out of memory/ } },
  },
  {
    name: 'memory: what fits is allowed',
    files: [
      main('x = bytearray(16 << 20)\nprint(len(x))', 'const x = new Uint8Array(16 << 20); console.log(x.length);'),
    ],
    limits: { memoryBytes: 64 * MiB },
    expect: { stdout: '16777216\n' },
  },
  {
    name: 'recursion without end is an error of the language, not of the sandbox',
    ways: ['run', 'session'],
    files: [
      main(
        'def f(n): return f(n + 1)\ntry: f(0)\nexcept RecursionError: print("caught")\nf(0)',
        'function f(n) { return f(n + 1) + 1; } try { f(0); } catch (e) { console.log("caught"); } f(0);',
      ),
    ],
    expect: {
      arm: 'runtime-failed',
      stdout: 'caught\n',
      stderr: { python: /RecursionError/, javascript: /(RangeError|InternalError): / },
    },
  },
  ...processes.map(
    ({ what, python, javascript }): RunCase => ({
      name: `processes: ${what} cannot be started`,
      files: [
        main(
          `print("before")\n${python[0]}\nprint("after")`,
          `console.log("before"); ${javascript[0]} console.log("after");`,
        ),
      ],
      limits: { maxProcesses: 4 },
      expect: {
        arm: 'runtime-failed',
        stdout: 'before\n',
        stderr: { python: python[1], javascript: javascript[1] },
      },
    }),
  ),
  {
    name: 'a file larger than fileSizeBytes: the program is told, and what it catches it survives',
    files: [
      main(
        'try:\n  with open("big", "wb", buffering=0) as f:\n    for i in range(20): f.write(bytes(10000))\nexcept OSError as e: print("caught", e.errno)',
        'import fs from "node:fs"; try { for (let i = 0; i < 20; i++) fs.appendFileSync("big", new Uint8Array(10000)); } catch (e) { console.log("caught", 22); }',
      ),
    ],
    limits: { fileSizeBytes: 50_000 },
    expect: { stdout: /^caught \d+\n$/ },
    except: [
      {
        target: 'wasmtime',
        language: 'python',
        because: 'file-size-bytes is for the host’s file system to keep (README)',
      },
    ],
  },
  {
    name: 'a run that fails because of fileSizeBytes is resource-exceeded',
    ways: allWays,
    files: [
      main(
        'print("before")\nwith open("big", "wb") as f: f.write(bytes(100000))',
        'import fs from "node:fs"; console.log("before"); fs.writeFileSync("big", new Uint8Array(100000));',
      ),
    ],
    limits: { fileSizeBytes: 50_000 },
    expect: { arm: 'resource-exceeded', reason: 'fileSizeBytes', stdout: 'before\n' },
    except: [
      {
        target: 'wasmtime',
        language: 'python',
        because: 'file-size-bytes is for the host’s file system to keep (README)',
      },
    ],
  },
  {
    name: 'a workspace that is full is resource-exceeded',
    files: [
      main(
        'for i in range(100):\n  with open(f"f{i}", "wb") as f: f.write(bytes(10000))',
        'import fs from "node:fs"; for (let i = 0; i < 100; i++) fs.writeFileSync(`f${i}`, new Uint8Array(10000));',
      ),
    ],
    limits: { workspaceBytes: 100_000 },
    expect: { arm: 'resource-exceeded', reason: 'workspaceBytes' },
    except: hostOnly('the contract’s limits have no field for it'),
  },
  {
    name: 'fuel that is used up is resource-exceeded',
    ways: allWays,
    files: [main('print("started")\nwhile True: pass', 'console.log("started"); for (;;);')],
    limits: { fuel: 50_000_000 },
    expect: { arm: 'resource-exceeded', reason: 'fuel', stdout: 'started\n' },
    except: hostOnly('components are metered by the host’s rewriter'),
  },
  {
    name: 'output over its limit is cut, and the program goes on',
    files: [
      main(
        'print("x" * 5000)\nopen("on", "w")\nimport sys\nprint("e" * 5000, file=sys.stderr)',
        'console.log("x".repeat(5000)); console.error("e".repeat(5000));',
      ),
    ],
    limits: { outputBytes: 1000 },
    expect: { stdout: 'x'.repeat(1000), stderr: 'e'.repeat(1000) },
    except: hostOnly('a component keeps 2 MiB of each stream, whatever is asked: component.test.ts'),
  },
  {
    name: 'limits of every kind are accepted together',
    ways: allWays,
    files: [main('print(1)', 'console.log(1)')],
    limits: { timeMs: 10_000, memoryBytes: 128 * MiB, fileSizeBytes: 1000, maxProcesses: 1 },
    expect: { stdout: '1\n' },
  },
  {
    name: 'what a session’s limit refused, its next run may do',
    steps: [
      { upload: main('print(len(bytearray(90 << 20)))', 'console.log(new Uint8Array(90 << 20).length);') },
      ...[64, 192].map(
        (size): Step => ({
          run: { ...entry, limits: { memoryBytes: size * MiB } },
          expect: size === 64 ? { arm: 'resource-exceeded' } : { stdout: '94371840\n' },
        }),
      ),
    ],
    except: [{ target: 'wasmtime', language: 'python', because: 'the host limits the memory of an instance once' }],
  },
]);
