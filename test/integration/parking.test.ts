import { createExecutor, type LanguageKind, type Session } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { Executor } from '../../host/src/executor/index.ts';
import { loadBuiltComponent } from '../../host/src/node/components.ts';
import { spawnWorker } from '../../host/src/node/spawn.ts';
import { Pool, type WorkerThread } from '../../host/src/pool/index.ts';
import { languages, type Pair } from './programs.ts';

const count: Pair = {
  python: 'n = (n if "n" in globals() else 0) + 1\nprint(n)',
  javascript: 'globalThis.n = (globalThis.n ?? 0) + 1; console.log(n);',
};

/** An executor whose threads are within reach. */
function reachable(workers: number): { executor: Executor; threads: WorkerThread[] } {
  const threads: WorkerThread[] = [];
  const pool = new Pool({
    workers,
    queue: 100,
    component: loadBuiltComponent,
    spawn: (setup, listener) => {
      const thread = spawnWorker(setup, listener);
      threads.push(thread);
      return thread;
    },
  });
  return { executor: new Executor(pool, {}), threads };
}

describe.each(languages)('$language: a session between its runs', ({ language }) => {
  const cell = async (session: Session, pair: Pair): Promise<string> =>
    (await session.run({ code: pair[language as LanguageKind] })).run.stdout;
  const options = { language: language as LanguageKind, persist: 'heap' } as const;

  test('goes on after the worker it ran on was terminated', async () => {
    const { executor, threads } = reachable(1);
    await using _ = executor;
    const session = await executor.openSession(options);
    expect(await cell(session, count)).toBe('1\n');
    expect(await cell(session, count)).toBe('2\n');
    for (const thread of threads.slice()) await thread.terminate();
    expect(await cell(session, count)).toBe('3\n');
    expect(threads.length).toBe(2);
  });

  test('goes on in another worker while its former one is busy', async () => {
    const { executor, threads } = reachable(2);
    await using _ = executor;
    const session = await executor.openSession(options);
    expect(await cell(session, count)).toBe('1\n');
    expect(threads.length).toBe(1);
    const endless: Pair = {
      python: 'print("on", flush=True)\nwhile True: pass',
      javascript: 'console.log("on"); for (;;);',
    };
    const content = endless[language as LanguageKind];
    const name = language === 'python' ? 'm.py' : 'm.js';
    const stream = executor.runStreaming({ language: options.language, files: [{ name, content }] });
    await stream.next();
    expect(await cell(session, count)).toBe('2\n');
    expect(threads.length).toBe(2);
    await stream.return();
    expect(await cell(session, count)).toBe('3\n');
  });

  test('holds no instance: many of them share one, each in less than 3 MB', async () => {
    await using executor = createExecutor({ workers: 1 });
    const sessions: Session[] = [];
    for (let i = 0; i < 20; i++) sessions.push(await executor.openSession(options));
    for (const turn of ['1\n', '2\n', '3\n']) {
      for (const session of sessions) expect(await cell(session, count)).toBe(turn);
    }
    for (const session of sessions) {
      const { heap } = await session.snapshot();
      const bytes = heap?.memories.reduce((total, memory) => total + memory.bytes.length, 0) ?? Number.NaN;
      expect(bytes).toBeLessThan(3_000_000);
      await session.close();
    }
  });

  test('keeps asynchronous work that waits: it goes on when the program of a later run lets it', async () => {
    await using executor = createExecutor({ workers: 1 });
    await using session = await executor.openSession(options);
    await cell(session, {
      python:
        'import asyncio\nloop = asyncio.new_event_loop()\ngate = asyncio.Event()\nasync def later():\n  await gate.wait()\n  print("later")\ntask = loop.create_task(later())\nloop.run_until_complete(asyncio.sleep(0))',
      javascript:
        'var open;\nvar gate = new Promise((resolve) => { open = resolve; });\ngate.then(() => console.log("later"));',
    });
    await using restored = await executor.restore(await session.snapshot());
    const go: Pair = { python: 'gate.set()\nloop.run_until_complete(task)', javascript: 'open();' };
    expect(await cell(restored, go)).toBe('later\n');
    expect(await cell(session, go)).toBe('later\n');
  });
});
