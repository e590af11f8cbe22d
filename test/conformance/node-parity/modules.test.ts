import { testParity } from './oracle.ts';

/** A program that tries specifiers and shows what each comes to: an exported name, or the error. */
const tryImports = (specifiers: readonly string[]): string => `
for (const s of ${JSON.stringify(specifiers)}) {
  try { const m = await import(s); console.log(s, Object.keys(m).sort().join(), typeof m.default === "function" ? "f" : m.default); }
  catch (e) { console.log(s, e.name, e.code, e.message); }
}`;
const tryRequires = (specifiers: readonly string[]): string => `
for (const s of ${JSON.stringify(specifiers)}) {
  try { const m = require(s); console.log(s, typeof m, typeof m === "object" ? Object.keys(m).join() : m); }
  catch (e) { console.log(s, e.name, e.code, e.message, e.requireStack?.join()); }
}`;

const exportsPackage = {
  'node_modules/pkg/package.json': JSON.stringify({
    name: 'pkg',
    version: '1.0.0',
    exports: {
      '.': { import: './main.mjs', require: './main.cjs' },
      './sub': './sub.js',
      './cond': {
        browser: './none.js',
        node: { import: './n-import.mjs', default: './n-default.cjs' },
        default: './d.js',
      },
      './features/*.js': './features/*.js',
      './features/*': './features/*.js',
      './features/private/*': null,
      './assets/*': './assets/*',
      './array': ['./first.js', './second.js'],
      './bad': 'no-dot.js',
      './outside': './../outside.js',
      './missing': './not-there.js',
      './nested': { import: { default: './n-import.mjs' }, require: './main.cjs' },
      './nocond': { browser: './main.mjs' },
      './package.json': './package.json',
      './two/*/x/*.js': './features/*.js',
      './nm': './node_modules/x.js',
    },
  }),
  'node_modules/pkg/main.mjs': 'export default "main.mjs";',
  'node_modules/pkg/main.cjs': 'module.exports = "main.cjs";',
  'node_modules/pkg/sub.js': 'module.exports = "sub.js";',
  'node_modules/pkg/n-import.mjs': 'export default "n-import";',
  'node_modules/pkg/n-default.cjs': 'module.exports = "n-default";',
  'node_modules/pkg/d.js': 'module.exports = "d";',
  'node_modules/pkg/first.js': 'module.exports = "first";',
  'node_modules/pkg/features/a.js': 'module.exports = "feature a";',
  'node_modules/pkg/features/b/c.js': 'module.exports = "feature b/c";',
  'node_modules/pkg/features/private/p.js': 'module.exports = "private";',
  'node_modules/pkg/assets/x.json': '{"x": 1}',
  'node_modules/pkg/hidden.js': 'module.exports = "hidden";',
};
const exportsSpecifiers = [
  'pkg',
  'pkg/sub',
  'pkg/cond',
  'pkg/features/a.js',
  'pkg/features/a',
  'pkg/features/b/c',
  'pkg/features/private/p',
  'pkg/features/none',
  'pkg/array',
  'pkg/bad',
  'pkg/outside',
  'pkg/missing',
  'pkg/nested',
  'pkg/nocond',
  'pkg/hidden.js',
  'pkg/',
  'pkg/sub.js',
  'pkg/two/a/x/a.js',
  'pkg/nm',
  'pkg/features/../hidden.js',
  'pkg//sub',
  'pkg/features/',
];

const plain = {
  'node_modules/main-js/package.json': '{"name":"main-js","main":"lib/index.js"}',
  'node_modules/main-js/lib/index.js': 'exports.at = "lib/index.js";',
  'node_modules/main-dir/package.json': '{"main":"lib"}',
  'node_modules/main-dir/lib/index.js': 'exports.at = "lib/index";',
  'node_modules/main-ext/package.json': '{"main":"./entry"}',
  'node_modules/main-ext/entry.js': 'exports.at = "entry.js";',
  'node_modules/main-gone/package.json': '{"main":"./gone.js"}',
  'node_modules/main-gone/index.js': 'exports.at = "fallback index";',
  'node_modules/no-main/index.js': 'exports.at = "index.js";',
  'node_modules/no-main/other.js': 'exports.at = "other.js";',
  'node_modules/no-main/dir/index.js': 'exports.at = "dir/index.js";',
  'node_modules/json-main/index.json': '{"at":"index.json"}',
  'node_modules/empty/package.json': '{}',
  'node_modules/@scope/one/package.json': '{"name":"@scope/one","type":"module","exports":"./m.js"}',
  'node_modules/@scope/one/m.js': 'export const at = "@scope/one";',
  'node_modules/@scope/two/index.js': 'exports.at = "@scope/two";',
  'node_modules/esm/package.json': '{"type":"module","main":"./m.js"}',
  'node_modules/esm/m.js': 'export const at = "esm"; export default 1;',
  'node_modules/file.js': 'exports.at = "file.js in node_modules";',
  'node_modules/broken/package.json': '{"main": ',
};
const plainSpecifiers = [
  'main-js',
  'main-js/lib/index.js',
  'main-js/lib/index',
  'main-js/lib',
  'main-dir',
  'main-ext',
  'main-gone',
  'no-main',
  'no-main/other',
  'no-main/other.js',
  'no-main/dir',
  'json-main',
  'empty',
  '@scope/one',
  '@scope/two',
  '@scope/three',
  '@scope',
  'esm',
  'file.js',
  'file',
  'none',
  'none/sub',
  '@scope/one/m.js',
  'broken',
];

