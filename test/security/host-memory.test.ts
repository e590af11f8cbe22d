import { describe, expect, test } from 'vitest';
import type { EngineJob } from '../../host/src/engine/index.ts';
import { defaultLimits } from '../../host/src/limits.ts';
import type { FromWorker, WorkerSetup } from '../../host/src/pool/index.ts';
import { RingWriter } from '../../host/src/pool/ring.ts';
import { WorkerHandle } from '../../host/src/pool/worker-handle.ts';
import { Content } from '../../host/src/wasi/files/content.ts';
import { py, useExecutor } from '../integration/python/support.ts';
import { Guest } from '../unit/wasi/support.ts';

// What the host must keep for a program is in the process's own memory, which the run's limits do not hold for.
const run = useExecutor();

/** CPython's way to the component's imports, by their numbers: any program may take it. */
const imports = py`
  import componentize_py_runtime as runtime
  stdout = runtime.call_import(22, [])
  pollable = runtime.call_import(17, [stdout])
  assert type(pollable).__name__ == 'Pollable'
`;

describe('what a program makes the host hold has a bound', () => {
  test('a list of pollables, of which each takes more than in the program’s memory', async () => {
    const poll = (count: number) => run(`${imports}print(len(runtime.call_import(6, [[pollable] * ${count}])))`);
    expect(await poll(1000)).toMatchObject({ tag: 'ok', stdout: '1000\n' });
    expect(await poll(200_000)).toMatchObject({ tag: 'runtime-failed', signal: 'SIGSEGV' });
    expect(await run('print(1)')).toMatchObject({ tag: 'ok', stdout: '1\n' });
  });

  test('handles that are never dropped', async () => {
    const piled = py`
      kept = []
      while True: kept.append(runtime.call_import(17, [stdout]))
    `;
    expect(await run(imports + piled)).toMatchObject({ tag: 'runtime-failed', signal: 'SIGSEGV' });
  });

  test('directories that are read many times at once', () => {
    const guest = new Guest({}, { limits: { descriptors: 1024 } });
    for (let i = 0; i < 5000; i++) guest.write(`app/${i}`, '');
    const directory = guest.directory('app');
    const before = process.memoryUsage().heapUsed;
    const streams = Array.from({ length: 4000 }, () => directory.readDirectory());
    // One object for each entry in each of them would be a gigabyte.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
    expect(streams.map((stream) => stream.readDirectoryEntry()?.name)).toEqual(streams.map(() => '0'));
  });

  test('files that were large once', () => {
    const content = new Content();
    content.write(0, new Uint8Array(1_000_000));
    for (const size of [700_000, 400_000, 300_000, 150_000, 40_000, 1]) {
      content.resize(size);
      expect(content.view(0, size).buffer.byteLength).toBeLessThanOrEqual(3 * size);
    }
  });
});

test('a program that writes byte by byte does not keep the host from everything else', async () => {
  let setup: WorkerSetup | undefined;
  let tell: (message: FromWorker) => void = () => undefined;
  const thread = { post: () => undefined, terminate: () => Promise.resolve() };
  const worker = new WorkerHandle(
    (given, listener) => {
      setup = given;
      tell = (message) => listener.message(message);
      return thread;
    },
    () => undefined,
    false,
  );
  const control = setup?.control ?? expect.fail('no worker was started');
  const writer = new RingWriter(
    control,
    () => expect.fail('the ring is full'),
    () => undefined,
  );
  let othersCame = false;
  setTimeout(() => {
    othersCame = true;
  });
  let chunks = 0;
  const consume = (): Promise<void> => {
    // As fast as it is read, there is more. Whoever has no turn by now never gets one.
    if (!othersCame && ++chunks < 1_000_000) writer.write((chunks % 2) + 1 === 1 ? 1 : 2, Uint8Array.of(1));
    return Promise.resolve();
  };
  const job: EngineJob = {
    language: 'python',
    workspace: { kind: 'files', files: [] },
    keepWorkspace: false,
    folder: '/app',
    entrypoint: 'm.py',
    args: [],
    env: [],
    stdin: new Uint8Array(0),
    limits: { ...defaultLimits, timeMs: 600_000 },
  };
  const ended = worker.run(job, consume, true);
  writer.write(1, Uint8Array.of(1));
  tell({ kind: 'output' });
  await new Promise((resolve) => setTimeout(resolve));
  const outcome = { tag: 'ok', compiled: true, timeMs: 1, memoryBytes: 1, stdoutTruncated: false } as const;
  tell({ kind: 'outcome', id: 1, outcome: { ...outcome, stderrTruncated: false } });
  expect((await ended).tag).toBe('ok');
  expect(othersCame).toBe(true);
  expect(chunks).toBeLessThan(1_000_000);
});
