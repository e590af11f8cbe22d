import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EngineJob } from '../../../host/src/engine/index.ts';
import { defaultLimits } from '../../../host/src/limits.ts';
import { flag, type ToWorker, type WorkerListener, type WorkerSetup } from '../../../host/src/pool/index.ts';
import { readMessage } from '../../../host/src/pool/messages.ts';
import { WorkerHandle } from '../../../host/src/pool/worker-handle.ts';

const job: EngineJob = {
  language: 'python',
  workspace: { kind: 'files', files: [] },
  keepWorkspace: false,
  folder: '/app',
  entrypoint: 'main.py',
  args: [],
  env: [],
  stdin: new Uint8Array(0),
  limits: defaultLimits,
};

const outcome = {
  tag: 'ok',
  compiled: true,
  exitCode: 0,
  timeMs: 1.5,
  memoryBytes: 65_536,
  fuel: 10,
  stdoutTruncated: false,
  stderrTruncated: false,
};

/** A thread that a program has taken over: it says what the test says, and its shared memory is the test's to write. */
function takenOver() {
  const posted: ToWorker[] = [];
  let control: WorkerSetup['control'] | undefined;
  let say: WorkerListener['message'] = () => undefined;
  let end: WorkerListener['exit'] = () => undefined;
  let ended = 0;
  let gone = 0;
  const handle = new WorkerHandle(
    (setup, listener) => {
      control = setup.control;
      say = (message) => listener.message(message);
      end = (error) => listener.exit(error);
      return {
        post: (message) => void posted.push(message),
        terminate: async () => {
          if (ended++ === 0) end(undefined);
        },
      };
    },
    () => gone++,
    true,
  );
  if (control === undefined) throw new Error('not spawned');
  return { handle, posted, control, say, counts: () => ({ ended, gone }) };
}

/** What structured clone lets through, and things that look like the protocol's. */
const part = fc.oneof(
  { depthSize: 'small' },
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
  fc.constantFrom('__proto__', 'python', 'ok', -1, 0, 1, 256, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53),
);
const fields = Object.keys({
  ...outcome,
  message: 0,
  signal: 0,
  details: 0,
  workspace: 0,
  heap: 0,
  exceededLimit: 0,
  savedGlobals: 0,
  value: 0,
});
const hostile = fc.oneof(
  part,
  fc.record({ kind: fc.constantFrom('loaded', 'load-failed', 'outcome', 'run', ''), language: part, message: part }),
  fc.record({ kind: fc.constant('outcome'), id: fc.oneof(fc.constant(1), part), outcome: part }),
  fc
    .tuple(fc.constantFrom(...fields), part)
    .map(([field, value]) => ({ kind: 'outcome', id: 1, outcome: { ...outcome, [field]: value } })),
);

