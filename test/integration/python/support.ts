import type { ExecRequest, Executor } from 'golem-exec';
import { type Ended, endOf, lendExecutor, type RowOf } from '../support.ts';

export { type Ended, testRows } from '../support.ts';

type Rest = Partial<ExecRequest>;
export type Row = RowOf<Rest>;

/** Python source in a template: the indentation of its first line is taken from all. */
export function py(parts: TemplateStringsArray, ...values: readonly unknown[]): string {
  const lines = String.raw({ raw: parts.raw }, ...values)
    .replace(/^\n/, '')
    .trimEnd()
    .split('\n');
  const indentation = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0;
  return `${lines.map((line) => line.slice(indentation)).join('\n')}\n`;
}

/** Runs a program as `/app/main.py`. */
export async function runPython(executor: Executor, content: string | Uint8Array, rest: Rest = {}): Promise<Ended> {
  const files = [{ name: 'main.py', content }, ...(rest.files ?? [])];
  return await endOf(executor, { ...rest, language: 'python', files });
}

/** Lends the tests of a file one executor with one worker. */
export function useExecutor(): (content: string | Uint8Array, rest?: Rest) => Promise<Ended> {
  const executor = lendExecutor();
  return (content, rest) => runPython(executor(), content, rest);
}
