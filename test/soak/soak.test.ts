import { createExecutor } from 'golem-exec';
import { expect, test } from 'vitest';
import { soak } from './mix.ts';

// `npm run soak` in short: all ends are right, and no leak of the size of an instance each time.
test('runs mixed with failures leave the executor as it was', { timeout: 120_000 }, async () => {
  await using executor = createExecutor({ workers: 1 });
  await soak(executor, 200);
  const before = process.memoryUsage().rss;
  await soak(executor, 300);
  expect(process.memoryUsage().rss / before).toBeLessThan(1.5);
});
