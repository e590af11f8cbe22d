import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lendExecutor } from '../../integration/support.ts';
import { compared } from './oracle.ts';

/** Programs as people and models write them for Node, one a file: what they print and how they end is Node's. */
const folder = join(import.meta.dirname, 'realistic');
const executor = lendExecutor();

test.concurrent.each(readdirSync(folder).sort())('%s', async (name) => {
  const [there, here] = await compared(executor(), { [name]: readFileSync(join(folder, name), 'utf8') });
  expect(here).toEqual(there);
});
