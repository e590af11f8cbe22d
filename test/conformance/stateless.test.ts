/** Seed 004 §8, row "Stateless": happy path, syntax errors, runtime errors, oversized input, timeouts. */
import { conformance } from './suite.ts';
import { allWays, type FileRow, main, mainName, shortly } from './table.ts';

const file = (name: string, content: string): FileRow => ({ name, content });
const anything = main('pass', '');

conformance('stateless', [
  {
    name: 'a program prints and ends',
    ways: allWays,
    files: [
      main('import sys\nprint("out")\nprint("err", file=sys.stderr)', 'console.log("out"); console.error("err");'),
    ],
    expect: { stdout: 'out\n', stderr: 'err\n' },
  },
  {
    name: 'an empty program is a program',
    ways: allWays,
    files: [main('', '')],
    expect: { stdout: '' },
  },
  {
    name: 'stdin, arguments and environment arrive',
    ways: allWays,
    files: [
      main(
        'import os, sys\nprint(sys.argv[1:], sys.stdin.read(), os.environ["WHO"], os.environ["HOME"], os.environ["TMPDIR"], os.environ["LANG"])',
        'import fs from "node:fs"; const { WHO, HOME, TMPDIR, LANG } = process.env; console.log("[" + process.argv.slice(2).map((a) => `\'${a}\'`).join(", ") + "]", fs.readFileSync(0, "utf8"), WHO, HOME, TMPDIR, LANG);',
      ),
    ],
    stdin: 'grün ☃',
    args: ['', 'a b', '--x', 'ü'],
    env: [
      ['WHO', 'first'],
      ['WHO', 'Ada=1'],
    ],
    expect: { stdout: "['', 'a b', '--x', 'ü'] grün ☃ Ada=1 /app /tmp C.UTF-8\n" },
  },
  {
    name: 'nothing given is nothing read, and nothing of the host is in the environment',
    files: [
      main(
        'import os, sys\nprint(repr(sys.stdin.read()), sys.argv, sorted(os.environ))',
        'import fs from "node:fs"; console.log(`\'${fs.readFileSync(0, "utf8")}\'`, `[\'${process.argv[1].slice(5)}\']`, "[" + Object.keys(process.env).sort().map((n) => `\'${n}\'`).join(", ") + "]");',
      ),
    ],
    expect: {
      stdout: {
        python: "'' ['main.py'] ['HOME', 'LANG', 'TMPDIR']\n",
        javascript: "'' ['main.mjs'] ['HOME', 'LANG', 'TMPDIR']\n",
      },
    },
  },
  {
    name: 'a program of several files, folders and data',
    ways: allWays,
    files: [
      main(
        'from lib.greet import greet\nimport json\nprint(greet(json.load(open("data/name.json"))["name"]))',
        'import { greet } from "./lib/greet.mjs"; import data from "./data/name.json" with { type: "json" }; console.log(greet(data.name));',
      ),
      file('lib/greet.py', 'def greet(name): return f"Hello, {name}!"'),
      file('lib/greet.mjs', 'export const greet = (name) => `Hello, ${name}!`;'),
      file('data/name.json', '{"name": "Ada"}'),
    ],
    expect: { stdout: 'Hello, Ada!\n' },
  },
  {
    name: 'packages',
    ways: ['run', 'session'],
    files: [
      main(
        'import shapes, shapes.round.circle as circle\nprint(shapes.NAME, circle.area(2))',
        'import { name } from "shapes"; import { area } from "shapes/round/circle.js"; import own from "tools/own.mjs"; console.log(name, area(2) + own);',
      ),
      file('shapes/__init__.py', 'from .names import NAME'),
      file('shapes/names.py', 'NAME = "shapes"'),
      file('shapes/round/__init__.py', ''),
      file('shapes/round/circle.py', 'from ..names import NAME\ndef area(r): return 3 * r * r'),
      file('node_modules/shapes/package.json', '{"name": "shapes", "main": "./main.cjs"}'),
      file('node_modules/shapes/main.cjs', 'exports.name = require("./names").name;'),
      file('node_modules/shapes/names.js', 'module.exports = { name: "shapes" };'),
      file('node_modules/shapes/round/circle.js', 'exports.area = (r) => 3 * r * r;'),
      // A bare specifier that is the name of a file of the request.
      file('tools/own.mjs', 'export default 0;'),
    ],
    expect: { stdout: 'shapes 12\n' },
  },
  {
    name: 'the program and its modules are where they seem',
    files: [
      main(
        'import m\nprint(__file__, m.__file__)',
        'import { url } from "./m.mjs"; console.log(import.meta.url, url);',
      ),
      file('m.py', ''),
      file('m.mjs', 'export const { url } = import.meta;'),
    ],
    expect: {
      stdout: { python: '/app/main.py /app/m.py\n', javascript: 'file:///app/main.mjs file:///app/m.mjs\n' },
    },
  },
  {
    name: 'an absolute name inside /app, and names that are ordinary words elsewhere',
    files: [
      {
        name: { python: '/app/main.py', javascript: '/app/main.mjs' },
        content: {
          python: 'import os\nprint(sorted(os.listdir(".")), open("__proto__").read())',
          javascript:
            'import fs from "node:fs"; console.log("[" + fs.readdirSync(".").sort().map((n) => `\'${n}\'`).join(", ") + "]", fs.readFileSync("__proto__", "utf8"));',
        },
      },
      file('__proto__', 'mine'),
      file('constructor', ''),
      file('a b', ''),
      file('...', ''),
    ],
    expect: {
      stdout: {
        python: "['...', '__proto__', 'a b', 'constructor', 'main.py'] mine\n",
        javascript: "['...', '__proto__', 'a b', 'constructor', 'main.mjs'] mine\n",
      },
    },
  },
  {
    name: 'a language version is accepted and ignored',
    version: '0.1',
    files: [main('print(1)', 'console.log(1)')],
    expect: { stdout: '1\n' },
  },
  ...[
    [0, 0],
    [7, 7],
    [256, 0],
    [-1, 255],
  ].map(([given, seen]) => ({
    name: `exit(${given}) is a completed run with exit code ${seen}`,
    ways: allWays,
    files: [main(`import sys\nprint("x")\nsys.exit(${given})`, `console.log("x"); process.exit(${given});`)],
    expect: { stdout: 'x\n', exitCode: seen ?? 0 },
  })),
  {
    name: 'exit handlers run, also after a failure',
    files: [
      main(
        'import atexit\natexit.register(lambda: print("bye"))\nprint("hi")\n1/0',
        'process.on("exit", () => console.log("bye")); console.log("hi"); null.x;',
      ),
    ],
    expect: {
      arm: 'runtime-failed',
      stdout: 'hi\nbye\n',
      stderr: { python: /ZeroDivisionError/, javascript: /TypeError/ },
    },
  },
  {
    name: 'a syntax error names file and line',
    ways: allWays,
    files: [main('x = 1\nprint("never")\nif x\n  pass', 'console.log("never");\nlet x = 1;\nif x {}\n')],
    expect: {
      arm: 'compilation-failed',
      stdout: '',
      stderr: { python: /\/app\/main\.py.*line 3.*SyntaxError/s, javascript: /\/app\/main\.mjs:3.*SyntaxError/s },
    },
  },
  {
    name: 'a syntax error in a module',
    files: [
      main('print("before")\nimport broken', 'import "./broken.mjs";\nconsole.log("before");'),
      file('broken.py', 'x = 1\nx = = 2'),
      file('broken.mjs', 'let x = 1;\nx = = 2;'),
    ],
    expect: {
      // Python finds it while it runs, JavaScript before any of the program has run.
      arm: 'runtime-failed',
      stderr: /broken/,
    },
    except: ['host', 'wasmtime'].map((target) => ({
      target: target as 'host' | 'wasmtime',
      language: 'javascript' as const,
      because: 'modules are linked before the program begins: the next case',
    })),
  },
  {
    name: 'a syntax error in a module that is linked before the program begins',
    files: [main('', 'import "./broken.mjs";\nconsole.log("before");'), file('broken.mjs', 'let x = 1;\nx = = 2;')],
    expect: { arm: 'compilation-failed', stdout: '', stderr: /\/app\/broken\.mjs:2.*SyntaxError/s },
    except: ['host', 'wasmtime'].map((target) => ({
      target: target as 'host' | 'wasmtime',
      language: 'python' as const,
      because: 'modules are compiled when they are imported: the case before',
    })),
  },
  {
    name: 'an uncaught exception has the traceback of the user’s own lines and nothing else',
    ways: allWays,
    files: [
      main(
        'import helper\nprint("before")\nhelper.fail("bad value")',
        'import { fail } from "./helper.mjs";\nconsole.log("before");\nfail("bad value");',
      ),
      file('helper.py', '\ndef fail(text):\n  raise ValueError(text)\n'),
      file('helper.mjs', '\nexport function fail(text) {\n  throw new TypeError(text);\n}\n'),
    ],
    expect: {
      arm: 'runtime-failed',
      stdout: 'before\n',
      stderr: {
        python:
          'Traceback (most recent call last):\n  File "/app/main.py", line 3, in <module>\n    helper.fail("bad value")\n    ~~~~~~~~~~~^^^^^^^^^^^^^\n  File "/app/helper.py", line 3, in fail\n    raise ValueError(text)\nValueError: bad value\n',
        javascript:
          '/app/helper.mjs:3\n  throw new TypeError(text);\n        ^\n\nTypeError: bad value\n    at fail (/app/helper.mjs:3:9)\n    at /app/main.mjs:3:1\n',
      },
    },
  },
  {
    name: 'a failure that nobody waits for is a failure',
    files: [
      main(
        'import asyncio\nasync def main():\n  raise ValueError("lost")\nasyncio.run(main())',
        'Promise.reject(new Error("lost")); setTimeout(() => console.log("never"), 5);',
      ),
    ],
    expect: { arm: 'runtime-failed', stdout: '', stderr: /lost/ },
  },
  {
    name: 'input of a megabyte arrives whole',
    files: [
      main(
        'import sys\nprint(len(sys.stdin.read()), len(sys.argv[1]))',
        'import fs from "node:fs"; console.log(fs.readFileSync(0, "utf8").length, process.argv[2].length);',
      ),
    ],
    stdin: 'x'.repeat(1_000_000),
    args: ['y'.repeat(100_000)],
    expect: { stdout: '1000000 100000\n' },
  },
  ...(['stdin', 'args', 'files'] as const).map((part) => ({
    name: `oversized input is resource-exceeded: ${part}`,
    ways: part === 'files' ? (['run', 'stream'] as const) : allWays,
    files: [anything, ...(part === 'files' ? [file('big', 'x'.repeat(20_000))] : [])],
    ...(part === 'stdin' ? { stdin: 'x'.repeat(20_000) } : {}),
    ...(part === 'args' ? { args: ['x'.repeat(20_000)] } : {}),
    limits: { inputBytes: 10_000 },
    expect: { arm: 'resource-exceeded' as const, reason: 'input' },
    except: [
      {
        target: 'wasmtime' as const,
        because: 'the contract’s limits have no field for it; the host is the one to ask',
      },
    ],
  })),
  {
    name: 'source nested too deeply does not compile',
    files: [
      main(`x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}`, `let x = ${'['.repeat(50_000)}1${']'.repeat(50_000)};`),
    ],
    expect: { arm: 'compilation-failed', stderr: /Error: / },
    except: [
      {
        target: 'wasmtime',
        language: 'python',
        because: 'the parser needs more stack than Wasmtime gives by default (components/python/README.md)',
      },
    ],
  },
  {
    name: 'a busy loop is stopped at its deadline, with what it printed',
    ways: allWays,
    files: [main('print("started")\nwhile True: pass', 'console.log("started"); for (;;);')],
    limits: { timeMs: shortly },
    expect: { arm: 'timeout', stdout: 'started\n' },
    except: [
      {
        target: 'wasmtime',
        language: 'python',
        because: 'D19: only a host can stop CPython; the next case is the rest',
      },
    ],
  },
  {
    name: 'a program that sleeps past its deadline is a timeout',
    ways: allWays,
    files: [
      main(
        `import time\nprint("started")\ntime.sleep(${(shortly * 1.5) / 1000})`,
        `console.log("started"); await new Promise((r) => setTimeout(r, ${shortly * 1.5}));`,
      ),
    ],
    limits: { timeMs: shortly },
    expect: { arm: 'timeout', stdout: 'started\n' },
  },
  {
    name: 'the first file is the program, whatever it is called',
    files: [
      {
        name: { python: 'tool', javascript: 'tool.js' },
        content: { python: 'print(1)', javascript: 'console.log(1)' },
      },
      { name: mainName, content: '(' },
    ],
    expect: { stdout: '1\n' },
  },
]);
