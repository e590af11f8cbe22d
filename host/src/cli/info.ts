import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { environmentLimits } from '../executor/index.ts';
import type { Executor, LanguageKind, Limits } from '../index.ts';
import { limitTable } from '../limits.ts';
import { componentFile } from '../node/components.ts';
// Not by way of the index, which brings all of the library: this file is loaded with every command.
import { createExecutor } from '../node/create-executor.ts';
import { showFailure, showJson, table, write } from './show.ts';

/** Each engine's name, and the program that asks it for its version. */
const engines: Readonly<Record<LanguageKind, { readonly name: string; readonly ask: string }>> = {
  javascript: { name: 'QuickJS-ng', ask: 'console.log(process.versions.quickjs);' },
  python: { name: 'CPython', ask: 'import sys; print(sys.version.split()[0])' },
};

interface LanguageInfo {
  readonly language: LanguageKind;
  readonly engine: string;
  /** As the engine itself says. */
  readonly version?: string;
  readonly component?: string;
  /** Size of the component file. */
  readonly bytes?: number;
  /** Why the engine did not answer. */
  readonly problem?: string;
}

/** Adds `golem-exec info`. */
export function addInfoCommand(program: Command, version: string): void {
  program
    .command('info')
    .summary('show versions, components, limits and folders')
    .description('Show the versions of golem-exec and its engines, the component files, the limits and the sessions.')
    .option('--json', 'print one line of JSON')
    .addHelpText('after', '\nExamples:\n  $ golem-exec info\n  $ golem-exec info --json')
    .action(async (options: { readonly json?: boolean }) => {
      const json = options.json === true;
      try {
        await info(version, json);
      } catch (error) {
        process.exitCode = showFailure(error, json);
      }
    });
}

async function info(version: string, json: boolean): Promise<void> {
  await using executor = createExecutor({ workers: 1 });
  const languages: LanguageInfo[] = [];
  for (const language of ['javascript', 'python'] as const) languages.push(await languageInfo(executor, language));
  const chosen = environmentLimits(process.env);
  const names = Object.keys(limitTable) as (keyof Limits)[];
  const limits = names.map((name) => {
    const { unit, default: standard, minimum, maximum } = limitTable[name];
    return { name, unit, default: chosen[name] ?? standard, minimum, maximum };
  });
  const { defaultSessionsFolder } = await import('../store/index.ts');
  const sessions = defaultSessionsFolder();
  const { version: node, platform, arch } = process;
  if (json) {
    showJson({ ok: true, result: { version, node, platform, arch, languages, limits, sessions } });
    return;
  }
  const text = [
    table([
      ['golem-exec', version],
      ['Node.js', `${node} (${platform}, ${arch})`],
      ['sessions', sessions],
    ]),
    table([
      ...languages.map(({ engine, version: own, component, bytes, problem }) => [
        `${engine} ${own ?? ''}`.trim(),
        bytes === undefined ? '' : `${(bytes / 1e6).toFixed(1)} MB`,
        problem ?? component ?? '',
      ]),
    ]),
    table([
      ['limit', 'default', 'unit', 'range'],
      ...limits.map((row) => [
        row.name,
        count(row.default),
        row.unit,
        `${count(row.minimum)} to ${count(row.maximum)}`,
      ]),
    ]),
  ];
  await write(process.stdout, text.join('\n'));
}

async function languageInfo(executor: Executor, language: LanguageKind): Promise<LanguageInfo> {
  const { name: engine, ask } = engines[language];
  const component = componentFile(language, process.env);
  const bytes = component === undefined ? undefined : await sizeOf(component);
  const known = {
    language,
    engine,
    ...(component === undefined ? {} : { component }),
    ...(bytes === undefined ? {} : { bytes }),
  };
  try {
    const { run } = await executor.run({ language, files: [{ name: 'version', content: ask }] });
    return { ...known, version: run.stdout.trim() };
  } catch (error) {
    return { ...known, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return await stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}

function count(value: number): string {
  return value === Number.MAX_SAFE_INTEGER ? 'no limit' : value.toLocaleString('en');
}
