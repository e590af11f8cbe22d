/**
 * Measures the standard library: every module of the library index of CPython 3.14 is imported and exercised in the
 * component (test/stdlib/checks.py says how), and the table of the documentation is made of what came of it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecError, Executor } from '../../host/src/index.ts';
import { paths } from '../lib/paths.ts';
import { code, table } from './markdown.ts';

interface Check {
  readonly what: string;
  readonly program: string;
}

/** A module with what came of each check: nothing, or the error. */
export interface Measured {
  readonly module: string;
  readonly checks: readonly { readonly what: string; readonly error?: string }[];
}

const file = join(paths.root, 'test/stdlib/checks.py');

async function readChecks(): Promise<Map<string, Check[]>> {
  const modules = new Map<string, Check[]>();
  for (const section of (await readFile(file, 'utf8')).split(/^## /m).slice(1)) {
    const [name = '', ...parts] = section.split(/^# - /m);
    const checks = parts.map((part) => {
      const end = part.indexOf('\n');
      return { what: part.slice(0, end), program: part.slice(end + 1) };
    });
    modules.set(name.trim(), checks);
  }
  return modules;
}

/** Runs every check as a program of its own. */
export async function measureLibrary(executor: Executor): Promise<Measured[]> {
  const modules = await readChecks();
  return await Promise.all(
    [...modules].map(async ([module, checks]) => ({
      module,
      checks: await Promise.all(
        checks.map(async ({ what, program }) => {
          const error = await errorOf(executor, program);
          return error === undefined ? { what } : { what, error };
        }),
      ),
    })),
  );
}

async function errorOf(executor: Executor, content: string): Promise<string | undefined> {
  const files = [{ name: 'check.py', content }];
  try {
    const { run } = await executor.run({ language: 'python', files, limits: { timeMs: 60_000 } });
    return run.exitCode === 0 ? undefined : `it ends with ${run.exitCode}`;
  } catch (error) {
    // Of this copy of the host or of another.
    if (!(error instanceof Error && error.name === 'ExecError')) throw error;
    return (error as ExecError).run.stderr.trimEnd().split('\n').at(-1) || error.message;
  }
}

/** The table of the documentation, in Markdown. */
export function libraryTable(measured: readonly Measured[]): string {
  const rows = measured.map(({ module, checks }) => {
    const failed = checks.filter(({ error }) => error !== undefined);
    const result = failed.length === 0 ? 'works' : failed.length === checks.length ? 'absent' : 'partly';
    const done = checks.filter(({ error }) => error === undefined).map(({ what }) => what);
    const reasons = failed.map(({ what, error = '' }) =>
      checks.length === 1 ? code(error) : `${what}: ${code(error)}`,
    );
    return [code(module), result, done.join('; '), reasons.join('; ')];
  });
  const count = (result: string): number => rows.filter((row) => row[1] === result).length;
  const sum = `${rows.length} modules: ${count('works')} work, ${count('partly')} partly, ${count('absent')} are absent.`;
  return `${sum}\n\n${table(['module', 'result', 'what was done', 'what fails, and how'], rows)}`;
}
