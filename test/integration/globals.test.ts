import { createExecutor, type ExecError, type Executor, type LanguageKind, type Session } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages, type Pair } from './programs.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 2 });
});
afterAll(() => executor.close());

const stateFile = '.session_state.json';
const failed = Symbol('failed');

/** What the next run prints of the state that was saved. */
const survives: { name: string; set: Pair; show: Pair; shown: string }[] = [
  {
    name: 'numbers, text, lists and records',
    set: {
      python: 'v = {"n": 1, "f": 1.5, "t": "é\\u2028\\n", "l": [1, None, True, [2.5]], "e": {}, "__proto__": {"a": 1}}',
      javascript:
        '_state.v = { n: 1, f: 1.5, t: "é\\u2028\\n", l: [1, null, true, [2.5]], e: {}, ["__proto__"]: { a: 1 } };',
    },
    show: {
      python: 'import json; print(json.dumps(v, separators=(",", ":"), ensure_ascii=False))',
      javascript: 'console.log(JSON.stringify(_state.v));',
    },
    shown: '{"n":1,"f":1.5,"t":"é\u2028\\n","l":[1,null,true,[2.5]],"e":{},"__proto__":{"a":1}}\n',
  },
  {
    name: 'dates and times',
    set: {
      python: 'from datetime import datetime, timezone\nv = datetime(2024, 2, 29, 12, 30, 15, 250000, timezone.utc)',
      javascript: '_state.v = new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 250));',
    },
    show: {
      python: 'print(type(v).__name__, v.timestamp())',
      javascript: 'console.log(_state.v instanceof Date ? "datetime" : "", _state.v.getTime() / 1000);',
    },
    shown: 'datetime 1709209815.25\n',
  },
  {
    name: 'sets',
    set: { python: 'v = {1}; v.add("x")', javascript: '_state.v = new Set([1, "x"]);' },
    show: {
      python: 'print(len(v), 1 in v, "x" in v, type(v) is set)',
      javascript:
        'const t = (b) => (b ? "True" : "False"); console.log(_state.v.size, t(_state.v.has(1)), t(_state.v.has("x")), t(_state.v instanceof Set));',
    },
    shown: '2 True True True\n',
  },
  {
    name: 'bytes',
    set: { python: 'v = bytes(range(256))', javascript: '_state.v = Uint8Array.from({ length: 256 }, (_, i) => i);' },
    show: {
      python: 'print(v == bytes(range(256)), type(v) is bytes)',
      javascript:
        'console.log(_state.v.every((b, i) => b === i) && _state.v.length === 256 ? "True" : "", _state.v.constructor === Uint8Array ? "True" : "");',
    },
    shown: 'True True\n',
  },
  {
    name: 'big integers',
    set: { python: 'v = [2**200, -(2**64)]', javascript: '_state.v = [2n ** 200n, -(2n ** 64n)];' },
    show: {
      python: 'print(v == [2**200, -(2**64)])',
      javascript: 'console.log(_state.v[0] === 2n ** 200n && _state.v[1] === -(2n ** 64n) ? "True" : "False");',
    },
    shown: 'True\n',
  },
  {
    name: 'numbers that JSON lacks',
    set: {
      python: 'v = [float("nan"), float("inf"), float("-inf"), -0.0]',
      javascript: '_state.v = [NaN, Infinity, -Infinity, -0];',
    },
    show: {
      python: 'import math; print(v[0] != v[0], v[1], v[2], math.copysign(1, v[3]))',
      javascript:
        'const [n, p, m, z] = _state.v; console.log(n !== n ? "True" : "", p === Infinity ? "inf" : "", m === -Infinity ? "-inf" : "", (1 / z < 0 ? "-1" : "1") + ".0");',
    },
    shown: 'True inf -inf -1.0\n',
  },
  {
    name: 'maps',
    set: { python: 'v = {1: "one", "k": [2]}', javascript: '_state.v = new Map([[1, "one"], ["k", [2]]]);' },
    show: {
      python: 'print(v[1], v["k"][0], len(v))',
      javascript: 'console.log(_state.v.get(1), _state.v.get("k")[0], _state.v.size);',
    },
    shown: 'one 2 2\n',
  },
  {
    name: 'records with a $type of their own',
    set: {
      python: 'v = {"$type": "set", "value": [{"$type": {"$type": 1}}]}',
      javascript: '_state.v = { $type: "set", value: [{ $type: { $type: 1 } }] };',
    },
    show: {
      python: 'import json; print(json.dumps(v, separators=(",", ":")))',
      javascript: 'console.log(JSON.stringify(_state.v));',
    },
    shown: '{"$type":"set","value":[{"$type":{"$type":1}}]}\n',
  },
];