testParity('packages', {
  'exports, imported': { 'main.mjs': tryImports(exportsSpecifiers), ...exportsPackage },
  'exports, required': { 'main.cjs': tryRequires(exportsSpecifiers), ...exportsPackage },
  'main, required': { 'main.cjs': tryRequires(plainSpecifiers), ...plain },
  'main, imported': {
    'main.mjs': tryImports(
      plainSpecifiers.filter(
        (s) =>
          s !== 'no-main/other' &&
          s !== 'file.js' &&
          s !== 'no-main/dir' &&
          s !== 'main-js/lib/index' &&
          s !== 'main-js/lib' &&
          s !== 'file' &&
          s !== 'json-main' &&
          s !== 'main-dir' &&
          s !== 'main-ext',
      ),
    ),
    ...plain,
  },
  'of folders above, the nearest first': {
    'a/b/main.mjs': 'import x from "x"; import y from "y"; console.log(x, y);',
    'a/b/node_modules/x/index.js': 'module.exports = "near";',
    'node_modules/x/index.js': 'module.exports = "far";',
    'a/node_modules/y/index.js': 'module.exports = "middle";',
    'node_modules/y/index.js': 'module.exports = "far";',
  },
  'self reference': {
    'main.mjs': `import a from "me"; import b from "me/sub"; console.log(a, b);${tryImports(['me/none'])}`,
    'package.json': '{"name":"me","exports":{".":"./self.mjs","./sub":{"import":"./sub.mjs"}}}',
    'self.mjs': 'export default "self";',
    'sub.mjs': 'export default "sub";',
  },
  'self reference without exports is none': {
    'main.mjs': tryImports(['me']),
    'package.json': '{"name":"me","main":"./self.mjs"}',
    'self.mjs': 'export default 1;',
  },
  'imports of package.json': {
    'main.mjs': `${tryImports(['#a', '#b/x', '#dep', '#cond', '#none', '#', '#/x', '#null', '#b/none', '#url', '#fs'])}`,
    'package.json':
      '{"imports":{"#a":"./a.mjs","#b/*":"./b/*.mjs","#dep":"dep","#cond":{"require":"./r.cjs","import":"./i.mjs"},"#null":null,"#fs":"node:fs/promises"}}',
    'a.mjs': 'export default "a";',
    'b/x.mjs': 'export default "b/x";',
    'i.mjs': 'export default "i";',
    'r.cjs': 'module.exports = "r";',
    'node_modules/dep/index.js': 'module.exports = "dep";',
  },
  'imports of package.json, required': {
    'main.cjs': tryRequires(['#a', '#b/x', '#dep', '#cond', '#none']),
    'package.json':
      '{"imports":{"#a":"./a.cjs","#b/*":"./b/*.cjs","#dep":"dep","#cond":{"require":"./r.cjs","import":"./i.mjs"}}}',
    'a.cjs': 'module.exports = "a";',
    'b/x.cjs': 'module.exports = "b/x";',
    'r.cjs': 'module.exports = "r";',
    'node_modules/dep/index.js': 'module.exports = "dep";',
  },
  'no imports at all': { 'main.mjs': tryImports(['#x']) },
  'module-sync and custom conditions': {
    'main.mjs': 'import x from "p"; console.log(x);',
    'node_modules/p/package.json': '{"exports":{"module-sync":"./s.mjs","default":"./d.cjs"}}',
    'node_modules/p/s.mjs': 'export default "sync";',
    'node_modules/p/d.cjs': 'module.exports = "default";',
  },
  'module-sync, required': {
    'main.cjs': 'console.log(require("p").default ?? require("p"));',
    'node_modules/p/package.json': '{"exports":{"module-sync":"./s.mjs","default":"./d.cjs"}}',
    'node_modules/p/s.mjs': 'export default "sync";',
    'node_modules/p/d.cjs': 'module.exports = "default";',
  },
  'sugar and numeric keys': {
    'main.mjs': tryImports(['p', 'q', 'r', 's']),
    'node_modules/p/package.json': '{"exports":{"import":"./m.mjs","default":"./m.cjs"}}',
    'node_modules/p/m.mjs': 'export default "p";',
    'node_modules/q/package.json': '{"exports":{".":"./m.mjs","import":"./m.mjs"}}',
    'node_modules/r/package.json': '{"exports":{"0":"./m.mjs"}}',
    'node_modules/s/package.json': '{"exports":["./m.mjs"]}',
    'node_modules/s/m.mjs': 'export default "s";',
  },
});

