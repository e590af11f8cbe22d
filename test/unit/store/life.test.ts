import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InvalidRequestError } from '../../../host/src/errors.ts';
import { openSessionStore, type SessionStore, type SessionStoreOptions } from '../../../host/src/store/index.ts';
import { checkStoreOptions } from '../../../host/src/store/options.ts';
import { codeOf, contentOf, imageOf, saveFile, testFolder } from './support.ts';

const top = await testFolder();
let count = 0;
const hourMs = 60 * 60 * 1000;

/** A store whose clock stands until it is moved. */
function clocked(options: SessionStoreOptions = {}): { store: SessionStore; pass: (ms: number) => void } {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const folder = join(top, `store ${count++}`);
  const store = openSessionStore({ folder, now: () => now, ...options });
  return {
    store,
    pass: (ms) => {
      now += ms;
    },
  };
}

describe('a session’s record', () => {
  test('tells times, language, persistence, limits, sizes and runs', async () => {
    const { store, pass } = clocked();
    await store.create(imageOf({ '/app/f': 'abc' }), { id: 'a' });
    pass(hourMs);
    await using held = await store.open('a');
    const saved = await held.save(imageOf({ '/app/f': 'abcd' }), { completed: 2, failed: 1 });
    await held.save(imageOf({ '/app/f': 'abcd' }), { completed: 1, failed: 0 });
    const info = await store.info('a');
    expect(info).toEqual(held.info);
    expect(info).toMatchObject({
      id: 'a',
      created: '2026-01-01T00:00:00.000Z',
      updated: '2026-01-01T01:00:00.000Z',
      expires: '2026-01-02T01:00:00.000Z',
      expired: false,
      language: 'python',
      persist: 'workspace',
      limits: { timeMs: 1234 },
      runs: { completed: 3, failed: 1 },
      bytes: 4,
      files: 1,
    });
    expect(saved.runs).toEqual({ completed: 2, failed: 1 });
    expect(info.storedBytes).toBe((await stat(join(store.folder, 'session-a', 'image'))).size);
  });
});

describe('a session expires', () => {
  test('when it was not saved for its time; then it can be looked at, and not changed', async () => {
    const { store, pass } = clocked({ ttlMs: hourMs });
    await store.create(imageOf({ '/app/f': 'kept' }), { id: 'a' });
    pass(hourMs - 1);
    await saveFile(store, 'a', 'saved');
    pass(hourMs - 1);
    expect((await store.info('a')).expired).toBe(false);
    pass(1);
    expect(await codeOf(store.open('a'))).toBe('expired');
    await expect(store.open('a')).rejects.toThrow('session fork');
    expect(await contentOf(store, 'a', '/app/f')).toBe('saved');
    expect(await store.list()).toMatchObject([{ id: 'a', expired: true }]);
    // Its lock is free: nobody has it.
    expect((await readdir(join(store.folder, 'session-a'))).sort()).toEqual(['image']);
    const { image } = await store.load('a');
    await store.create(image, { id: 'b' });
    expect(await contentOf(store, 'b', '/app/f')).toBe('saved');
    await store.remove('a');
  });

  test('after a time of its own, or never', async () => {
    const { store, pass } = clocked({ ttlMs: hourMs });
    await store.create(imageOf({}), { id: 'long', ttlMs: 10 * hourMs });
    await store.create(imageOf({}), { id: 'ever', ttlMs: Number.POSITIVE_INFINITY });
    await store.create(imageOf({}), { id: 'also-ever', ttlMs: null });
    await saveFile(store, 'ever', 'saved');
    await saveFile(store, 'long', 'saved');
    pass(9 * hourMs);
    expect((await store.info('long')).expired).toBe(false);
    pass(1000 * 365 * 24 * hourMs);
    expect((await store.info('long')).expired).toBe(true);
    for (const id of ['ever', 'also-ever']) {
      const info = await store.info(id);
      expect([info.expired, 'expires' in info]).toEqual([false, false]);
    }
    for (const ttlMs of [0, -1, 0.5, Number.NaN, '1' as never]) {
      await expect(store.create(imageOf({}), { ttlMs })).rejects.toThrow(InvalidRequestError);
    }
  });
});

