/** Programs that spoil the prototypes before they call the runtime: it answers rightly all the same. */
import { describe, expect, test } from 'vitest';
import { endOf, lendExecutor } from '../integration/support.ts';

const executor = lendExecutor();

const names =
  'value get set writable code stack path main exports imports type name parent children filename loaded paths id ' +
  'directory suffix status due order position args callback handle waits encoding length reason data text attributes';

/** Ways to spoil them; each is a statement that stands before the program. */
const pollutions = {
  'setters and getters that throw': `for (const n of ${JSON.stringify(names.split(' '))}) Object.defineProperty(Object.prototype, n, { __proto__: null, configurable: true, get() { throw new Error("read " + n); }, set() { throw new Error("set " + n); } });`,
  'setters on the places of lists': `for (const p of [Object.prototype, Array.prototype]) for (let n = 0; n < 20; n++) Object.defineProperty(p, n, { __proto__: null, configurable: true, get() { throw new Error("read " + n); }, set() { throw new Error("set " + n); } });`,
  'values that look like settings': `Object.assign(Object.prototype, { main: "evil.js", exports: "./evil.js", imports: { "#own": "./evil.js" }, type: "module", name: "evil", paths: ["/evil"], code: "EVIL", value: 5, referenced: false, default: "evil", parent: null });`,
  'methods that throw': `const no = () => { throw new Error("evil"); }; for (const c of [Array, String, Map, Set, WeakSet, RegExp, Number, Uint8Array, Object.getPrototypeOf(Uint8Array)]) for (const n of Object.getOwnPropertyNames(c.prototype)) if (n !== "constructor" && typeof Object.getOwnPropertyDescriptor(c.prototype, n).value === "function") c.prototype[n] = no; for (const n of ["call", "apply", "bind", "toString"]) Function.prototype[n] = no; for (const o of [Object, Reflect, JSON, Math, Number, Array]) for (const n of Object.getOwnPropertyNames(o)) if (n !== "prototype" && typeof o[n] === "function" && o !== Object) o[n] = no;`,
} as const;

const files = [
  { name: 'a.mjs', content: 'export const a = "a"; export default 1;' },
  { name: 'b.cjs', content: 'exports.b = "b";' },
  { name: 'c.json', content: '{"c":["c"]}' },
  {
    name: 'meta/ä b.mjs',
    content:
      'const { meta } = { meta: import.meta }; console.log(meta === import.meta, meta.url, meta.dirname, meta.filename, meta.main, meta.resolve("../a.mjs"));',
  },
  { name: 'evil.js', content: 'throw new Error("evil.js was loaded");' },
  { name: 'package.json', content: '{"imports":{"#x":"./a.mjs"}}' },
  { name: 'node_modules/p/package.json', content: '{"exports":{".":{"import":"./i.mjs","require":"./r.cjs"}}}' },
  { name: 'node_modules/p/i.mjs', content: 'export default "i";' },
  { name: 'node_modules/p/r.cjs', content: 'module.exports = "r";' },
  { name: 'node_modules/q/index.js', content: 'module.exports = "q";' },
];

/** What the runtime does after that, and what is seen of it. */
const calls: Readonly<
  Record<string, readonly [source: string, stdout: string, rest?: { exitCode?: number; stderr?: RegExp }]>
