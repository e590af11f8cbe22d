/** `session.evaluate`: the value of the last expression as data, in both languages alike. */
import { type EvaluatedValue, ExecError, InvalidRequestError, type LanguageKind, type Session } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { languages, type Pair } from './programs.ts';
import { failure, lendExecutor } from './support.ts';

const executor = lendExecutor();

type Value = Extract<EvaluatedValue, { kind: 'data' }>['data'];

/** Code in both languages and the value that both give; or, where they differ, what each gives. */
type Row =
  | readonly [python: string, javascript: string, value: Value]
  | readonly [Pair, { readonly [l in LanguageKind]: Value }];

const tagged = (type: string, value: Value): Value => ({ $type: type, value });

const values: Readonly<Record<string, Row>> = {
  numbers: ['1 + 1', '1 + 1', 2],
  'fractions and exponents': ['1.5e300', '1.5e300', 1.5e300],
  text: ['"gr\\u00fcn " + "x"', '"grün " + "x"', 'grün x'],
  'text with quotes, lines and half a character': ['"\\"\\n\\ud800"', '"\\"\\n\\ud800"', '"\n\ud800'],
  'true and false': ['[True, False]', '[true, false]', [true, false]],
  'null, None': ['None', 'null', null],
  'lists and objects': ['{"a": [1, {"b": []}]}', '({ a: [1, { b: [] }] })', { a: [1, { b: [] }] }],
  'names that are special elsewhere': [
    '{"__proto__": 1, "constructor": 2}',
    '({ ["__proto__"]: 1, constructor: 2 })',
    JSON.parse('{"__proto__":1,"constructor":2}'),
  ],
  'integers beyond 2^53': ['2 ** 64', '2n ** 64n', tagged('bigint', '0x10000000000000000')],
  'negative ones': ['-(2 ** 64)', '-(2n ** 64n)', tagged('bigint', '-0x10000000000000000')],
  'not a number, infinity': [
    '[float("nan"), -float("inf")]',
    '[NaN, -Infinity]',
    [tagged('number', 'NaN'), tagged('number', '-Infinity')],
  ],
  'minus zero': [
    { python: '-0.0', javascript: '-0' },
    { python: -0, javascript: tagged('number', '-0') },
  ],
  bytes: ['bytes([0, 255])', 'Uint8Array.of(0, 255)', tagged('bytes', 'AP8=')],
  dates: [
    'import datetime; datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.timezone.utc)',
    'new Date(Date.UTC(2024, 1, 29, 12))',
    { $type: 'datetime', value: expect.stringMatching(/^2024-02-29T12:00:00(\.000Z|\+00:00)$/) as never },
  ],
  sets: ['{1}', 'new Set([1])', tagged('set', [1])],
  maps: ['{1: "a"}', 'new Map([[1, "a"]])', tagged('map', [[1, 'a']])],
  'a key $type': ['{"$type": 1}', '({ $type: 1 })', tagged('object', [['$type', 1]])],
  tuples: [
    { python: '(1, "a")', javascript: 'undefined' },
    { python: tagged('tuple', [1, 'a']), javascript: tagged('undefined', null) },
  ],
  'the last of several lines': ['x = 2\ny = 3\nx * y', 'const x = 2;\nlet y = 3;\nx * y', 6],
  'what is awaited': [
    'import asyncio\nawait asyncio.sleep(0, "slept")',
    'await new Promise((r) => setTimeout(r, 1, "slept"))',
    'slept',
  ],
  'a coroutine, a promise': ['async def f():\n  return [1]\nf()', '(async () => [1])()', [1]],
  'a coroutine that waits': [
    'import asyncio\nasync def f():\n  await asyncio.sleep(0.001)\n  return "w"\nf()',
    'new Promise((r) => setTimeout(r, 1, "w"))',
    'w',
  ],
  'after await in a block': [
    'import asyncio\nfor i in range(3):\n  await asyncio.sleep(0)\ni',
    'for (var i = 0; i < 2; i++) await null;\ni',
    2,
  ],
  imports: ['import math\nmath.floor(2.5)', 'import path from "node:path";\npath.join("a", "b").length - 1', 2],
  'files, arguments, input': [
    'import sys; open("f", "w").write("abc"); [len(open("f").read()), sys.argv[1:], sys.stdin.read()]',
    'const fs = require("fs"); fs.writeFileSync("f", "abc"); [fs.readFileSync("f", "utf8").length, process.argv.slice(2), fs.readFileSync(0, "utf8")]',
    [3, ['a'], 'in'],
  ],
};

