import { describe, expect, test } from 'vitest';
import { hostile, looksClean } from './hostile.ts';
import { useExecutor } from './support.ts';

const run = useExecutor();

describe('a hostile program comes to its own end, and the next run finds nothing of it', () => {
  test.each(Object.entries(hostile))('%s', async (_, [source, expected]) => {
    expect(await run(source)).toMatchObject(expected);
    expect(await run(looksClean)).toMatchObject({ tag: 'ok', exitCode: 0, stdout: 'clean /app 1000\n', stderr: 'w\n' });
  });
});