describe('prune', () => {
  test('removes what has expired, tells what it gives back, and leaves the rest', async () => {
    const { store, pass } = clocked({ ttlMs: hourMs });
    await store.create(imageOf({ '/app/f': 'x'.repeat(1000) }), { id: 'old' });
    await store.create(imageOf({}), { id: 'held' });
    await store.create(imageOf({}), { id: 'damaged' });
    await store.create(imageOf({}), { id: 'kept', ttlMs: null });
    await writeFile(join(store.folder, 'session-damaged', 'image'), 'rubbish');
    const { storedBytes, expires } = await store.info('old');
    await mkdir(join(store.folder, '.new-crashed'));
    await writeFile(join(store.folder, '.new-crashed', 'image'), new Uint8Array(500));
    const long = new Date(Date.now() - 2 * hourMs);
    await utimes(join(store.folder, '.new-crashed'), long, long);
    const held = await store.open('held');
    pass(2 * hourMs);
    await store.create(imageOf({}), { id: 'young' });
    await mkdir(join(store.folder, '.gone-crashed'));
    await writeFile(join(store.folder, '.gone-crashed', 'image'), new Uint8Array(500));
    await utimes(join(store.folder, '.gone-crashed'), long, long);
    const dry = await store.prune({ dryRun: true });
    expect(dry.removed.map(({ id }) => id)).toEqual(['held', 'old']);
    expect(dry.reclaimedBytes).toBe(dry.removed.reduce((sum, { bytes }) => sum + bytes, 500));
    expect((await store.list()).length).toBe(5);
    expect(await store.prune()).toEqual({
      removed: [{ id: 'old', expires, bytes: storedBytes }],
      reclaimedBytes: storedBytes + 500,
      inUse: ['held'],
    });
    expect((await store.list()).map(({ id }) => id)).toEqual(['damaged', 'held', 'kept', 'young']);
    expect((await readdir(store.folder)).filter((name) => name.startsWith('.'))).toEqual([]);
    await held[Symbol.asyncDispose]();
    expect((await store.prune()).removed.map(({ id }) => id)).toEqual(['held']);
    expect(await store.prune()).toEqual({ removed: [], reclaimedBytes: 0, inUse: [] });
  });

  test('of a folder that is not there removes nothing', async () => {
    expect(await clocked().store.prune()).toEqual({ removed: [], reclaimedBytes: 0, inUse: [] });
  });

  test('leaves a session that was saved since it was listed', async () => {
    const { store, pass } = clocked({ ttlMs: hourMs });
    await store.create(imageOf({}), { id: 'a' });
    const held = await store.open('a');
    pass(2 * hourMs);
    // Expired as the listing says, but its holder saves it before it lets go.
    await held.save(imageOf({ '/app/f': 'used' }));
    await held[Symbol.asyncDispose]();
    expect((await store.prune()).removed).toEqual([]);
    expect(await contentOf(store, 'a', '/app/f')).toBe('used');
  });
});

describe('a store holds', () => {
  test('so many sessions and no more, whoever adds them', async () => {
    const { store } = clocked({ maxSessions: 3 });
    const made = await Promise.all(Array.from({ length: 8 }, () => codeOf(store.create(imageOf({})))));
    expect(made.filter((code) => code === undefined).length).toBe(3);
    expect(made.filter((code) => code === 'full').length).toBe(5);
    expect((await readdir(store.folder)).length).toBe(3);
    await expect(store.create(imageOf({}))).rejects.toThrow(/3 is the most; remove sessions \(session prune/);
    const [first] = await store.list();
    await store.remove(first?.id ?? '');
    await store.create(imageOf({}));
  });

  test('so many bytes and no more; what is refused changes nothing, and less is always taken', async () => {
    const { store } = clocked({ maxBytes: 5_000 });
    await store.create(imageOf({ '/app/f': 'x'.repeat(2000) }), { id: 'a' });
    expect(await codeOf(store.create(imageOf({ '/app/f': 'x'.repeat(4000) })))).toBe('full');
    await store.create(imageOf({}), { id: 'b' });
    expect(await codeOf(saveFile(store, 'b', 'x'.repeat(4000)))).toBe('full');
    expect((await store.info('b')).bytes).toBe(0);
    expect((await readdir(join(store.folder, 'session-b'))).sort()).toEqual(['image']);
    const small = openSessionStore({ folder: store.folder, maxBytes: 10, ttlMs: Number.POSITIVE_INFINITY });
    await saveFile(small, 'a', 'less');
    expect(await contentOf(store, 'a', '/app/f')).toBe('less');
    // Times take a few digits more or less.
    expect(await codeOf(saveFile(small, 'a', 'more'.repeat(20)))).toBe('full');
  });
});

describe('options', () => {
  test('come before the environment, and that before the defaults', () => {
    const environment = { EXEC_SESSIONS_TTL_MS: '5000', EXEC_SESSIONS_MAX: '7', EXEC_SESSIONS_MAX_MB: '2' };
    expect(checkStoreOptions({ folder: '/x' }, {})).toMatchObject({
      folder: '/x',
      ttlMs: 24 * hourMs,
      maxSessions: 1_000,
      maxBytes: 10 * 1024 ** 3,
    });
    expect(checkStoreOptions({}, environment)).toMatchObject({ ttlMs: 5000, maxSessions: 7, maxBytes: 2 * 1024 ** 2 });
    expect(checkStoreOptions({ ttlMs: 1, maxSessions: 2, maxBytes: 3 }, environment)).toMatchObject({
      ttlMs: 1,
      maxSessions: 2,
      maxBytes: 3,
    });
    expect(checkStoreOptions({}, { EXEC_SESSIONS_TTL_MS: 'never' }).ttlMs).toBe(Number.POSITIVE_INFINITY);
  });

  test.each([
    [{ ttlMs: 0 }, 'ttlMs'],
    [{ ttlMs: '1h' }, 'ttlMs'],
    [{ maxSessions: 1.5 }, 'maxSessions'],
    [{ maxBytes: -1 }, 'maxBytes'],
    [{ folder: '' }, 'folder'],
    [{ folder: 'a\0b' }, 'folder'],
    [{ now: 5 }, 'now'],
    [{ ttl: 5 }, 'ttl'],
  ])('%j is refused, naming %s', (options, field) => {
    expect(() => openSessionStore(options as SessionStoreOptions)).toThrow(expect.objectContaining({ field }));
  });

  test.each(['EXEC_SESSIONS_TTL_MS', 'EXEC_SESSIONS_MAX', 'EXEC_SESSIONS_MAX_MB'])('%s is checked', (name) => {
    for (const text of ['0', '-1', '1.5', 'soon', '9'.repeat(20)]) {
      expect(() => checkStoreOptions({}, { [name]: text })).toThrow(expect.objectContaining({ field: name }));
    }
  });
});
