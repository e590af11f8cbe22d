/** Links and pipes that somebody put into the folder of a store: nothing is read, written or removed through them. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSessionStore, StoreError } from 'golem-exec';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { imageOf } from '../unit/store/support.ts';

let top: string;
let folder: string;
let outside: string;
let count = 0;
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'golem-exec-links-'));
});
afterAll(() => rm(top, { recursive: true, force: true }));
beforeEach(async () => {
  folder = join(top, `store ${count}`);
  outside = join(top, `outside ${count++}`);
  await mkdir(outside);
  await writeFile(join(outside, 'precious.tmp'), 'precious');
});

async function refused(call: Promise<unknown>): Promise<StoreError> {
  const error = await call.then(
    () => expect.fail('it succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

test('a link in place of a session’s folder', async () => {
  const store = openSessionStore({ folder });
  await store.create(imageOf({ '/app/f': 'one' }), { id: 'a' });
  await rename(join(folder, 'session-a', 'image'), join(outside, 'image'));
  await rm(join(folder, 'session-a'), { recursive: true });
  await symlink(outside, join(folder, 'session-a'));
  for (const call of [
    () => store.open('a', { waitMs: 0 }),
    () => store.load('a'),
    () => store.info('a'),
    () => store.remove('a', { waitMs: 0 }),
  ]) {
    expect(await refused(call())).toMatchObject({ code: 'damaged', message: expect.stringContaining('symbolic link') });
  }
  expect(await store.list()).toEqual([{ id: 'a', problem: expect.stringContaining('symbolic link') }]);
  expect((await store.prune()).removed).toEqual([]);
  expect((await readdir(outside)).sort()).toEqual(['image', 'precious.tmp']);
  expect(await readFile(join(outside, 'precious.tmp'), 'utf8')).toBe('precious');
});

test('a link in place of a session’s file', async () => {
  const store = openSessionStore({ folder });
  await store.create(imageOf({ '/app/f': 'one' }), { id: 'a' });
  const file = join(folder, 'session-a', 'image');
  await rename(file, join(outside, 'image'));
  await symlink(join(outside, 'image'), file);
  for (const call of [() => store.load('a'), () => store.info('a'), () => store.open('a', { waitMs: 0 })]) {
    expect(await refused(call())).toMatchObject({ code: 'damaged' });
  }
  await store.remove('a', { waitMs: 0 });
  expect((await readdir(outside)).sort()).toEqual(['image', 'precious.tmp']);
});

test.skipIf(process.platform === 'win32')('a pipe in place of a session’s file, which nobody writes to', async () => {
  const store = openSessionStore({ folder });
  await store.create(imageOf({ '/app/f': 'one' }), { id: 'a' });
  const file = join(folder, 'session-a', 'image');
  await rm(file);
  execFileSync('mkfifo', [file]);
  expect(await refused(store.load('a'))).toMatchObject({ code: 'damaged' });
  expect(await store.list()).toEqual([{ id: 'a', problem: expect.stringContaining('no regular file') }]);
  await store.remove('a', { waitMs: 0 });
  expect(await store.list()).toEqual([]);
});