/** Values that are left out; `told` if that is worth telling. */
const leftOut: { name: string; set: Pair; told: boolean }[] = [
  { name: 'functions', set: { python: 'def x(): pass', javascript: '_state.x = () => 1;' }, told: false },
  { name: 'classes', set: { python: 'class x: pass', javascript: '_state.x = class {};' }, told: false },
  {
    name: 'instances',
    set: { python: 'class C: pass\nx = C()', javascript: '_state.x = new (class C {})();' },
    told: true,
  },
  {
    name: 'values that hold themselves',
    set: { python: 'x = []; x.append({"x": x})', javascript: '_state.x = []; _state.x.push({ x: _state.x });' },
    told: true,
  },
  {
    name: 'values that hold what cannot be saved',
    set: { python: 'x = {"f": print}', javascript: '_state.x = { f: console.log };' },
    told: true,
  },
  {
    name: 'values nested too deeply',
    set: {
      python: 'x = []\nfor _ in range(100000): x = [x]',
      javascript: '_state.x = []; for (let i = 0; i < 100000; i++) _state.x = [_state.x];',
    },
    told: true,
  },
  {
    name: 'values that would be endless as text',
    set: {
      python: 'x = []\nfor _ in range(60): x = [x, x]',
      javascript: '_state.x = []; for (let i = 0; i < 60; i++) _state.x = [_state.x, _state.x];',
    },
    told: true,
  },
  {
    name: 'open files',
    set: { python: 'x = open("f", "w")', javascript: '_state.x = process.stdout;' },
    told: true,
  },
  {
    name: 'what a getter, a trap or a subclass would answer',
    set: {
      python: 'class D(dict):\n  def items(self): raise SystemExit(3)\nx = D(a=1)',
      javascript: '_state.x = { get a() { process.exit(3); } };',
    },
    told: true,
  },
];

