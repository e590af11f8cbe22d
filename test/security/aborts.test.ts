import { getEventListeners } from 'node:events';
import { createExecutor, ExecError } from 'golem-exec';
import { expect, test } from 'vitest';

const busy = { language: 'javascript', files: [{ name: 'm.js', content: 'while (true) {}' }] } as const;
const hello = { language: 'javascript', files: [{ name: 'm.js', content: 'console.log(1)' }] } as const;

test('a signal that was aborted while a run waited takes it out of the queue, and no listener stays', async () => {
  await using executor = createExecutor({ workers: 1 });
  const running = executor.run({ ...busy, limits: { timeMs: 3_000 } }).catch((error: unknown) => error);
  const controller = new AbortController();
  const waiting = Array.from({ length: 20 }, () =>
    executor.run({ ...hello, signal: controller.signal }).catch((e: unknown) => e),
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  controller.abort('stop');
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => 'stop'));
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  expect(await running).toMatchObject({ tag: 'timeout' });
});

test('closing during a run, in the queue and while a worker starts says that the executor is closed', async () => {
  for (const delay of [0, 30, 400]) {
    const executor = createExecutor({ workers: 1 });
    const runs = [busy, hello, hello].map((request) => executor.run(request).catch((error: unknown) => error));
    await new Promise((resolve) => setTimeout(resolve, delay));
    await executor.close();
    for (const error of await Promise.all(runs)) {
      expect(error).toBeInstanceOf(ExecError);
      expect((error as ExecError).message).toBe('the executor is closed; create another one');
    }
  }
});

test('return() stops a program even while the next event is waited for', async () => {
  await using executor = createExecutor({ workers: 1 });
  const events = executor.runStreaming({
    language: 'python',
    files: [{ name: 'm.py', content: 'import time; time.sleep(30)' }],
    limits: { timeMs: 25_000 },
  });
  const next = events.next();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await events.return();
  expect(await next).toEqual({ done: true, value: undefined });
  expect((await executor.run(hello)).run.stdout).toBe('1\n');
});

test('one run more than may wait is refused, and the others go on', async () => {
  await using executor = createExecutor({ workers: 1, queue: 2 });
  const runs = await Promise.all(Array.from({ length: 5 }, () => executor.run(hello).catch((error: unknown) => error)));
  const refused = runs.filter((run) => run instanceof ExecError);
  expect(refused).toHaveLength(2);
  expect(refused[0]).toMatchObject({ tag: 'resource-exceeded', details: { reason: 'queue', limit: 2 } });
});

test('options and requests of the wrong kind name their field', async () => {
  for (const bad of [null, 5, { speed: 1 }, { workers: 0 }, { queue: 1.5 }]) {
    expect(() => createExecutor(bad as never)).toThrow(/request|speed|workers|queue/);
  }
  await using executor = createExecutor({ workers: 1 });
  const bad: readonly [object, string][] = [
    [{ signal: 5 }, 'signal'],
    [{ env: new Map([['A', '1']]) }, 'env'],
    [{ limits: new Map() }, 'limits'],
    [{ args: ['\ud800'] }, 'args[0]'],
    [{ stdin: '\ud800' }, 'stdin'],
    [{ files: [{ name: `${'d/'.repeat(2050)}x.js`, content: '' }] }, 'files[0].name'],
  ];
  for (const [part, field] of bad) {
    await expect(executor.run({ ...hello, ...part } as never)).rejects.toMatchObject({
      name: 'InvalidRequestError',
      field,
    });
  }
});
