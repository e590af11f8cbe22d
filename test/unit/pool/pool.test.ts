import type { LanguageKind } from 'golem-exec';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Executor } from '../../../host/src/executor/index.ts';
import { defaultLimits } from '../../../host/src/limits.ts';
import { loadBuiltComponent } from '../../../host/src/node/components.ts';
import { NodeWorkerPlatform } from '../../../host/src/node/platform.ts';
import { spawnWorker } from '../../../host/src/node/spawn.ts';
import {
  createSharedControl,
  type FromWorker,
  flag,
  Pool,
  serveWorker,
  type ToWorker,
  type WorkerListener,
  type WorkerSetup,
} from '../../../host/src/pool/index.ts';

const program = {
  python: { language: 'python', files: [{ name: 'm.py', content: 'print("hi")' }] },
  javascript: { language: 'javascript', files: [{ name: 'm.js', content: 'console.log("hi")' }] },
} as const;
const languages = ['javascript', 'python'] as const;

/** An executor that tells which languages it asked for, how many threads it began and what they said. */
function watched(workers: number) {
  const asked: LanguageKind[] = [];
  const said: FromWorker['kind'][] = [];
  let threads = 0;
  const pool = new Pool({
    workers,
    queue: 100,
    component: (language) => {
      asked.push(language);
      return loadBuiltComponent(language);
    },
    spawn: (setup, listener) => {
      threads++;
      const heard = {
        message: (message: FromWorker): void => {
          said.push(message.kind);
          listener.message(message);
        },
        exit: (error: Error | undefined): void => listener.exit(error),
      };
      return spawnWorker(setup, heard);
    },
  });
  return { executor: new Executor(pool, {}), asked, said, threads: () => threads };
}

describe('a language is loaded', () => {
  test('when it is first asked for, and then once', async () => {
    const { executor, asked, threads } = watched(1);
    await using _ = executor;
    expect([asked, threads()]).toEqual([[], 0]);
    await executor.run(program.javascript);
    await executor.run(program.javascript);
    expect([asked, threads()]).toEqual([['javascript'], 1]);
    await executor.run(program.python);
    expect([asked, threads()]).toEqual([['javascript', 'python'], 1]);
  });

  test.each(languages)('before that by warm, which makes an instance ready: %s', async (language) => {
    const { executor, asked, said, threads } = watched(2);
    await using _ = executor;
    await executor.warm(language);
    expect([asked, said, threads()]).toEqual([[language], ['loaded'], 1]);
    // A worker that is warm is taken, not another one.
    expect((await executor.run(program[language])).run.stdout).toBe('hi\n');
    expect([asked, threads()]).toEqual([[language], 1]);
  });

  test('not for a name that is none, nor by a pool that is closed', async () => {
    const { executor, asked } = watched(1);
    const unknown = executor.warm('ruby' as LanguageKind);
    await expect(unknown).rejects.toMatchObject({ tag: 'unsupported-language' });
    await executor.close();
    await expect(executor.warm('python')).rejects.toMatchObject({ tag: 'internal' });
    expect(asked).toEqual([]);
  });
});

/** The worker's side of the pool in this thread; `rest` is what it does when it has nothing else to do. */
async function served(language: LanguageKind, keepReady: boolean) {
  const control = createSharedControl(64 * 1024);
  const platform = new NodeWorkerPlatform(control);
  const heard: FromWorker[] = [];
  const rest: (() => void)[] = [];
  const loaded = Promise.withResolvers<void>();
  const receive = serveWorker({
    setup: { control, keepReady },
    platform,
    post: (message) => {
      heard.push(message);
      if (message.kind === 'loaded') loaded.resolve();
    },
    defer: (work) => void rest.push(work),
  });
  receive({ kind: 'load', component: await loadBuiltComponent(language) });
  await loaded.promise;
  const [file] = program[language].files;
  const job = {
    language,
    workspace: {
      kind: 'files',
      files: [{ path: `/app/${file.name}`, bytes: new TextEncoder().encode(file.content) }],
    },
    keepWorkspace: false,
    folder: '/app',
    entrypoint: file.name,
    args: [],
    env: [],
    stdin: new Uint8Array(0),
    limits: defaultLimits,
  } as const;
  const run = (id: number): number =>
    instancesMadeBy(() => receive({ kind: 'run', id, job, live: false } satisfies ToWorker));
  return { run, rest, heard };
}

