import { describe, expect, test } from 'vitest';
import { type Row, useExecutor } from './support.ts';

const run = useExecutor();

/** Fails, or prints something else, if anything of the programs below is left. */
const looksClean = `
const assert = require("node:assert"), util = require("node:util");
assert.deepStrictEqual(Object.keys(globalThis).filter((name) => name.startsWith("evil")), []);
assert.strictEqual("polluted" in {}, false);
assert.deepStrictEqual([3, 1, 2].map((x) => x * 2).sort(), [2, 4, 6]);
assert.strictEqual(JSON.stringify({ a: [1, new Date(0)] }), '{"a":[1,"1970-01-01T00:00:00.000Z"]}');
assert.strictEqual(util.inspect({ a: new Map([[1, "x"]]) }), "{ a: Map(1) { 1 => 'x' } }");
assert.strictEqual(String(Symbol.iterator), "Symbol(Symbol.iterator)");
assert.strictEqual(process.listenerCount?.("exit") ?? 0, 0);
Promise.resolve("clean").then((text) => process.nextTick(() => setTimeout(() => console.log(text, process.cwd()))));
`;

const limits = { timeMs: 400 };
const timeout = { tag: 'timeout' } as const;

/** Programs that spoil whatever they can reach of the interpreter, and what they come to. */
const hostile: Readonly<Record<string, Row>> = {
  'pollutes the prototypes': [
    'for (const p of [Object, Array, String, Function, Promise, Map, Error].map((c) => c.prototype)) { p.polluted = 1; p.then = undefined; for (const n of ["value", "get", "set", "code"]) p[n] ??= 1; } console.log({}.polluted);',
    '1\n',
  ],
  'makes the engine name what is called, in code that is hard to read': [
    `const told = (code) => { try { new Function('o', code)({}); } catch (e) { return e.message.length < 300 ? e.message : 'long'; } };
     console.log(told('if (o.q) return;'.repeat(20000) + 'o.nope()').slice(-17), told('o' + '.a'.repeat(5000)).length > 0);
     console.log(told('(' + 'o?.x ?? '.repeat(2000) + '0)()'), told('o[' + 'o['.repeat(400) + '1]' + ']'.repeat(400) + '()'));
     console.log(told('o["' + 'x'.repeat(5000) + '"]()').length < 300, told('for (;;) { try { continue; } finally { o.a(); } }'), told('(2n ** 5000n)()').endsWith('is not a function'));
     console.log(told('o["\\u{10ffff}\\0\\n"]()').length < 60, told('with (o) { o.z(); }'), told('o.a?.b?.c.d(); switch (o.x()) { default: }'), told('var { a: { b } = o.c() } = o;'));
     let n = 0; for (let i = 0; i < 2000; i++) try { o_(); } catch { n++; } console.log(n);
     const deep = () => { try { deep(); } catch { undefined.x(); } }; try { deep(); } catch (e) { console.log(e.name); }`,
    { tag: 'ok', stdout: expect.stringMatching(/\n2000\n\w+Error\n$/) as unknown as string },
  ],
  'puts setters on Object.prototype for what the runtime may set': [
    'for (const n of ["code", "stack", "encoding", "0", "length", "value"]) Object.defineProperty(Object.prototype, n, { __proto__: null, set() { throw new Error("set " + n); }, get() { return undefined; }, configurable: true }); console.log([1, "a"], "b");',
    "[ 1, 'a' ] b\n",
  ],
  'replaces functions of the language': [
    'for (const c of [Array, String, Map, Set, RegExp, Promise, Function]) for (const n of Object.getOwnPropertyNames(c.prototype)) { if (n === "constructor") continue; try { c.prototype[n] = () => { throw new Error("evil"); }; } catch {} } Reflect.apply = JSON.stringify = Object.keys = null; console.log("still", { a: [1] });',
    'still { a: [ 1 ] }\n',
  ],
  'breaks iteration': [
    'Array.prototype[Symbol.iterator] = function* () { throw new Error("evil"); }; Object.getPrototypeOf([].values()).next = () => { throw new Error("evil"); }; console.log([1], new Map([]), 2);',
    { tag: 'runtime-failed', exitCode: 1 },
  ],
  'deletes the globals': [
    'for (const n of Object.getOwnPropertyNames(globalThis)) { if (n !== "console") try { delete globalThis[n]; } catch {} } console.log("alone");',
    'alone\n',
  ],
  'leaves globals, timers and listeners': [
    'globalThis.evil = 1; process.on("exit", () => console.log("bye")); setTimeout(() => {}, 100000); process.chdir("/tmp"); process.exit(0);',
    'bye\n',
  ],
  'shows an object whose getters throw': [
    'console.log({ get a() { throw new Error("evil"); }, [Symbol.toStringTag]: { toString() { throw 1; } } }); console.log("on");',
    { tag: 'ok', stdout: expect.stringMatching(/on\n$/) as unknown as string },
  ],
  'shows a proxy that lies and throws': [
    'const h = new Proxy({}, { get() { return () => { throw new Error("evil"); }; } }); console.log(new Proxy({ a: 1 }, h), new Proxy([], { ownKeys: () => ["length", "x"] })); console.log("on");',
    { tag: 'ok', stdout: expect.stringMatching(/on\n$/) as unknown as string },
  ],
  'shows an object that shows itself and throws': [
    'console.log({ [require("util").inspect.custom]() { throw new Error("evil"); } });',
    /Error: evil/,
  ],
  'shows 100,000 nested arrays': [
    'let a = []; for (let i = 0; i < 100000; i++) a = [a]; console.log(a); console.log("on");',
    '[ [ [ [Array] ] ] ]\non\n',
  ],
  'makes JSON of 100,000 nested arrays': [
    'let a = []; for (let i = 0; i < 100000; i++) a = [a]; try { JSON.stringify(a); } catch (e) { console.log(e.name); }',
    { tag: 'ok', stdout: expect.stringMatching(/^(RangeError|InternalError)\n$/) as unknown as string },
  ],
  'recurses without end': ['const f = () => f() + 1; f();', /(RangeError|InternalError): /],
  'recurses in getters, sorting and replacing': [
    'const o = { get x() { return this.x; } }; for (const f of [() => o.x, () => [2, 1].sort(function c() { return [2, 1].sort(c); }), () => "a".replace(/a/, function r() { return "a".replace(/a/, r); })]) try { f(); console.log("no"); } catch (e) { console.log(e instanceof Error); }',
    'true\ntrue\ntrue\n',
  ],
  'fills the queue of microtasks for ever': ['const f = () => Promise.resolve().then(f); f();', timeout, { limits }],
  'ticks for ever': ['const f = () => process.nextTick(f); f();', timeout, { limits }],
  'matches for ever': ['/^(a|a?)+$/.test("a".repeat(60) + "b");', timeout, { limits }],
  'computes for ever in one call': [
    '(3n ** 200000000n).toString();',
    { tag: expect.stringMatching(/^(timeout|runtime-failed|resource-exceeded)$/) as never },
    { limits },
  ],
  'loops in an exit handler, and in a getter that is shown': [
    'process.on("exit", () => { for (;;); }); console.log({ get a() { return 1; } });',
    timeout,
    { limits },
  ],
  'answers every question of a thenable': [
    'const t = { get then() { return (r) => r(t); } }; await t;',
    timeout,
    { limits, name: 'main.mjs' },
  ],
};

describe('a hostile program comes to its own end, and the next run finds nothing of it', () => {
  test.each(Object.entries(hostile))('%s', async (_, [source, expected, rest]) => {
    const ended = await run(source, { name: 'main.cjs', ...rest });
    if (typeof expected === 'string') expect(ended).toMatchObject({ tag: 'ok', stdout: expected, stderr: '' });
    else if (expected instanceof RegExp) {
      expect(ended).toMatchObject({ tag: 'runtime-failed', exitCode: 1, stderr: expect.stringMatching(expected) });
    } else expect(ended).toMatchObject(expected);
    const next = await run(looksClean, { name: 'main.cjs' });
    expect(next).toEqual({ tag: 'ok', exitCode: 0, stdout: 'clean /app\n', stderr: '' });
  });
});
