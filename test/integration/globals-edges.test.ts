/** `persist: 'globals'` at its edges: rare values, strange files in the state's place, and ends in the middle of saving. */
import { createExecutor, createSandbox, ExecError, type LanguageKind, type Session } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { languages, type Pair } from './programs.ts';
import { lendExecutor } from './support.ts';

const executor = lendExecutor(2);
const stateFile = '.session_state.json';

/** A program's value, and what is true of it in the next run, in one language. */
const rare: readonly (readonly [LanguageKind, name: string, set: string, holds: string])[] = [
  [
    'python',
    'keys of all kinds',
    '{(1, 2): "t", None: 1, True: 2, 2.5: 3, b"k": 4, frozenset([1]): 5, "s": {7: {}}}',
    'v == {(1, 2): "t", None: 1, True: 2, 2.5: 3, b"k": 4, frozenset([1]): 5, "s": {7: {}}} and [*v][0] == (1, 2)',
  ],
  [
    'python',
    'what is empty',
    '[{}, [], (), set(), frozenset(), b"", bytearray(), "", {"": ""}]',
    'v == [{}, [], (), set(), frozenset(), b"", bytearray(), "", {"": ""}] and [type(x).__name__ for x in v[:7]] == ["dict", "list", "tuple", "set", "frozenset", "bytes", "bytearray"]',
  ],
  [
    'python',
    'text that is none',
    '"\\ud800\\0\\x7f\\u2029\\ufeff" + chr(0x10ffff)',
    'v == "\\ud800\\0\\x7f\\u2029\\ufeff" + chr(0x10ffff)',
  ],
  [
    'python',
    'the edges of numbers',
    '[2**53, -(2**53), 2**53 - 1, 1e308, 5e-324, 0.1, 1.0, -0.0, True, 10**400]',
    'v == [2**53, -(2**53), 2**53 - 1, 1e308, 5e-324, 0.1, 1.0, -0.0, True, 10**400] and [type(x).__name__ for x in v[5:9]] == ["float", "float", "float", "bool"]',
  ],
  [
    'python',
    'tuples in tuples in sets',
    '({(1, (2, "x")), ()}, [(), ((),)])',
    'v == ({(1, (2, "x")), ()}, [(), ((),)])',
  ],
  [
    'python',
    'dates without and with a zone',
    '[datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999), datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))), date(2024, 2, 29), time(1, 2, 3, 4), timedelta(days=-1, microseconds=1), Decimal("-0.10"), Decimal("NaN")]',
    'v[:7] == [datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999), datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))), date(2024, 2, 29), time(1, 2, 3, 4), timedelta(days=-1, microseconds=1), Decimal("-0.10")] and str(v[6]) == "-0.10" and v[7].is_nan() and v[2].utcoffset() == timedelta(minutes=330)',
  ],
  [
    'python',
    'names as in the form itself',
    '{"version": 2, "language": "x", "state": {"$type": "object"}, "value": [{"$type": None}]}',
    'v == {"version": 2, "language": "x", "state": {"$type": "object"}, "value": [{"$type": None}]}',
  ],
  [
    'javascript',
    'keys of all kinds',
    'new Map([[NaN, 1], [null, 2], [undefined, 3], [1n, 4], [1, 5], ["1", 6], [new Date(0), 7], [-0, 8]])',
    'v.get(NaN) === 1 && v.get(null) === 2 && v.get(undefined) === 3 && v.get(1n) === 4 && v.get(1) === 5 && v.get("1") === 6 && v.get(0) === 8 && v.size === 8',
  ],
  [
    'javascript',
    'what is empty',
    '[{}, [], new Map(), new Set(), new Uint8Array(), Buffer.alloc(0), new ArrayBuffer(0), "", { "": "" }, undefined, null]',
    'v.length === 11 && v[2] instanceof Map && v[3] instanceof Set && v[4].constructor === Uint8Array && Buffer.isBuffer(v[5]) && v[6] instanceof ArrayBuffer && v[8][""] === "" && v[9] === undefined && v[10] === null',
  ],
  [
    'javascript',
    'text that is none',
    '"\\ud800\\0\\x7f\\u2029\\ufeff\\u{10ffff}"',
    'v === "\\ud800\\0\\x7f\\u2029\\ufeff\\u{10ffff}"',
  ],
  [
    'javascript',
    'the edges of numbers',
    '[2 ** 53, -(2 ** 53), 2n ** 53n, 1e308, 5e-324, 0.1, -0, true, 10n ** 400n]',
    'v[0] === 2 ** 53 && v[1] === -(2 ** 53) && v[2] === 2n ** 53n && v[3] === 1e308 && v[4] === 5e-324 && v[5] === 0.1 && Object.is(v[6], -0) && v[7] === true && v[8] === 10n ** 400n',
  ],
  [
    'javascript',
    'sets in maps in arrays',
    '[new Map([["a", new Set([new Set([1])])]])]',
    '[...[...v[0].get("a")][0]][0] === 1',
  ],
  [
    'javascript',
    'dates',
    '[new Date(8.64e15), new Date(-8.64e15), new Date(NaN), new Date(0)]',
    'v[0].getTime() === 8.64e15 && v[1].getTime() === -8.64e15 && Number.isNaN(v[2].getTime()) && v[3].getTime() === 0',
  ],
  [
    'javascript',
    'names as in the form itself',
    '({ version: 2, language: "x", state: { $type: "object" }, value: [{ $type: null }], toJSON: 1, constructor: 2 })',
    'JSON.stringify({ ...v, toJSON: undefined }) === JSON.stringify({ version: 2, language: "x", state: { $type: "object" }, value: [{ $type: null }], constructor: 2 }) && v.toJSON === 1',
  ],
  [
    'javascript',
    'objects without a prototype, and frozen ones',
    '[Object.assign(Object.create(null), { a: 1 }), Object.freeze({ b: Object.freeze([2]) })]',
    'v[0].a === 1 && v[1].b[0] === 2',
  ],
];

