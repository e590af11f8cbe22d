import { readFile } from 'node:fs/promises';
import { defaultLimits, type LanguageKind } from 'golem-exec';
import { Engine, type EngineJob } from '../../host/src/engine/index.ts';
import { componentNames, loadBuiltComponent } from '../../host/src/node/components.ts';
import { NodeWorkerPlatform } from '../../host/src/node/platform.ts';
import { createSharedControl } from '../../host/src/pool/index.ts';
import { transpile } from '../../host/src/transpiler/index.ts';
import { javascriptPeers } from './peers/javascript.ts';
import { monty, nativeNode, nativePython, wasmtime } from './peers/outside.ts';
import {
  helloName,
  type InsidePeer,
  measureInTurns,
  type OutsidePeer,
  type Peer,
  type Programs,
  type Timings,
} from './peers/peer.ts';
import { pyodide } from './peers/python.ts';
import { cpuPrograms } from './programs.ts';
import { geometricMean, type Row } from './stats.ts';

/** The same programs here and in the peers, in milliseconds. */
export interface Comparison {
  readonly language: LanguageKind;
  readonly subjects: readonly Subject[];
}

interface Subject extends Peer, Timings {}

export const ours = { metered: 'golem-exec', unmetered: 'golem-exec, unmetered' } as const;

const file = { python: 'main.py', javascript: 'main.js' } as const;
const hello = { python: 'print("hi")', javascript: 'console.log("hi")' } as const;
const native = { python: 'python3', javascript: 'node' } as const;
const nowhere = { write: () => undefined };

const inside: Readonly<Record<LanguageKind, readonly InsidePeer[]>> = {
  javascript: [...enginePeers('javascript'), ...javascriptPeers],
  python: [...enginePeers('python'), pyodide],
};
const outside: Readonly<Record<LanguageKind, readonly OutsidePeer[]>> = {
  javascript: [wasmtime('javascript'), nativeNode],
  python: [wasmtime('python'), monty, nativePython],
};

/**
 * Measures a language's programs in this project's engine, in its peers and in the machine's own interpreter. A peer
 * that cannot be had is told of and left out.
 */
export async function compare(language: LanguageKind): Promise<Comparison> {
  const programs: Programs = { [helloName]: hello[language], ...cpuPrograms[language] };
  const had = async <T>({ name }: Peer, get: () => Promise<T>): Promise<T[]> => {
    try {
      return [await get()];
    } catch (error) {
      console.log(`${name} is left out: it cannot be had here (${String(error).split('\n', 1)[0]})`);
      return [];
    }
  };
  const ready: { peer: InsidePeer; run: Awaited<ReturnType<InsidePeer['prepare']>> }[] = [];
  for (const peer of inside[language]) {
    ready.push(...(await had(peer, async () => ({ peer, run: await peer.prepare(programs) }))));
  }
  const timings = await measureInTurns(
    programs,
    ready.map(({ run }) => run),
  );
  const subjects: Subject[] = [];
  const add = ({ name, how }: Peer, { milliseconds, failures }: Timings): void => {
    subjects.push({ name, how, milliseconds, failures });
  };
  for (const [index, { peer }] of ready.entries()) {
    const timing = timings[index];
    if (timing !== undefined) add(peer, timing);
  }
  for (const peer of outside[language]) {
    for (const timing of await had(peer, () => peer.measure(programs))) add(peer, timing);
  }
  return { language, subjects };
}

function enginePeers(language: LanguageKind): InsidePeer[] {
  const how = 'an instance put back to its image, one run';
  return [
    enginePeer(language, ours.metered, how, loadBuiltComponent),
    enginePeer(language, ours.unmetered, `${how}, without fuel`, unmetered),
  ];
}

