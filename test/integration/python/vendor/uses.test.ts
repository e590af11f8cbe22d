/**
 * Each package at what it is for, and at what goes wrong with it. `programs/` has one program a package; the lines below it
 * that begin with `#>` are what CPython on another system prints with the same package.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packages } from '../../../../vendor_py/index.ts';
import { useExecutor } from '../support.ts';

const run = useExecutor();
const folder = join(import.meta.dirname, 'programs');
const limits = { timeMs: 100_000 };

describe('each package does the work it is for', () => {
  test.each(packages.map(({ name }) => name))('%s', { timeout: 120_000 }, async (name) => {
    const text = readFileSync(join(folder, `${name}.py`), 'utf8');
    const content = text.replace(/^#>.*\n/gm, '');
    const stdout = [...text.matchAll(/^#> ?(.*\n)/gm)].map(([, line]) => line).join('');
    expect(stdout).not.toBe('');
    expect(await run(content, { limits })).toMatchObject({ tag: 'ok', exitCode: 0, stdout, stderr: '' });
  });

  test('there is a program for nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual(packages.map(({ name }) => `${name}.py`).sort());
  });
});
