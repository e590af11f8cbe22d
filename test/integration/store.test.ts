import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createExecutor,
  decodeImage,
  type Executor,
  encodeImage,
  openSessionStore,
  type SessionStore,
} from 'golem-exec';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { busy, languages } from './programs.ts';

let executor: Executor;
let top: string;
let store: SessionStore;
let count = 0;
beforeAll(async () => {
  executor = createExecutor({ workers: 2 });
  top = await mkdtemp(join(tmpdir(), 'golem-exec-'));
});
beforeEach(() => {
  store = openSessionStore({ folder: join(top, String(count++)) });
});
afterAll(async () => {
  await executor.close();
  await rm(top, { recursive: true, force: true });
});

describe.each(languages)('a stored $language session', ({ language }) => {
  const append =
    language === 'python'
      ? 'with open("log", "a") as f: f.write("x")'
      : 'require("node:fs").appendFileSync("log", "x");';

  async function make(persist: 'workspace' | 'heap' = 'workspace'): Promise<string> {
    await using session = await executor.openSession({ language, persist });
    return (await store.create(await session.snapshot())).id;
  }

  const logOf = async (id: string): Promise<string> => {
    await using session = await executor.restore((await store.load(id)).image);
    return Buffer.from(await session.download('log')).toString();
  };

  test('takes what calls change, one after the other, and counts runs', async () => {
    const id = await make();
    const results = await Promise.all(
      Array.from({ length: 4 }, () =>
        store.withSession(executor, id, async (session) => (await session.run({ code: append })).run.exitCode, {
          waitMs: 60_000,
        }),
      ),
    );
    expect(results).toEqual([0, 0, 0, 0]);
    expect(await logOf(id)).toBe('xxxx');
    expect((await store.info(id)).runs).toEqual({ completed: 4, failed: 0 });
  });

  test('is stored when a run fails, and stays as it was when the caller does', async () => {
    const id = await make();
    const failing = store.withSession(executor, id, async (session) => {
      await session.run({ code: append });
      await session.run({ code: busy[language], limits: { timeMs: 200 } });
    });
    await expect(failing).rejects.toMatchObject({ tag: 'timeout' });
    expect(await logOf(id)).toBe('x');
    expect((await store.info(id)).runs).toEqual({ completed: 1, failed: 1 });
    const fault = new Error('the caller’s own');
    const broken = store.withSession(executor, id, async (session) => {
      await session.run({ code: append });
      throw fault;
    });
    await expect(broken).rejects.toBe(fault);
    expect(await logOf(id)).toBe('x');
    // The session is free again.
    await (await store.open(id, { waitMs: 0 }))[Symbol.asyncDispose]();
  });

  test('tells of a run that failed when it cannot be saved', async () => {
    const id = await make();
    const small = openSessionStore({ folder: store.folder, maxBytes: 1 });
    const failing = small.withSession(executor, id, async (session) => {
      await session.upload({ name: 'big', content: 'x'.repeat(1000) });
      await session.run({ code: language === 'python' ? '1/0' : 'throw 1' });
    });
    await expect(failing).rejects.toMatchObject({ code: 'full', cause: { tag: 'runtime-failed' } });
    expect((await store.info(id)).files).toBe(0);
  });

  test('may persist its heap; an executor elsewhere goes on with it', async () => {
    const id = await make('heap');
    const set = language === 'python' ? 'f = lambda: 42' : 'globalThis.f = () => 42;';
    const get = language === 'python' ? 'print(f())' : 'console.log(f());';
    await store.withSession(executor, id, (session) => session.run({ code: set }));
    await using elsewhere = createExecutor({ workers: 1 });
    const { run } = await store.withSession(elsewhere, id, (session) => session.run({ code: get }));
    expect(run.stdout).toBe('42\n');
    const { image } = await store.load(id);
    await using session = await executor.restore(decodeImage(encodeImage(image)));
    expect((await session.run({ code: get })).run.stdout).toBe('42\n');
  });
});
