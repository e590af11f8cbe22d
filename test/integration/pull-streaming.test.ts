import { describe, expect, test } from 'vitest';
import { languages, type Pair } from './programs.ts';
import { type BareInstance, bareInstances, type EventStream, type RunArguments } from './python/bare.ts';

/** The pull shim of the bare components, driven through jco as a host without WASI 0.3 does. */

type Event = NonNullable<ReturnType<EventStream['next']>>;

const pieceBytes = 64 * 1024;
const mostBytes = 2 * 1024 * 1024;

function drained(stream: EventStream): Event[] {
  const events: Event[] = [];
  for (let event = stream.next(); event !== undefined; event = stream.next()) events.push(event);
  return events;
}

const textOf = (events: readonly Event[], tag: string): string =>
  Buffer.concat(events.flatMap((event) => (event.tag === tag ? [event.val as Uint8Array] : []))).toString();

describe.each(languages)('$language', async ({ language, main }) => {
  const instanceOf = await bareInstances(language);
  const file = (pair: Pair) => ({ name: main, content: Buffer.from(pair[language]) });
  const request = (pair: Pair, limits?: RunArguments[5]): RunArguments => [
    { kind: language },
    [file(pair)],
    undefined,
    ['arg'],
    [['WHO', 'me']],
    limits,
  ];
  const run = (pair: Pair, instance: BareInstance = instanceOf()): Event[] =>
    drained(instance.pullStreaming.run(...request(pair)));

  const both: Pair = {
    python:
      'import os, sys\nfor i in range(20):\n  print("o", i)\n  print("e", i, sys.argv[1], os.environ["WHO"], file=sys.stderr)\nsys.exit(3)',
    javascript:
      'for (let i = 0; i < 20; i++) { console.log("o", i); console.error("e", i, process.argv[2], process.env.WHO); } process.exit(3);',
  };

  test('chunks of both streams in their order, then one finished, then none', () => {
    const stream = instanceOf().pullStreaming.run(...request(both));
    const events = drained(stream);
    expect(events.map(({ tag }) => tag).filter((tag) => !tag.endsWith('-chunk'))).toEqual(['finished']);
    expect(events.at(-1)).toMatchObject({ tag: 'finished', val: { run: { exitCode: 3 } } });
    const count = Array.from({ length: 20 }, (_, i) => i);
    expect(textOf(events, 'stdout-chunk')).toBe(count.map((i) => `o ${i}\n`).join(''));
    expect(textOf(events, 'stderr-chunk')).toBe(count.map((i) => `e ${i} arg me\n`).join(''));
    // One after the other, as they were written.
    const order = events.map(({ tag }) => tag[3]).join('');
    expect(order).toMatch(/^(o+e+){20}/);
    for (let i = 0; i < 3; i++) expect(stream.next()).toBeUndefined();
  });

  test('a failure is the last event, with what was printed before it', () => {
    const events = run({ python: 'print("x")\n1/0', javascript: 'console.log("x"); throw new Error("no");' });
    expect(textOf(events, 'stdout-chunk')).toBe('x\n');
    expect(events.at(-1)).toMatchObject({ tag: 'failed', val: { tag: 'runtime-failed', val: { exitCode: 1 } } });
    const malformed = run({ python: 'x = (', javascript: 'let = ;' });
    expect(malformed.at(-1)).toMatchObject({ tag: 'failed', val: { tag: 'compilation-failed' } });
  });

  test('a chunk holds at most 64 KiB, and all of them at most 2 MiB: the head stays', () => {
    const events = run({
      python: 'import sys\nfor i in range(300): sys.stdout.write("%05d" % i + "x" * 9995)',
      javascript: 'for (let i = 0; i < 300; i++) process.stdout.write(String(i).padStart(5, "0") + "x".repeat(9995));',
    });
    const chunks = events.filter(({ tag }) => tag === 'stdout-chunk').map(({ val }) => val as Uint8Array);
    expect(chunks.length).toBeGreaterThanOrEqual(mostBytes / pieceBytes);
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(pieceBytes);
    const output = Buffer.concat(chunks);
    expect(output.length).toBe(mostBytes);
    expect(output.subarray(0, 20_005).toString()).toBe(`00000${'x'.repeat(9995)}00001${'x'.repeat(9995)}00002`);
    expect(events.at(-1)).toMatchObject({ tag: 'finished' });
  });

  test('is never live: the program runs to its end inside the first next', () => {
    const instance = instanceOf();
    const write: Pair = {
      python: 'print("first", flush=True)\nopen("done", "w").write("done")\nprint("second")',
      javascript:
        'import fs from "node:fs"; console.log("first"); fs.writeFileSync("done", "done"); console.log("second");',
    };
    const stream = instance.pullStreaming.run(...request(write));
    expect(instance.files?.exists('/app/done')).toBe(false);
    expect(stream.next()).toMatchObject({ tag: 'stdout-chunk' });
    expect(Buffer.from(instance.files?.read('/app/done') ?? []).toString()).toBe('done');
    expect(drained(stream).at(-1)).toMatchObject({ tag: 'finished' });
  });

  // DEVIATION D19: nothing interrupts CPython from inside the instance.
  test.runIf(language === 'javascript')('a deadline ends the program, not the instance', () => {
    const instance = instanceOf();
    const busy: Pair = { python: '', javascript: 'console.log("x"); while (true) {}' };
    const events = drained(instance.pullStreaming.run(...request(busy, { timeMs: 100n })));
    expect(textOf(events, 'stdout-chunk')).toBe('x\n');
    expect(events.at(-1)).toMatchObject({ tag: 'failed', val: { tag: 'timeout' } });
    expect(textOf(run(both, instance), 'stdout-chunk')).toContain('o 19');
  });

  test('runs of a session stream too, one after the other, and see its files', () => {
    const instance = instanceOf();
    const session = new instance.sessions.Session({ kind: language });
    session.upload(
      file({
        python: 'print(input())\nopen("log", "a").write("x")',
        javascript: 'import fs from "node:fs"; console.log(fs.readFileSync(0, "utf8")); fs.appendFileSync("log", "x");',
      }),
    );
    for (const stdin of ['one', 'two']) {
      const events = drained(instance.pullStreaming.sessionRun(session, main, [], stdin, [], undefined));
      expect(textOf(events, 'stdout-chunk')).toBe(`${stdin}\n`);
      expect(events.at(-1)).toMatchObject({ tag: 'finished' });
    }
    expect(Buffer.from(session.download('log')).toString()).toBe('xx');
    session.close();
    const events = drained(instance.pullStreaming.sessionRun(session, main, [], undefined, [], undefined));
    expect(events).toMatchObject([{ tag: 'failed', val: { tag: 'internal', val: 'session is closed' } }]);
  });

  test('a stream that nobody reads runs nothing and leaves the instance usable', () => {
    const instance = instanceOf();
    instance.pullStreaming.run(
      ...request({ python: 'open("ran", "w")', javascript: 'import fs from "node:fs"; fs.writeFileSync("ran", "");' }),
    );
    expect(textOf(run(both, instance), 'stdout-chunk')).toContain('o 19');
    expect(instance.files?.exists('/app/ran')).toBe(false);
  });
});
