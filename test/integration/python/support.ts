import { createExecutor, ExecError, type ExecErrorTag, type ExecRequest, type Executor } from 'golem-exec';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** How a program ended, whichever way it did. */
export interface Ended {
  readonly tag: 'ok' | ExecErrorTag;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly fuel?: number | undefined;
}

type Rest = Partial<ExecRequest>;

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
  const [tag, report] = await executor.run({ ...rest, language: 'python', files }).then(
    (result) => ['ok', result] as const,
    (error: unknown) => {
      if (!(error instanceof ExecError)) throw error;
      return [error.tag, error] as const;
    },
  );
  const stage = tag === 'compilation-failed' ? (report.compile ?? report.run) : report.run;
  return { tag, ...stage, fuel: report.fuel };
}

/** Lends the tests of a file one executor with one worker. */
export function useExecutor(): (content: string | Uint8Array, rest?: Rest) => Promise<Ended> {
  let executor: Executor;
  beforeAll(() => {
    executor = createExecutor({ workers: 1 });
  });
  afterAll(() => executor.close());
  return (content, rest) => runPython(executor, content, rest);
}

/** A program and what it prints; or what else it comes to. */
export type Row = readonly [source: string, expected: string | RegExp | Partial<Ended>, rest?: Rest];

/** One test for each row: a text is all of stdout of a program that ends well; a pattern is found in stderr of one that fails. */
export function testRows(
  run: (content: string, rest?: Rest) => Promise<Ended>,
  rows: Readonly<Record<string, Row>>,
): void {
  test.each(Object.entries(rows))('%s', async (_, [source, expected, rest]) => {
    const ended = await run(source, rest);
    if (typeof expected === 'string') {
      expect(ended).toMatchObject({ tag: 'ok', exitCode: 0, stdout: expected, stderr: '' });
    } else if (expected instanceof RegExp) {
      expect(ended).toMatchObject({ tag: 'runtime-failed', exitCode: 1, stderr: expect.stringMatching(expected) });
    } else {
      expect(ended).toMatchObject(expected);
    }
  });
}
