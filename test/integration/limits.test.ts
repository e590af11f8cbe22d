import { createExecutor, defaultLimits, ExecError } from 'golem-exec';
import { afterEach, describe, expect, test } from 'vitest';
import { busy, languages, program } from './programs.ts';

const own = { ...process.env };
afterEach(() => {
  for (const name of ['EXEC_TIMEOUT_MS', 'EXEC_MEMORY_LIMIT_MB']) {
    if (own[name] === undefined) delete process.env[name];
    else process.env[name] = own[name];
  }
});

const failure = async (run: Promise<unknown>): Promise<ExecError> => {
  const error = await run.catch((thrown: unknown) => thrown);
  if (!(error instanceof ExecError)) throw new Error('it did not fail');
  return error;
};

test('the deadline is 5 s where nobody names one', () => {
  expect(defaultLimits.timeMs).toBe(5_000);
});

describe.each(languages)('$language', ({ language }) => {
  test('the deadline: request before session before executor before EXEC_TIMEOUT_MS', async () => {
    process.env['EXEC_TIMEOUT_MS'] = '60000';
    await using executor = createExecutor({ workers: 1, limits: { timeMs: 50_000 } });
    await using session = await executor.openSession({ language, limits: { timeMs: 300 } });
    const code = busy[language];
    const stopped = await failure(session.run({ code }));
    expect([stopped.tag, stopped.timeMs < 5_000]).toEqual(['timeout', true]);
    const sooner = await failure(session.run({ code, limits: { timeMs: 100 } }));
    expect(sooner.message).toContain('100 ms');

    process.env['EXEC_TIMEOUT_MS'] = '250';
    await using other = createExecutor({ workers: 1 });
    const files = [program(language, busy)];
    expect((await failure(other.run({ language, files }))).message).toContain('250 ms');
  });

  test('EXEC_MEMORY_LIMIT_MB is a soft cap: a request may ask for more', async () => {
    process.env['EXEC_MEMORY_LIMIT_MB'] = '48';
    await using executor = createExecutor({ workers: 1 });
    const files = [
      program(language, {
        python: 'x = bytearray(64 << 20)\nprint(len(x))',
        javascript: 'console.log(new Uint8Array(64 << 20).length)',
      }),
    ];
    const refused = await failure(executor.run({ language, files }));
    expect([refused.tag, refused.details['reason']]).toEqual(['resource-exceeded', 'memory']);
    const allowed = await executor.run({ language, files, limits: { memoryBytes: 192 << 20 } });
    expect(allowed.run.stdout).toBe('67108864\n');
  });
});
