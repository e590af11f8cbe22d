import { describe } from 'vitest';
import { testRows, useExecutor } from './support.ts';

const run = useExecutor();

const files = [
  { name: 'lib/one.mjs', content: 'export const one = 1; export default "default";' },
  { name: 'lib/data.json', content: '{"n": 7}' },
  {
    name: 'lib/old.cjs',
    content: 'exports.loads = (exports.loads ?? 0) + 1; exports.where = [__filename, __dirname];',
  },
  {
    name: 'lib/cycle-a.cjs',
    content: 'exports.early = 1; exports.seen = require("./cycle-b.cjs").early; exports.late = 2;',
  },
  { name: 'lib/cycle-b.cjs', content: 'const a = require("./cycle-a.cjs"); exports.early = [a.early, a.late];' },
  {
    name: 'lib/live-a.mjs',
    content: 'import { b } from "./live-b.mjs"; export let a = 1; export const sum = () => a + b; a = 5;',
  },
  {
    name: 'lib/live-b.mjs',
    content: 'import { sum } from "./live-a.mjs"; export const b = 10; export const later = () => sum();',
  },
  {
    name: 'lib/counted.mjs',
    content: 'globalThis.counted = (globalThis.counted ?? 0) + 1; export const n = globalThis.counted;',
  },
  { name: 'node_modules/both/index.js', content: 'module.exports = "of node_modules";' },
  { name: 'both', content: 'export default "of the request";' },
  { name: 'only/given.mjs', content: 'export default "given";' },
];

describe('ES modules', () => {
  testRows(run, {
    'by relative, absolute and file: specifiers are the same module': [
      'import * as a from "./lib/one.mjs"; import * as b from "/app/lib/one.mjs"; import * as c from "file:///app/lib/one.mjs"; console.log(a === b, b === c, a.one, a.default);',
      'true true 1 default\n',
      { files },
    ],
    'built in, with and without node:': [
      'import fs from "node:fs"; import same, { readFileSync } from "fs"; import { join } from "node:path"; console.log(fs === same, readFileSync === fs.readFileSync, join("a", "b"));',
      'true true a/b\n',
    ],
    'a bare name is that of a package before that of a file of the request': [
      'import both from "both"; import given from "only/given.mjs"; console.log(both, given);',
      'of node_modules given\n',
      { files },
    ],
    'of JSON': ['import data from "./lib/data.json" with { type: "json" }; console.log(data.n);', '7\n', { files }],
    'import CommonJS, its names too': [
      'import old, { where } from "./lib/old.cjs"; console.log(old.loads, where === old.where, where.join());',
      '1 true /app/lib/old.cjs,/app/lib\n',
      { files },
    ],
    'in a circle, with live bindings': [
      'import { a, sum } from "./lib/live-a.mjs"; import { later } from "./lib/live-b.mjs"; console.log(a, sum(), later());',
      '5 15 15\n',
      { files },
    ],
    'are evaluated once': [
      'import "./lib/counted.mjs"; const { n } = await import("./lib/counted.mjs"); console.log(n, globalThis.counted);',
      '1 1\n',
      { files },
    ],
    'wait at the top level': [
      'const x = await new Promise((resolve) => setTimeout(resolve, 1, "waited")); console.log(x);',
      'waited\n',
    ],
    'imported while the program runs; what fails can be caught': [
      'const { one } = await import("./lib/" + "one.mjs"); const e = await import("./missing.mjs").catch((e) => e.code); console.log(one, e);',
      '1 ERR_MODULE_NOT_FOUND\n',
      { files },
    ],
    'know where they are': [
      'console.log(import.meta.url, import.meta.dirname, import.meta.filename);',
      'file:///app/main.mjs /app /app/main.mjs\n',
    ],
    'know it where the stack ends, too, or not at all': [
      'const end = () => { try { return end(); } catch { return import.meta; } }; console.log(end() === import.meta, Object.keys(end()).join());',
      'true dirname,filename,main,resolve,url\n',
    ],
    'keep what they put into import.meta, and what they take out of it': [
      'delete import.meta.url; import.meta.own = 1; console.log(import.meta.url, import.meta.own, Object.getPrototypeOf(import.meta));',
      'undefined 1 null\n',
    ],
    'that are missing': ['import "./missing.mjs";', /Cannot find module '\/app\/missing\.mjs'/],
  });
});

describe('CommonJS', () => {
  const name = 'main.cjs';
  testRows(run, {
    'requires files, folders, JSON and built-in modules': [
      'console.log(require("./lib/old").loads, require("./lib/data").n, require("both"), require("node:path").sep, require("fs") === require("node:fs"));',
      '1 7 of node_modules / true\n',
      { name, files: [...files, { name: 'lib/old.js', content: 'module.exports = require("./old.cjs");' }] },
    ],
    caches: [
      'require("./lib/old.cjs"); console.log(require("./lib/old.cjs").loads, Object.keys(require.cache).length);',
      '1 2\n',
      { name, files },
    ],
    'ends circles with what is there so far': [
      'const a = require("./lib/cycle-a.cjs"); console.log(JSON.stringify(a));',
      '{"early":1,"seen":[1,null],"late":2}\n',
      { name, files },
    ],
    'knows where it is': [
      'console.log(__filename, __dirname, module.id, require.main === module, this === module.exports);',
      '/app/main.cjs /app . true true\n',
      { name },
    ],
    'imports ES modules': ['import("./lib/one.mjs").then(({ one }) => console.log(one));', '1\n', { name, files }],
    'says what it does not find': [
      'try { require("./none"); } catch (e) { console.log(e.code); }',
      'MODULE_NOT_FOUND\n',
      { name },
    ],
  });
});