describe.each(languages)('$language', ({ language }) => {
  const open = (limits = {}): Promise<Session> => executor.openSession({ language, persist: 'globals', limits });
  const run = (session: Session, pair: Pair): Promise<Awaited<ReturnType<Session['run']>>> =>
    session.run({ code: pair[language as LanguageKind] });
  const counted: Pair = {
    python: "counter = (counter if 'counter' in globals() else 0) + 1\nprint(counter)",
    javascript: '_state.counter = (_state.counter ?? 0) + 1; console.log(_state.counter);',
  };
  const keep: Pair = { python: 'kept = 7', javascript: '_state.kept = 7;' };
  const kept: Pair = {
    python: 'print(globals().get("kept"), globals().get("x"))',
    javascript: 'console.log(_state.kept ?? "None", _state.x ?? "None");',
  };

  test('a counter counts over runs; functions do not live on', async () => {
    await using session = await open();
    for (const expected of ['1\n', '2\n', '3\n']) {
      const result = await run(session, counted);
      expect(result.run).toEqual({ stdout: expected, stderr: '', exitCode: 0 });
      expect(result.stateSkipped).toEqual([]);
    }
    const state = JSON.parse(Buffer.from(await session.download(stateFile)).toString());
    expect(state).toEqual({ version: 1, language, skipped: [], state: { counter: 3 } });
    await using other = await open();
    expect((await run(other, counted)).run.stdout).toBe('1\n');
  });

  test.each(survives)('$name survive', async ({ set, show, shown }) => {
    await using session = await open();
    expect((await run(session, set)).stateSkipped).toEqual([]);
    // The second time it is what was read that is saved.
    for (let i = 0; i < 2; i++)
      expect((await run(session, show)).run).toEqual({ stdout: shown, stderr: '', exitCode: 0 });
  });

  test.each(leftOut)('$name are left out', async ({ set, told }) => {
    await using session = await open();
    await run(session, keep);
    const result = await run(session, set);
    expect(result.run).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    expect(result.stateSkipped).toEqual(told ? ['x'] : []);
    expect((await run(session, kept)).run.stdout).toBe('7 None\n');
  });

  test('after a run that fails the state is that before it; an exit code is no failure', async () => {
    await using session = await open();
    await run(session, counted);
    const failing: Pair = { python: 'counter = 50\n1 / 0', javascript: '_state.counter = 50; null.x;' };
    await expect(run(session, failing)).rejects.toMatchObject({ tag: 'runtime-failed' });
    await expect(run(session, { python: 'counter = (', javascript: 'let = ;' })).rejects.toMatchObject({
      tag: 'compilation-failed',
    });
    await expect(
      session.run({
        code: language === 'python' ? 'counter = 9\nwhile True: pass' : '_state.counter = 9; while (true) {}',
        limits: { timeMs: 300 },
      }),
    ).rejects.toMatchObject({ tag: 'timeout' });
    expect((await run(session, counted)).run.stdout).toBe('2\n');
    const exits: Pair[] = [
      { python: 'import sys; counter = 10; sys.exit(3)', javascript: '_state.counter = 10; process.exit(3);' },
      {
        python: 'import os; counter = 20; os._exit(3)',
        javascript: 'process.exitCode = 3; process.on("exit", () => { _state.counter = 20; });',
      },
    ];
    for (const [i, pair] of exits.entries()) {
      expect((await run(session, pair)).run.exitCode).toBe(3);
      expect((await run(session, counted)).run.stdout).toBe(`${10 * i + 11}\n`);
    }
  });

  test.each([
    ['damaged', 'it is damaged', '{"version":1'],
    [
      'of another version',
      'it is of another version',
      (name: string) => `{"version":2,"language":"${name}","state":{}}`,
    ],
    ['of the other language', 'it is of another language', '{"version":1,"language":"cobol","state":{}}'],
    ['without a state', 'it holds no state', '[]'],
    [
      'with an unknown tag',
      'it is damaged',
      (name: string) => `{"version":1,"language":"${name}","state":{"a":{"$type":"x","value":1}}}`,
    ],
    ['nested without end', 'it is damaged', '['.repeat(1_000_000)],
    ['that is no text', 'it is damaged', new Uint8Array([0xff, 0xfe])],
  ])('a file %s starts empty, with a warning', async (_, reason, content) => {
    await using session = await open();
    await session.upload({ name: stateFile, content: typeof content === 'function' ? content(language) : content });
    const { run: stage } = await run(session, counted);
    expect(stage).toEqual({
      stdout: '1\n',
      stderr: `golem-exec: /app/.session_state.json: the state starts empty: ${reason}\n`,
      exitCode: 0,
    });
    expect((await run(session, counted)).run).toEqual({ stdout: '2\n', stderr: '', exitCode: 0 });
  });

  test('what does not fit into the limits of files is not saved, and that is said', async () => {
    await using session = await open({ fileSizeBytes: 10_000, timeMs: 20_000 });
    const left = await run(session, {
      python: `${keep.python}\nleft = object()`,
      javascript: `${keep.javascript} _state.left = new (class {})();`,
    });
    expect(left.stateSkipped).toEqual(['left']);
    const result = await run(session, {
      python: 'x = "x" * 20000\nprint("done")',
      javascript: '_state.x = "x".repeat(20000); console.log("done");',
    });
    // Nothing was saved: what an earlier run left out is not told again.
    expect(result).not.toHaveProperty('stateSkipped');
    const { run: stage } = result;
    expect(stage.stdout).toBe('done\n');
    expect(stage.stderr).toMatch(
      /^golem-exec: \/app\/.session_state.json: the state of this run is not saved: .*large/i,
    );
    expect((await run(session, kept)).run.stdout).toBe('7 None\n');
    expect(await session.listFiles()).toEqual([stateFile]);
  });

  test('a state of tens of megabytes is saved, or left out and said', async () => {
    await using session = await open({ timeMs: 20_000 });
    const big: Pair = {
      python: 'x = ["x" * 1000] * 50000\ny = "y" * (80 << 20)',
      javascript: '_state.x = "x".repeat(5e7); _state.y = "y".repeat(80 * 2 ** 20);',
    };
    expect((await run(session, big)).stateSkipped).toEqual(['y']);
    const { run: stage } = await run(session, { python: 'print(len(x))', javascript: 'console.log(_state.x.length);' });
    expect(stage.stdout).toBe(language === 'python' ? '50000\n' : '50000000\n');
  }, 60_000);

  test('a program that spoils the language spoils neither its state nor its outcome', async () => {
    await using session = await open();
    const hostile: Pair = {
      python: `
import builtins, json, gc, sys
x = {"a": [1, {2}]}
def no(*_, **__): raise SystemExit(9)
class Meta(type):
    __hash__ = __eq__ = __instancecheck__ = __subclasscheck__ = __getattribute__ = no
class C(metaclass=Meta):
    __reduce__ = __hash__ = __eq__ = __getattribute__ = no
y = C()
globals()[5] = 1
json.dumps = json.loads = json.JSONEncoder = json.encoder.c_make_encoder = json.decoder.scanner = no
gc.disable = gc.enable = no
for name in ("len", "type", "isinstance", "issubclass", "dict", "str", "int", "map", "set", "list"):
    setattr(builtins, name, no)
`,
      javascript: `
_state.x = { a: [1, new Set([2])] };
const no = () => { process.exit(9); };
_state.y = new Proxy({}, { get: no, ownKeys: no, getPrototypeOf: no, getOwnPropertyDescriptor: no });
_state.z = { toJSON: no };
for (const prototype of [Object.prototype, Array.prototype, String.prototype, Number.prototype])
  for (const name of ["toJSON", "get", "set", "value", "5", "then"])
    Object.defineProperty(prototype, name, { __proto__: null, get: no, set: no, configurable: true });
for (const name of ["keys", "getOwnPropertyDescriptor", "getPrototypeOf", "defineProperty"]) Object[name] = Reflect[name] = no;
JSON.stringify = JSON.parse = no;
Map.prototype.set = Map.prototype.get = Map.prototype.forEach = Set.prototype.forEach = Array.prototype.join = no;
Array.prototype[Symbol.iterator] = no;
globalThis.Map = globalThis.Object = globalThis.globalThis = no;
`,
    };
    const result = await run(session, hostile).catch((error: ExecError) => ({ ...error, tag: failed }));
    expect(result).toMatchObject({ run: { exitCode: 0, stderr: '' } });
    expect(result).toMatchObject({ stateSkipped: language === 'python' ? ['y'] : ['y', 'z'] });
    const { run: stage } = await run(session, {
      python: 'print(x, "y" in globals())',
      javascript: 'console.log(_state.x.a[1].has(2), Object.keys(_state));',
    });
    expect(stage.stdout).toBe(language === 'python' ? "{'a': [1, {2}]} False\n" : "true [ 'x' ]\n");
  });

  test('a state that needs more memory than the run may have fails the run and is kept', async () => {
    await using session = await open({ timeMs: 20_000 });
    await run(session, { python: 'x = "x" * 30000000', javascript: '_state.x = "x".repeat(3e7);' });
    const length: Pair = { python: 'print(len(x))', javascript: 'console.log(_state.x.length);' };
    const memoryBytes = (language === 'python' ? 80 : 40) * 2 ** 20;
    await expect(
      session.run({ code: length[language as LanguageKind], limits: { memoryBytes } }),
    ).rejects.toMatchObject({ tag: 'resource-exceeded', details: { reason: 'memory' } });
    expect((await run(session, length)).run.stdout).toBe('30000000\n');
  }, 60_000);

  test('a folder or a link in the place of the file', async () => {
    await using session = await open();
    await session.upload({ name: `${stateFile}/x`, content: '' });
    const { run: folder } = await run(session, counted);
    expect(folder.stdout).toBe('1\n');
    expect(folder.stderr).toMatch(/the state starts empty: .*directory\n.*is not saved: .*(directory|not empty)\n$/is);
    await using linked = await open();
    const link: Pair = {
      python: 'import os; os.symlink("/tmp/elsewhere", "/app/.session_state.json")',
      javascript: 'require("node:fs").symlinkSync("/tmp/elsewhere", "/app/.session_state.json");',
    };
    expect((await run(linked, link)).run.stderr).toBe('');
    for (const stdout of ['1\n', '2\n']) expect((await run(linked, counted)).run.stdout).toBe(stdout);
  });

  test('the state is part of a snapshot', async () => {
    await using session = await open();
    await run(session, counted);
    const image = await session.snapshot();
    expect(image.persist).toBe('globals');
    await run(session, counted);
    await using fork = await executor.restore(image);
    expect((await run(fork, counted)).run.stdout).toBe('2\n');
    expect((await run(session, counted)).run.stdout).toBe('3\n');
  });
});
