import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import type { Executor } from '../../host/src/index.ts';
import { parsePackages, type VendoredPackage } from '../../host/src/vendor/index.ts';
import { paths } from '../lib/paths.ts';
import { globalGroups, nodeModules, osNames, prefixOnly, refusing, stdNames } from './javascript-names.ts';
import { code, rounded, table, thousands } from './markdown.ts';

/** The parts of docs/JAVASCRIPT_CAPABILITIES.md that are made of the manifest and of what the component has. */
export async function javascriptSections(executor: Executor): Promise<Readonly<Record<string, string>>> {
  const packages = parsePackages(await readFile(join(paths.vendor, 'packages.json'), 'utf8')).filter(
    ({ language }) => language === 'javascript',
  );
  const measured = await measure(executor);
  return {
    'package index': packageIndex(packages),
    packages: packageSections(packages),
    globals: globalTables(measured.globals),
    modules: await moduleTable(measured.modules),
    std: nameTable(measured.std, stdNames),
    os: nameTable(measured.os, osNames),
    fuel: await fuelTable(executor),
  };
}

interface Measured {
  readonly globals: readonly string[];
  /** Names that a module exports; undefined for a module that cannot be imported. */
  readonly modules: Readonly<Record<string, readonly string[] | undefined>>;
  readonly std: readonly string[];
  readonly os: readonly string[];
}

const asked = [...new Set([...builtinModules.filter((name) => !name.startsWith('_')), ...prefixOnly])]
  .map((name) => name.replace(/^node:/, ''))
  .filter((name, index, all) => all.indexOf(name) === index)
  .sort();

async function measure(executor: Executor): Promise<Measured> {
  const program = `const modules = {};
    for (const name of ${JSON.stringify(asked)}) {
      const found = await import('node:' + name).catch(() => undefined);
      // What is there only to say why it is not does not count.
      const works = (each) => !found[each]?.[Symbol.for('golem-exec.refused')];
      if (found) modules[name] = Object.keys(found).filter((each) => each !== 'default' && each !== 'module.exports' && works(each));
    }
    const keys = async (name) => Object.keys(await import(name)).filter((each) => each !== 'default');
    console.log(JSON.stringify({ globals: Object.getOwnPropertyNames(globalThis), modules, std: await keys('std'), os: await keys('qjs:os') }));`;
  const { run } = await executor.run({ language: 'javascript', files: [{ name: 'main.mjs', content: program }] });
  return JSON.parse(run.stdout) as Measured;
}

function packageIndex(packages: readonly VendoredPackage[]): string {
  const rows = packages.map(
    ({ name, category, description, importNames, version, licence, bytes, fuelFirstImport }) => [
      `[${code(name)}](#${name})`,
      importNames.slice(1).map(code).join(' '),
      category,
      description,
      `${version}, ${licence}`,
      thousands(Math.ceil(bytes / 1000)),
      rounded(fuelFirstImport / 1e6),
    ],
  );
  return table(
    ['name', 'other names', 'category', 'what it does', 'version, licence', 'kB', 'fuel of the first load, millions'],
    rows,
  );
}

function packageSections(packages: readonly VendoredPackage[]): string {
  return packages
    .map(({ name, description, importPattern, importNames, useCases, methods, example, output, fuelFirstImport }) => {
      const others = importNames.length > 1 ? ` Also as ${importNames.slice(1).map(code).join(', ')}.` : '';
      const rows = Object.values(methods ?? {}).map((method) => [
        code(method.signature),
        method.description + (method.example === undefined ? '' : ` ${code(method.example)}`),
      ]);
      return [
        `### ${name}`,
        `${description}${others}`,
        `Import: ${code(importPattern)} · Fuel of the first load: about ${rounded(fuelFirstImport / 1e6)} million`,
        table(['function', 'what it does'], rows),
        `\`\`\`js\n${example}\n\`\`\``,
        `\`\`\`text\n${output.trimEnd()}\n\`\`\``,
        `Use it to:\n\n${useCases.map((use) => `- ${use}`).join('\n')}`,
      ].join('\n\n');
    })
    .join('\n\n');
}

/** Of the language itself: not repeated in the tables. */
const language = new Set(
  (
    'AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date DisposableStack ' +
    'Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array InternalError ' +
    'Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String ' +
    'SuppressedError Symbol SyntaxError Temporal TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef ' +
    'WeakSet WebAssembly decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt ' +
    'undefined unescape'
  ).split(' '),
);

