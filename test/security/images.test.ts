import {
  createExecutor,
  decodeImage,
  ExecError,
  type Executor,
  encodeImage,
  InvalidRequestError,
  type SessionImage,
} from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hello, languages } from '../integration/programs.ts';

/** Images whose checksums are sound, by somebody who can count: what they say is as hostile as a program. */

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 1 });
});
afterAll(() => executor.close());

type Heap = NonNullable<SessionImage['heap']>;

/** Numbers that look random and are the same in every run (xorshift). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

describe.each(languages)('$language', ({ language }) => {
  const code = { code: hello[language], limits: { timeMs: 2_000 } };

  async function withHeap(): Promise<SessionImage & { heap: Heap }> {
    await using session = await executor.openSession({ language, persist: 'heap' });
    await session.run(code);
    const image = decodeImage(encodeImage(await session.snapshot()));
    if (image.heap === undefined) throw new Error('no heap');
    return { ...image, heap: image.heap };
  }

  /** Runs in a session of an image; gives the arm of its failure, if it failed. */
  async function runIn(image: SessionImage): Promise<string | undefined> {
    try {
      await using session = await executor.restore(decodeImage(encodeImage(image)));
      await session.run(code);
      return undefined;
    } catch (error) {
      if (error instanceof InvalidRequestError) return 'invalid-request';
      if (error instanceof ExecError) return error.tag;
      throw error;
    }
  }

  test('memory and globals of an attacker’s choice hurt that session alone', async () => {
    const image = await withHeap();
    const random = numbers(0x9e3779b9);
    const ends = new Set<string | undefined>();
    for (let round = 0; round < 12; round++) {
      const memories = image.heap.memories.map((memory) => {
        const bytes = memory.bytes.slice();
        for (let i = 0; i < 2_000 && bytes.length > 0; i++) bytes[random() % bytes.length] = random() & 0xff;
        return { ...memory, bytes };
      });
      const globals = image.heap.globals.map((value) =>
        typeof value === 'number' && round % 3 === 0 ? random() | 0 : value,
      );
      ends.add(await runIn({ ...image, heap: { ...image.heap, memories, globals } }));
      // Whatever came of it, the next program has an instance of its own.
      const { run } = await executor.run({ language, files: [{ name: 'main', content: hello[language] }] });
      expect(run.stdout).toBe('hi\n');
    }
    // Else nothing that mattered was changed.
    expect([...ends].some((end) => end !== undefined)).toBe(true);
  }, 60_000);

  test('sizes, counts and kinds that do not fit are refused', async () => {
    const image = await withHeap();
    const { heap } = image;
    const [first, ...others] = heap.memories;
    if (first === undefined) throw new Error('no memory');
    const forged: [Heap, string][] = [
      [{ ...heap, memories: [{ ...first, size: 2 ** 32 }, ...others] }, 'resource-exceeded'],
      [{ ...heap, memories: [] }, 'internal'],
      [{ ...heap, globals: heap.globals.slice(1) }, 'internal'],
      [{ ...heap, globals: heap.globals.map(() => 2n ** 62n) }, 'internal'],
      [{ ...heap, handles: [...heap.handles, 5] }, 'internal'],
    ];
    for (const [bad, end] of forged) expect(await runIn({ ...image, heap: bad })).toBe(end);
    const blocks = first.blocks.slice();
    blocks[0] = 2 ** 20;
    const outside = { ...heap, memories: [{ ...first, blocks }, ...others] };
    expect(() => encodeImage({ ...image, heap: outside })).toThrow('image.heap');
    await expect(executor.restore({ ...image, heap: outside })).rejects.toThrow('image.heap');
    expect(await runIn(image)).toBeUndefined();
  }, 60_000);

  test('handles that were dropped leave nothing behind, and those that stay open have an end', async () => {
    const opens = {
      python: ['with open("f", "w") as f: f.write("x")', 'kept = [open(f"f{i}", "w") for i in range(20)]'],
      javascript: [
        'require("fs").writeFileSync("f", "x")',
        'for (let i = 0; i < 20; i++) require("fs").openSync(`f${i}`, "w")',
      ],
    }[language];
    const image = await withHeap();
    await using session = await executor.restore(image);
    const lengths = async () => (await session.snapshot()).heap?.handles;
    for (let round = 0; round < 3; round++) await session.run({ code: opens[0] ?? '' });
    const before = await lengths();
    for (let round = 0; round < 10; round++) await session.run({ code: opens[0] ?? '' });
    expect(await lengths()).toEqual(before);
    await session.run({ code: opens[1] ?? '' });
    // The JavaScript runtime closes at a run's end what its program left open.
    const staysOpen = language === 'python';
    if (staysOpen) expect(await lengths()).not.toEqual(before);
    else expect(await lengths()).toEqual(before);
    // As if that had gone on for long: a run that leaves more does not count, and the session is as it was.
    const handles = image.heap.handles.map(() => 100_000);
    await using full = await executor.restore({ ...image, heap: { ...image.heap, handles } });
    const error = await full.run({ code: opens[1] ?? '' }).catch((thrown: unknown) => thrown);
    if (staysOpen) expect(error).toMatchObject({ tag: 'resource-exceeded', details: { reason: 'handles' } });
    else expect(error).toMatchObject({ run: { exitCode: 0 } });
    expect((await full.run({ code: opens[0] ?? '' })).run.exitCode).toBe(0);
  }, 60_000);
});