/** How many core modules were instantiated meanwhile. */
function instancesMadeBy(work: () => void): number {
  const { Instance } = WebAssembly;
  let made = 0;
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (target, args: [WebAssembly.Module, WebAssembly.Imports]) => {
      made++;
      return new target(...args);
    },
  });
  try {
    work();
  } finally {
    WebAssembly.Instance = Instance;
  }
  return made;
}

describe.each(languages)('%s: an instance is ready before it is asked for', (language) => {
  test('once the language is loaded, and again after each run', async () => {
    const { run, rest, heard } = await served(language, true);
    expect(run(1)).toBe(0);
    for (const id of [2, 3, 4]) {
      // The answer does not wait for what is done now.
      expect(heard.at(-1)).toMatchObject({ kind: 'outcome', outcome: { tag: 'ok' } });
      expect(rest.length).toBe(1);
      for (const work of rest.splice(0)) work();
      expect(run(id)).toBe(0);
    }
  });

  test('not in a process that runs one program', async () => {
    const { run, rest } = await served(language, false);
    expect(run(1)).toBe(0);
    expect(rest.length).toBe(0);
    expect(run(2)).toBeGreaterThan(0);
  });
});

test('runs are taken in the order they came, whatever their language', async () => {
  const { executor } = watched(1);
  await using _ = executor;
  const order = ['python', 'javascript', 'javascript', 'python', 'javascript', 'python', 'python'] as const;
  const ended: number[] = [];
  await Promise.all(
    order.map(async (language, index) => {
      await executor.run(program[language]);
      ended.push(index);
    }),
  );
  expect(ended).toEqual(order.map((_language, index) => index));
});

describe('a worker whose run was told to stop', () => {
  afterEach(() => void vi.useRealTimers());

  /** A run that was cancelled, in a thread that is made of what the test does. */
  async function cancelled() {
    const started = Promise.withResolvers<{ setup: WorkerSetup; listener: WorkerListener; id: number }>();
    const terminated = vi.fn();
    const pool = new Pool({
      workers: 1,
      queue: 1,
      component: async (language) => ({ language, origin: 'none', id: '', moduleUrl: '', modules: {} }),
      spawn: (setup, listener) => ({
        post: (message) => {
          if (message.kind === 'load') listener.message({ kind: 'loaded', language: message.component.language });
          else started.resolve({ setup, listener, id: message.id });
        },
        terminate: async () => {
          terminated();
          listener.exit(undefined);
        },
      }),
    });
    const job = {
      language: 'python',
      workspace: { kind: 'files', files: [] },
      keepWorkspace: true,
      folder: '/app',
      entrypoint: 'm.py',
      args: [],
      env: [],
      stdin: new Uint8Array(0),
      limits: defaultLimits,
    } as const;
    vi.useFakeTimers();
    const controller = new AbortController();
    const outcome = pool.run(job, () => undefined, { signal: controller.signal, live: false });
    const { setup, listener, id } = await started.promise;
    controller.abort();
    return { pool, outcome, terminated, setup, listener, id };
  }

  test('is ended when its program goes on', async () => {
    const { outcome, terminated, setup } = await cancelled();
    Atomics.store(setup.control.flags, flag.began, 1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(terminated).toHaveBeenCalledOnce();
    expect(await outcome).toMatchObject({ tag: 'internal', message: 'the run was cancelled' });
  });

  test('is not ended while the host hands over the files of a session, which would be lost', async () => {
    const { outcome, terminated, listener, id } = await cancelled();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(terminated).not.toHaveBeenCalled();
    const workspace = { version: 1, entries: [] };
    const report = { compiled: true, timeMs: 1, memoryBytes: 1, stdoutTruncated: false, stderrTruncated: false };
    listener.message({ kind: 'outcome', id, outcome: { tag: 'internal', ...report, workspace } });
    expect(await outcome).toMatchObject({ tag: 'internal', workspace });
    await vi.advanceTimersByTimeAsync(100_000);
    expect(terminated).not.toHaveBeenCalled();
  });

  test('is ended when that takes for ever', async () => {
    const { outcome, terminated } = await cancelled();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(terminated).toHaveBeenCalledOnce();
    expect(await outcome).toMatchObject({ tag: 'internal' });
  });
});
