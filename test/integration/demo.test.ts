import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('the demo prints the report of both languages and says that they agree', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['examples/demo.ts'], { cwd: root });
  const [, python = '', javascript = ''] = stdout.split(/^── .*\n/m);
  expect(python.trimEnd().split('\n').length).toBeGreaterThan(10);
  expect(javascript.startsWith(python.trimEnd())).toBe(true);
  expect(stdout).toMatch(/^── python: exit code 0, /);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('Both languages printed the same report.');
  const rows = (await readFile(`${root}examples/sales/sales.csv`, 'utf8')).split('\n').length;
  expect(rows).toBeGreaterThan(5_000);
});