testParity('specifiers of ES modules', {
  'that are missing or odd': {
    'main.mjs': tryImports([
      './none.mjs',
      '/none/abs.mjs',
      '../up.mjs',
      'none',
      'node:none',
      'foo:bar',
      'data:text/plain,x',
      ' ',
      './a%2fb.mjs',
      './a%5cb.mjs',
      './sp%20ace.mjs',
      './q.mjs?x=1',
      './q.mjs#h',
      '@',
      '@x',
      './data.json',
      'file:///nope.mjs',
      'file://host/x.mjs',
      './noext',
      './dir/index.mjs',
      './unknown.xyz',
      './wasm.wasm',
    ]).replaceAll('typeof m.default === "function" ? "f" : m.default', 'typeof m.default'),
    'dir/index.mjs': 'export default 1;',
    'sp ace.mjs': 'export default "space";',
    'q.mjs': 'export default "q";',
    'data.json': '{}',
    noext: 'export default "no extension";',
    'unknown.xyz': '1',
  },
  'with a query are modules of their own': {
    'main.mjs':
      'import * as a from "./q.mjs"; import * as b from "./q.mjs?x=1"; import * as c from "./q.mjs?x=1"; import * as d from "./q.mjs#x"; console.log(a === b, b === c, a === d, a.url, b.url, d.url, globalThis.n);',
    'q.mjs': 'globalThis.n = (globalThis.n ?? 0) + 1; export const url = import.meta.url;',
  },
  'in percent escapes are the same module': {
    'main.mjs':
      'import * as a from "./x%20y.mjs"; import * as b from "./x y.mjs"; console.log(a === b, a.url, a.file);',
    'x y.mjs': 'export const url = import.meta.url, file = import.meta.filename;',
  },
  'data: URLs':
    'import a from "data:text/javascript,export default 5"; import b from "data:text/javascript;base64,ZXhwb3J0IGRlZmF1bHQgNg=="; import c from "data:application/json,{%22x%22:7}" with { type: "json" }; console.log(a, b, c.x); console.log((await import("data:text/javascript;charset=utf-8,export default import.meta.url")).default); const m = await import("data:text/javascript,import fs from %22node:fs%22; export default typeof fs.readFileSync"); console.log(m.default);',
  'data: URLs that go wrong': tryImports([
    'data:text/javascript,import "./x.mjs"',
    'data:text/javascript,import "bare"',
    'data:application/json,{}',
    'data:text/css,a',
    'data:',
    'data:text/javascript',
    'data:text/javascript,throw new Error("inside")',
  ]),
  'data: URLs are cached':
    'const u = "data:text/javascript,globalThis.n = (globalThis.n ?? 0) + 1; export default globalThis.n"; console.log((await import(u)).default, (await import(u)).default, (await import(u + " ")).default);',
  'import.meta':
    'console.log(Object.keys(import.meta).sort().join(), import.meta.url, import.meta.filename, import.meta.dirname, import.meta.main, Object.getPrototypeOf(import.meta), typeof import.meta.resolve);',
  'import.meta.resolve': {
    'main.mjs':
      'for (const s of ["./x.mjs", "./none.mjs", "fs", "node:fs", "dep", "data:text/javascript,1", "https://a/b", "../up.js", "/abs.js", "#in", "file:///x.js", "./d/"]) { console.log(import.meta.resolve(s)); } for (const s of ["none", "@x", "node:none", "dep/none"]) try { console.log(import.meta.resolve(s)); } catch (e) { console.log(e.name, e.code, e.message); }',
    'x.mjs': '',
    'package.json': '{"imports":{"#in":"./x.mjs"}}',
    'node_modules/dep/package.json': '{"exports":"./d.js"}',
    'node_modules/dep/d.js': '',
  },
  'import.meta.main of an imported module': {
    'main.mjs': 'import "./a.mjs"; console.log(import.meta.main);',
    'a.mjs': 'console.log(import.meta.main);',
  },
});