describe('a message of a worker', () => {
  test('of the protocol is taken as it is', () => {
    const whole = {
      ...outcome,
      tag: 'runtime-failed',
      signal: 'SIGKILL',
      message: 'text',
      exceededLimit: 'files',
      details: { reason: 'trap', limit: 5, flag: true },
      workspace: { version: 1, entries: [] },
      savedGlobals: true,
      value: '{}',
      heap: { version: 1, component: 'id', memories: [], globals: [1, 2n], handles: [3] },
    };
    for (const message of [
      { kind: 'output' },
      { kind: 'loaded', language: 'python' },
      { kind: 'load-failed', language: 'javascript', message: 'why' },
      { kind: 'outcome', id: 7, outcome },
      { kind: 'outcome', id: 7, outcome: whole },
    ]) {
      expect(readMessage(message)).toEqual(message);
    }
  });

  test.each([
    ['tag', 'fine'],
    ['tag', undefined],
    ['compiled', 1],
    ['exitCode', -1],
    ['exitCode', 256],
    ['exitCode', '0'],
    ['signal', 'SIGTERM'],
    ['timeMs', Number.NaN],
    ['timeMs', -1],
    ['memoryBytes', 0.5],
    ['memoryBytes', undefined],
    ['fuel', Number.POSITIVE_INFINITY],
    ['fuel', 5n],
    ['message', { toString: 'x' }],
    ['exceededLimit', '__proto__'],
    ['details', []],
    ['details', { deep: {} }],
    ['details', Object.fromEntries(Array.from({ length: 21 }, (_, i) => [i, i]))],
    ['workspace', []],
    ['workspace', { version: 2, entries: [] }],
    ['heap', { version: 1, component: 'id', memories: [{ size: 2 ** 40 }], globals: [], handles: [] }],
    ['stdoutTruncated', undefined],
    ['savedGlobals', 1],
    ['value', {}],
  ])('with %s %o is none', (field, value) => {
    expect(readMessage({ kind: 'outcome', id: 1, outcome: { ...outcome, [field]: value } })).toBeUndefined();
  });

  test('holds no text that is too long, and nothing besides the protocol', () => {
    const long = { ...outcome, tag: 'internal', message: 'x'.repeat(1_000_000), extra: 'y' };
    const read = readMessage({ kind: 'outcome', id: 1, outcome: long, extra: 'y' });
    if (read?.kind !== 'outcome') throw new Error('refused');
    expect(read.outcome.message?.length).toBe(100_000);
    expect(JSON.stringify(read)).not.toContain('extra');
  });

  test('whatever it is, is read or refused', () => {
    fc.assert(
      fc.property(hostile, (message) => {
        const read = readMessage(message);
        // What was taken is of the protocol: it reads the same again.
        if (read !== undefined) expect(readMessage(read)).toEqual(read);
      }),
    );
  });
});

describe('the host of a worker that a program has taken over', () => {
  test('ends it at the first message that is none; its run is internal, and the pool learns of it', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (message) => {
        fc.pre(readMessage(message) === undefined);
        const { handle, say, counts } = takenOver();
        const run = handle.run(job, () => undefined, false);
        say(message);
        expect(await run).toMatchObject({ tag: 'internal', message: expect.stringContaining('what no worker sends') });
        expect(counts()).toEqual({ ended: 1, gone: 1 });
        expect(handle.alive).toBe(false);
        // And nothing that comes later confuses it.
        say({ kind: 'outcome', id: 1, outcome });
        say({ kind: 'output' });
        say(message);
        expect(await handle.run(job, () => undefined, false)).toMatchObject({ tag: 'internal' });
      }),
    );
  });

  test('takes no answer for a run that is not under way, and one answer for one that is', async () => {
    const { handle, say, counts } = takenOver();
    say({ kind: 'outcome', id: 0, outcome });
    say({ kind: 'outcome', id: 1, outcome });
    say({ kind: 'loaded', language: 'python' });
    say({ kind: 'load-failed', language: 'javascript', message: 'never asked' });
    const run = handle.run(job, () => undefined, false);
    say({ kind: 'outcome', id: 2, outcome });
    say({ kind: 'outcome', id: 1, outcome: { ...outcome, exitCode: 3 } });
    say({ kind: 'outcome', id: 1, outcome: { ...outcome, exitCode: 4 } });
    expect(await run).toMatchObject({ tag: 'ok', exitCode: 3 });
    expect(counts()).toEqual({ ended: 0, gone: 0 });
  });

  test('refuses a ring that makes no sense', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer(), fc.uint8Array({ maxLength: 64 }), async (written, read, bytes) => {
        const { handle, say, control } = takenOver();
        let taken = 0;
        const take = ({ bytes: chunk }: { bytes: Uint8Array }): void => {
          taken += chunk.length;
        };
        const run = handle.run(job, take, false);
        control.ring.set(bytes);
        Atomics.store(control.flags, flag.written, written);
        Atomics.store(control.flags, flag.read, read);
        say({ kind: 'output' });
        say({ kind: 'outcome', id: 1, outcome });
        expect(['ok', 'internal']).toContain((await run).tag);
        expect(taken).toBeLessThanOrEqual(control.ring.length);
      }),
    );
  });
});
