/** Attacks on the packages that all tenants share, and on the way to them. */
import type { LanguageKind } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { endOf, lendExecutor } from '../integration/support.ts';

const executor = lendExecutor();

async function run(language: LanguageKind, content: string): Promise<{ stdout: string; stderr: string }> {
  const name = language === 'python' ? 'main.py' : 'main.js';
  return await endOf(executor(), { language, files: [{ name, content }] });
}

/** Every way to change what stands below the folder that is lent. */
const changes = `
const fs = require('fs'), std = require('std'), os = require('os');
const file = '/data_js/vendor/csv.js';
const before = fs.readFileSync(file, 'utf8');
fs.writeFileSync('mine.js', 'module.exports = 1');
fs.symlinkSync('/data_js/vendor', 'door');
const ways = {
  write: () => fs.writeFileSync(file, 'x'), append: () => fs.appendFileSync(file, 'x'), truncate: () => fs.truncateSync(file, 0),
  open: () => fs.closeSync(fs.openSync(file, 'r+')), create: () => fs.writeFileSync('/data_js/vendor/new.js', ''),
  unlink: () => fs.unlinkSync(file), rename: () => fs.renameSync('mine.js', file), away: () => fs.renameSync(file, 'taken.js'),
  link: () => fs.linkSync(file, 'same.js'), symlink: () => fs.symlinkSync('/app/mine.js', '/data_js/vendor/mine.js'),
  mkdir: () => fs.mkdirSync('/data_js/vendor/folder'), rmdir: () => fs.rmdirSync('/data_js/vendor'), times: () => fs.utimesSync(file, 0, 0),
  through: () => fs.writeFileSync('door/csv.js', 'x'), up: () => fs.mkdirSync('/data_js/other'), rm: () => fs.rmSync('/data_js', { recursive: true }),
  helper: () => writeText(file, 'x'), helperCopy: () => copyFile('mine.js', file), helperRemove: () => removeFile(file),
};
for (const [name, way] of Object.entries(ways)) {
  let code = 'done';
  try { way(); } catch (error) { code = error.code; }
  if (code === 'done' || code === undefined) console.log(name, code);
}
if (std.open(file, 'w') !== null) console.log('std.open');
if (os.remove(file) === 0) console.log('os.remove');
console.log(fs.readFileSync(file, 'utf8') === before, fs.readdirSync('/data_js').join());`;

describe('what is lent cannot be changed', () => {
  test('every way to write below /data_js fails, and the next tenant finds the packages as they were', async () => {
    expect((await run('javascript', changes)).stdout).toBe('true vendor\n');
    const { stdout } = await run('javascript', "console.log(requireVendor('csv').stringify([{ a: 0 }]));");
    expect(stdout).toBe('a\n0\n\n');
  });

  test('what a program does to a package that it loaded is gone with its run', async () => {
    const spoil = `const csv = requireVendor('csv'); csv.parse = () => 'spoilt'; Object.prototype.parse = 1;
      require.cache['/data_js/vendor/csv.js'].exports = 'spoilt'; globalThis.requireVendor = () => 'spoilt';`;
    await run('javascript', spoil);
    const { stdout } = await run('javascript', "console.log(requireVendor('csv').parse('a\\n1'));");
    expect(stdout).toBe("[ { a: '1' } ]\n");
  });
});

describe('names lead nowhere else', () => {
  const names = [
    '',
    '.',
    '..',
    '/',
    'a/b',
    '../vendor/csv',
    './csv',
    'csv/',
    '/app/secret',
    '..\\\\secret',
    'csv\\0',
    'csv\\0.js',
    ' csv',
    'csv ',
  ];
  const prototypes = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'length'];
  const others = [
    'CSV',
    'package.json',
    'LICENSES.txt',
    'csv.js.js',
    'csv..js',
    'node:fs',
    'vendor:csv',
    '%2e%2e',
    'x'.repeat(100_000),
  ];

  test('each is refused in the same way, by requireVendor, require and import', async () => {
    const { stdout, stderr } = await run(
      'javascript',
      `require('fs').writeFileSync('secret.js', 'module.exports = "found"');
       const names = [${[...names, ...prototypes, ...others].map((name) => `"${name}"`).join()}];
       (async () => {
         for (const name of names) for (const load of [requireVendor, (name) => require('vendor:' + name), (name) => import('vendor:' + name)]) {
           try { console.log('loaded', name.slice(0, 20), await load(name)); } catch (error) {
             if ((error.code !== 'ERR_UNKNOWN_VENDOR_PACKAGE' && !/NUL/.test(error.message)) || error.message.length > 2000) console.log(name.slice(0, 20), error);
           }
         }
       })();`,
    );
    expect(stdout + stderr).toBe('');
  });

  test('what is no text is refused, and its methods are not called', async () => {
    const { stdout } = await run(
      'javascript',
      `const tricky = { toString() { console.log('called'); return 'csv'; } };
       for (const name of [tricky, ['csv'], 5, null, undefined, Symbol('csv'), new String('csv')])
         try { requireVendor(name); console.log('loaded'); } catch (error) { if (error.code !== 'ERR_INVALID_ARG_TYPE') console.log(error); }`,
    );
    expect(stdout).toBe('');
  });
});

describe('helpers believe nothing that a program put in their place', () => {
  test('replaced built-ins do not reach them', async () => {
    const { stdout } = await run(
      'javascript',
      `const log = console.log;
       writeJson('a.json', { a: [1] });
       for (const prototype of [String.prototype, Array.prototype, Uint8Array.prototype, RegExp.prototype])
         for (const key of Object.getOwnPropertyNames(prototype)) if (key !== 'constructor' && typeof Object.getOwnPropertyDescriptor(prototype, key).value === 'function') prototype[key] = () => { throw new Error('reached ' + key); };
       JSON.parse = JSON.stringify = () => { throw new Error('reached JSON'); };
       log(readText('a.json') === '{\\n  "a": [\\n    1\\n  ]\\n}\\n', readJson('a.json').a[0], listFiles()[0], fileSize('a.json'));
       try { requireVendor('../x'); } catch (error) { log(error.code); }`,
    );
    expect(stdout).toBe('true 1 a.json 23\nERR_UNKNOWN_VENDOR_PACKAGE\n');
  });

  test('a file that no quota allows is not half a file that looks whole', async () => {
    const limits = { fileSizeBytes: 1000 };
    const content =
      "try { writeText('big.txt', 'x'.repeat(5000)); } catch (error) { console.log(error.code, fileSize('big.txt') <= 1000); }";
    const ended = await endOf(executor(), { language: 'javascript', files: [{ name: 'main.js', content }], limits });
    expect(ended.stdout).toBe('EFBIG true\n');
  });
});
