import { createExecutor } from 'golem-exec';
import { expect, test } from 'vitest';
import { py, runPython } from './support.ts';

/**
 * Programs that use what differs from run to run, as far as their own path does not depend on it. An integer made of
 * entropy is none of these: `uuid.uuid4()` has a digit less once in 256 times, which is cheaper by a few units.
 */
const programs = {
  'does little': 'print("hi")',
  computes: 'print(sum(i * i for i in range(5000)), sorted({str(i) for i in range(100)})[:3])',
  'uses entropy': py`
    import os, random, secrets, tempfile, uuid
    random.random(), random.Random().random(), secrets.token_bytes(16), os.urandom(8)
  `,
  'uses clocks':
    'import datetime, logging, time\ntime.time(), time.monotonic(), time.perf_counter(), datetime.datetime.now()',
  'imports, runs tasks and fails': py`
    import asyncio, html.parser
    async def f(): await asyncio.sleep(0)
    asyncio.run(f())
    1/0
  `,
};

test('the same program spends the same fuel, in every run and every executor', async () => {
  const spent: Record<string, Set<number | undefined>> = {};
  for (let i = 0; i < 2; i++) {
    await using executor = createExecutor({ workers: 1 });
    // Another order, so that what ran before differs too.
    const order = i === 0 ? Object.entries(programs) : Object.entries(programs).reverse();
    for (const [name, program] of [...order, ...order]) {
      const { fuel } = await runPython(executor, program);
      spent[name] ??= new Set();
      spent[name].add(fuel);
    }
  }
  expect(Object.fromEntries(Object.entries(spent).map(([name, values]) => [name, values.size]))).toEqual(
    Object.fromEntries(Object.keys(programs).map((name) => [name, 1])),
  );
});
