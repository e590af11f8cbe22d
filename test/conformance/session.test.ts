/** Seed 004 §8, row "Session lifecycle": create → upload → run → download → list → close (+ double close). */
import { conformance, entry } from './suite.ts';
import { type Expected, type FileRow, main, mainName, type Pair, type Step } from './table.ts';

const file = (name: string, content: string): FileRow => ({ name, content });
const closed: Expected = { arm: 'internal', message: 'session is closed' };

/** Counts its runs in a file. */
const counting = main(
  'with open("count", "a") as f: f.write("x")\nprint(open("count").read())',
  'import fs from "node:fs"; fs.appendFileSync("count", "x"); console.log(fs.readFileSync("count", "utf8"));',
);
const failing: readonly (readonly [string, Pair<string>, Expected])[] = [
  ['a syntax error', { python: 'x = (', javascript: 'let = ;' }, { arm: 'compilation-failed', stderr: /SyntaxError/ }],
  [
    'an exception',
    {
      python: 'open("kept", "w").write("k")\n1/0',
      javascript: 'require("node:fs").writeFileSync("kept", "k"); throw new Error("no");',
    },
    { arm: 'runtime-failed', stderr: /Error/ },
  ],
];

/** A path that cannot be used: path and reason on stderr. */
const unusable = (path: string, reason: RegExp): Expected => ({
  arm: 'runtime-failed',
  stderr: new RegExp(`${path}.*(${reason.source})`, 'i'),
});
const missing = (path: string): Expected => unusable(path, /no such file or directory/);