function enginePeer(language: LanguageKind, name: string, how: string, component: typeof unmetered): InsidePeer {
  return {
    name,
    how,
    async prepare(programs) {
      const platform = new NodeWorkerPlatform(createSharedControl(256 * 1024));
      const engine = await Engine.load(await component(language), platform);
      const run = (source: string): number => {
        const { tag, timeMs } = engine.run(jobOf(language, source), nowhere, nowhere);
        if (tag !== 'ok') throw new Error(`the program ended with ${tag}`);
        engine.prepare();
        return timeMs;
      };
      // For V8's optimising tier, which begins to work on an instance's code when that is busy.
      for (let i = 0; i < 2; i++) for (const source of Object.values(programs)) run(source);
      for (let i = 0; i < 500; i++) run(programs[helloName] ?? '');
      return run;
    },
  };
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

async function unmetered(language: LanguageKind): ReturnType<typeof loadBuiltComponent> {
  const built = await loadBuiltComponent(language);
  const name = componentNames[language];
  const component = await readFile(new URL(`../../dist/components/${name}.wasm`, import.meta.url));
  const modules: Record<string, WebAssembly.Module> = {};
  const transpiled = await transpile(component, { name, requiredExports: [], meter: false });
  for (const [path, bytes] of transpiled.modules) modules[path] = await WebAssembly.compile(new Uint8Array(bytes));
  return { ...built, modules };
}

/** Programs that the budgets of the design name. */
const named = {
  javascript: ['fib', 'json', 'regex', 'sort', 'loop', 'objects'],
  python: ['fib', 'loop', 'floats', 'objects', 'json', 'regex', 'sort', 'sha'],
} as const;

/** The budgets that a comparison answers. */
export function cpuBudgets({ language, subjects }: Comparison): Row[] {
  const times = (name: string): Readonly<Record<string, number>> =>
    subjects.find((subject) => subject.name === name)?.milliseconds ?? {};
  const ratios = (a: string, b: string, programs: readonly string[]): [program: string, ratio: number][] =>
    programs.map((program) => [program, (times(a)[program] ?? Number.NaN) / (times(b)[program] ?? Number.NaN)]);
  const mean = (pairs: readonly (readonly [string, number])[]): number =>
    geometricMean(pairs.map(([, ratio]) => ratio));
  const each = (pairs: readonly (readonly [string, number])[]): string =>
    pairs.map(([program, ratio]) => `${program} ${ratio.toFixed(2)}`).join(', ');
  const metering = ratios(ours.metered, ours.unmetered, Object.keys(cpuPrograms[language]));
  const rows: Row[] = [
    {
      what: `${language}: metered against unmetered, geometric mean`,
      value: mean(metering),
      unit: '×',
      budget: ['≤', 1.2],
      note: each(metering),
    },
  ];
  if (language === 'python') {
    for (const [name, most] of [
      [ours.unmetered, 1.8],
      [ours.metered, 2.1],
    ] as const) {
      const pairs = ratios(name, native.python, named.python);
      const what = `python: ${name} against the machine’s python3, geometric mean`;
      rows.push({ what, value: mean(pairs), unit: '×', budget: ['≤', most], note: each(pairs) });
    }
    return rows;
  }
  for (const { name } of javascriptPeers) {
    const pairs = ratios(name, ours.metered, named.javascript);
    const least = Math.min(...pairs.map(([, ratio]) => ratio));
    const what = `javascript: ${name}’s time in ours, the least of the programs`;
    rows.push({ what, value: least, unit: '×', budget: ['≥', 1], note: each(pairs) });
  }
  return rows;
}

/** A comparison as a Markdown table: milliseconds, and in brackets how many times our metered run's. */
export function comparisonTable({ subjects }: Comparison): string {
  const base = subjects[0]?.milliseconds ?? {};
  const programs = Object.keys(base);
  const cell = (program: string, { milliseconds }: Subject): string => {
    const time = milliseconds[program];
    if (time === undefined) return '–';
    const shown = time < 10 ? time.toFixed(2) : time.toFixed(0);
    return milliseconds === base ? shown : `${shown} (${(time / (base[program] ?? Number.NaN)).toFixed(2)}×)`;
  };
  const means = subjects.map(({ milliseconds }) => {
    const both = programs.filter((program) => program !== helloName && milliseconds[program] !== undefined);
    return geometricMean(both.map((program) => (milliseconds[program] ?? 0) / (base[program] ?? Number.NaN)));
  });
  return [
    `| ms | ${subjects.map(({ name }) => name).join(' | ')} |`,
    `|---|${subjects.map(() => '---:|').join('')}`,
    ...programs.map((program) => `| ${program} | ${subjects.map((subject) => cell(program, subject)).join(' | ')} |`),
    `| geometric mean without hello | ${means.map((ratio) => `${ratio.toFixed(2)}×`).join(' | ')} |`,
    '',
    ...subjects.map(({ name, how }) => `- ${name}: ${how}.`),
    ...subjects.flatMap(({ name, failures }) =>
      Object.entries(failures).map(([program, why]) => `- ${name} does not run ${program}: ${why}`),
    ),
  ].join('\n');
}
