import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { createExecutor } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { paths } from '../../../build/lib/paths.ts';
import { readTree, vendorOutputs } from '../../../build/lib/vendor.ts';
import { parsePackages } from '../../../host/src/vendor/index.ts';
import { javascriptPackages } from '../../../vendor_js/manifest/index.ts';
import { useExecutor } from './support.ts';

const run = useExecutor();
const files = await readTree(vendorOutputs('javascript').tree);
const text = (name: string): string => new TextDecoder().decode(files.get(name));
const packages = parsePackages(await readFile(join(paths.vendor, 'packages.json'), 'utf8'));
const names = javascriptPackages.map(({ name }) => name);

describe.each(javascriptPackages.map((each) => [each.name, each] as const))(
  '%s',
  (name, { example, output, importNames, methods, importPattern }) => {
    test('does what its example says', async () => {
      expect(await run(example, { name: 'main.js' })).toMatchObject({ stdout: output, stderr: '', exitCode: 0 });
    });

    test('runs in bare QuickJS: nothing but the language is there', async () => {
      expect(await run(bare, { name: 'main.js', args: [name, example] })).toMatchObject({
        stdout: output,
        stderr: '',
        exitCode: 0,
      });
    });

    test('needs no module of Node and no WebAssembly', async () => {
      // Without its comments.
      const { code } = await transform(text(`${name}.js`), { minify: true });
      expect(code).not.toMatch(/\brequire\(["'`]|\bWebAssembly\b|\bimport\(["'`]/);
    });

    test('is readable and not large', async () => {
      const source = text(`${name}.js`);
      const { code } = await transform(source, { minify: true, format: 'cjs' });
      // Not minified: a minifier still takes much away.
      expect(code.length).toBeLessThan(source.length * 0.9);
      expect(code.length).toBeLessThan(larger.includes(name) ? 130_000 : 100_000);
    });

    test('has its licence, version and description', () => {
      const known = packages.find((each) => each.language === 'javascript' && each.name === name);
      expect(known?.version).toMatch(/^\d+\.\d+\.\d+/);
      expect(known?.licence).toMatch(/^(?:MIT|ISC|BSD-[23]-Clause|Apache-2\.0)$/);
      expect(known?.bytes).toBe(files.get(`${name}.js`)?.length);
      expect(known?.fuelFirstImport).toBeGreaterThan(0);
      expect(text(`${name}.js`)).toMatch(new RegExp(`^/\\*\n \\* ${name}: `));
      for (const [, made] of text(`${name}.js`).matchAll(/^ \* - (\S+ \S+ \(\S+\))$/gm))
        expect(text('LICENSES.txt')).toContain(made);
    });

    test('is described so that a model can use it', () => {
      expect(importPattern).toMatch(new RegExp(`^const .+ = requireVendor\\('${name}'\\)$`));
      const lines = example.split('\n');
      expect(lines.length).toBeGreaterThanOrEqual(2);
      expect(lines.length).toBeLessThanOrEqual(5);
      expect(Object.keys(methods).length).toBeGreaterThan(0);
    });

    test('has every other name that the manifest says', async () => {
      for (const alias of importNames.slice(1)) {
        const { stdout } = await run(`console.log(requireVendor('${alias}') === requireVendor('${name}'))`, {
          name: 'a.js',
        });
        expect(stdout).toBe('true\n');
      }
    });
  },
);

/** Above the guideline of 100 KB minified, for what they do (vendor_js/README.md). */
const larger = ['acorn', 'html', 'markdown', 'zod'];

/** Deletes every global that the language does not have, and then runs an example with a loader of its own. */
const bare = `
const language = new Set(('AggregateError Array ArrayBuffer AsyncDisposableStack BigInt BigInt64Array BigUint64Array Boolean DataView Date ' +
  'DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array ' +
  'Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String SuppressedError Symbol SyntaxError ' +
  'TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI decodeURIComponent encodeURI ' +
  'encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt undefined unescape').split(' '));
const { console } = globalThis;
const fs = require('fs');
const [name, example] = process.argv.slice(2);
const source = fs.readFileSync('/data_js/vendor/' + name + '.js', 'utf8');
// This one package is a door to the runtime's own helpers, and prints.
if (name === 'sandbox-utils') for (const each of ['readText', 'writeText', 'fileSize', 'console']) language.add(each), globalThis[each];
for (const each of Object.getOwnPropertyNames(globalThis)) if (!language.has(each)) delete globalThis[each];
const left = Object.getOwnPropertyNames(globalThis).filter((each) => !language.has(each));
if (left.length > 0) throw new Error('still there: ' + left);
const made = { exports: {} };
new Function('module', 'exports', source)(made, made.exports);
const load = (wanted) => { if (wanted !== name) throw new Error(wanted); return made.exports; };
const requireFs = (wanted) => { if (wanted !== 'fs') throw new Error(wanted); return fs; };
new Function('requireVendor', 'console', 'require', example)(load, console, requireFs);
`;

describe('requireVendor', () => {
  test('gives the same object however the package is loaded, and runs it once', async () => {
    const { stdout } = await run(
      `import csv, { parse } from 'vendor:csv';
       import bare from 'csv';
       import Module from 'module';
       const require = Module.createRequire('/app/main.mjs');
       const all = [bare, requireVendor('csv'), requireVendor('csv'), requireVendor('csv-simple'), require('csv'), require('vendor:csv'), (await import('vendor:csv')).default];
       console.log(all.every((each) => each === csv), parse === csv.parse, Object.keys(require.cache).filter((id) => id.startsWith('/data_js')));`,
    );
    expect(stdout).toBe("true true [ '/data_js/vendor/csv.js', '/data_js/vendor/csv-simple.js' ]\n");
  });

  test('reads with std.open, and runs the text in a scope of its own with module.exports', async () => {
    const { stdout } = await run(
      `const std = require('std');
       const { open } = std;
       const opened = [];
       std.open = (...args) => (opened.push(args), open(...args));
       const before = Object.keys(globalThis).length;
       const csv = requireVendor('csv');
       requireVendor('csv');
       console.log(opened, typeof csv.parse, typeof parse, Object.keys(globalThis).length === before);`,
      { name: 'main.js' },
    );
    expect(stdout).toBe("[ [ '/data_js/vendor/csv.js', 'r' ] ] function undefined true\n");
  });

  test('takes no name of the program: what it imports or declares itself wins', async () => {
    const program =
      "import * as std from 'std';\nimport * as os from 'os';\nconst readJson = 1;\nconsole.log(typeof std.open, typeof os.readdir, readJson, typeof requireVendor('csv').parse);\nnull.x;";
    const { stdout, stderr } = await run(program);
    expect(stdout).toBe('function function 1 function\n');
    // Nothing was put before the program: its lines are its own.
    expect(stderr).toContain('/app/main.mjs:5');
    expect(
      (await run("const requireVendor = () => 'mine'; console.log(requireVendor());", { name: 'a.js' })).stdout,
    ).toBe('mine\n');
  });

  test("a file of the program and a package in node_modules come before a vendored one of the same name; 'vendor:' does not", async () => {
    const program =
      "import csv from 'csv'; import date from 'date'; import lent from 'vendor:csv'; console.log(csv, date, typeof lent.parse);";
    const { stdout } = await run(program, {
      files: [
        { name: 'csv.js', content: "module.exports = 'my file';" },
        { name: 'node_modules/date/index.js', content: "module.exports = 'my package';" },
      ],
    });
    expect(stdout).toBe('my file my package function\n');
  });

  test('an unknown name is an error with the name and the list of what there is', async () => {
    const { stdout } = await run(
      `for (const load of [requireVendor, (name) => require('vendor:' + name)]) try { load('nonexistent'); } catch (error) { console.log(error.code, error.message); }`,
      { name: 'main.js' },
    );
    const [one, other] = stdout.trim().split('\n');
    expect(one).toBe(other);
    expect(one).toMatch(
      /^ERR_UNKNOWN_VENDOR_PACKAGE There is no vendored package "nonexistent"\. Available packages: acorn, /,
    );
    for (const name of names) expect(one).toContain(`, ${name}`.slice(name === 'acorn' ? 2 : 0));
  });
});

describe('packages and helpers in other places', () => {
  test('a heap session keeps a loaded package, and a fork has its own', async () => {
    await using executor = createExecutor({ workers: 1 });
    await using session = await executor.openSession({ language: 'javascript', persist: 'heap' });
    await session.run({ code: "const csv = requireVendor('csv'); csv.mark = 1;" });
    await using fork = await session.fork();
    await fork.run({ code: 'csv.mark = 2;' });
    const code = "console.log(csv.mark, csv === requireVendor('csv-simple'), csv.parse('a\\n1').length);";
    expect((await session.run({ code })).run.stdout).toBe('1 true 1\n');
    expect((await fork.run({ code })).run.stdout).toBe('2 true 1\n');
  });

  test("a program's own declarations hide the helpers, in a heap session as well", async () => {
    await using executor = createExecutor({ workers: 1 });
    await using session = await executor.openSession({ language: 'javascript', persist: 'heap' });
    await session.run({
      code: 'const readJson = 1; let writeJson = 2; var readText = 3; function requireVendor() { return 4; } class listFiles {}',
    });
    const { run } = await session.run({
      code: 'console.log(readJson, writeJson, readText, requireVendor(), typeof listFiles, typeof writeText);',
    });
    expect(run.stdout).toBe('1 2 3 4 function function\n');
  });

  test('they are plain properties: replaced, deleted and listed as any other', async () => {
    const { stdout } = await run(
      `const before = Object.getOwnPropertyDescriptor(globalThis, 'readText');
       readText;
       const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(globalThis, 'readText');
       globalThis.writeText = 5;
       delete globalThis.requireVendor;
       console.log(before.configurable, before.enumerable, writable, enumerable, configurable, writeText, typeof requireVendor, Object.keys(globalThis).includes('readText'));`,
      { name: 'main.js' },
    );
    expect(stdout).toBe('true false true false true 5 undefined false\n');
  });

  test('a host that lends no packages says so', async () => {
    await using executor = createExecutor({ workers: 1, packages: false });
    const files = [
      { name: 'main.js', content: "try { requireVendor('csv'); } catch (error) { console.log(error.message); }" },
    ];
    expect((await executor.run({ language: 'javascript', files })).run.stdout).toContain(
      'none: nothing is mounted at /data_js/vendor',
    );
  });

  test('reading a package loads nothing of node:fs, which is many times as large', async () => {
    await using executor = createExecutor({ workers: 1 });
    const fuelOf = async (content: string): Promise<number> =>
      (await executor.run({ language: 'javascript', files: [{ name: 'main.js', content }] })).fuel ?? Number.NaN;
    const [nothing, std, fs] = [await fuelOf(''), await fuelOf('std'), await fuelOf("require('fs')")];
    expect((fs - nothing) / (std - nothing)).toBeGreaterThan(2);
  });
});
