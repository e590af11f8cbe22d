import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { createExecutor, defaultLimits, type ExecRequest, type Executor, type LanguageKind } from 'golem-exec';
import { Engine, type EngineJob } from '../../host/src/engine/index.ts';
import { componentNames, loadBuiltComponent } from '../../host/src/node/components.ts';
import { NodeWorkerPlatform } from '../../host/src/node/platform.ts';
import { createSharedControl } from '../../host/src/pool/index.ts';
import { percentile, type Row, sample } from './stats.ts';

const dist = new URL('../../dist/', import.meta.url);
const hello = { python: ['main.py', 'print("hi")'], javascript: ['main.mjs', 'console.log("hi")'] } as const;
const budgets = {
  python: { warm: 1, perSecond: 300, cli: 250 },
  javascript: { warm: 0.25, perSecond: 3_000, cli: 100 },
} as const;

/** Sizes of the components, and what a run costs from a cold process to a warm executor. */
export async function startupRows(language: LanguageKind): Promise<Row[]> {
  return [
    ...(await sizeRows(language)),
    ...(await engineRows(language)),
    ...(await executorRows(language)),
    ...cliRows(language),
    ...memoryRows(language),
  ];
}

async function sizeRows(language: LanguageKind): Promise<Row[]> {
  const component = await readFile(new URL(`components/${componentNames[language]}.wasm`, dist));
  const megabytes = (bytes: number): number => bytes / 1e6;
  const gzip = megabytes(gzipSync(component, { level: 9 }).length);
  return [
    {
      what: `${language}: component, raw`,
      value: megabytes(component.length),
      unit: 'MB',
      ...(language === 'javascript'
        ? { budget: ['≤', 10] as const }
        : { note: 'the reason stands in docs/DEVIATIONS.md' }),
    },
    {
      what: `${language}: component, gzip -9`,
      value: gzip,
      unit: 'MB',
      ...(language === 'javascript' ? { budget: ['≤', 2] as const } : {}),
    },
    {
      what: `${language}: component, zstd -19`,
      value: megabytes(zstdCompressSync(component, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }).length),
      unit: 'MB',
      ...(language === 'python' ? { budget: ['≤', 10] as const } : {}),
    },
  ];
}

/** In this thread, without a worker around it: what the engine itself takes. */
async function engineRows(language: LanguageKind): Promise<Row[]> {
  const begin = performance.now();
  const component = await loadBuiltComponent(language);
  const compiled = performance.now() - begin;
  const platform = new NodeWorkerPlatform(createSharedControl(256 * 1024));
  const [path, source] = hello[language];
  const job: EngineJob = {
    language,
    workspace: { kind: 'files', files: [{ path: `/app/${path}`, bytes: new TextEncoder().encode(source) }] },
    keepWorkspace: false,
    folder: '/app',
    entrypoint: path,
    args: [],
    env: [],
    stdin: new Uint8Array(0),
    limits: { ...defaultLimits, timeMs: 60_000 },
  };
  const nowhere = { write: () => undefined };
  const instantiate = await sample(10, 2, () => Engine.load(component, platform));
  const first: number[] = [];
  for (let i = 0; i < 10; i++) {
    const engine = await Engine.load(component, platform);
    first.push(engine.run(job, nowhere, nowhere).timeMs);
  }
  const engine = await Engine.load(component, platform);
  const warm: number[] = [];
  const reset: number[] = [];
  for (let i = 0; i < 1_000; i++) {
    warm.push(engine.run(job, nowhere, nowhere).timeMs);
    const before = performance.now();
    engine.prepare();
    reset.push(performance.now() - before);
  }
  return [
    { what: `${language}: load and compile all core modules`, value: compiled, unit: 'ms' },
    { what: `${language}: instantiate`, value: percentile(instantiate, 0.5), unit: 'ms' },
    { what: `${language}: first run of an instance`, value: percentile(first, 0.5), unit: 'ms' },
    { what: `${language}: warm run, engine alone`, value: percentile(warm.slice(500), 0.5), unit: 'ms' },
    { what: `${language}: back to the start-up image`, value: percentile(reset.slice(500), 0.5), unit: 'ms' },
  ];
}