testParity('ES modules', {
  'order of evaluation': {
    'main.mjs': 'import "./a.mjs"; import "./b.mjs"; console.log("main");',
    'a.mjs': 'import "./c.mjs"; console.log("a");',
    'b.mjs': 'import "./c.mjs"; console.log("b");',
    'c.mjs': 'console.log("c");',
  },
  'order with top-level await': {
    'main.mjs': 'import "./a.mjs"; import "./b.mjs"; console.log("main");',
    'a.mjs': 'console.log("a1"); await 0; console.log("a2");',
    'b.mjs': 'console.log("b1"); await 0; console.log("b2");',
  },
  cycles: {
    'main.mjs': 'import { a } from "./a.mjs"; console.log(a());',
    'a.mjs': 'import { b } from "./b.mjs"; export function a() { return "a" + b(); }',
    'b.mjs': 'import { a } from "./a.mjs"; export function b() { return "b" + typeof a; }',
  },
  'cycles into the dead zone': {
    'main.mjs': 'import "./a.mjs";',
    'a.mjs': 'import { b } from "./b.mjs"; export const a = 1;',
    'b.mjs':
      'import { a } from "./a.mjs"; try { console.log(a); } catch (e) { console.log(e.name); } export const b = 2;',
  },
  'export forms': {
    'main.mjs':
      'import d, * as ns from "./a.mjs"; import { default as e, x as y, "quoted name" as q } from "./a.mjs"; console.log(d, e, y, q, Object.keys(ns).sort().join(), ns[Symbol.toStringTag], ns.star.x);',
    'a.mjs':
      'const v = 5; export default v; export let x = 1; export { v as "quoted name" }; export * from "./b.mjs"; export * as star from "./b.mjs"; export { z as w } from "./b.mjs"; x = 2;',
    'b.mjs': 'export const x = "b x", z = "z", only = 1; export default "not this";',
  },
  namespaces: {
    'main.mjs':
      'import * as ns from "./a.mjs"; console.log(ns, Object.isFrozen(ns), Object.isSealed(ns), Reflect.ownKeys(ns).length); try { ns.a = 1; } catch (e) { console.log(e.name); } try { delete ns.a; } catch (e) { console.log(e.name); } console.log("a" in ns, "z" in ns, Object.getOwnPropertyDescriptor(ns, "a"));',
    'a.mjs': 'export const a = 1; export default class K {}; export function f() {}',
  },
  'a missing name': {
    'main.mjs':
      'try { await import("./b.mjs"); } catch (e) { console.log(e.name); } try { await import("./c.mjs"); } catch (e) { console.log(e.name); }',
    'b.mjs': 'import { nope } from "./a.mjs";',
    'c.mjs': 'import d from "./a.mjs";',
    'a.mjs': 'export const a = 1;',
  },
  'ambiguous names of export *': {
    'main.mjs':
      'import * as ns from "./a.mjs"; console.log(Object.keys(ns)); try { await import("./d.mjs"); } catch (e) { console.log(e.name); }',
    'a.mjs': 'export * from "./b.mjs"; export * from "./c.mjs";',
    'b.mjs': 'export const x = 1, y = 1;',
    'c.mjs': 'export const x = 2, z = 2;',
    'd.mjs': 'import { x } from "./a.mjs";',
  },
  'an error while evaluating is kept': {
    'main.mjs':
      'for (let i = 0; i < 2; i++) try { await import("./a.mjs"); } catch (e) { console.log(e.message, globalThis.n); }',
    'a.mjs': 'globalThis.n = (globalThis.n ?? 0) + 1; throw new Error("x" + n);',
  },
  'syntax errors can be caught': {
    'main.mjs': 'try { await import("./a.mjs"); } catch (e) { console.log(e.name); }',
    'a.mjs': 'let = ;',
  },
  'a missing file of an import of an import': {
    'main.mjs': 'try { await import("./a.mjs"); } catch (e) { console.log(e.code, e.message, e.url); }',
    'a.mjs': 'import "./none.mjs";',
  },
  'import() with a value that is no text':
    'for (const v of [1, null, undefined, {}, { toString() { return "node:path"; } }]) try { console.log(typeof (await import(v)).join); } catch (e) { console.log(e.code, e.message); } try { await import(Symbol()); } catch (e) { console.log(e.name); }',
  'this and strictness':
    'console.log(this, (function () { return this; })(), typeof require, typeof module, typeof __filename, typeof exports); try { undeclared = 1; } catch (e) { console.log(e.name); }',
  JSON: {
    'main.mjs':
      'import j from "./j.json" with { type: "json" }; import * as ns from "./j.json" with { type: "json" }; console.log(j, Object.keys(ns), (await import("./j.json", { with: { type: "json" } })).default === j);',
    'j.json': '{"a":[1,{"b":null}]}',
  },
  'attributes that are wrong': {
    'main.mjs': `for (const [s, w] of [["./j.json", undefined], ["./j.json", { type: "css" }], ["./j.json", { kind: "json" }], ["./a.mjs", { type: "json" }], ["./bad.json", { type: "json" }], ["./none.json", { type: "json" }], ["./a.mjs", { type: "javascript" }]]) try { console.log((await import(s, w && { with: w })).default); } catch (e) { console.log(e.name, e.code, e.message.split("\\n")[0].replace(/at position.*/, "")); }`,
    'j.json': '[]',
    'a.mjs': '',
    'bad.json': '{"a" 1}',
  },
  'built-in modules by every name':
    'import { builtinModules, isBuiltin, createRequire } from "node:module"; import * as path from "path"; import { default as p2, join } from "node:path"; console.log(path.default === p2, join === p2.join, isBuiltin("fs"), isBuiltin("node:fs"), isBuiltin("none"), isBuiltin("node:none"), builtinModules.includes("fs"), createRequire(import.meta.url)("path") === p2);',
  'a module is evaluated once by every way': {
    'main.mjs':
      'import "./a.mjs"; await import("./a.mjs"); await import(new URL("./a.mjs", import.meta.url).href); await import(import.meta.dirname + "/a.mjs"); import "./b/../a.mjs"; console.log("end");'.replace(
        'new URL("./a.mjs", import.meta.url).href',
        'import.meta.resolve("./a.mjs")',
      ),
    'a.mjs': 'console.log("a");',
  },
  'import() in eval and Function': {
    'main.mjs':
      'console.log((await eval("import(\'./a.mjs\')")).default); console.log((await (0, eval)("import(\'node:path\')")).sep);',
    'a.mjs': 'export default "a";',
  },
  'links to modules are what they point to': {
    'main.mjs':
      'import fs from "node:fs"; fs.symlinkSync("a.mjs", "l.mjs"); const a = await import("./a.mjs"), l = await import("./l.mjs"); console.log(a === l, l.url);',
    'a.mjs': 'export const url = import.meta.url;',
  },
});

