import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiftedEvent, ManualClock, StreamingComponent } from './streaming-component.ts';

const javascript = { kind: 'javascript' } as const;
const file = (source: string, name = 'main.mjs') => ({ name, content: new TextEncoder().encode(source) });
const text = (event: LiftedEvent | undefined) =>
  event?.tag === 'stdout-chunk' || event?.tag === 'stderr-chunk'
    ? `${event.tag} ${new TextDecoder().decode(event.val)}`
    : event?.tag;
function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

// JSPI, without which jco cannot suspend a guest, came to Node after the oldest version that the project supports.
describe.skipIf(!('Suspending' in WebAssembly))('run-streaming of the bare JavaScript component', () => {
  let component: StreamingComponent;
  beforeAll(async () => {
    component = await StreamingComponent.load('javascript', { suspends: true });
  });
  afterAll(async () => await component[Symbol.asyncDispose]());

  async function start(source: string, limits?: { readonly timeMs: bigint }, language: { kind: string } = javascript) {
    const clock = new ManualClock();
    const instance = await component.instantiate(clock);
    const stream = await instance.executor.runStreaming(language, [file(source)], undefined, [], [], limits);
    const events = stream[Symbol.asyncIterator]();
    const next = async () => (await events.next()).value as LiftedEvent | undefined;
    return { clock, instance, events, next };
  }

  it('hands out what was printed while the program still waits', async () => {
    const { clock, next } = await start(
      `console.log('one'); await new Promise((go) => setTimeout(go, 1000)); console.error('two');`,
    );
    expect(text(await next())).toBe('stdout-chunk one\n');
    await clock.asleep();
    let printed = false;
    const second = next().then((event) => {
      printed = true;
      return event;
    });
    for (let i = 0; i < 20; i++) await setImmediate();
    expect(printed).toBe(false);
    clock.advance(1000);
    expect(text(await second)).toBe('stderr-chunk two\n');
    const last = await next();
    expect(last).toMatchObject({ tag: 'finished', val: { run: { stdout: 'one\n', stderr: 'two\n', exitCode: 0 } } });
    expect(await next()).toBeUndefined();
  });

  it('lets the program print no further than it is read', async () => {
    const { instance, next, events } = await start(
      `import fs from 'node:fs'; for (let i = 1; ; i++) { fs.mkdirSync('/app/line' + i); console.log(i); }`,
    );
    for (let i = 1; i <= 3; i++) expect(text(await next())).toBe(`stdout-chunk ${i}\n`);
    for (let i = 0; i < 50; i++) await setImmediate();
    // The main program, three lines that were read, and the one that is offered.
    expect(instance.files.list('/app')).toHaveLength(5);
    await events.return?.();
  });

  it('ends the program when its reader leaves, and the instance stays usable', async () => {
    const { instance, next, events } = await start(`for (let i = 1; ; i++) console.log(i);`);
    expect(text(await next())).toBe('stdout-chunk 1\n');
    await events.return?.();
    const after = await instance.executor.run(javascript, [file(`console.log('after')`)], undefined, [], [], undefined);
    expect(after.run.stdout).toBe('after\n');
  });

  it('splits long output, in order', async () => {
    const { next } = await start(`process.stdout.write('x'.repeat(150_000)); process.stderr.write('y');`);
    const sizes: [string, number][] = [];
    let event = await next();
    for (; event?.tag === 'stdout-chunk' || event?.tag === 'stderr-chunk'; event = await next()) {
      sizes.push([event.tag, event.val.length]);
    }
    expect(event?.tag).toBe('finished');
    expect(Math.max(...sizes.map(([, size]) => size))).toBeLessThanOrEqual(65_536);
    expect(sizes.at(-1)).toEqual(['stderr-chunk', 1]);
    expect(sizes.reduce((sum, [, size]) => sum + size, 0)).toBe(150_001);
  });

  it('ends with each kind of failure', async () => {
    const end = async (source: string, language = javascript as { kind: string }) => {
      const { next } = await start(source, undefined, language);
      let event = await next();
      while (event?.tag === 'stdout-chunk' || event?.tag === 'stderr-chunk') event = await next();
      expect(await next()).toBeUndefined();
      return event;
    };
    expect(await end('syntax error')).toMatchObject({ tag: 'failed', val: { tag: 'compilation-failed' } });
    expect(await end(`console.log(1); throw new Error('no')`)).toMatchObject({
      tag: 'failed',
      val: { tag: 'runtime-failed', val: { stdout: '1\n', exitCode: 1 } },
    });
    expect(await end('1', { kind: 'python' })).toMatchObject({ tag: 'failed', val: { tag: 'unsupported-language' } });
    expect(await end('process.exit(7)')).toMatchObject({ tag: 'finished', val: { run: { exitCode: 7 } } });
  });

  it('ends at the deadline, waiting or not', async () => {
    const { clock, next } = await start(`console.log(1); await new Promise((go) => setTimeout(go, 9000));`, {
      timeMs: 500n,
    });
    expect(text(await next())).toBe('stdout-chunk 1\n');
    await clock.asleep();
    clock.advance(500);
    expect(await next()).toMatchObject({ tag: 'failed', val: { tag: 'timeout' } });
  });

  it('streams from a session, which refuses calls meanwhile and goes on afterwards', async () => {
    const clock = new ManualClock();
    const { sessions } = await component.instantiate(clock);
    const session = new sessions.Session(javascript);
    session.upload(
      file(
        `import fs from 'node:fs'; const open = fs.openSync('/app/log', 'w'); console.log('first');
         await new Promise((go) => setTimeout(go, 100)); fs.writeSync(open, 'x'); console.log('second');`,
        'a.mjs',
      ),
    );
    const stream = await session.runStreaming('a.mjs', [], undefined, [], undefined);
    const seen: (string | undefined)[] = [];
    for await (const event of stream) {
      seen.push(text(event));
      if (seen.length > 1) continue;
      await clock.asleep();
      expect(thrownBy(() => session.listFiles('.'))).toMatchObject({
        tag: 'internal',
        val: expect.stringContaining('is running'),
      });
      clock.advance(100);
    }
    expect(seen).toEqual(['stdout-chunk first\n', 'stdout-chunk second\n', 'finished']);
    expect(session.listFiles('.')).toEqual(['a.mjs', 'log']);
  });

  it.each([
    ['prints without end', `for (let i = 0; ; i++) console.log(i);`],
    [
      'waits between its lines',
      `for (let i = 0; ; i++) { console.log(i); await new Promise((go) => setTimeout(go, 100)); }`,
    ],
  ])('of a session that is closed ends, though the program %s', async (_, source) => {
    const clock = new ManualClock();
    const { sessions } = await component.instantiate(clock);
    const session = new sessions.Session(javascript);
    session.upload(file(source, 'a.mjs'));
    const stream = await session.runStreaming('a.mjs', [], undefined, [], undefined);
    const events: LiftedEvent[] = [];
    for await (const event of stream) {
      events.push(event);
      if (events.length > 1) continue;
      if (source.includes('setTimeout')) await clock.asleep();
      session.close();
      clock.advance(100);
    }
    expect(events.at(-1)).toEqual({ tag: 'failed', val: { tag: 'internal', val: 'session is closed' } });
    // What was on its way, and nothing that was printed later.
    expect(events.length).toBeLessThanOrEqual(3);
    const next = new sessions.Session(javascript);
    next.upload(file('console.log("next");', 'b.mjs'));
    const seen: (string | undefined)[] = [];
    for await (const event of await next.runStreaming('b.mjs', [], undefined, [], undefined)) seen.push(text(event));
    expect(seen).toEqual(['stdout-chunk next\n', 'finished']);
  });
});

