/** Source that is no text, too long or too deep: an error that names it, never a trap, and the next run is clean. */
import { describe, expect, test } from 'vitest';
import { languages } from './programs.ts';
import { endOf, lendExecutor } from './support.ts';

const executor = lendExecutor();

const invalid = new Uint8Array([0x78, 0x20, 0x3d, 0x20, 0xff, 0xfe, 0x0a]);
const deep = 100_000;

/** Ends of a line of 5 MB that is a program, by language. */
const longLine = {
  python: { content: `x = "${'y'.repeat(5_000_000)}"; print(len(x))`, stdout: '5000000\n' },
  javascript: { content: `const x = "${'y'.repeat(5_000_000)}"; console.log(x.length);`, stdout: '5000000\n' },
};
const longBroken = {
  python: `x = 1${' + 1'.repeat(1_250_000)} +`,
  javascript: `const x = 1; ${'/* comment */ '.repeat(350_000)} let = ;`,
};

describe.each(languages)('$language: bad source', ({ language, main }) => {
  const names = language === 'python' ? ['main.py'] : ['main.mjs', 'main.cjs', 'main.js', 'main.ts', 'main.json'];
  const limits = { timeMs: 20_000 };
  const clean = async (): Promise<void> => {
    const content = language === 'python' ? 'print("clean")' : 'console.log("clean")';
    const next = await endOf(executor(), { language, files: [{ name: main, content }] });
    expect(next).toMatchObject({ tag: 'ok', stdout: 'clean\n', stderr: '' });
  };

  test.each(names)('%s that is not UTF-8 names the file and the offset', async (name) => {
    const ended = await endOf(executor(), { language, files: [{ name, content: invalid }] });
    expect(ended).toMatchObject({ tag: 'compilation-failed', stderr: expect.stringContaining(name) });
    expect(ended.stderr).toMatch(/^\S+: not valid UTF-8 at offset 4\n/);
    // CPython says it in its own words, too.
    if (language === 'python') expect(ended.stderr).toMatch(/line 1\n/);
    await clean();
  });

  test.each(names)('%s with 100,000 nested brackets', async (name) => {
    const expression = `${'['.repeat(deep)}${']'.repeat(deep)}`;
    const content =
      language === 'python' ? `x = ${expression}` : name.endsWith('json') ? expression : `const x = ${expression};`;
    const ended = await endOf(executor(), { language, limits, files: [{ name, content }] });
    expect(ended).toMatchObject({ tag: 'compilation-failed', exitCode: 1, stdout: '' });
    expect(ended.signal).toBeUndefined();
    expect(ended.stderr).not.toBe('');
    await clean();
  });

  test('brackets of other kinds', async () => {
    for (const [open, close] of [
      ['(', ')'],
      ['{', '}'],
      ['x(', ')'],
      ['-', '1'],
      ['`${', '}`'],
      ['a?', ':b'],
    ] as const) {
      const content = `x = ${open.repeat(deep)}1${close.repeat(deep)}\n`;
      const ended = await endOf(executor(), { language, limits, files: [{ name: main, content }] });
      expect([open, ended.tag]).toEqual([open, expect.stringMatching(/^(compilation-failed|runtime-failed)$/)]);
      expect([open, ended.signal]).toEqual([open, undefined]);
    }
    await clean();
  });

  test('a line of 5 MB runs', async () => {
    const { content, stdout } = longLine[language];
    const ended = await endOf(executor(), { language, limits, files: [{ name: main, content }] });
    expect(ended).toMatchObject({ tag: 'ok', stdout, stderr: '' });
    await clean();
  });

  test('an error in a line of 5 MB is told in a few words', async () => {
    const ended = await endOf(executor(), { language, limits, files: [{ name: main, content: longBroken[language] }] });
    expect(ended.tag).toMatch(/^(compilation-failed|resource-exceeded)$/);
    expect(ended.signal).toBeUndefined();
    if (language === 'javascript') expect(ended.stderr.length).toBeLessThan(1000);
    await clean();
  });
});

test('python: source that names its encoding is read by it, and its own errors are told', async () => {
  const latin = (text: string) => ({ name: 'main.py', content: new Uint8Array(Buffer.from(text, 'latin1')) });
  const run = (text: string) => endOf(executor(), { language: 'python', files: [latin(text)] });
  expect(await run('# coding: latin-1\nprint("é")')).toMatchObject({ tag: 'ok', stdout: 'é\n' });
  const broken = await run('# coding: latin-1\nx = "é"\nif x');
  expect(broken).toMatchObject({ tag: 'compilation-failed', stderr: expect.not.stringContaining('UTF-8') });
});
