import { mkdir, open, readdir, readFile, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSessionStore, type SessionStore, type SessionStoreOptions } from '../../../host/src/store/index.ts';
import { FileTree } from '../../../host/src/wasi/index.ts';
import { codeOf, contentOf, imageOf, saveFile, testFolder } from './support.ts';

const top = await testFolder();
let count = 0;
const fresh = (options: SessionStoreOptions = {}): SessionStore =>
  openSessionStore({ folder: join(top, `store ${count++}`, 'deep'), ...options });

describe('a store', () => {
  test('creates, loads, saves, lists and removes', async () => {
    const store = fresh();
    expect(await store.list()).toEqual([]);
    const image = imageOf({ '/app/f': 'one', '/app/d/g': 'two' });
    const created = await store.create(image, { id: 'work' });
    expect(created).toMatchObject({ id: 'work', bytes: 6, files: 3, limits: { timeMs: 1234 }, workingDir: '/app' });
    const loaded = await store.load('work');
    expect(loaded.info).toEqual(created);
    expect(await store.info('work')).toEqual(created);
    expect(loaded.image).toEqual(image);
    await saveFile(store, 'work', 'changed');
    expect(await contentOf(store, 'work', '/app/f')).toBe('changed');
    const [listed] = await store.list();
    expect(listed).toMatchObject({ id: 'work', created: created.created, bytes: 7, files: 1 });
    await store.remove('work', { waitMs: 0 });
    expect(await store.list()).toEqual([]);
    expect(await readdir(store.folder)).toEqual([]);
  });

  test('chooses ids that are new', async () => {
    const store = fresh();
    const ids = new Set<string>();
    for (let i = 0; i < 5; i++) ids.add((await store.create(imageOf({}))).id);
    expect(ids.size).toBe(5);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]{12}$/);
  });

  test('what is not there, there already, or no id, has its own error', async () => {
    const store = fresh();
    const calls = [store.load('a'), store.open('a', { waitMs: 0 }), store.remove('a', { waitMs: 0 })];
    expect(await Promise.all(calls.map(codeOf))).toEqual(calls.map(() => 'not-found'));
    await store.create(imageOf({}), { id: 'a' });
    expect(await codeOf(store.create(imageOf({}), { id: 'a' }))).toBe('exists');
    for (const id of ['', '-a', '../a', 'a/b', 'a.b', 'a\0', 'ä', 'a\n', 'x'.repeat(65), '_a', ' a']) {
      expect(await codeOf(store.load(id))).toBe('invalid-id');
      expect(await codeOf(store.create(imageOf({}), { id }))).toBe('invalid-id');
      expect(await codeOf(store.remove(id, { waitMs: 0 }))).toBe('invalid-id');
    }
    await store.create(imageOf({}), { id: 'x'.repeat(64) });
    expect((await store.list()).map(({ id }) => id)).toEqual(['a', 'x'.repeat(64)]);
  });

  test('ids that differ in case, or that mean devices elsewhere, have folders of their own', async () => {
    const store = fresh();
    for (const id of ['a', 'A', 'aB', 'Ab', 'con', 'NUL']) await store.create(imageOf({ '/app/f': id }), { id });
    const folders = await readdir(store.folder);
    expect(new Set(folders.map((name) => name.toLowerCase())).size).toBe(6);
    for (const id of ['a', 'A', 'aB', 'Ab', 'con', 'NUL']) expect(await contentOf(store, id, '/app/f')).toBe(id);
    expect((await store.list()).map(({ id }) => id)).toEqual(['A', 'Ab', 'NUL', 'a', 'aB', 'con']);
  });

  test('is for its user only', async () => {
    const store = fresh();
    await store.create(imageOf({}), { id: 'a' });
    const folder = join(store.folder, 'session-a');
    expect((await stat(store.folder)).mode & 0o777).toBe(0o700);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'image'))).mode & 0o777).toBe(0o600);
  });

  test('of many processes that create one id, one does', async () => {
    const store = fresh();
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(store.create(imageOf({}), { id: 'a' }))));
    expect(codes.filter((code) => code === undefined).length).toBe(1);
    expect(codes.filter((code) => code === 'exists').length).toBe(7);
    expect(await readdir(store.folder)).toEqual(['session-a']);
  });

  test('names of a program stand in the image only', async () => {
    const store = fresh();
    const tree = new FileTree();
    const names = ['__proto__', 'con', 'NUL.txt', 'a\\b', 'a:b', ' ', '*?', '\u001b[31m', 'é', 'e\u0301', 'A', 'a'];
    for (const name of [...names, 'x'.repeat(255), '..x', '...', 'constructor']) {
      tree.write(`/app/${name}`, new TextEncoder().encode(name));
    }
    tree.symlink('/etc/passwd', '/app/link');
    tree.symlink('../../../../../../etc', '/app/up');
    const image = { ...imageOf({}), files: tree.toImage() };
    await store.create(image, { id: 'a' });
    expect((await store.load('a')).image).toEqual(image);
    expect(await readdir(store.folder, { recursive: true })).toEqual(['session-a', join('session-a', 'image')]);
  });

  test('any tree comes back as it was', async () => {
    const store = fresh();
    await store.create(imageOf({}), { id: 'a' });
    await using held = await store.open('a', { waitMs: 0 });
    const part = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((name) => !/^\.\.?$|[/\0]/.test(name));
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/app/${parts.join('/')}`);
    const file = fc.tuple(path, fc.uint8Array({ maxLength: 3000 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 20 }), async (files) => {
        const tree = new FileTree();
        for (const [name, bytes, linked] of files) {
          try {
            if (linked) tree.symlink('/app/x', name);
            else tree.write(name, bytes);
          } catch {
            // Taken by a file or a folder, or below a link: that is the tree's affair.
          }
        }
        const image = { ...imageOf({}), files: tree.toImage() };
        await held.save(image);
        expect(await held.load()).toEqual(image);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a damaged file', () => {
  const contents = { '/app/f': 'some content', '/app/d/g': new Uint8Array(3000).fill(7) };

  test('is refused with its path, whichever byte it is', async () => {
    const store = fresh();
    await store.create(imageOf(contents), { id: 'a' });
    const path = join(store.folder, 'session-a', 'image');
    const whole = await readFile(path);
    for (let at = 0; at < whole.length; at += at < 900 ? 1 : 97) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      await writeFile(path, bytes);
      await expect(store.load('a'), `byte ${at}`).rejects.toMatchObject({
        // The four bytes of the version.
        code: at >= 8 && at < 12 ? 'version' : 'damaged',
        message: expect.stringContaining(path),
      });
    }
    for (const bytes of [
      whole.subarray(0, 0),
      whole.subarray(0, 127),
      whole.subarray(0, -1),
      Buffer.concat([whole, whole]),
    ]) {
      await writeFile(path, bytes);
      expect(await codeOf(store.load('a'))).toBe('damaged');
    }
    await writeFile(path, whole);
    expect(await contentOf(store, 'a', '/app/f')).toBe('some content');
  });

  test('of a later format is refused as such', async () => {
    const store = fresh();
    await store.create(imageOf(contents), { id: 'a' });
    const handle = await open(join(store.folder, 'session-a', 'image'), 'r+');
    await handle.write(Uint8Array.of(3), 0, 1, 8);
    await handle.close();
    await expect(store.load('a')).rejects.toThrow(/its format is 3.*a later one/);
  });

  test('neither hides the other sessions, nor can it not be removed', async () => {
    const store = fresh();
    await store.create(imageOf(contents), { id: 'a' });
    await store.create(imageOf(contents), { id: 'b' });
    await writeFile(join(store.folder, 'session-a', 'image'), 'rubbish');
    expect(await store.list()).toMatchObject([{ id: 'a', problem: expect.stringContaining('damaged') }, { id: 'b' }]);
    expect(await codeOf(saveFile(store, 'a', 'x'))).toBe('damaged');
    await store.remove('a', { waitMs: 0 });
    expect((await store.list()).map(({ id }) => id)).toEqual(['b']);
  });

  test('another session’s file does not pass for one’s own', async () => {
    const store = fresh();
    await store.create(imageOf(contents), { id: 'a' });
    await rename(join(store.folder, 'session-a'), join(store.folder, 'session-b'));
    await expect(store.load('b')).rejects.toThrow('another session');
  });

  test('lengths that do not fit the file are refused before anything is read', async () => {
    const store = fresh();
    await store.create(imageOf(contents), { id: 'a' });
    const path = join(store.folder, 'session-a', 'image');
    const bytes = await readFile(path);
    bytes.writeBigUInt64LE(2n ** 62n, 24);
    await writeFile(path, bytes);
    await expect(store.load('a')).rejects.toThrow('cut or has something added');
  });
});

describe('a store that cannot be used', () => {
  test('says so, and what to do', async () => {
    const folder = join(top, 'a file');
    await writeFile(folder, '');
    const store = openSessionStore({ folder });
    const calls = [
      () => store.create(imageOf({}), { id: 'a' }),
      () => store.list(),
      () => store.load('a'),
      () => store.open('a', { waitMs: 0 }),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ code: 'unusable', message: expect.stringContaining('--dir') });
    }
  });

  test('keeps what it held when a save fails', async () => {
    const store = fresh();
    await store.create(imageOf({ '/app/f': 'old' }), { id: 'a' });
    await using held = await store.open('a', { waitMs: 0 });
    const bad = imageOf({ '/app/f': 'new' });
    const entries = [...bad.files.entries, { kind: 'regular-file', bytes: 'no bytes' } as never];
    await expect(held.save({ ...bad, files: { version: 1, entries } })).rejects.toThrow();
    expect(await contentOf(store, 'a', '/app/f')).toBe('old');
    expect((await readdir(join(store.folder, 'session-a'))).filter((name) => !name.startsWith('lock.'))).toEqual([
      'image',
    ]);
  });

  test('removes what crashes left: half-written images, and folders on their way in and out', async () => {
    const store = fresh();
    await store.create(imageOf({ '/app/f': 'old' }), { id: 'a' });
    await writeFile(join(store.folder, 'session-a', 'image.x.tmp'), 'half');
    await saveFile(store, 'a', 'new');
    expect(await readdir(join(store.folder, 'session-a'))).toEqual(['image']);
    const long = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const name of ['.new-1', '.gone-1', '.new-2']) await mkdir(join(store.folder, name));
    for (const name of ['.new-1', '.gone-1']) await utimes(join(store.folder, name), long, long);
    await store.create(imageOf({}), { id: 'b' });
    // The young one may be a process that is at it.
    expect((await readdir(store.folder)).sort()).toEqual(['.new-2', 'session-a', 'session-b']);
  });

  test('does not follow a link in place of an unfinished file', async () => {
    const store = fresh();
    await store.create(imageOf({ '/app/f': 'old' }), { id: 'a' });
    const outside = join(top, 'outside');
    await writeFile(outside, 'untouched');
    await symlink(outside, join(store.folder, 'session-a', 'image.y.tmp'));
    await saveFile(store, 'a', 'new');
    expect(await readFile(outside, 'utf8')).toBe('untouched');
  });
});
