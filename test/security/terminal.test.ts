import { expect, test } from 'vitest';
import { commandLine } from '../integration/cli/support.ts';

// A program's own output goes to the terminal as it is. What golem-exec itself says there is another matter: words of the
// program that stand in it must not clear the screen, rename the window or write over what was said.
const line = await commandLine();
const name = '\\x1b]0;owned\\x07\\r\\u009b2J\\u202egnorts';
const programs = [
  ['python', `class E(Exception): pass\nE.__name__ = "EvilError"\nraise E("${name}")`],
  ['javascript', `throw new Error("${name}")`],
] as const;
/** Control characters, and those that turn the direction of the text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const active = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

test.each(programs)('what is said of a failed run does not move the cursor (%s)', async (language, code) => {
  const { status, stderr } = await line.run(['run', '--lang', language, '-e', code]);
  expect(status).toBe(1);
  const said = stderr.slice(stderr.lastIndexOf('golem-exec: '));
  expect(said).toContain('owned');
  expect(said).not.toMatch(active);
});

test('neither does the JSON of a run', async () => {
  const [language, code] = programs[1];
  for (const flag of ['--json', '--stream']) {
    const { stdout, stderr } = await line.run(['run', '--lang', language, flag, '-e', code]);
    // Those beyond ASCII that are no control characters stay as they are.
    expect(stdout.replaceAll('\u202e', '')).not.toMatch(active);
    expect(stderr).toBe('');
    for (const text of stdout.trim().split('\n')) expect(() => JSON.parse(text)).not.toThrow();
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '').run.stderr).toContain('\u009b2J');
  }
});

test('nor the value of an expression', async () => {
  const id = (await line.ok(['create', '--lang', 'js'])).trim();
  const { stdout } = await line.session(['eval', id, `"${name}"`]);
  expect(stdout.replaceAll('\u202e', '')).not.toMatch(active);
  expect(JSON.parse(stdout)).toContain('\u009b2J');
});
