import { createExecutor, ExecError, encodeImage, type LanguageKind, type Session } from 'golem-exec';
import { endlessPrograms } from './programs.ts';
import { percentile, type Row, sample } from './stats.ts';

const file = { python: 'main.py', javascript: 'main.js' } as const;

/** What control costs, and how fast it acts. */
export async function controlRows(language: LanguageKind): Promise<Row[]> {
  return [...(await stopRows(language)), ...(await undisturbedRows(language)), ...(await heapRows(language))];
}

async function stopRows(language: LanguageKind): Promise<Row[]> {
  await using executor = createExecutor({ workers: 1 });
  const rows: Row[] = [];
  for (const [name, content] of Object.entries(endlessPrograms[language])) {
    const late: number[] = [];
    for (let i = 0; i < 5; i++) {
      const timeMs = 300;
      const error = await executor
        .run({ language, files: [{ name: file[language], content }], limits: { timeMs, memoryBytes: 1024 ** 3 } })
        .catch((thrown: unknown) => thrown);
      if (!(error instanceof ExecError) || error.tag !== 'timeout')
        throw new Error(`${name} ended otherwise: ${error}`);
      late.push(error.timeMs - timeMs);
    }
    rows.push({
      what: `${language}: stopped after its deadline, ${name}`,
      value: percentile(late, 0.5),
      unit: 'ms',
      budget: ['≤', 10],
      note: `most ${Math.max(...late).toFixed(1)} ms`,
    });
  }
  return rows;
}

/** What the stopping of one program means for a session in another worker. */
async function undisturbedRows(language: LanguageKind): Promise<Row[]> {
  await using executor = createExecutor({ workers: 2 });
  await using session = await executor.openSession({ language });
  const name = file[language];
  await session.upload({ name, content: '' });
  const runs = async (until: () => boolean): Promise<number[]> => {
    const times: number[] = [];
    while (!until()) times.push(...(await sample(1, 0, () => session.run({ entrypoint: name }))));
    return times;
  };
  const endless = { language, files: [{ name, content: endlessPrograms[language]['loop'] ?? '' }] };
  // Both workers are started, and warm.
  await Promise.all([executor.run({ language, files: [{ name, content: '' }] }), session.run({ entrypoint: name })]);
  let left = 300;
  const alone = await runs(() => --left < 0);
  let stopped = 0;
  const stops = (async () => {
    for (; stopped < 5; stopped++) {
      await executor.run({ ...endless, limits: { timeMs: 100 } }).catch((error: unknown) => {
        if (!(error instanceof ExecError) || error.tag !== 'timeout') throw error;
      });
    }
  })();
  const meanwhile = await runs(() => stopped === 5);
  await stops;
  return [
    {
      what: `${language}: a session’s run while programs are stopped in another worker`,
      value: percentile(meanwhile, 0.5),
      unit: 'ms',
      note: `alone ${percentile(alone, 0.5).toFixed(2)} ms; all ${meanwhile.length} ended as they must`,
    },
  ];
}

/** Sessions that keep their interpreter: what they cost while nothing runs, and to go on. */
async function heapRows(language: LanguageKind): Promise<Row[]> {
  await using executor = createExecutor({ workers: 1 });
  await using session = await executor.openSession({ language, persist: 'heap' });
  const python = language === 'python';
  await session.run({
    code: python ? 'x = [1, 2, 3]\ndef f(): return x' : 'var x = [1, 2, 3]; function f() { return x; }',
  });
  const cell = { code: python ? 'f()' : 'f();' };
  const next = await sample(100, 20, () => session.run(cell));
  const snapshots = await sample(10, 2, () => session.snapshot());
  const image = await session.snapshot();
  const begun = async (begin: () => Promise<Session>): Promise<void> => {
    await using other = await begin();
    await other.run(cell);
  };
  const restored = await sample(20, 2, () => begun(() => executor.restore(image)));
  const forked = await sample(20, 2, () => begun(() => session.fork()));
  const bytes = image.heap?.memories.reduce((total, memory) => total + memory.bytes.length, 0) ?? Number.NaN;
  const middle = (samples: readonly number[]): number => percentile(samples, 0.5);
  return [
    { what: `${language}: heap session with small state, parked`, value: bytes / 1e6, unit: 'MB', budget: ['≤', 3] },
    {
      what: `${language}: heap session resumed, run and parked again`,
      value: middle(next),
      unit: 'ms',
      budget: ['≤', 20],
    },
    { what: `${language}: snapshot of a heap session`, value: middle(snapshots), unit: 'ms' },
    { what: `${language}: restored from a snapshot, first run`, value: middle(restored), unit: 'ms' },
    { what: `${language}: forked, first run`, value: middle(forked), unit: 'ms' },
    { what: `${language}: snapshot as a file`, value: (await encodeImage(image)).length / 1e6, unit: 'MB' },
  ];
}