testParity('CommonJS', {
  'files, extensions and folders': {
    'main.cjs': tryRequires([
      './a',
      './a.js',
      './j',
      './j.json',
      './d',
      './d/',
      './e',
      './e/../a',
      '.',
      './',
      './c.cjs',
      './none',
      '../none',
      './m.mjs',
      './nodot.x',
      './both',
      './both/',
      '/none/x',
    ]),
    'a.js': 'module.exports = "a";',
    'j.json': '{"j":1}',
    'd/index.js': 'module.exports = "d";',
    'e/package.json': '{"main":"x"}',
    'e/x.js': 'module.exports = "e";',
    'index.js': 'module.exports = "index";',
    'c.cjs': 'module.exports = "c";',
    'm.mjs': 'export const m = 1;',
    'nodot.x': 'module.exports = "x";',
    'both.js': 'module.exports = "both file";',
    'both/index.js': 'module.exports = "both folder";',
  },
  module: {
    'main.cjs':
      'console.log(module.id, module.filename, module.path, module.loaded, module.parent, module.children.length, module.paths.slice(0, 2).join(), module.exports === exports, require.main === module, this === exports, module.constructor.name, Object.keys(module).join(), module.isPreloading); const c = require("./c.cjs"); console.log(JSON.stringify(c), module.children.length, module.children[0].loaded, module.children[0].id, require.cache[module.filename] === module);',
    'c.cjs':
      'module.exports = [module.id, module.parent?.id, module.loaded, require.main === module, require.main.filename];',
  },
  'module.paths in a folder': {
    'a/b/main.cjs':
      'console.log(module.paths.slice(0, 4).join("\\n")); console.log(require.resolve.paths("x").slice(0, 3).join("\\n"), require.resolve.paths("./x").join(), require.resolve.paths("fs"));',
  },
  require: {
    'main.cjs':
      'console.log(typeof require, require.name, require.length, Object.keys(require).join(), typeof require.resolve, typeof require.extensions, Object.keys(require.extensions).slice(0, 3).join(), require.main === module); for (const v of [undefined, null, 1, {}, ""]) try { require(v); } catch (e) { console.log(e.name, e.code, e.message); }',
  },
  'require.resolve': {
    'main.cjs':
      'console.log(require.resolve("./a"), require.resolve("fs"), require.resolve("node:fs"), require.resolve("dep"), require.resolve("x", { paths: ["/app/other"] }), require.resolve("./y", { paths: ["/app/other", "./other"] })); for (const [s, o] of [["none"], ["./none"], ["x"], ["x", { paths: ["/none"] }], ["./a", { paths: [] }], ["dep/none"], [5], ["a", { paths: 5 }]]) try { console.log(require.resolve(s, o)); } catch (e) { console.log(e.code, e.message, e.requireStack?.join()); }'.replaceAll(
        '/app/other',
        './other',
      ),
    'a.js': '',
    'node_modules/dep/index.js': '',
    'other/node_modules/x/index.js': '',
    'other/y.js': '',
  },
  'require.cache': {
    'main.cjs':
      'const a = require("./a.cjs"); console.log(require("./a.cjs") === a, Object.keys(require.cache).join()); delete require.cache[require.resolve("./a.cjs")]; console.log(require("./a.cjs") === a, require("./a.cjs").n); require.cache[require.resolve("./b.cjs")] = { exports: "planted" }; console.log(require("./b.cjs")); require.cache.fs = { exports: "no" }; console.log(typeof require("node:fs"), "fs" in require.cache);',
    'a.cjs': 'globalThis.n = (globalThis.n ?? 0) + 1; exports.n = n;',
    'b.cjs': '',
  },
  cycles: {
    'main.cjs': 'const a = require("./a.cjs"); console.log(a);',
    'a.cjs': 'exports.x = 1; const b = require("./b.cjs"); exports.b = b; exports.y = 2;',
    'b.cjs': 'const a = require("./a.cjs"); exports.seen = Object.keys(a); exports.done = true;',
  },
  'an error while loading takes the module out of the cache': {
    'main.cjs':
      'for (let i = 0; i < 2; i++) try { require("./a.cjs"); } catch (e) { console.log(e.message, Object.keys(require.cache).length, module.children.length); }',
    'a.cjs': 'globalThis.n = (globalThis.n ?? 0) + 1; throw new Error("x" + n);',
  },
  'exports of every kind': {
    'main.cjs':
      'for (const n of ["fn", "nul", "und", "num"]) { const m = require("./" + n); console.log(typeof m, m === null, typeof m === "function" ? m() : m); } console.log(require("./ret"), require("./assign"));',
    'fn.js': 'module.exports = () => "called";',
    'nul.js': 'module.exports = null;',
    'und.js': 'module.exports = undefined;',
    'num.js': 'module.exports = 5;',
    'ret.js': 'exports.a = 1; return; exports.b = 2;',
    'assign.js': 'exports = { lost: 1 }; exports.x = 2;',
  },
  'sloppy mode, return, hashbang': {
    'main.js':
      '#!/usr/bin/env node\nundeclared = 1; console.log(undeclared, typeof this, arguments.length, (function () { return this === globalThis; })(), 010); if (true) return; console.log("no");',
  },
  JSON: {
    'main.cjs':
      'const j = require("./j.json"); j.added = 1; console.log(require("./j.json").added, Array.isArray(require("./arr.json"))); try { require("./bad.json"); } catch (e) { console.log(e.name, e.message.split(":")[0]); } console.log(require("./bom.json"));',
    'j.json': '{"a":1}',
    'arr.json': '[1]',
    'bad.json': '{"a" 1}',
    'bom.json': '\ufeff{"bom":true}',
  },
  'ES modules, required': {
    'main.cjs':
      'const m = require("./m.mjs"); console.log(m.default, m.named, m.__esModule, Object.keys(m).sort().join(), m === require("./m.mjs"), Object.prototype.toString.call(m)); import("./m.mjs").then((n) => console.log(n === m)); const d = require("./d.mjs"); console.log(d); console.log(require("./x.mjs"));',
    'm.mjs': 'export default "d"; export const named = "n";',
    'd.mjs': 'class K {} export { K as "module.exports" }; export default 1;',
    'x.mjs': 'export const __esModule = true; export default "x";',
  },
  'ES modules with top-level await, required': {
    'main.cjs':
      'for (const s of ["./t.mjs", "./u.mjs"]) try { require(s); console.log("no"); } catch (e) { console.log(e.name, e.code); } import("./t.mjs").then((t) => console.log(t.default));',
    't.mjs': 'export default await Promise.resolve("t");',
    'u.mjs': 'import t from "./t.mjs"; export default t;',
  },
  'an ES module that throws, required': {
    'main.cjs': 'for (let i = 0; i < 2; i++) try { require("./t.mjs"); } catch (e) { console.log(e.message); }',
    't.mjs': 'throw new Error("inside");',
  },
  'main.mjs': 'import "./a.cjs"; console.log("main");',
  'syntax of modules in .js is detected': {
    'main.js':
      'import fs from "node:fs"; console.log(typeof fs.readFileSync, typeof require, import.meta.filename, this);',
  },
  'syntax of modules in .js, required': {
    'main.cjs': 'console.log(require("./m").x, require("./t").y);',
    'm.js': 'export const x = 1;',
    't.js': 'export const y = import.meta.url.length > 0;',
  },
  'top-level await in .js is detected': { 'main.js': 'console.log(await Promise.resolve(5));' },
  'const require in .js with await is detected': { 'main.js': 'const require = 5; await 0; console.log(require);' },
  'type: module, type: commonjs': {
    'main.js': 'import a from "./c/a.js"; import b from "./c/b.cjs"; console.log(a, b, typeof require);',
    'package.json': '{"type":"module"}',
    'c/package.json': '{"type":"commonjs"}',
    'c/a.js': 'module.exports = typeof require;',
    'c/b.cjs': 'module.exports = "b";',
  },
  'type: commonjs makes import an error': {
    'main.cjs': 'try { require("./a.js"); } catch (e) { console.log(e.name); }',
    'package.json': '{"type":"commonjs"}',
    'a.js': 'export const x = 1;',
  },
  'type: module makes require unknown': {
    'main.js': 'try { require("fs"); } catch (e) { console.log(e.name, e.message.split("\\n")[0]); }',
    'package.json': '{"type":"module"}',
  },
  'type in node_modules is its own': {
    'main.js': 'import x from "p"; console.log(x);',
    'package.json': '{"type":"module"}',
    'node_modules/p/index.js': 'module.exports = typeof require;',
  },
  createRequire: {
    'main.mjs':
      'import { createRequire } from "node:module"; const r = createRequire(import.meta.url); console.log(r("./a.cjs"), r.resolve("./a.cjs"), r("./sub/b.cjs")); const s = createRequire("/app/sub/x.js".replace("/app", import.meta.dirname)); console.log(s("./b.cjs")); console.log(createRequire(import.meta.dirname + "/sub/")("./b.cjs")); for (const v of ["./rel.js", 5, undefined, "https://x/y", {}]) try { createRequire(v); } catch (e) { console.log(e.code, e.message); }',
    'a.cjs': 'module.exports = "a";',
    'sub/b.cjs': 'module.exports = "b";',
  },
  Module: {
    'main.cjs':
      'const Module = require("module"); console.log(Module === Module.Module, module instanceof Module, typeof Module._load, typeof Module._resolveFilename, typeof Module.wrap, Module._nodeModulePaths("/a/b").join(), typeof Module._extensions[".js"], Module._cache === require.cache, Module.wrap("x"), typeof Module.prototype.require, typeof Module.prototype._compile, Module.builtinModules === require("node:module").builtinModules);',
  },
  'a module of one’s own': {
    'main.cjs':
      'const Module = require("module"); const m = new Module("/virtual/x.js", module); m.filename = "/virtual/x.js"; m.paths = []; m._compile("module.exports = 6 * 7; exports.file = __filename;", "/virtual/x.js"); console.log(m.exports, m.id);',
  },
  'patched _load and _resolveFilename': {
    'main.cjs':
      'const Module = require("module"); const load = Module._load; Module._load = function (request, ...rest) { return request === "fake" ? "faked" : load.call(this, request, ...rest); }; console.log(require("fake"), typeof require("fs").readFileSync);',
  },
  'require.extensions': {
    'main.cjs':
      'require.extensions[".txt"] = (m, f) => { m.exports = require("fs").readFileSync(f, "utf8"); }; console.log(require("./a.txt"), require("./a"));',
    'a.txt': 'text',
  },
  'built-in modules that shadow files': {
    'main.cjs': 'console.log(typeof require("fs").readFileSync, require("./fs"));',
    'fs.js': 'module.exports = "mine";',
    'node_modules/fs/index.js': 'module.exports = "no";',
  },
  'node: with an unknown name': {
    'main.cjs': tryRequires(['node:none', 'node:', 'node:fs/none', 'fs/none', 'node:test/none']),
  },
  links: {
    'main.cjs':
      'const fs = require("fs"); fs.symlinkSync("real", "link"); const a = require("./link/a.js"), b = require("./real/a.js"); console.log(a === b, a.file);',
    'real/a.js': 'exports.file = __filename;',
  },
});

