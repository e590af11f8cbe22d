import { describe, expect, test } from 'vitest';
import { languages, type Pair } from '../programs.ts';
import { commandLine } from './support.ts';

const line = await commandLine();
const { run, ok } = line;

interface Line {
  readonly event: string;
  readonly text?: string;
  readonly base64?: string;
  readonly [other: string]: unknown;
}

const linesOf = (stdout: string): Line[] =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map((text) => JSON.parse(text) as Line);

const bytes: Pair = {
  python:
    'import os, sys\nfor b in "é😀".encode(): os.write(1, bytes([b]))\nos.write(2, b"\\xff\\xc3")\nprint("end")\nsys.exit(3)',
  javascript:
    'for (const b of new TextEncoder().encode("é😀")) process.stdout.write(Uint8Array.of(b)); process.stderr.write(Uint8Array.of(255, 0xc3)); console.log("end"); process.exit(3);',
};

describe.each(languages)('--stream: $language', ({ language }) => {
  test('a line for each event, the last one as --json has it; bytes that are no text as Base64', async () => {
    const args = ['run', '-e', bytes[language], '--lang', language];
    const streamed = await run([...args, '--stream']);
    expect([streamed.status, streamed.stderr]).toEqual([3, '']);
    const lines = linesOf(streamed.stdout);
    const chunks = lines.slice(0, -1);
    const of = (event: string): Line[] => chunks.filter((chunk) => chunk.event === event);
    // Characters that come in pieces are whole, in whatever pieces they came.
    const stdout = of('stdout-chunk');
    expect(stdout.map(({ text }) => text).join('')).toBe('é😀end\n');
    expect(stdout.every(({ base64 }) => base64 === undefined)).toBe(true);
    const stderr = of('stderr-chunk');
    expect(stderr.every(({ text, base64 }) => text?.includes('\ufffd') && base64 !== undefined)).toBe(true);
    expect(Buffer.concat(stderr.map(({ base64 }) => Buffer.from(base64 ?? '', 'base64')))).toEqual(
      Buffer.from([0xff, 0xc3]),
    );
    const { event, ...last } = lines.at(-1) ?? { event: '' };
    expect(event).toBe('finished');
    const json = JSON.parse((await run([...args, '--json'])).stdout);
    const { timeMs: _streamed, ...result } = last['result'] as Record<string, unknown>;
    const { timeMs: _whole, ...expected } = json.result;
    expect([last['ok'], result]).toEqual([true, expected]);
  });

  test('lines come while the program runs', async () => {
    const wait: Pair = {
      python: 'import time\nprint("first", flush=True)\ntime.sleep(60)',
      javascript: 'console.log("first"); await new Promise((r) => setTimeout(r, 60_000));',
    };
    // It would wait for longer than the test may take.
    const child = line.start(['run', '-e', wait[language], '--lang', language, '--stream', '--timeout', '120000']);
    const closed = new Promise((resolve) => child.on('close', resolve));
    const first = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
    child.kill('SIGKILL');
    await closed;
    const [chunk] = linesOf(first);
    expect(chunk).toEqual({ event: 'stdout-chunk', text: expect.stringMatching(/^first\n?$/) });
  });

  test('a failure is the last line, with what a failure has', async () => {
    await ok(['create', 's', '--lang', language]);
    const fail: Pair = { python: 'print("x")\n1/0', javascript: 'console.log("x"); throw new Error("no");' };
    const ended = await run(['session', 'run', 's', '-e', fail[language], '--stream']);
    expect(ended.status).toBe(1);
    const lines = linesOf(ended.stdout);
    expect(lines.filter(({ event }) => event === 'finished' || event === 'failed').length).toBe(1);
    expect(lines.at(-1)).toMatchObject({
      event: 'failed',
      ok: false,
      error: { tag: 'runtime-failed' },
      run: { stdout: 'x\n', exitCode: 1 },
    });
  });
});

test('mistakes are a line too, and --json does not go with it', async () => {
  const wrong = await run(['run', '-e', '1', '--lang', 'python', '--stream', '--timeout', 'soon']);
  expect(wrong.status).toBe(64);
  expect(linesOf(wrong.stdout)).toMatchObject([
    { event: 'failed', ok: false, error: { tag: 'invalid-request', field: 'timeout' } },
  ]);
  const both = await run(['run', '-e', '1', '--lang', 'python', '--stream', '--json']);
  expect(both.status).toBe(64);
  expect(both.stderr).toContain('--stream');
});

describe('limits on the command line', () => {
  test.each([
    [['--memory', '1'], '--memory (limits.memoryBytes): expected'],
    [['--timeout', '0'], '--timeout (limits.timeMs): expected'],
    [['--limit', 'descriptors=1'], '--limit descriptors=N (limits.descriptors): expected'],
  ])('%j: the message names the option', async (args, expected) => {
    const { status, stderr } = await run(['run', '-e', '1', '--lang', 'python', ...args]);
    expect(status).toBe(64);
    expect(stderr).toContain(expected);
  });

  test.each([
    [['--fuel', '1000000'], 'while True: pass', 'raise --fuel (limits.fuel)'],
    [['--timeout', '100'], 'while True: pass', 'raise --timeout (limits.timeMs)'],
    [['--limit', 'workspaceBytes=1KB'], 'with open("f", "w") as f: f.write("x" * 2000)', '--limit workspaceBytes=N'],
  ])('%j: what a run met is told with the option that raises it', async (args, code, expected) => {
    const { stderr } = await run(['run', '-e', code, '--lang', 'python', ...args]);
    expect(stderr).toContain(expected);
  });

  test.each([['files'], ['file=1'], ['__proto__=1'], ['files=many']])('--limit %s is refused', async (definition) => {
    const ended = await run(['run', '-e', '1', '--lang', 'python', '--json', '--limit', definition]);
    expect(ended.status).toBe(64);
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: { field: 'limit' } });
  });

  test('--limit holds', async () => {
    const code = 'open("a", "w"); open("b", "w"); open("c", "w")';
    const args = ['run', '-e', code, '--lang', 'python', '--json', '--limit'];
    expect((await run([...args, 'files=2'])).status).toBe(137);
    expect((await run([...args, 'files=20'])).status).toBe(0);
  });
});