conformance('session', [
  {
    name: 'create, upload, run, download, list, close, close again',
    steps: [
      {
        upload: main(
          'print(open("in.txt").read())\nopen("out.bin", "wb").write(bytes(range(256)))',
          'import fs from "node:fs"; console.log(fs.readFileSync("in.txt", "utf8")); fs.writeFileSync("out.bin", Uint8Array.from({ length: 256 }, (_, i) => i));',
        ),
      },
      { upload: file('in.txt', 'grün') },
      { run: entry, expect: { stdout: 'grün\n' } },
      { download: 'out.bin', expect: { bytes: Uint8Array.from({ length: 256 }, (_, i) => i) } },
      {
        list: '.',
        expect: {
          names: { python: ['in.txt', 'main.py', 'out.bin'], javascript: ['in.txt', 'main.mjs', 'out.bin'] },
        },
      },
      { close: true },
      { close: true },
    ],
  },
  {
    name: 'every call after close is internal',
    steps: [
      { upload: counting },
      { close: true },
      { run: entry, expect: closed },
      { stream: entry, expect: closed },
      { upload: file('a', ''), expect: closed },
      { download: mainName, expect: closed },
      { list: '.', expect: closed },
      { cd: '.', expect: closed },
      { close: true },
    ],
  },
  {
    name: 'close before anything else',
    steps: [{ close: true }, { close: true }, { list: '.', expect: closed }],
  },
  {
    name: 'files persist from run to run, also through a stream',
    steps: [
      { upload: counting },
      { run: entry, expect: { stdout: 'x\n' } },
      { stream: entry, expect: { stdout: 'xx\n' } },
      { run: entry, expect: { stdout: 'xxx\n' } },
      { download: 'count', expect: { bytes: 'xxx' } },
      { upload: file('count', '') },
      { run: entry, expect: { stdout: 'x\n' } },
    ],
  },
  {
    name: 'the interpreter is a fresh one in each run',
    steps: [
      {
        upload: main(
          'import os, sys, builtins\nprint(hasattr(builtins, "leak"), "LEAK" in os.environ, os.getcwd(), "m" in sys.modules, len(sys.path) < 9)\nbuiltins.leak = 1\nos.environ["LEAK"] = "1"\nimport m\nos.makedirs("d", exist_ok=True)\nos.chdir("d")\nsys.path.extend("123456789")',
          'import "./m.mjs"; const was = [globalThis.leak !== undefined, process.env.LEAK !== undefined, process.cwd(), globalThis.loaded > 1, [].extra === undefined]; console.log(...was.map((v) => v === true ? "True" : v === false ? "False" : v)); globalThis.leak = 1; process.env.LEAK = "1"; Array.prototype.extra = 1; setInterval(() => {}, 1e6).unref?.();',
        ),
      },
      { upload: file('m.py', '') },
      { upload: file('m.mjs', 'globalThis.loaded = (globalThis.loaded ?? 0) + 1;') },
      ...Array.from({ length: 3 }, (): Step => ({ run: entry, expect: { stdout: 'False False /app False True\n' } })),
    ],
  },
  {
    name: 'a module that is uploaded anew is the new one',
    steps: [
      { upload: main('import m\nprint(m.v)', 'import { v } from "./m.mjs"; console.log(v);') },
      { upload: file('m.py', 'v = 1') },
      { upload: file('m.mjs', 'export const v = 1;') },
      { run: entry, expect: { stdout: '1\n' } },
      { upload: file('m.py', 'v = 2') },
      { upload: file('m.mjs', 'export const v = 2;') },
      { run: entry, expect: { stdout: '2\n' } },
    ],
  },
  {
    name: 'a working directory holds for programs and paths',
    steps: [
      { upload: file('sub/deep/a.txt', 'deep') },
      { cd: 'sub' },
      { cd: 'deep' },
      { list: '.', expect: { names: ['a.txt'] } },
      {
        upload: main(
          'import os, sys\nprint(os.getcwd(), open("a.txt").read(), __file__, sys.argv)',
          'import fs from "node:fs"; console.log(process.cwd(), fs.readFileSync("a.txt", "utf8"), import.meta.filename, `[\'main.mjs\']`);',
        ),
      },
      {
        run: entry,
        expect: {
          stdout: {
            python: "/app/sub/deep deep /app/sub/deep/main.py ['main.py']\n",
            javascript: "/app/sub/deep deep /app/sub/deep/main.mjs ['main.mjs']\n",
          },
        },
      },
      { download: '/app/sub/deep/a.txt', expect: { bytes: 'deep' } },
      { cd: '..' },
      { download: 'deep/a.txt', expect: { bytes: 'deep' } },
      { cd: '/app' },
      { list: '.', expect: { names: ['sub'] } },
      { list: '/app/sub', expect: { names: ['deep'] } },
    ],
  },
  {
    name: 'an entrypoint by its absolute path',
    steps: [
      { upload: file('sub/x', '') },
      { upload: main('print(__file__)', 'console.log(import.meta.filename)') },
      { cd: 'sub' },
      {
        run: { entrypoint: { python: '/app/main.py', javascript: '/app/main.mjs' } },
        expect: { stdout: { python: '/app/main.py\n', javascript: '/app/main.mjs\n' } },
      },
      {
        run: { entrypoint: { python: '../main.py', javascript: '../main.mjs' } },
        expect: { stdout: { python: '/app/main.py\n', javascript: '/app/main.mjs\n' } },
      },
    ],
  },
  {
    name: 'names are listed sorted and plain',
    steps: [
      ...['b', 'a', 'Z', 'é', '10', '9', 'dir/inner', '.hidden'].map((name): Step => ({ upload: file(name, '') })),
      { list: '.', expect: { names: ['.hidden', '10', '9', 'Z', 'a', 'b', 'dir', 'é'] } },
      { list: '/app/dir/', expect: { names: ['inner'] } },
    ],
  },
  {
    name: 'a path that is not there, or not of the kind, is runtime-failed with path and reason',
    steps: [
      { upload: file('dir/file', '') },
      { run: { entrypoint: 'missing.py' }, expect: missing('missing.py') },
      { stream: { entrypoint: 'missing.py' }, expect: missing('missing.py') },
      { run: { entrypoint: 'dir' }, expect: unusable('dir', /is a directory|on a directory/) },
      { download: 'missing', expect: missing('missing') },
      { download: 'dir', expect: unusable('dir', /is a directory|on a directory/) },
      { list: 'missing', expect: missing('missing') },
      { list: 'dir/file', expect: unusable('dir/file', /not a directory/) },
      { cd: 'missing', expect: missing('missing') },
      { cd: 'dir/file', expect: unusable('dir/file', /not a directory/) },
      { cd: '/', expect: unusable('/', /inside \/app|no such/) },
      { cd: '../etc', expect: unusable('/etc', /inside \/app|no such/) },
      { upload: file('dir', ''), expect: unusable('dir', /is a directory|on a directory/) },
      { upload: file('dir/file/x', ''), expect: unusable('dir/file', /not a directory|exists/) },
      { list: '.', expect: { names: ['dir'] } },
      { list: 'dir', expect: { names: ['file'] } },
    ],
  },
  {
    name: 'a malformed upload is internal and names the field',
    steps: [
      ...['', 'a/', '../a', '/etc/a', 'a\\b', 'a\0b', '.'].map(
        (name): Step => ({ upload: file(name, ''), expect: { arm: 'internal', field: 'file.name' } }),
      ),
      { list: '.', expect: { names: [] } },
    ],
  },
  ...failing.map(([what, content, expected]) => ({
    name: `after ${what} the session is usable and has its files`,
    steps: [
      { upload: counting },
      { run: entry, expect: { stdout: 'x\n' } },
      { upload: { name: 'bad.js', content } },
      { run: { entrypoint: 'bad.js' }, expect: expected },
      { run: entry, expect: { stdout: 'xx\n' } },
      ...(expected.arm === 'runtime-failed' ? [{ download: 'kept', expect: { bytes: 'k' } }] : []),
    ],
  })),
  {
    name: 'programs make, move, link and remove files, and the session sees it',
    steps: [
      {
        upload: main(
          'import os\nos.makedirs("a/b")\nopen("a/b/x", "w").write("1")\nos.rename("a/b/x", "a/y")\nos.rmdir("a/b")\nos.symlink("y", "a/link")\nos.remove("gone")',
          'import fs from "node:fs"; fs.mkdirSync("a/b", { recursive: true }); fs.writeFileSync("a/b/x", "1"); fs.renameSync("a/b/x", "a/y"); fs.rmdirSync("a/b"); fs.symlinkSync("y", "a/link"); fs.unlinkSync("gone");',
        ),
      },
      { upload: file('gone', '') },
      { run: entry },
      { list: 'a', expect: { names: ['link', 'y'] } },
      { download: 'a/link', expect: { bytes: '1' } },
      { download: 'gone', expect: missing('gone') },
    ],
  },
  {
    name: 'links that lead out of the workspace lead nowhere',
    steps: [
      {
        upload: main(
          'import os\nfor target, name in [("/etc/passwd", "a"), ("../../../etc/passwd", "b"), ("c", "c")]:\n  try: os.symlink(target, name)\n  except OSError: pass',
          'import fs from "node:fs"; for (const [target, name] of [["/etc/passwd", "a"], ["../../../etc/passwd", "b"], ["c", "c"]]) { try { fs.symlinkSync(target, name); } catch {} }',
        ),
      },
      { run: entry },
      ...['a', 'b', 'c'].map((name): Step => ({ download: name, expect: { arm: 'runtime-failed' } })),
      { download: '/etc/passwd', expect: { arm: 'runtime-failed' } },
    ],
  },
]);
