import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url);
const text = readFileSync(new URL('docs/DEVIATIONS.md', root), 'utf8');
const entries = [...text.matchAll(/^### (D\d+)\. .*?^- Code: (.*?)$/gms)].map((m) => [m[1] ?? '', m[2] ?? ''] as const);

test('every deviation names its place in the code', () => {
  expect(entries.map(([number]) => number)).toEqual(Array.from({ length: entries.length }, (_, i) => `D${i + 1}`));
  expect(entries.length).toBeGreaterThan(20);
});

// What comes with a later issue has no code yet.
test.each(entries.filter(([, place]) => !place.includes('(with issue')))('%s stands in %s', (number, place) => {
  const file = /`(.*?)`/.exec(place)?.[1] ?? '';
  expect(readFileSync(new URL(file, root), 'utf8')).toMatch(new RegExp(`DEVIATION ${number}\\b`));
});
