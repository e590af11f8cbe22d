import fc from 'fast-check';
import { expect, test } from 'vitest';
import { targets } from './targets.ts';

// The same targets as `npm run fuzz`, for a bounded number of inputs.
test.each(targets.map(({ name, property }) => [name, property] as const))('%s', async (_, property) => {
  const details = await fc.check(property, { numRuns: 300 });
  expect(details.failed ? fc.defaultReportMessage(details) : undefined).toBeUndefined();
});
