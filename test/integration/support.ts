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

/** Lends the tests of a file one executor. */
export function lendExecutor(workers = 1): () => Executor {
  let executor: Executor;
  beforeAll(() => {
    executor = createExecutor({ workers });
  });
  afterAll(() => executor.close());
  return () => executor;
}

/** The error that a call ends with. */
export async function failure(call: Promise<unknown>): Promise<ExecError> {
  const error = await call.then(
    () => expect.fail('it succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ExecError);
  return error as ExecError;
}

/** Runs a request; of one that does not compile, the stage is that of the compiler. */
export async function endOf(executor: Executor, request: ExecRequest): Promise<Ended> {
  const [tag, report] = await executor.run(request).then(
    (result) => ['ok', result] as const,
    (error: unknown) => {
      if (!(error instanceof ExecError)) throw error;
      return [error.tag, error] as const;
    },
  );
  const stage = tag === 'compilation-failed' ? (report.compile ?? report.run) : report.run;
  return { tag, ...stage, fuel: report.fuel };
}

/** A program and what it prints; or what else it comes to. */
export type RowOf<Rest> = readonly [source: string, expected: string | RegExp | Partial<Ended>, rest?: Rest];

/** One test for each row: a text is all of stdout of a program that ends well; a pattern is found in stderr of one that fails. */
export function testRows<Rest>(
  run: (content: string, rest?: Rest) => Promise<Ended>,
  rows: Readonly<Record<string, RowOf<Rest>>>,
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
