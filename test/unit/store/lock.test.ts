import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { StoreError } from '../../../host/src/store/errors.ts';
import { openSessionStore } from '../../../host/src/store/index.ts';
import { SessionLock } from '../../../host/src/store/lock.ts';
import { codeOf, imageOf, saveFile, testFolder } from './support.ts';

const top = await testFolder();
let count = 0;

async function folderOf(): Promise<string> {
  const folder = join(top, `folder ${count++}`);
  await mkdir(folder);
  return folder;
}

const quick = { refreshMs: 20, staleMs: 200, watchMs: 100 } as const;
const foreign = 'lock.0123456789abcdef.1.11111111-1111-4111-8111-111111111111';

/** A process id that was in use and is not any more. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await new Promise((resolve) => child.on('close', resolve));
  return child.pid ?? 0;
}

/** The name of a lock of this machine, by another process. */
async function lockNameOf(folder: string, pid: number): Promise<string> {
  const lock = await SessionLock.acquire(folder, 0);
  const [name = ''] = await readdir(folder);
  await lock.release();
  return name.replace(/\.\d+(-\d+)?\./, `.${pid}$1.`);
}

describe('a lock', () => {
  test('is had by one at a time, and leaves nothing behind', async () => {
    const folder = await folderOf();
    const first = await SessionLock.acquire(folder, 0);
    await expect(SessionLock.acquire(folder, 50)).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    const waiting = SessionLock.acquire(folder, 10_000);
    await first.release();
    await (await waiting).release();
    expect(await readdir(folder)).toEqual([]);
  });

  test('of a process that crashed is free at once', async () => {
    const folder = await folderOf();
    await writeFile(join(folder, await lockNameOf(folder, await deadPid())), '');
    const lock = await SessionLock.acquire(folder, 0);
    expect((await readdir(folder)).length).toBe(1);
    await lock.release();
  });

  test.skipIf(process.platform !== 'linux')('of a process whose id another one has now is free at once', async () => {
    const folder = await folderOf();
    // As in a container that was killed and started again: all ids are the same.
    const own = await lockNameOf(folder, process.pid);
    const earlier = own.replace(/-(\d+)\./, (_, began: string) => `-${Number(began) - 1}.`);
    expect(earlier).not.toBe(own);
    await writeFile(join(folder, earlier), '');
    await (await SessionLock.acquire(folder, 0)).release();
    expect(await readdir(folder)).toEqual([]);
    await writeFile(join(folder, own), '');
    expect(await codeOf(SessionLock.acquire(folder, 0))).toBe('in-use');
  });

  test('of another machine holds while it gives signs of life', async () => {
    const folder = await folderOf();
    await writeFile(join(folder, foreign), '');
    const sign = setInterval(() => void utimes(join(folder, foreign), new Date(), new Date()), 20);
    expect(await codeOf(SessionLock.acquire(folder, 600, quick))).toBe('in-use');
    clearInterval(sign);
    await (await SessionLock.acquire(folder, 5_000, quick)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  test('that has been silent for long is watched before it is taken', async () => {
    const folder = await folderOf();
    await writeFile(join(folder, foreign), '');
    const old = new Date(Date.now() - 3_600_000);
    await utimes(join(folder, foreign), old, old);
    expect(await codeOf(SessionLock.acquire(folder, 0, quick))).toBe('in-use');
    await (await SessionLock.acquire(folder, 5_000, quick)).release();
  });

  test('that was taken for dead says so to its holder', async () => {
    const folder = await folderOf();
    const lock = await SessionLock.acquire(folder, 0, quick);
    await lock.check();
    for (const name of await readdir(folder)) await rm(join(folder, name));
    await expect(lock.check()).rejects.toThrow(StoreError);
    await lock.release();
  });

  test('is renewed while it is held', async () => {
    const folder = await folderOf();
    const lock = await SessionLock.acquire(folder, 0, quick);
    // Three times as long as a lock lives without a sign.
    expect(await codeOf(SessionLock.acquire(folder, 600, quick))).toBe('in-use');
    await lock.check();
    await lock.release();
  });
});

/** Adds a letter to the session's file, as another process. */
function appender(folder: string, times: number): Promise<number | null> {
  const script = new URL('./appender.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, folder, 'a', String(times)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => child.on('close', resolve));
}

describe('two processes at once', () => {
  test('lose no change', async () => {
    const store = openSessionStore({ folder: await folderOf() });
    await store.create(imageOf({ '/app/f': '' }), { id: 'a' });
    expect(
      await Promise.all([appender(store.folder, 20), appender(store.folder, 20), appender(store.folder, 20)]),
    ).toEqual([0, 0, 0]);
    const { info } = await store.load('a');
    expect(info.bytes).toBe(60);
    expect(await readdir(join(store.folder, 'session-a'))).toEqual(['image']);
  });

  test('a session that is removed and made anew meanwhile is not mixed up', async () => {
    const store = openSessionStore({ folder: await folderOf() });
    await store.create(imageOf({ '/app/f': 'old' }), { id: 'a' });
    const changes = Array.from({ length: 4 }, () => codeOf(saveFile(store, 'a', 'changed', 5_000)));
    await store.remove('a', { waitMs: 5_000 });
    await store.create(imageOf({ '/app/f': 'anew' }), { id: 'a' }).catch(() => undefined);
    for (const code of await Promise.all(changes)) expect([undefined, 'not-found']).toContain(code);
    expect((await readFile(join(store.folder, 'session-a', 'image'))).length).toBeGreaterThan(96);
    expect(await readdir(store.folder)).toEqual(['session-a']);
  });
});