describe.skipIf(!('Suspending' in WebAssembly))('run-streaming of the bare Python component', () => {
  const python = { kind: 'python' } as const;
  let component: StreamingComponent;
  beforeAll(async () => {
    component = await StreamingComponent.load('python', { suspends: false });
  });
  afterAll(async () => await component[Symbol.asyncDispose]());

  const start = async () => {
    const { executor, sessions } = await component.instantiate(new ManualClock());
    const run = async (source: string) => {
      const events: LiftedEvent[] = [];
      const stream = await executor.runStreaming(python, [file(source, 'main.py')], undefined, [], [], undefined);
      for await (const event of stream) events.push(event);
      return events;
    };
    return { executor, sessions, run };
  };

  it('hands out all events in their order when the program is at its end', async () => {
    const { run } = await start();
    const events = await run(`import sys\nprint(1, flush=True)\nprint(2, file=sys.stderr)\nprint(3)\nsys.exit(4)`);
    expect(events.map(text)).toEqual(['stdout-chunk 1\n', 'stderr-chunk 2\n', 'stdout-chunk 3\n', 'finished']);
    expect(events.at(-1)).toMatchObject({ val: { run: { stdout: '1\n3\n', stderr: '2\n', exitCode: 4 } } });
  });

  it('keeps at most 2 MiB of each stream, in pieces of at most 64 KiB', async () => {
    const { run } = await start();
    const events = await run(`print('x' * 3_000_000)`);
    const sizes = events.flatMap((event) => (event.tag === 'stdout-chunk' ? [event.val.length] : []));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(65_536);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2 << 20);
    expect(text(events.at(-1))).toBe('finished');
  });

  it('lets programs use asyncio, although the export is in a loop itself', async () => {
    const { executor, run } = await start();
    const source = `
import asyncio
async def late(n):
    await asyncio.sleep(n)
    print(n)
async def main():
    await asyncio.gather(late(2), late(1))
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
asyncio.run(main())
`;
    const printed = 'no running event loop\n1\n2\n';
    for (let again = 0; again < 2; again++) {
      expect((await run(source)).at(-1)).toMatchObject({ tag: 'finished', val: { run: { stdout: printed } } });
    }
    const plain = await executor.run(python, [file(source, 'main.py')], undefined, [], [], undefined);
    expect(plain.run.stdout).toBe(printed);
    // Whoever breaks asyncio breaks it for itself.
    const spoiled =
      'import asyncio\nasyncio.events._set_running_loop = asyncio.Task = asyncio.tasks._swap_current_task = 0';
    expect(text((await run(spoiled)).at(-1))).toBe('finished');
    expect((await run(source)).at(-1)).toMatchObject({ tag: 'finished', val: { run: { stdout: printed } } });
  });

  it('ends with the failure, also in a session, and after a reader that left', async () => {
    const { executor, sessions, run } = await start();
    expect((await run('def (')).at(-1)).toMatchObject({ tag: 'failed', val: { tag: 'compilation-failed' } });
    const left = await executor.runStreaming(
      python,
      [file(`print('x' * 200_000)`, 'main.py')],
      undefined,
      [],
      [],
      undefined,
    );
    for await (const event of left) {
      expect(event.tag).toBe('stdout-chunk');
      break;
    }
    const session = new sessions.Session(python);
    session.upload(file('print(1); raise ValueError(2)', 'a.py'));
    const events: LiftedEvent[] = [];
    for await (const event of await session.runStreaming('a.py', [], undefined, [], undefined)) events.push(event);
    expect(events[0]).toMatchObject({ tag: 'stdout-chunk' });
    expect(events.at(-1)).toMatchObject({
      tag: 'failed',
      val: { tag: 'runtime-failed', val: { stdout: '1\n', exitCode: 1 } },
    });
  });
});