/** Values that are told to be left out: there is no form for what they are, and half of them would be another value. */
const refused: Readonly<Record<LanguageKind, readonly string[]>> = {
  python: [
    'IntEnum("E", "A").A',
    'namedtuple("P", "x")(1)',
    'OrderedDict(a=1)',
    'defaultdict(list)',
    'Counter("a")',
    'deque([1])',
    'type("I", (int,), {})(3)',
    'type("S", (str,), {})("x")',
    'type("L", (list,), {})([1])',
    'type("F", (float,), {})(1)',
    'complex(1, 2)',
    'range(3)',
    'Fraction(1, 2)',
    '(i for i in [])',
    'memoryview(b"x")',
    'datetime(2024, 1, 1, tzinfo=ZoneInfo("Europe/Oslo"))',
    'type("D", (datetime,), {})(2024, 1, 1)',
    '[1, {"a": (lambda: 1,)}]',
    '{(1, object()): 2}',
    'iter([])',
    're.compile("a")',
    'Path("a")',
    'NotImplemented',
    '...',
  ],
  javascript: [
    'new (class extends Array {})()',
    'new (class extends Map {})()',
    'new (class extends Date {})(0)',
    'new (class extends Uint8Array {})(1)',
    'Symbol("s")',
    '/a/g',
    'new Error("e")',
    'new Number(1)',
    'new String("a")',
    'new Float64Array(2)',
    'new DataView(new ArrayBuffer(1))',
    'new WeakMap()',
    'Promise.resolve(1)',
    '(function* () {})()',
    '[1, { a: [() => 1] }]',
    'new Map([[{ f() {} }, 1]])',
    '{ __proto__: { a: 1 }, b: 2 }',
    'new Proxy([], {})',
    'new URL("http://a/")',
  ],
};

const imports =
  'from collections import Counter, OrderedDict, defaultdict, deque, namedtuple; from datetime import date, datetime, time, timedelta, timezone; from decimal import Decimal; from enum import IntEnum; from fractions import Fraction; from pathlib import Path; from zoneinfo import ZoneInfo; import re\n';
const assign = (language: LanguageKind, value: string, name = 'v'): string =>
  language === 'python' ? `${imports}${name} = ${value}` : `_state.${name} = ${value};`;

