import { createExecutor, ExecError, type Executor } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// A program that takes over the harness it runs in, and speaks through the component.
let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 1 });
});
afterAll(() => executor.close());

const takeOver = (claim: string): string => `
import gc
sessions = next(type(o).outcome_of.__globals__ for o in gc.get_objects() if type(o).__qualname__ == "Session")
types, Err = (vars(sessions["requests"])[name] for name in ("types", "Err"))
def forged(*args, **kw):
    raise Err(${claim})
for name in ("_outcome", "_end_of", "_leave"):
    sessions["run"].__globals__[name] = forged
`;

const stage = 'types.StageResult("A" * 5_000_000, "", 99999, "SIGFORGED")';

async function failure(claim: string): Promise<ExecError> {
  const files = [{ name: 'main.py', content: takeOver(claim) }];
  const error = await executor.run({ language: 'python', files }).then(
    (result) => new ExecError('internal', 'completed', result),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ExecError)) throw error;
  const next = await executor.run({ language: 'python', files: [{ name: 'main.py', content: 'print("clean")' }] });
  expect(next.run).toEqual({ stdout: 'clean\n', stderr: '', exitCode: 0 });
  return error;
}

describe('what a component says of the host’s affairs is not believed', () => {
  test.each([
    ['types.Error_Timeout()', 'timeout'],
    ['types.Error_ResourceExceeded()', 'resource-exceeded'],
    ['types.Error_UnsupportedLanguage()', 'unsupported-language'],
    ['types.Error_Internal("FORGED")', 'internal'],
  ])('%s', async (claim, tag) => {
    const error = await failure(claim);
    expect(error.tag).not.toBe(tag);
    expect(error.tag).toBe('runtime-failed');
    expect(error.message).not.toContain('FORGED');
  });

  test('its text is held to the limit of output, its codes to the contract', async () => {
    const error = await failure(`types.Error_RuntimeFailed(${stage})`);
    expect(error.tag).toBe('runtime-failed');
    expect(error.run.stdout.length).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect(error.run.exitCode ?? 0).toBeLessThanOrEqual(255);
    expect([undefined, 'SIGABRT', 'SIGSEGV', 'SIGKILL']).toContain(error.run.signal);
  });
});
