import { createExecutor, ExecError, type ExecErrorTag, type ExecRequest, type Executor } from 'golem-exec';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** How a program ended, whichever way it did. */
export interface Ended {
  readonly tag: 'ok' | ExecErrorTag;
  readonly exitCode?: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

type Rest = Partial<ExecRequest> & { readonly name?: string };

/** Lends the tests of a file one executor with one worker; a program is `/app/main.mjs` unless `name` says otherwise. */
export function useExecutor(): (content: string, rest?: Rest) => Promise<Ended> {
  let executor: Executor;
  beforeAll(() => {
    executor = createExecutor({ workers: 1 });
  });
  afterAll(() => executor.close());
  return async (content, { name = 'main.mjs', ...rest } = {}) => {
    const files = [{ name, content }, ...(rest.files ?? [])];
    const [tag, report] = await executor.run({ ...rest, language: 'javascript', files }).then(
      (result) => ['ok', result] as const,
      (error: unknown) => {
        if (!(error instanceof ExecError)) throw error;
        return [error.tag, error] as const;
      },
    );
    const stage = tag === 'compilation-failed' ? (report.compile ?? report.run) : report.run;
    return { tag, ...stage };
  };
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
