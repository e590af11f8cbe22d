import { createExecutor, type ExecEvent, type Executor } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busy, hello, languages, program } from './programs.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 1 });
});
afterAll(() => executor.close());

async function collect(events: AsyncIterable<ExecEvent>): Promise<ExecEvent[]> {
  const all: ExecEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const text = (events: readonly ExecEvent[], tag: string): string =>
  Buffer.concat(
    events.flatMap((event) => (event.tag === tag && event.val instanceof Uint8Array ? [event.val] : [])),
  ).toString();

describe.each(languages)('$language', ({ language }) => {
  test('output comes while the program runs', async () => {
    // The program waits for its deadline after the first line: were output not live, nothing would come before.
    const events = executor.runStreaming({
      language,
      files: [
        program(language, {
          python: 'import time\nprint("first")\ntime.sleep(60)\nprint("never")',
          javascript: 'console.log("first"); await new Promise((r) => setTimeout(r, 60_000)); console.log("never");',
        }),
      ],
      limits: { timeMs: 20_000 },
    });
    const { value: first } = await events.next();
    expect(first).toMatchObject({ tag: 'stdout-chunk' });
    expect(Buffer.from((first as { val: Uint8Array }).val).toString()).toMatch(/^first\n?$/);
    await events.return();
    expect((await executor.run({ language, files: [program(language, hello)] })).run.stdout).toBe('hi\n');
  });

  test('both streams come in order, then one finished with the whole result', async () => {
    const events = await collect(
      executor.runStreaming({
        language,
        files: [
          program(language, {
            python: 'import sys\nfor i in range(50):\n  print("o", i)\n  print("e", i, file=sys.stderr)\nsys.exit(3)',
            javascript: 'for (let i = 0; i < 50; i++) { console.log("o", i); console.error("e", i); } process.exit(3);',
          }),
        ],
      }),
    );
    const ends = events.filter(({ tag }) => tag === 'finished' || tag === 'failed');
    expect(ends).toHaveLength(1);
    expect(events.at(-1)).toBe(ends[0]);
    const end = ends[0];
    if (end?.tag !== 'finished') throw new Error('not finished');
    expect(end.val.run.exitCode).toBe(3);
    expect(text(events, 'stdout-chunk')).toBe(end.val.run.stdout);
    expect(text(events, 'stderr-chunk')).toBe(end.val.run.stderr);
    const order = events.map(({ tag }) => tag).join(' ');
    expect(order).toMatch(/^stdout-chunk .*stderr-chunk stdout-chunk/);
  });

  test('a failure is the last event, with what was printed', async () => {
    const events = await collect(
      executor.runStreaming({
        language,
        files: [
          program(language, { python: 'print("x")\n1/0', javascript: 'console.log("x");\nthrow new Error("no");' }),
        ],
      }),
    );
    const end = events.at(-1);
    if (end?.tag !== 'failed') throw new Error('not failed');
    expect(end.val.tag).toBe('runtime-failed');
    expect(end.val.run.stdout).toBe('x\n');
  });

  test('a consumer that reads slowly slows the program; nothing is lost', async () => {
    const lines = 40_000;
    const events = executor.runStreaming({
      language,
      files: [
        program(language, {
          python: `for i in range(${lines}): print("line %08d ........................" % i)`,
          javascript: `for (let i = 0; i < ${lines}; i++) console.log("line " + String(i).padStart(8, "0") + " ........................");`,
        }),
      ],
      limits: { timeMs: 30_000 },
    });
    let seen = 0;
    let last: ExecEvent | undefined;
    for await (const event of events) {
      if (event.tag === 'stdout-chunk') {
        seen += event.val.length;
        if (seen < 200_000) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      last = event;
    }
    expect(last?.tag).toBe('finished');
    expect(seen).toBe(lines * 39);
  });

  test('a consumer that stands still does not keep the worker from others', async () => {
    const stuck = executor.runStreaming({
      language,
      files: [program(language, { python: 'print("x" * 2000000)', javascript: 'console.log("x".repeat(2000000))' })],
      limits: { timeMs: 500 },
    });
    await stuck.next();
    // Not read any further: the program meets its deadline while it waits, and the worker is free again.
    expect((await executor.run({ language, files: [program(language, hello)] })).run.stdout).toBe('hi\n');
    const rest = await collect(stuck);
    expect(rest.at(-1)).toMatchObject({ tag: 'failed', val: { tag: 'timeout' } });
  });

  test('what is printed and not read is never more than bufferedBytes', async () => {
    const print = { python: 'while True: print("x" * 99)', javascript: 'while (true) console.log("x".repeat(99));' };
    const bound = 8 * 1024;
    const events = executor.runStreaming({
      language,
      files: [program(language, print)],
      limits: { timeMs: 500, bufferedBytes: bound },
    });
    const first = await events.next();
    // The next run has the worker when this one has met its deadline, waiting for its reader all the time.
    await executor.run({ language, files: [program(language, hello)] });
    const rest = await collect(events);
    expect(rest.at(-1)).toMatchObject({ tag: 'failed', val: { tag: 'timeout' } });
    const unread = Buffer.byteLength(text(rest, 'stdout-chunk'));
    expect(text([first.value as ExecEvent, ...rest], 'stdout-chunk')).toMatch(/^(x{99}\n)+x*\n?$/);
    expect(unread).toBeLessThanOrEqual(bound);
    expect(unread).toBeGreaterThan(bound / 2);
  });

  test('a program whose output fits into bufferedBytes needs no reader', async () => {
    const pair = { python: 'print("x" * 1500000)', javascript: 'console.log("x".repeat(1500000))' };
    const request = { language, files: [program(language, pair)] };
    const events = executor.runStreaming({ ...request, limits: { timeMs: 20_000, bufferedBytes: 2 * 1024 * 1024 } });
    await events.next();
    await executor.run({ language, files: [program(language, hello)] });
    const rest = await collect(events);
    expect(rest.at(-1)).toMatchObject({ tag: 'finished', val: { run: { stdout: `${'x'.repeat(1_500_000)}\n` } } });
  });

  test('leaving the loop stops the program', async () => {
    const pair = {
      python: `print("go", flush=True)\n${busy.python}`,
      javascript: `console.log("go");\n${busy.javascript}`,
    };
    for await (const event of executor.runStreaming({
      language,
      files: [program(language, pair)],
      limits: { timeMs: 20_000 },
    })) {
      expect(event.tag).toBe('stdout-chunk');
      break;
    }
    expect((await executor.run({ language, files: [program(language, hello)] })).run.stdout).toBe('hi\n');
  });

  test('an aborted signal makes the iterator throw its reason', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const events = executor.runStreaming({
      language,
      files: [program(language, busy)],
      limits: { timeMs: 20_000 },
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(reason), 50);
    await expect(collect(events)).rejects.toBe(reason);
  });

  test('characters are never split inside the text of a result', async () => {
    const { run } = await executor.run({
      language,
      files: [
        program(language, {
          python: 'import os\nfor b in "a✓😀é".encode(): os.write(1, bytes([b]))',
          javascript: 'for (const b of new TextEncoder().encode("a✓😀é")) process.stdout.write(Uint8Array.of(b));',
        }),
      ],
    });
    expect(run.stdout).toBe('a✓😀é');
  });
});

test('the bound of buffered output can be the executor’s and a session’s', async () => {
  expect(() => createExecutor({ limits: { bufferedBytes: 10 } })).toThrow('limits.bufferedBytes: expected an integer');
  await using bounded = createExecutor({ workers: 1, limits: { bufferedBytes: 2_048 } });
  const files = [{ name: 'main.py', content: 'while True: print("x" * 99)' }];
  const events = bounded.runStreaming({ language: 'python', files, limits: { timeMs: 500 } });
  await events.next();
  await using session = await bounded.openSession({ language: 'python', limits: { bufferedBytes: 4_096 } });
  const inSession = session.runStreaming({ code: 'while True: print("x" * 99)', limits: { timeMs: 500 } });
  await inSession.next();
  await bounded.run({ language: 'python', files: [program('python', hello)] });
  const unread = Buffer.byteLength(text(await collect(events), 'stdout-chunk'));
  expect(unread).toBeGreaterThan(1_024);
  expect(unread).toBeLessThanOrEqual(2_048);
  const unreadOfSession = Buffer.byteLength(text(await collect(inSession), 'stdout-chunk'));
  expect(unreadOfSession).toBeGreaterThan(2_048);
  expect(unreadOfSession).toBeLessThanOrEqual(4_096);
});

test('a malformed request throws at once', () => {
  expect(() => executor.runStreaming({ language: 'python', files: [] })).toThrow('files');
});
