import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { useExecutor } from './support.ts';

const run = useExecutor();

/** What Node itself prints is what is right. */
const programs: Readonly<Record<string, string>> = {
  'plain values': 'console.log(1, -0, 1n, "a", true, null, undefined, Symbol("s"), NaN, 1e21);',
  'values inside others':
    'console.log(["a", 1n, -0, null, undefined, Symbol.iterator], { a: "it\'s", "b-c": `"`, [Symbol("k")]: 1, 2: 3 });',
  'functions and classes':
    'console.log(function f() {}, () => {}, class A {}, class B extends Array {}, async function* g() {}, Math.max);',
  collections: 'console.log(new Map([["a", { b: 1 }], [1, new Set([2])]]), new Set(["x"]), new WeakMap(), new Map());',
  'typed arrays and buffers':
    'console.log(new Uint8Array([1, 2]), new Float64Array(2), new ArrayBuffer(3), Buffer.from("hi"));',
  'dates, patterns, boxed values, dates that are none':
    'console.log(new Date(0), /a+/gi, Object(1), Object("s"), [new Date(NaN)], Object(true));',
  'instances, null prototypes, tags':
    'class P { x = 1; #y = 2; get z() { return 1; } static s = 3 } console.log(new P(), Object.create(null), { __proto__: { a: 1 } }, { [Symbol.toStringTag]: "T" });',
  'accessors and nesting':
    'console.log({ get a() { return 1; }, set b(v) {}, get c() {}, set c(v) {} }, { a: { b: { c: { d: {} } } } }, [[[[1]]]]);',
  'long and sparse arrays':
    'console.log(Array.from({ length: 120 }, (_, i) => i), [1, , , 4], Object.assign([1], { x: 1 }), Array(3));',
  'what breaks lines':
    'console.log({ first: "a".repeat(50), second: "b".repeat(50) }, ["a".repeat(80), "b"], { a: ["x", { y: [1, 2, 3] }], m: new Map([["k", "v".repeat(80)]]) });',
  'promises, proxies, circles':
    'const o = { p: Promise.resolve(1), q: new Promise(() => {}) }; o.self = o; o.list = [o]; console.log(o, new Proxy({ a: 1 }, {}));',
  formats:
    'console.log("%s %d %i %f %j %o %O %% %c|", "s", 4.5, 4.5, "4.5", { a: 1 }, [1], { b: { c: {} } }, "css", "rest", 1);',
  'groups, counts, tables, assertions':
    'console.group("g"); console.log("in\\nside"); console.group(); console.log({ a: 1 }); console.groupEnd(); console.groupEnd(); console.log("out"); console.count(); console.count("x"); console.count(); console.countReset(); console.count(); console.assert(true, "no"); console.table([{ a: 1, b: "x" }, { a: 2 }]); console.table([1, "b"]); console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); console.log();',
  'texts of many kinds':
    'console.log(["\\n\\t\\u0001", "\\u{1F600}", "it\'s \\"q\\" `b`", "é"], { "": 1, "a b": 2 }, "a\\nb");',
  'errors inside others':
    'const e = new RangeError("bad", { cause: "why" }); e.stack = "RangeError: bad"; console.log({ e }, [Object.assign(e, { code: 1 })]);',
  'a function of their own':
    'const util = require("node:util"); console.log({ a: { [util.inspect.custom](depth, options) { return "mine " + depth; } } }, util.inspect("x"), util.format("%s", null));',
};

test.each(Object.entries(programs))('console shows as Node does: %s', async (_, source) => {
  const node = await promisify(execFile)(process.execPath, ['--input-type=commonjs', '-e', source], {
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  const own = await run(source, { name: 'main.cjs' });
  expect(own).toEqual({ tag: 'ok', exitCode: 0, stdout: node.stdout, stderr: node.stderr });
});

test('console.error, warn and trace go to standard error; time tells a time', async () => {
  const { stdout, stderr } = await run(
    'console.error("e"); console.warn("w"); console.trace("t"); console.time("x"); console.timeLog("x", { a: 1 }); console.timeEnd("x"); console.info("i"); console.debug("d");',
  );
  expect(stdout).toMatch(/^x: [\d.]+ms \{ a: 1 \}\nx: [\d.]+ms\ni\nd\n$/);
  expect(stderr).toMatch(/^e\nw\nTrace: t\n {4}at .*\/app\/main\.mjs:1/);
});