> = {
  'timers, immediates, ticks, microtasks': [
    'setTimeout((x) => { console.log("t", x); setImmediate((y) => console.log("i", y), 2); const v = setInterval(() => { console.log("v"); clearInterval(v); }, 1); clearTimeout(setTimeout(() => console.log("no"), 1)); }, 1, 1); process.nextTick((x) => console.log("n", x), 0); queueMicrotask(() => console.log("q"));',
    'n 0\nq\nt 1\ni 2\nv\n',
  ],
  'console of nested data': [
    'console.log({ a: [1, { b: 2n }] }, [3], "s", new Map());',
    '{ a: [ 1, { b: 2n } ] } [ 3 ] s Map(0) {}\n',
  ],
  'console of an error': [
    'const e = new Error("shown"); e.stack = "Error: shown"; console.log(e); console.error("x");',
    '[Error: shown]\n',
    { stderr: /^x\n$/ },
  ],
  'import() of a file, a package, JSON, CommonJS, data:': [
    'const all = []; (async () => { const a = await import("./a.mjs"); const p = await import("p"); const c = await import("./c.json", { __proto__: null, with: { __proto__: null, type: "json" } }); const d = await import("data:text/javascript,export const d = 4"); console.log(a.a, p.default, c.default.c.length, d.d); const b = await import("./b.cjs"); console.log(b.b); })();',
    'a i 1 4\nb\n',
  ],
  'import.meta, which is made at its first use': [
    'import("./meta/ä b.mjs");',
    'true file:///app/meta/%C3%A4%20b.mjs /app/meta /app/meta/ä b.mjs false file:///app/a.mjs\n',
  ],
  'import() of what is missing': [
    'import("./none.mjs").catch((e) => console.log(e.message)); import("none").catch((e) => console.log(e.message));',
    "Cannot find module '/app/none.mjs' imported from /app/main.cjs\nCannot find package 'none' imported from /app/main.cjs\n",
  ],
  'require of a file, a package, JSON, an ES module': [
    'console.log(require("./b.cjs").b, require("p"), require("q"), require("./c.json").c.length, require("./a.mjs").a, require("#x").a, require.resolve("./b"));',
    'b r q 1 a a /app/b.cjs\n',
  ],
  'built-in modules by name, and paths that end with a slash': [
    'const fs = process.getBuiltinModule("fs"); console.log(fs.existsSync("./b.cjs"), fs.existsSync("./b.cjs/"), fs.existsSync("/app/"), process.getBuiltinModule("none"), fs.mkdirSync("new/inner", { __proto__: null, recursive: true }));',
    'true false true undefined new\n',
  ],
  'require of what is missing': [
    'try { require("./none"); } catch (e) { console.log(e.message); }',
    "Cannot find module './none'\nRequire stack:\n- /app/main.cjs\n",
  ],
  'built-in modules': [
    'console.log(require("node:path").sep, typeof require("fs").readFileSync, typeof require("os").platform);',
    '/ function function\n',
  ],
  'an exit code': ['process.exitCode = 3; console.log("x");', 'x\n', { exitCode: 3 }],
  'an exit at once': ['console.log("x"); process.exit(4);', 'x\n', { exitCode: 4 }],
  'an uncaught error': [
    'console.log("x"); throw new TypeError("mine");',
    'x\n',
    { exitCode: 1, stderr: /TypeError: mine\n {4}at / },
  ],
  'a rejection that nobody handles': [
    'console.log("x"); Promise.reject(new TypeError("mine"));',
    'x\n',
    { exitCode: 1, stderr: /TypeError: mine\n {4}at / },
  ],
  'a rejection with no error': [
    'Promise.reject(5); console.log("x");',
    'x\n',
    { exitCode: 1, stderr: /The promise rejected with the reason "5"/ },
  ],
  'a syntax error in what is required': [
    'try { require("./broken.cjs"); } catch (e) { console.log(e instanceof SyntaxError); }',
    'true\n',
  ],
};

describe.each(Object.entries(pollutions))('%s', (_, pollution) => {
  test.each(Object.entries(calls))('%s', async (_call, [source, stdout, { exitCode = 0, stderr = /^$/ } = {}]) => {
    const ended = await endOf(executor(), {
      language: 'javascript',
      files: [
        { name: 'main.cjs', content: `${pollution}\n${source}` },
        ...files,
        { name: 'broken.cjs', content: 'let = ;' },
      ],
    });
    expect(ended).toMatchObject({ stdout, exitCode, stderr: expect.stringMatching(stderr) });
    const next = { name: 'main.cjs', content: 'console.log([1].map((x) => x), "main" in {}, {}.value);' };
    const clean = await endOf(executor(), { language: 'javascript', files: [next] });
    expect(clean).toMatchObject({ tag: 'ok', stdout: '[ 1 ] false undefined\n', stderr: '' });
  });
});

test('parts of the runtime load after a program spoilt what their descriptors would inherit', async () => {
  const content = `${pollutions['setters and getters that throw']}
    console.log(typeof URL.canParse, typeof require("node:zlib").gzipSync, typeof Intl.NumberFormat, typeof Response);
    try { ({}).value; } catch (e) { console.log(e.message); }
    for (const n of Object.keys(Object.getOwnPropertyDescriptors(Object.prototype))) delete Object.prototype[n];
    console.log(new URL("http://user@host:8080/path").host, require("node:zlib").gunzipSync(require("node:zlib").gzipSync("text")).toString());`;
  const ended = await endOf(executor(), { language: 'javascript', files: [{ name: 'main.cjs', content }] });
  expect(ended).toMatchObject({
    tag: 'ok',
    stdout: 'function function function function\nread value\nhost:8080 text\n',
    stderr: '',
  });
});
