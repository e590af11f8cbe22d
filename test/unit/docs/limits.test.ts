import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Limits, limitTable } from '../../../host/src/limits.ts';

/** The table as docs/LIMITS.md must show it. */
function rendered(): string {
  const number = (value: number): string =>
    value === Number.MAX_SAFE_INTEGER ? 'no limit' : value.toLocaleString('en');
  const rows = (Object.keys(limitTable) as (keyof Limits)[]).map((name) => {
    const { unit, minimum, maximum, enforcedBy, default: standard } = limitTable[name];
    return `| \`${name}\` | ${unit} | ${number(standard)} | ${number(minimum)} to ${number(maximum)} | ${enforcedBy} |`;
  });
  return ['| limit | unit | default | range | enforced by |', '|---|---|---:|---|---|', ...rows].join('\n');
}

test('docs/LIMITS.md shows the table of host/src/limits.ts', () => {
  const text = readFileSync(new URL('../../../docs/LIMITS.md', import.meta.url), 'utf8');
  expect(text).toContain(rendered());
});