testParity('names of CommonJS in ES modules', {
  'of every form that is seen': {
    'main.mjs':
      'for (const f of ["dot", "bracket", "define", "object", "es", "reexport", "babel", "spread", "cond", "getter", "fn"]) { const m = await import(`./${f}.cjs`); console.log(f, Object.keys(m).sort().join(), typeof m.default); }',
    'dot.cjs': 'exports.a = 1; module.exports.b = 2; exports.c = exports.d = 3;',
    'bracket.cjs': 'exports["a b"] = 1; module.exports["c"] = 2;',
    'define.cjs':
      'Object.defineProperty(exports, "a", { enumerable: true, value: 1 }); Object.defineProperty(exports, "b", { enumerable: true, get: function () { return 2; } });',
    'object.cjs': 'const a = 1, b = 2; module.exports = { a, b, "c": 3, d: 4 };',
    'es.cjs': 'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = "d"; exports.x = 1;',
    'reexport.cjs': 'module.exports = require("./dot.cjs");',
    'babel.cjs':
      '"use strict"; var _a = require("./dot.cjs"); Object.keys(_a).forEach(function (key) { if (key === "default" || key === "__esModule") return; if (key in exports && exports[key] === _a[key]) return; Object.defineProperty(exports, key, { enumerable: true, get: function () { return _a[key]; } }); });',
    'spread.cjs': 'module.exports = { ...require("./dot.cjs"), e: 1 };',
    'cond.cjs': 'if (globalThis.never) exports.hidden = 1; exports.shown = 2;',
    'getter.cjs':
      'exports.a = 1; let n = 0; Object.defineProperty(exports, "g", { enumerable: true, get() { return ++n; } });',
    'fn.cjs': 'module.exports = function f() {}; module.exports.x = 1;',
  },
  'default and module.exports': {
    'main.mjs':
      'import d, { x, "module.exports" as m } from "./a.cjs"; import * as ns from "./a.cjs"; console.log(d === m, x, Object.keys(ns).join(), ns.default === d); import es from "./es.cjs"; console.log(es);',
    'a.cjs': 'module.exports = { x: 1 };',
    'es.cjs': 'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = "d";',
  },
  'a name that is not there': {
    'main.mjs': 'try { await import("./b.mjs"); } catch (e) { console.log(e.name); }',
    'b.mjs': 'import { nope } from "./a.cjs";',
    'a.cjs': 'module.exports = { x: 1 };',
  },
  'names of what was loaded before': {
    'main.mjs':
      'import { createRequire } from "node:module"; createRequire(import.meta.url)("./a.cjs"); const m = await import("./a.cjs"); console.log(Object.keys(m).sort().join());',
    'a.cjs': 'const k = "dyn"; exports[k] = 1; exports.seen = 2;',
  },
  'values are those at the end of the evaluation': {
    'main.mjs': 'import { n } from "./a.cjs"; import a from "./a.cjs"; a.n = 5; console.log(n, a.n);',
    'a.cjs': 'exports.n = 1; exports.n = 2;',
  },
  'exports that are null': {
    'main.mjs': 'import a from "./a.cjs"; import b from "./b.cjs"; console.log(a, b);',
    'a.cjs': 'module.exports = null;',
    'b.cjs': 'module.exports = undefined;',
  },
  'an error while evaluating': {
    'main.mjs': 'try { await import("./a.cjs"); } catch (e) { console.log(e.message); }',
    'a.cjs': 'throw new Error("inside");',
  },
  'a syntax error': {
    'main.mjs': 'try { await import("./a.cjs"); } catch (e) { console.log(e.name); }',
    'a.cjs': 'let = ;',
  },
});
