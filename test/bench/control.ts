import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createExecutor, defaultLimits, ExecError, type LanguageKind } from 'golem-exec';
import { Engine, type EngineJob } from '../../host/src/engine/index.ts';
import { componentNames, loadBuiltComponent } from '../../host/src/node/components.ts';
import { NodeWorkerPlatform } from '../../host/src/node/platform.ts';
import { createSharedControl } from '../../host/src/pool/index.ts';
import { transpile } from '../../host/src/transpiler/index.ts';
import { cpuPrograms, endlessPrograms } from './programs.ts';
import { geometricMean, percentile, type Row } from './stats.ts';

const file = { python: 'main.py', javascript: 'main.js' } as const;
const nowhere = { write: () => undefined };

/** What control costs, and how fast it acts. */
export async function controlRows(language: LanguageKind): Promise<Row[]> {
  return [...(await cpuRows(language)), ...(await stopRows(language)), ...(await heapRows(language))];
}

function jobOf(language: LanguageKind, source: string): EngineJob {
  return {
    language,
    workspace: { kind: 'files', files: [{ path: `/app/${file[language]}`, bytes: new TextEncoder().encode(source) }] },
    keepWorkspace: false,
    folder: '/app',
    entrypoint: file[language],
    args: [],
    env: [],
    stdin: new Uint8Array(0),
    limits: { ...defaultLimits, timeMs: 120_000 },
  };
}

/** The least of a few runs, so that V8's optimising tier has done its work. */
function best(engine: Engine, job: EngineJob): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 6; i++) {
    least = Math.min(least, engine.run(job, nowhere, nowhere).timeMs);
    engine.prepare();
  }
  return least;
}

async function unmetered(language: LanguageKind): ReturnType<typeof loadBuiltComponent> {
  const built = await loadBuiltComponent(language);
  const name = componentNames[language];
  const component = await readFile(new URL(`../../dist/components/${name}.wasm`, import.meta.url));
  const modules: Record<string, WebAssembly.Module> = {};
  const transpiled = await transpile(component, { name, requiredExports: [], meter: false });
  for (const [path, bytes] of transpiled.modules) modules[path] = await WebAssembly.compile(new Uint8Array(bytes));
  return { ...built, modules };
}

async function cpuRows(language: LanguageKind): Promise<Row[]> {
  const platform = new NodeWorkerPlatform(createSharedControl(256 * 1024));
  const metered = await Engine.load(await loadBuiltComponent(language), platform);
  const plain = await Engine.load(await unmetered(language), platform);
  const rows: Row[] = [];
  const metering: number[] = [];
  const native: number[] = [];
  for (const [name, source] of Object.entries(cpuPrograms[language])) {
    const job = jobOf(language, source);
    const time = best(metered, job);
    const without = best(plain, job);
    metering.push(time / without);
    const peer = language === 'python' ? nativePython(source) : undefined;
    if (peer !== undefined) native.push(time / peer);
    const note = peer === undefined ? '' : `, native ${peer.toFixed(1)} ms (${(time / peer).toFixed(2)}×)`;
    rows.push({
      what: `${language}: ${name}`,
      value: time,
      unit: 'ms',
      note: `unmetered ${without.toFixed(1)} ms${note}`,
    });
  }
  rows.push({
    what: `${language}: metered against unmetered, geometric mean`,
    value: geometricMean(metering),
    unit: '×',
    budget: ['≤', 1.2],
  });
  if (native.length > 0) {
    rows.push({
      what: 'python: metered against the machine’s python3, geometric mean',
      value: geometricMean(native),
      unit: '×',
      budget: ['≤', 2.1],
    });
  }
  return rows;
}

/** Milliseconds of a program in the machine's own Python, start-up excluded; nothing where there is none. */
function nativePython(source: string): number | undefined {
  const timer =
    'import sys,time\nc=compile(sys.argv[1],"m","exec")\nb=9e9\nfor _ in range(4):\n  t=time.perf_counter();exec(c,{});b=min(b,time.perf_counter()-t)\nprint(b*1000)';
  const { status, stdout } = spawnSync('python3', ['-c', timer, source], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
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

async function heapRows(language: LanguageKind): Promise<Row[]> {
  const platform = new NodeWorkerPlatform(createSharedControl(256 * 1024));
  const engine = await Engine.load(await loadBuiltComponent(language), platform);
  const source =
    language === 'python' ? 'x = [1, 2, 3]\ndef f(): return x' : 'var x = [1, 2, 3]; function f() { return x; }';
  const first = engine.run({ ...jobOf(language, source), heap: 'fresh' }, nowhere, nowhere);
  const heap = first.heap;
  if (heap === undefined) throw new Error(`no heap: ${JSON.stringify(first)}`);
  const resumed: number[] = [];
  for (let i = 0; i < 20; i++) {
    engine.prepare();
    const begin = performance.now();
    engine.run({ ...jobOf(language, language === 'python' ? 'f()' : 'f();'), heap }, nowhere, nowhere);
    resumed.push(performance.now() - begin);
  }
  const bytes = heap.memories.reduce((total, memory) => total + memory.bytes.length, 0);
  return [
    { what: `${language}: heap session with small state, parked`, value: bytes / 1e6, unit: 'MB', budget: ['≤', 3] },
    {
      what: `${language}: heap session resumed, run and parked again`,
      value: percentile(resumed, 0.5),
      unit: 'ms',
      budget: ['≤', 20],
    },
  ];
}
