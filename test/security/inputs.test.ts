import { createExecutor, type Executor } from 'golem-exec';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failure } from '../integration/support.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 1 });
});
afterAll(() => executor.close());

test.each(['python', 'javascript'] as const)(
  '%s: input without measure is refused with the limit it meets',
  async (language) => {
    const main = { name: language === 'python' ? 'm.py' : 'm.js', content: '' };
    const many = Array.from({ length: 100_000 }, (_, i) => ({ name: `f${i}`, content: '' }));
    const big = [{ name: 'big', content: new Uint8Array(200_000_000) }];
    const cases = [
      [{ files: [main, ...many] }, 'files'],
      [{ files: [main, ...big] }, 'input'],
      [{ files: [main, ...big], limits: { inputBytes: 300_000_000 } }, 'fileSizeBytes'],
      [{ files: [main], stdin: new Uint8Array(70_000_000) }, 'input'],
      [{ files: [main], args: ['x'.repeat(70_000_000)] }, 'input'],
    ] as const;
    for (const [request, reason] of cases) {
      const error = await failure(executor.run({ language, ...request }));
      expect([error.tag, error.details['reason']]).toEqual(['resource-exceeded', reason]);
      expect(error.message).toMatch(/limits\./);
    }
  },
);

test('a source of many megabytes, and one of a single endless line, end as they must', {
  timeout: 60_000,
}, async () => {
  const line = 'x = 1;'.repeat(300_000);
  for (const [language, name] of [
    ['python', 'm.py'],
    ['javascript', 'm.js'],
  ] as const) {
    const { run } = await executor.run({
      language,
      files: [{ name, content: line }],
      limits: { timeMs: 50_000, memoryBytes: 2 ** 30 },
    });
    expect(run.exitCode).toBe(0);
    const nested = await failure(executor.run({ language, files: [{ name, content: '('.repeat(100_000) }] }));
    expect(['compilation-failed', 'resource-exceeded']).toContain(nested.tag);
  }
});

test('two hundred sessions, one after the other, leave nothing behind', { timeout: 120_000 }, async () => {
  const session = async (i: number): Promise<void> => {
    await using opened = await executor.openSession({
      language: i % 2 === 0 ? 'python' : 'javascript',
      persist: i % 4 < 2 ? 'heap' : 'workspace',
    });
    await opened.upload({ name: 'data', content: 'x'.repeat(200_000) });
    const code =
      i % 2 === 0 ? 'print(len(open("data").read()))' : 'console.log(require("fs").readFileSync("data").length)';
    expect((await opened.run({ code })).run.stdout).toBe('200000\n');
  };
  for (let i = 0; i < 200; i++) await session(i);
  const before = process.memoryUsage().rss;
  const handles = process.getActiveResourcesInfo().length;
  for (let i = 0; i < 200; i++) await session(i);
  expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(handles + 2);
  // 40 MB of uploads went through: what stays is the collector's slack, not the sessions.
  expect(process.memoryUsage().rss / before).toBeLessThan(1.3);
});
