/** What one call costs the server: the others are answered all the same. */
import { describe, expect, test } from 'vitest';
import { ask, call, connectStdio, languages, refused, scratchFolder } from '../integration/mcp/support.ts';

/** Programs that take a parser time without end: it looks through all earlier names for each, or through all branches. */
const slow = {
  'names, each compared with all others': Array.from({ length: 60_000 }, (_, n) => `let a${n};`).join(''),
  'groups of a pattern, each compared with all others': `/${'(?<a>x)|'.repeat(40_000)}/`,
};

test.each(Object.entries(slow))('a program that is slow to analyse (%s) holds up nobody', async (_, code) => {
  const { client } = await connectStdio(await scratchFolder());
  try {
    const ended: string[] = [];
    const analysed = call(client, 'get_execution_guidance', { code, language: 'javascript' }).then(
      () => ended.push('analysed'),
      () => ended.push('gone'),
    );
    // Sent second, and read when the first is being worked on.
    for (let n = 0; n < 3; n++) await ask(client, 'list_files');
    ended.push('listed');
    await client.close();
    await analysed;
    expect(ended[0]).toBe('listed');
  } finally {
    await client.close();
  }
});

test.each(languages)('%s that no parser can hold is answered, and the next is', async (language) => {
  const { client } = await connectStdio(await scratchFolder());
  try {
    for (const code of ['['.repeat(900_000), '(1,'.repeat(100_000), '\ud800 = "', '\0'.repeat(1000)]) {
      const { analysis } = await ask(client, 'get_execution_guidance', { code, language });
      expect(JSON.stringify(analysis).length).toBeLessThan(20_000);
      expect(analysis.warnings.length).toBeGreaterThan(0);
    }
    const { analysis } = await ask(client, 'get_execution_guidance', { code: 'x = 1', language });
    expect(analysis.warnings).toEqual([]);
  } finally {
    await client.close();
  }
});

describe('calls piled up behind a program that goes on', () => {
  test('are bounded; cancelling comes through, and what waits is answered', async () => {
    const { client } = await connectStdio(await scratchFolder());
    try {
      const running = call(client, 'execute_code', { code: 'import time\ntime.sleep(200)', language: 'python' });
      const waiting = Array.from({ length: 99 }, (_, n) =>
        call(client, 'upload_file', { path: `${n}.txt`, content: 'x'.repeat(10_000) }),
      );
      const tooMany = await refused(client, 'upload_file', { path: 'more.txt', content: 'x' });
      expect(tooMany).toMatchObject({ error_type: 'QuotaExceeded' });
      expect(JSON.stringify(tooMany)).toContain('cancel_execution');
      expect(await ask(client, 'cancel_execution')).toMatchObject({ cancelled: 1 });
      await running;
      expect((await Promise.all(waiting)).filter(({ isError }) => isError === true)).toEqual([]);
      expect((await ask(client, 'list_files')).count).toBe(99);
    } finally {
      await client.close();
    }
  });
});
