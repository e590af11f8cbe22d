import { expect, test } from 'vitest';
import { type RunFacts, structuredContent } from '../../host/src/guidance/index.ts';
import { uncaughtException } from '../../host/src/guidance/uncaught.ts';

const run: Omit<RunFacts, 'stderr'> = {
  language: 'javascript',
  success: false,
  exitCode: 1,
  fuelConsumed: 1,
  fuelBudget: 2,
  memoryLimitBytes: 3,
  timeoutSeconds: 4,
  failure: { tag: 'runtime-failed', message: 'it failed', details: {} },
};
const most = 64_000;
const full = (text: string): string => text.repeat(Math.floor(most / text.length));

// The main thread of a server reads them. Patterns that look for an end from each of ten thousand beginnings took seconds for one;
// ten of them would take longer than a test may.
test.each([
  ['paths', `Error: x\n    at ${full('/app/')}`],
  ['paths in a message', `Error: x\n${full('/app/')}\n    at f`],
  ['packages', `Error: ${full('requireVendor')}`],
  ['packages in words', `Error: ${full('vendored package')}`],
  ['quotes', `Error: ${full('requireVendor"')}`],
  ['properties', `Error: x {\n${full("  path: '")}\n}`],
  ['frames', `Error: x\n${full('    at f (/app/')}`],
  ['lines', `Error: x\n${full('\n')}`],
  ['words', `Uncaught ${full('a.')}: b`],
])('standard error that is full of %s is read in no time', (_, stderr) => {
  for (let times = 0; times < 10; times++) {
    expect(structuredContent({ ...run, stderr }).actionable_guidance?.length).toBeGreaterThan(1);
  }
});

test('the line of the program’s own code is found, where a path is one', () => {
  const at = (path: string) => uncaughtException(`Error: x\n    at f (${path}:12:3)`, 'javascript')?.line;
  expect(at('/app/main.js')).toBe(12);
  expect(at(`/app/${'d/'.repeat(200)}m.js`)).toBe(12);
  expect(at(`/app/${'d/'.repeat(400)}app/m.js`)).toBe(12);
  expect(at('/data/main.js')).toBeUndefined();
});
