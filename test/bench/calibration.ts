import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createExecutor, type LanguageKind } from 'golem-exec';
import { python } from '../../build/lib/python.ts';
import { componentNames } from '../../host/src/node/components.ts';
import { installWasmtime } from '../conformance/wasmtime/install.ts';
import { cpuPrograms } from './programs.ts';
import { geometricMean, type Row } from './stats.ts';

const file = { python: 'main.py', javascript: 'main.js' } as const;

/** What a unit of fuel is, against Wasmtime's of one an instruction, on the same programs. */
export async function calibrationRows(language: LanguageKind): Promise<Row[]> {
  const programs = { '': '', ...cpuPrograms[language] };
  const wasmtime = await wasmtimeFuel(language, programs);
  await using executor = createExecutor({ workers: 1 });
  const ours = async (content: string): Promise<number> => {
    const files = [{ name: file[language], content }];
    const { fuel = 0 } = await executor.run({ language, files, limits: { timeMs: 120_000 } });
    return fuel;
  };
  const empty = await ours('');
  const ratios: [string, number][] = [];
  for (const [name, source] of Object.entries(cpuPrograms[language])) {
    ratios.push([name, ((await ours(source)) - empty) / ((wasmtime[name] ?? 0) - (wasmtime[''] ?? 0))]);
  }
  const each = ratios.map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`).join(', ');
  return [
    {
      what: `${language}: units of fuel to one of Wasmtime’s, geometric mean`,
      value: geometricMean(ratios.map(([, r]) => r)),
      unit: '×',
      note: each,
    },
  ];
}

async function wasmtimeFuel(
  language: LanguageKind,
  programs: Readonly<Record<string, string>>,
): Promise<Record<string, number>> {
  const component = fileURLToPath(new URL(`../../dist/components/${componentNames[language]}.wasm`, import.meta.url));
  const script = fileURLToPath(new URL('fuel.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync(await python(), [script, component, language], {
    input: JSON.stringify(programs),
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: await installWasmtime() },
  });
  if (status !== 0) throw new Error(`Wasmtime failed: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout) as Record<string, number>;
}
