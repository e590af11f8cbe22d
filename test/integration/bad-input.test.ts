import { createExecutor, ExecError, type Executor, InvalidRequestError } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hello, languages, type Pair, program } from './programs.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 1 });
});
afterAll(() => executor.close());

const failure = async (call: Promise<unknown>): Promise<ExecError> => {
  const error = await call.catch((thrown: unknown) => thrown);
  if (!(error instanceof ExecError)) throw new Error(`it did not fail: ${String(error)}`);
  return error;
};

describe.each(languages)('$language: too much loses nothing of a session', ({ language }) => {
  test('200 MB, 100,000 files, names of 10,000 characters', async () => {
    const many = Array.from({ length: 100_000 }, (_, i) => ({ name: `f${i}`, content: '' }));
    const refused = await failure(executor.run({ language, files: [program(language, hello), ...many] }));
    expect([refused.tag, refused.details['reason']]).toEqual(['resource-exceeded', 'files']);
    const big = new Uint8Array(200 * 1024 * 1024);
    const huge = await failure(
      executor.run({ language, files: [program(language, hello), { name: 'big', content: big }] }),
    );
    expect([huge.tag, huge.details['reason']]).toEqual(['resource-exceeded', 'input']);

    await using session = await executor.openSession({ language, limits: { files: 50 } });
    await session.upload({ name: 'kept', content: 'k' });
    expect((await failure(session.upload({ name: 'big', content: big }))).tag).toBe('resource-exceeded');
    await expect(session.upload({ name: 'x'.repeat(10_000), content: '' })).rejects.toThrow(InvalidRequestError);
    const fill: Pair = {
      python: 'for i in range(100000): open(f"f{i}", "w").close()',
      javascript: 'const fs = require("fs"); for (let i = 0; i < 100000; i++) fs.writeFileSync(`f${i}`, "");',
    };
    const full = await failure(session.run({ code: fill[language] }));
    expect([full.tag, full.details['reason']]).toEqual(['resource-exceeded', 'files']);
    expect((await session.listFiles()).length).toBe(50);
    expect(Buffer.from(await session.download('kept')).toString()).toBe('k');
    expect((await session.run({ code: hello[language] })).run.stdout).toBe('hi\n');
  });
});

describe('the pool', () => {
  test('loads a language when it is first asked for, and only then', async () => {
    await using other = createExecutor({ workers: 1, components: { python: '/nowhere/python.wasm' } });
    const { run } = await other.run({ language: 'javascript', files: [program('javascript', hello)] });
    expect(run.stdout).toBe('hi\n');
    const error = await failure(other.run({ language: 'python', files: [program('python', hello)] }));
    expect([error.tag, error.message]).toEqual(['internal', expect.stringContaining('does not exist')]);
  });

  test('serves runs in the order they came, whatever their language', async () => {
    const ended: number[] = [];
    await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const language = i % 3 === 0 ? 'python' : 'javascript';
        await executor.run({ language, files: [program(language, hello)] });
        ended.push(i);
      }),
    );
    expect(ended).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });
});
