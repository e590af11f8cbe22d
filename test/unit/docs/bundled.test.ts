import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleRuntime } from '../../../build/javascript-runtime.ts';
import { paths } from '../../../build/lib/paths.ts';

const source = join(paths.root, 'components/javascript');

test('the JavaScript component’s README lists each package in it, with its version and licence', async () => {
  const readme = readFileSync(join(source, 'README.md'), 'utf8');
  const listed = [...readme.matchAll(/^\| `([@\w/.-]+)` \| (\d[\w.-]*) \| ([\w. -]+) \|/gm)].map(([, ...row]) => row);
  const { packages } = await bundleRuntime(join(source, 'runtime'));
  const bundled = packages.map((name) => {
    const { version, license } = JSON.parse(
      readFileSync(join(paths.root, 'node_modules', name, 'package.json'), 'utf8'),
    ) as { version: string; license: string };
    return [name, version, license.replace(/^\((.*)\)$/, '$1')];
  });
  expect(listed.sort()).toEqual(bundled.sort());
});