/** Code whose value is no data, and the text that it is instead. */
const texts: Readonly<
  Record<
    string,
    readonly [python: string, javascript: string, pythonText: string | RegExp, javascriptText: string | RegExp]
  >
> = {
  functions: ['len', 'Math.max', '<built-in function len>', '[Function: max]'],
  classes: ['class C: pass\nC', 'class C {}; C', "<class '__main__.C'>", '[class C]'],
  instances: ['class C:\n  def __repr__(self): return "mine"\nC()', 'new (class C { x = 1 })()', 'mine', 'C { x: 1 }'],
  'what holds itself': [
    'a = []\na.append(a)\na',
    'const a = []; a.push(a); a',
    '[[...]]',
    '<ref *1> [ [Circular *1] ]',
  ],
  modules: ['import math; math', 'import * as m from "node:os";\nm', /^<module 'math'/, /^\[Module: null prototype\]/],
  symbols: ['object', 'Symbol("s")', "<class 'object'>", 'Symbol(s)'],
  errors: ['ValueError("v")', 'new TypeError("t")', "ValueError('v')", /^TypeError: t\n {4}at /],
  'a repr that fails': [
    'class C:\n  def __repr__(self): raise SystemExit(3)\nC()',
    'new (class C { [Symbol.for("nodejs.util.inspect.custom")]() { throw 1; } })()',
    '<C object>',
    '<Object>',
  ],
  'a repr that is no text': [
    'class C:\n  def __repr__(self): return 5\nC()',
    '({ get x() { throw 1; } })',
    '<C object>',
    '{ x: [Getter] }',
  ],
  'a proxy': [
    'type("P", (), {"__getattr__": lambda s, n: 1/0, "__class__": property(lambda s: 1/0), "__repr__": lambda s: "p"})()',
    'new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; } })',
    'p',
    /\{\}/,
  ],
  'more than 2 Mi characters': ['"x" * 3_000_000', '"x".repeat(3e6)', /^'x{9999}…$/, /^'x{9999}…$/],
  'too deep': [
    'x = []\nfor i in range(200): x = [x]\nx',
    'let x = []; for (let i = 0; i < 200; i++) x = [x]; x',
    /^\[\[\[\[/,
    '[ [ [ [Array] ] ] ]',
  ],
};

describe.each(languages)('$language: evaluate', ({ language }) => {
  const open = (persist?: 'workspace' | 'globals' | 'heap'): Promise<Session> =>
    executor().openSession({ language, ...(persist === undefined ? {} : { persist }) });
  const pick = (python: string, javascript: string): string => (language === 'python' ? python : javascript);

  const pattern = (python: string, javascript: string): RegExp => new RegExp(pick(python, javascript));

  test.each(Object.entries(values))('%s', async (_, row) => {
    await using session = await open();
    const [code, expected] = row.length === 3 ? [pick(row[0], row[1]), row[2]] : [row[0][language], row[1][language]];
    const result = await session.evaluate(code, { args: ['a'], stdin: 'in' });
    expect(result.value).toEqual({ kind: 'data', data: expected });
    expect(result.run).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    expect(result.compile?.exitCode).toBe(0);
  });

  test.each(Object.entries(texts))('no data: %s', async (_, [python, javascript, ofPython, ofJavaScript]) => {
    await using session = await open();
    const { value, run } = await session.evaluate(pick(python, javascript));
    const text = language === 'python' ? ofPython : ofJavaScript;
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    expect(value).toEqual({
      kind: 'text',
      text: typeof text === 'string' ? text : expect.stringMatching(text),
      reason: expect.stringMatching(/\w/),
    });
    expect((value as { text: string }).text.length).toBeLessThanOrEqual(10_001);
  });

  test('output is the program’s own, whatever it looks like', async () => {
    await using session = await open();
    const line = '{"data":"forged"}';
    const result = await session.evaluate(
      pick(
        `import sys; print('${line}'); print("e", file=sys.stderr); 5`,
        `console.log('${line}'); console.error("e"); 5`,
      ),
    );
    expect(result.run).toEqual({ stdout: `${line}\n`, stderr: 'e\n', exitCode: 0 });
    expect(result.value).toEqual({ kind: 'data', data: 5 });
  });

  test('no expression at the end', async () => {
    await using session = await open();
    const none = { kind: 'data', data: language === 'python' ? null : tagged('undefined', null) };
    for (const code of ['', pick('x = 5', 'var x'), pick('if True: 5', 'function f() {}')]) {
      expect((await session.evaluate(code)).value).toEqual(none);
    }
  });

  test('a program that ends itself has no value', async () => {
    await using session = await open();
    const result = await session.evaluate(pick('import sys; sys.exit(3)\n5', 'process.exit(3); 5'));
    expect([result.run.exitCode, 'value' in result]).toEqual([3, false]);
  });

  test('what lives on is what the session persists', async () => {
    await using heap = await open('heap');
    await heap.run({ code: pick('def f(x): return x * 2\nn = 20', 'function f(x) { return x * 2; } var n = 20;') });
    expect((await heap.evaluate(pick('n += 1\nf(n)', 'n += 1; f(n)'))).value).toEqual({ kind: 'data', data: 42 });
    expect((await heap.evaluate('n')).value).toEqual({ kind: 'data', data: 21 });
    await heap.evaluate(pick('import asyncio\nm = await asyncio.sleep(0, 7)', 'const m = await Promise.resolve(7);'));
    expect((await heap.evaluate('m')).value).toEqual({ kind: 'data', data: 7 });

    await using globals = await open('globals');
    await globals.run({ code: pick('n = 1', '_state.n = 1;') });
    expect((await globals.evaluate(pick('n += 1\nn', '_state.n += 1'))).value).toEqual({ kind: 'data', data: 2 });
    const { run } = await globals.run({ code: pick('print(n)', 'console.log(_state.n)') });
    expect(run.stdout).toBe('2\n');

    await using files = await open();
    await files.evaluate(
      pick('n = 1\nopen("f", "w").write("x")', 'globalThis.n = 1; require("fs").writeFileSync("f", "x")'),
    );
    expect(
      (await files.evaluate(pick('[n for n in globals() if n == "n"]', '"n" in globalThis ? ["n"] : []'))).value,
    ).toEqual({ kind: 'data', data: [] });
    expect(await files.listFiles()).toEqual(['f']);
  });

  test('errors are those of a run, with the lines of the code', async () => {
    await using session = await open('heap');
    const thrown = await failure(
      session.evaluate(pick('x = 1\nraise ValueError("v")', 'var x = 1;\nthrow new TypeError("v")')),
    );
    expect([thrown.tag, thrown.run.exitCode]).toEqual(['runtime-failed', 1]);
    expect(thrown.run.stderr).toMatch(
      pattern(
        '^Traceback \\(most recent call last\\):\\n  File "/app/\\.session_code\\.py", line 2, in <module>\\n    raise ValueError\\("v"\\)\\nValueError: v\\n$',
        '^/app/\\.session_code\\.js:2\\nthrow new TypeError\\("v"\\)\\n',
      ),
    );
    const awaited = await failure(
      session.evaluate(
        pick(
          'import asyncio\nasync def f():\n  await asyncio.sleep(0)\n  1/0\nawait f()',
          'const f = async () => { await null; null.x; };\nawait f()',
        ),
      ),
    );
    expect(awaited.run.stderr).toMatch(
      pattern('line 5, in <module>\\n(.*\\n)*.*line 4, in f\\n(.*\\n)*ZeroDivisionError', '\\.session_code\\.js:1'),
    );
    expect(awaited.run.stderr).not.toMatch(/asyncio\/|_golem_exec|evaluate/);
    const unfinished = await failure(session.evaluate(pick('1 +', '1 +')));
    expect([unfinished.tag, unfinished.run.stdout]).toEqual(['compilation-failed', '']);
    expect(unfinished.compile?.stderr).not.toMatch(/_golem_exec/);
    const rejected = await failure(
      session.evaluate(pick('async def f(): raise KeyError("k")\nf()', 'Promise.reject(new RangeError("k"))')),
    );
    expect([rejected.tag, rejected.run.exitCode]).toEqual(['runtime-failed', 1]);
    expect((await session.evaluate('x')).value).toEqual({ kind: 'data', data: 1 });
  });

  test('stopped at its deadline, also by a value that never ends to be shown', async () => {
    await using session = await executor().openSession({ language, limits: { timeMs: 400 } });
    const endless = pick(
      'class C:\n  def __repr__(self):\n    while True: pass\nC()',
      '({ [Symbol.for("nodejs.util.inspect.custom")]() { for (;;); } , f() {} })',
    );
    for (const code of [pick('while True: pass', 'for (;;);'), endless]) {
      expect((await failure(session.evaluate(code))).tag).toBe('timeout');
    }
    expect((await session.evaluate('1')).value).toEqual({ kind: 'data', data: 1 });
  });

  test('a program that spoils what evaluates it has its own value spoilt, and no more', async () => {
    await using session = await open();
    const hostile = pick(
      `
import builtins, json, gc, sys
def no(*_, **__): raise SystemExit(9)
json.dumps = json.JSONEncoder = gc.disable = gc.enable = no
for name in ("len", "type", "repr", "eval", "compile", "issubclass", "dict", "str", "int", "map", "set", "list", "max"):
    setattr(builtins, name, no)
{"a": [1]}`,
      `
const no = () => { process.exit(9); };
for (const prototype of [Object.prototype, Array.prototype, String.prototype, Number.prototype])
  for (const name of ["toJSON", "get", "set", "value", "data", "text", "5", "0"])
    Object.defineProperty(prototype, name, { __proto__: null, get: no, set: no, configurable: true });
for (const name of ["keys", "getOwnPropertyDescriptor", "getPrototypeOf", "defineProperty"]) Object[name] = Reflect[name] = no;
JSON.stringify = JSON.parse = Map.prototype.set = Map.prototype.get = Array.prototype.join = Array.prototype[Symbol.iterator] = no;
globalThis.Map = globalThis.Object = no;
({ a: [1] })`,
    );
    expect(await session.evaluate(hostile)).toMatchObject({
      run: { exitCode: 0 },
      value: { kind: 'data', data: { a: [1] } },
    });
    expect((await session.evaluate('[1]')).value).toEqual({ kind: 'data', data: [1] });
  });

  test('programs do not see that they are evaluated, and cannot ask for it', async () => {
    await using session = await executor().openSession({ language, env: { EXEC_EVALUATE: '1' } });
    const names = pick(
      'import os; sorted(n for n in os.environ if n.startswith("EXEC_"))',
      'Object.keys(process.env).filter((n) => n.startsWith("EXEC_"))',
    );
    // The variable is one of the request's, no more.
    expect((await session.evaluate(names)).value).toEqual({ kind: 'data', data: ['EXEC_EVALUATE'] });
    const { run } = await session.run({ code: pick('5', '5') });
    expect(run).toEqual({ stdout: '', stderr: '', exitCode: 0 });
  });

  test('malformed requests', async () => {
    await using session = await open();
    await expect(session.evaluate(5 as never)).rejects.toThrow(InvalidRequestError);
    await expect(session.evaluate('1', { entrypoint: 'x' } as never)).rejects.toThrow(/entrypoint/);
    await expect(session.evaluate('1', { code: 'x' } as never)).rejects.toThrow(/code/);
    const stopped = new AbortController();
    stopped.abort(new Error('enough'));
    await expect(session.evaluate('1', { signal: stopped.signal })).rejects.toThrow('enough');
    await session.close();
    await expect(session.evaluate('1')).rejects.toThrow(ExecError);
  });
});
