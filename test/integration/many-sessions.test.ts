import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createExecutor } from 'golem-exec';
import { expect, test } from 'vitest';
import { languages } from './programs.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * What this thread and the process hold. The shared bytes of files are not looked at by themselves: they go when the
 * collector of the worker runs, too.
 */
function held(): { heap: number; process: number; resources: number } {
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, process: rss, resources: process.getActiveResourcesInfo().length };
}

test.each(languages)(
  '200 sessions of $language, one after the other, leave nothing behind',
  async ({ language }) => {
    await using executor = createExecutor({ workers: 1 });
    const sessions = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        await using session = await executor.openSession({ language });
        await session.upload({ name: 'data', content: 'x'.repeat(50_000) });
        const code =
          language === 'python'
            ? 'print(len(open("data").read()))'
            : 'console.log(require("fs").readFileSync("data").length)';
        expect((await session.run({ code })).run.stdout).toBe('50000\n');
      }
    };
    await sessions(100);
    const before = held();
    await sessions(200);
    const after = held();
    expect(after.resources).toBeLessThanOrEqual(before.resources);
    expect(after.heap / before.heap).toBeLessThan(1.1);
    expect(after.process / before.process).toBeLessThan(1.1);
  },
  120_000,
);