/** Runs before the first that counts: V8 optimises the engine's code in them. */
const warmRuns = 1_500;

async function executorRows(language: LanguageKind): Promise<Row[]> {
  await using executor = createExecutor({ workers: 1 });
  const [name, content] = hello[language];
  const request = { language, files: [{ name, content }] };
  const run = (): Promise<unknown> => executor.run(request);
  const cold = await sample(1, 0, run);
  const early = await sample(100, 0, run);
  await sample(warmRuns, 0, run);
  // Between two runs the worker puts the instance back; a caller that waits a little does not wait for that.
  const spaced: number[] = [];
  for (let i = 0; i < 200; i++) {
    await new Promise((resolve) => setTimeout(resolve, 3));
    spaced.push(...(await sample(1, 0, run)));
  }
  const budget = budgets[language];
  const workers = availableParallelism();
  const perSecond = await throughput(executor, request, 1);
  await using wide = createExecutor({ workers });
  await Promise.all(Array.from({ length: warmRuns }, () => wide.run(request)));
  return [
    { what: `${language}: first run of an executor`, value: cold[0] ?? Number.NaN, unit: 'ms' },
    { what: `${language}: its next 100 runs, p50`, value: percentile(early, 0.5), unit: 'ms' },
    {
      what: `${language}: hello, hermetic, warm executor, p50`,
      value: percentile(spaced, 0.5),
      unit: 'ms',
      budget: ['≤', budget.warm],
      note: `p10 ${percentile(spaced, 0.1).toFixed(2)} ms, p90 ${percentile(spaced, 0.9).toFixed(2)} ms; back to back p50 ${percentile(await sample(500, 0, run), 0.5).toFixed(2)} ms`,
    },
    {
      what: `${language}: hermetic runs per second, one worker`,
      value: perSecond,
      unit: '/s',
      budget: ['≥', budget.perSecond],
    },
    {
      what: `${language}: hermetic runs per second, ${workers} workers`,
      value: await throughput(wide, request, workers),
      unit: '/s',
    },
  ];
}

/** Runs that end in a second while there is always a next one waiting for each worker; the best of three. */
async function throughput(executor: Executor, request: ExecRequest, workers: number): Promise<number> {
  let best = 0;
  for (let round = 0; round < 3; round++) {
    const begin = performance.now();
    let ended = 0;
    const caller = async (): Promise<void> => {
      for (; performance.now() - begin < 1_000; ended++) await executor.run(request);
    };
    await Promise.all(Array.from({ length: 2 * workers }, caller));
    best = Math.max(best, (1_000 * ended) / (performance.now() - begin));
  }
  return best;
}

function cliRows(language: LanguageKind): Row[] {
  const cli = fileURLToPath(new URL('cli.js', dist));
  const time = (command: string, args: readonly string[]): number => {
    const begin = performance.now();
    const { status } = spawnSync(command, args);
    if (status !== 0) throw new Error(`${command} failed with status ${status}`);
    return performance.now() - begin;
  };
  const [peer, peerArgs] = language === 'python' ? ['python3', ['-c', '0']] : [process.execPath, ['-e', '0']];
  const own: number[] = [];
  const others: number[] = [];
  for (let i = 0; i < 15; i++) {
    own.push(time(process.execPath, [cli, 'run', '--lang', language, '-e', hello[language][1]]));
    others.push(time(peer, peerArgs));
  }
  return [
    {
      what: `${language}: command line from process start`,
      value: percentile(own, 0.5),
      unit: 'ms',
      budget: ['≤', budgets[language].cli],
      note: `least ${Math.min(...own).toFixed(0)} ms; ${language === 'python' ? 'python3 -c 0' : 'node -e 0'} ${percentile(others, 0.5).toFixed(0)} ms`,
    },
  ];
}

/** In a process of its own, in which nothing else is resident. */
function memoryRows(language: LanguageKind): Row[] {
  const script = fileURLToPath(new URL('memory.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', script, language], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`memory.ts failed: ${stderr}`);
  return JSON.parse(stdout) as Row[];
}