describe('rare values', () => {
  test.each(rare)('%s: %s', async (language, _, value, holds) => {
    await using session = await executor().openSession({ language, persist: 'globals' });
    const { run, stateSkipped } = await session.run({ code: assign(language, value) });
    expect([run.exitCode, run.stderr, stateSkipped]).toEqual([0, '', []]);
    const code = language === 'python' ? `${imports}print(${holds})` : `const { v } = _state; console.log(${holds});`;
    // What was read is written and read once more.
    for (let i = 0; i < 2; i++) expect((await session.run({ code })).run.stdout.toLowerCase()).toBe('true\n');
  });

  test.each(languages)(
    '$language: what has no form is left out, told, and takes nothing with it',
    async ({ language }) => {
      await using session = await executor().openSession({ language, persist: 'globals' });
      const values = refused[language];
      const names = values.map((_, i) => `n${i}`);
      const all = values.map((value, i) => (language === 'python' ? `n${i} = ${value}` : `_state.n${i} = ${value};`));
      const code = `${language === 'python' ? imports : ''}${all.join('\n')}\n${assign(language, '[1]', 'kept').split('\n').at(-1)}`;
      expect((await session.run({ code })).stateSkipped).toEqual(names);
      const left =
        language === 'python' ? 'print([n for n in globals() if n[0] != "_"])' : 'console.log(Object.keys(_state));';
      expect((await session.run({ code: left })).run.stdout.replaceAll(/[[\]' ]/g, '')).toBe('kept\n');
    },
  );
});

describe.each(languages)('$language', ({ language }) => {
  const open = (limits = {}): Promise<Session> => executor().openSession({ language, persist: 'globals', limits });
  const run = async (session: Session, pair: Pair): Promise<{ stdout: string; stderr: string }> =>
    (await session.run({ code: pair[language] })).run;
  const counted: Pair = {
    python: "counter = (counter if 'counter' in globals() else 0) + 1\nprint(counter)",
    javascript: '_state.counter = (_state.counter ?? 0) + 1; console.log(_state.counter);',
  };

  test.each([
    ['a link to itself', 'os.symlink(f, f)', 'fs.symlinkSync(f, f)'],
    ['a link to what may not be written', 'os.symlink("/data", f)', 'fs.symlinkSync("/data_js", f)'],
    ['a link to a file outside', 'os.symlink("/etc/passwd", f)', 'fs.symlinkSync("/etc/passwd", f)'],
    [
      'a link to the program',
      'open("p", "w").write("x"); os.symlink("/app/p", f)',
      'fs.writeFileSync("p", "x"); fs.symlinkSync("/app/p", f)',
    ],
  ])('%s in its place: told, replaced by the next state', async (_, python, javascript) => {
    await using session = await open();
    // Made by os._exit's like: the state of this run is saved first, so it is made in a run of its own that fails.
    const f = `/app/${stateFile}`;
    const place = session.run({
      code:
        language === 'python'
          ? `import os\nf = "${f}"\n${python}\n1 / 0`
          : `const fs = require('node:fs'); const f = '${f}';\n${javascript};\nnull.x;`,
    });
    await expect(place).rejects.toMatchObject({ tag: 'runtime-failed' });
    const first = await run(session, counted);
    expect(first.stdout).toBe('1\n');
    expect(first.stderr.replace(/starts empty: .*/, 'starts empty: …')).toMatch(
      /^(golem-exec: \/app\/.session_state.json: the state starts empty: …\n)?$/,
    );
    expect(await run(session, counted)).toMatchObject({ stdout: '2\n', stderr: '' });
    const names = (await session.listFiles()).filter((name) => name !== 'p');
    expect(names).toEqual([stateFile]);
    if (python.includes('"p"')) expect(new TextDecoder().decode(await session.download('p'))).toBe('x');
  });

  test('a folder where the unfinished file would stand: told, and the last state stays', async () => {
    await using session = await open();
    await run(session, counted);
    await session.upload({ name: `${stateFile}.new/x`, content: '' });
    const second = await run(session, counted);
    expect(second.stdout).toBe('2\n');
    expect(second.stderr).toMatch(
      /^golem-exec: \/app\/.session_state.json: the state of this run is not saved: .*(?:directory|already exists)\n$/i,
    );
    expect((await run(session, counted)).stdout).toBe('2\n');
  });

  test('an unfinished file that a stopped run left behind is no state, and is gone after the next', async () => {
    await using session = await open();
    await run(session, counted);
    await session.upload({
      name: `${stateFile}.new`,
      content: `{"version":1,"language":"${language}","skipped":[],"state":{"counter":70}}`,
    });
    expect(await run(session, counted)).toMatchObject({ stdout: '2\n', stderr: '' });
    expect(await session.listFiles()).toEqual([stateFile]);
  });

  test('a run that is stopped while it saves leaves the state before it, whole', async () => {
    await using session = await open({ timeMs: 60_000 });
    await run(session, counted);
    const big: Pair = {
      python: 'counter = 99\nbig = [[i, str(i)] for i in range(40_000)]',
      javascript: '_state.counter = 99; _state.big = Array.from({ length: 40_000 }, (_, i) => [i, String(i)]);',
    };
    const image = await session.snapshot();
    const { fuel = 0 } = await session.run({ code: big[language] });
    const program =
      language === 'python'
        ? big.python.replace('big =', '_big =')
        : big.javascript.replaceAll('_state.', 'globalThis.');
    await using other = await executor().restore(image);
    const { fuel: without = 0 } = await other.run({ code: program });
    // Saving takes a good part of it, so that these end in the middle.
    expect(fuel - without).toBeGreaterThan(fuel / 10);
    let stopped = 0;
    for (const part of [0.1, 0.4, 0.6, 0.8, 0.9, 0.97]) {
      await using fork = await executor().restore(image);
      const limit = Math.floor(without + (fuel - without) * part);
      const error = await fork.run({ code: big[language], limits: { fuel: limit } }).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error !== undefined) {
        expect(error).toBeInstanceOf(ExecError);
        expect(error).toMatchObject({ tag: 'resource-exceeded', details: { reason: 'fuel' } });
        stopped++;
      }
      const { run: stage } = await fork.run({ code: counted[language] });
      expect(stage).toEqual({ stdout: error === undefined ? '100\n' : '2\n', stderr: '', exitCode: 0 });
    }
    expect(stopped).toBeGreaterThan(3);
  }, 120_000);

  test('a file of 50 MB: read where it fits, and otherwise told as want of memory; never lost', async () => {
    await using session = await open({ timeMs: 60_000 });
    const content = `{"version":1,"language":"${language}","skipped":[],"state":{"v":"${'y'.repeat(50_000_000)}"}}`;
    await session.upload({ name: stateFile, content });
    const length: Pair = { python: 'print(len(v))', javascript: 'console.log(_state.v.length);' };
    expect((await run(session, length)).stdout).toBe('50000000\n');
    const small = await session
      .run({ code: length[language], limits: { memoryBytes: 64 << 20 } })
      .catch((error: unknown) => error);
    expect(small).toMatchObject({ tag: 'resource-exceeded', details: { reason: 'memory' } });
    // Not one that only looks large: no list ends.
    await session.upload({
      name: stateFile,
      content: `{"version":1,"language":"${language}","skipped":[],"state":{"v":${'['.repeat(50_000_000)}`,
    });
    const damaged = await run(session, counted);
    expect(damaged).toEqual({
      stdout: '1\n',
      stderr: 'golem-exec: /app/.session_state.json: the state starts empty: it is damaged\n',
      exitCode: 0,
    });
  }, 120_000);

  test('the state of a sandbox in the other language starts empty, with a warning in the result', async () => {
    await using own = createExecutor({ workers: 1 });
    await using sandbox = await createSandbox({ runtime: language, executor: own, autoPersistGlobals: true });
    const other = language === 'python' ? 'javascript' : 'python';
    await sandbox.writeFile(stateFile, `{"version":1,"language":"${other}","skipped":["f"],"state":{"counter":5}}`);
    const result = await sandbox.execute(counted[language]);
    expect(result).toMatchObject({
      success: true,
      stdout: '1\n',
      stderr: 'golem-exec: /app/.session_state.json: the state starts empty: it is of another language\n',
      metadata: { stateSkipped: [] },
    });
    expect((await sandbox.execute(counted[language])).stdout).toBe('2\n');
  });

  test('what is left out is in the metadata, names cut and counted', async () => {
    await using session = await open();
    const many: Pair = {
      python: 'for i in range(300): globals()[f"x{i:03}" + "y" * 300] = object()',
      javascript:
        'for (let i = 0; i < 300; i++) _state[`x${String(i).padStart(3, "0")}` + "y".repeat(300)] = Symbol();',
    };
    const { stateSkipped = [] } = await session.run({ code: many[language] });
    expect(stateSkipped.filter((name) => name !== 'i')).toHaveLength(100);
    for (const name of stateSkipped) expect(name.length).toBeLessThanOrEqual(200);
    expect(stateSkipped[0]).toMatch(/^x000y+$/);
  });
});
