/** Packages in a bare component: its host may preopen their folder for reading. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vendorOutputs } from '../../build/lib/vendor.ts';
import { mountPoints } from '../../host/src/vendor/index.ts';
import { main } from './table.ts';
import { executor, fromResult, runArguments } from './targets/wasmtime.ts';
import { type InstanceOptions, Wasmtime } from './wasmtime/driver.ts';

let wasmtime: Wasmtime;
beforeAll(async () => {
  wasmtime = await Wasmtime.start();
});
afterAll(() => wasmtime?.close());

async function run(javascript: string, options: InstanceOptions): Promise<string> {
  await using instance = await wasmtime.instantiate('javascript', options);
  const request = { files: [main('', javascript)] };
  const { stage } = fromResult(await instance.call(executor, 'run', ...runArguments(request, 'javascript')));
  return `${stage?.stdout}${stage?.stderr}`;
}

test('javascript: a component whose host lends the folder has the packages', async () => {
  const lent = { [mountPoints.javascript]: vendorOutputs('javascript').tree };
  const program = `import csv from 'csv'; import date from 'vendor:date';
    console.log(requireVendor('csv') === csv, date.format(0, 'YYYY'));
    try { writeText('/data_js/vendor/csv.js', ''); } catch (error) { console.log(error.code); }
    requireVendor('none');`;
  const printed = await run(program, { lent });
  expect(printed).toMatch(/^true 1970\n(?:EROFS|EPERM|EACCES)\n/);
  expect(printed).toContain('There is no vendored package "none". Available packages: acorn, ');
});

test('javascript: a component that is lent nothing says so', async () => {
  expect(await run("requireVendor('csv');", {})).toContain(
    'There is no vendored package "csv". Available packages: none: nothing is mounted at /data_js/vendor',
  );
});