function globalTables(names: readonly string[]): string {
  const described = new Set(Object.values(globalGroups).flatMap((group) => Object.keys(group)));
  const unknown = names.filter((name) => !language.has(name) && !described.has(name));
  if (unknown.length > 0) throw new Error(`build/docs/javascript-names.ts says nothing of ${unknown.join(', ')}`);
  const present = Object.entries(globalGroups).map(([title, group]) => {
    const rows = Object.entries(group).filter(([name]) => names.includes(name) || name === '_state');
    return rows.length === 0
      ? ''
      : `**${title}**\n\n${table(
          ['global', 'what it is'],
          rows.map(([name, text]) => [code(name), text]),
        )}`;
  });
  const absent = Object.values(globalGroups)
    .flatMap((group) => Object.keys(group))
    .filter((name) => !names.includes(name) && name !== '_state');
  const tail = absent.length === 0 ? '' : `Not there: ${absent.sort().map(code).join(', ')}.`;
  return [
    ...present,
    `Of the language, all that QuickJS-ng has: ${names
      .filter((name) => language.has(name))
      .sort()
      .map(code)
      .join(', ')}.`,
    tail,
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

async function moduleTable(modules: Measured['modules']): Promise<string> {
  const rows: string[][] = [];
  const details: string[] = [];
  for (const name of asked) {
    const words = nodeModules[name];
    if (words === undefined) throw new Error(`build/docs/javascript-names.ts says nothing of node:${name}`);
    const has = modules[name];
    const refuses = has !== undefined && (has.length === 0 || refusing.includes(name));
    if (has === undefined || refuses) {
      rows.push([code(`node:${name}`), refuses ? 'refuses' : 'absent', '', words]);
      continue;
    }
    const node = await namesInNode(name);
    const missing = node.filter((each) => !has.includes(each));
    const state = missing.length === 0 ? 'works' : 'partly';
    rows.push([
      code(`node:${name}`),
      state,
      node.length === 0 ? '' : `${node.length - missing.length} of ${node.length}`,
      words,
    ]);
    if (has.length > 0) {
      const lacks = missing.length === 0 ? '' : ` Missing: ${missing.map(code).join(', ')}.`;
      details.push(`**${code(`node:${name}`)}**: ${has.map(code).join(', ')}.${lacks}`);
    }
  }
  const note = `Measured by importing each in the component; the counts compare with the names that Node ${process.versions.node} exports. A module that refuses can be imported; its functions throw, and say why.`;
  return [note, table(['module', 'state', 'names', 'what it is for, or what stands in'], rows), ...details].join(
    '\n\n',
  );
}

async function namesInNode(name: string): Promise<string[]> {
  const found = await import(`node:${name}`).then(
    (module: object) => Object.keys(module),
    () => [],
  );
  return found.filter((each) => !['default', 'module.exports'].includes(each) && !each.startsWith('_')).sort();
}

function nameTable(names: readonly string[], described: Readonly<Record<string, readonly [string, string]>>): string {
  const rows = Object.entries(described).filter(([name]) => names.includes(name));
  const others = names.filter((name) => !(name in described)).sort();
  const tail = others.length === 0 ? '' : `\n\nAlso: ${others.map(code).join(', ')}.`;
  return (
    table(
      ['member', 'what it does'],
      rows.map(([, [signature, text]]) => [code(signature), text]),
    ) + tail
  );
}

/** Programs whose fuel gives an idea, with what they print. */
const works: readonly (readonly [work: string, program: string])[] = [
  ["`console.log('hi')`", "console.log('hi');"],
  ['a loop of a million additions', 'let sum = 0; for (let i = 0; i < 1e6; i++) sum += i;'],
  ['a million calls of a small function', 'const f = (n) => n + 1; let n = 0; for (let i = 0; i < 1e6; i++) n = f(n);'],
  [
    '100,000 objects in a list, filtered and mapped',
    'Array.from({ length: 1e5 }, (_, i) => ({ i })).filter((o) => o.i % 2).map((o) => o.i);',
  ],
  [
    '`JSON.parse` of 1 MB',
    `JSON.parse(JSON.stringify(Array.from({ length: 40000 }, (_, i) => ({ id: i, name: 'n' }))));`,
  ],
  [
    'sorting 100,000 numbers with a function',
    'Array.from({ length: 1e5 }, (_, i) => (i * 7919) % 100003).sort((a, b) => a - b);',
  ],
  [
    'sorting 100,000 numbers in a `Float64Array`',
    'Float64Array.from({ length: 1e5 }, (_, i) => (i * 7919) % 100003).sort();',
  ],
  ['a regular expression over 1 MB of text', "'The quick brown fox. '.repeat(50000).match(/\\b\\w+\\b/g).length;"],
  ['joining 100,000 texts', "Array.from({ length: 1e5 }, (_, i) => 'item ' + i).join(',').length;"],
  [
    'a `Map` with 100,000 entries, written and read',
    'const m = new Map(); for (let i = 0; i < 1e5; i++) m.set(i, i); for (let i = 0; i < 1e5; i++) m.get(i);',
  ],
  ["`requireVendor('csv')` and 1,000 rows", "requireVendor('csv').parse('a,b,c\\n' + '1,two,\"3\"\\n'.repeat(1000));"],
  ['writing and reading a file of 1 MB', "writeText('a.txt', 'x'.repeat(1e6)); readText('a.txt');"],
];

async function fuelTable(executor: Executor): Promise<string> {
  const rows: string[][] = [];
  for (const [work, program] of works) {
    const { fuel } = await executor.run({ language: 'javascript', files: [{ name: 'main.js', content: program }] });
    rows.push([work, rounded((fuel ?? 0) / 1e6)]);
  }
  return table(['work', 'fuel in millions, about'], rows);
}
