import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { VendoredPackage } from '../../../host/src/vendor/index.ts';
import { packages } from '../../../vendor_py/index.ts';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

function list(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'packages', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

function listJson(...args: string[]): VendoredPackage[] {
  const { ok, result } = JSON.parse(list('--json', ...args).stdout) as {
    ok: boolean;
    result: { packages: VendoredPackage[] };
  };
  expect(ok).toBe(true);
  return result.packages;
}

describe('golem-exec packages', () => {
  test('lists both languages, one line each, with what importing costs', () => {
    const { status, stdout, stderr } = list();
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^language +package +version +category +fuel +import\n/);
    expect(stdout).toMatch(/^python +openpyxl +\d+\.\d+\.\d+ +documents +\d+ M +import openpyxl\n/m);
    expect(stdout).toMatch(/^javascript +csv +/m);
  });

  test('--json gives all that is known', () => {
    const known = listJson('--lang', 'python');
    expect(known.map(({ name }) => name).sort()).toEqual(packages.map(({ name }) => name).sort());
    for (const each of known) {
      expect(each, each.name).toMatchObject({
        language: 'python',
        version: expect.stringMatching(/^\d/),
        licence: expect.any(String),
      });
      expect(each.fuelFirstImport, each.name).toBeGreaterThan(each.fuelCachedImport);
      expect(each.fuelCachedImport, each.name).toBeGreaterThanOrEqual(0);
      expect(each.bytes, each.name).toBeGreaterThan(2_000);
    }
    expect(known.find(({ name }) => name === 'openpyxl')?.requires).toEqual(['et_xmlfile']);
    const both = listJson();
    expect(both.filter(({ language }) => language === 'python')).toEqual(known);
    expect(listJson('--lang', 'js')).toEqual(both.filter(({ language }) => language === 'javascript'));
  });

  test('a language that there is not is a usage error', () => {
    const { status, stderr } = list('--lang', 'ruby');
    expect(status).toBe(64);
    expect(stderr).toContain('Allowed choices are js, python');
  });
});
