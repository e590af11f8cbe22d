import { describe, expect, test } from 'vitest';
import { lendExecutor } from '../../integration/support.ts';
import { differences } from './differences.ts';
import { compared } from './oracle.ts';
import { areas } from './programs/index.ts';

const executor = lendExecutor();

const count = Object.values(areas).reduce((total, programs) => total + Object.keys(programs).length, 0);

test('there are at least 300 programs, and the differences are few and of programs that exist', () => {
  expect(count).toBeGreaterThanOrEqual(300);
  const names = Object.entries(areas).flatMap(([area, programs]) => Object.keys(programs).map((n) => `${area}: ${n}`));
  expect(new Set(names).size).toBe(names.length);
  for (const name of Object.keys(differences)) expect(names).toContain(name);
  expect(Object.keys(differences).length).toBeLessThanOrEqual(15);
});

describe.each(Object.entries(areas))('as Node: %s', (area, programs) => {
  test.concurrent.each(Object.entries(programs))('%s', async (name, source) => {
    const [there, here] = await compared(executor(), source);
    if (differences[`${area}: ${name}`] === undefined) expect(here).toEqual(there);
    else expect(here, 'it is no difference any more: take it off the list').not.toEqual(there);
  });
});
