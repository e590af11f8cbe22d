import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheFolder, readCached, writeCached } from '../../../host/src/node/cache.ts';

const content = new TextEncoder().encode('some content');

// Elsewhere the folder is not ours to choose.
describe.runIf(process.platform === 'linux')('the cache', () => {
  const before = process.env['XDG_CACHE_HOME'];
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'golem-exec-cache-'));
    process.env['XDG_CACHE_HOME'] = join(home, 'not', 'there');
  });
  afterEach(async () => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
    await rm(home, { recursive: true });
  });

  test('keeps entries for this user alone', async () => {
    expect(await readCached('one')).toBeUndefined();
    await writeCached('one', content);
    expect(await readCached('one')).toEqual(Buffer.from(content));
    expect((await stat(cacheFolder())).mode & 0o777).toBe(0o700);
    expect((await stat(join(cacheFolder(), 'one'))).mode & 0o777).toBe(0o600);
  });

  test('takes nothing that others could have written, or that is no file', async () => {
    await writeCached('one', content);
    await chmod(join(cacheFolder(), 'one'), 0o620);
    expect(await readCached('one')).toBeUndefined();
    await mkdir(join(cacheFolder(), 'folder'));
    expect(await readCached('folder')).toBeUndefined();
  });

  test('takes nothing damaged, and replaces it', async () => {
    for (const damage of ['', 'short', 'x'.repeat(1000)]) {
      await mkdir(cacheFolder(), { recursive: true });
      await writeFile(join(cacheFolder(), 'one'), damage);
      expect(await readCached('one')).toBeUndefined();
      await writeCached('one', content);
      expect(await readCached('one')).toEqual(Buffer.from(content));
    }
  });

  test('has whole entries whoever writes at the same time, and leaves nothing else', async () => {
    const large = new Uint8Array(1 << 20).fill(7);
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        await writeCached('one', large);
        expect((await readCached('one'))?.length).toBe(large.length);
      }),
    );
    expect(await readdir(cacheFolder())).toEqual(['one']);
  });

  test('forgets what nobody used for a month', async () => {
    await writeCached('old', content);
    await writeCached('used', content);
    const long = new Date(Date.now() - 40 * 24 * 60 * 60 * 1000);
    for (const name of ['old', 'used']) await utimes(join(cacheFolder(), name), long, long);
    expect(await readCached('used')).toBeDefined();
    await writeCached('new', content);
    expect((await readdir(cacheFolder())).sort()).toEqual(['new', 'used']);
  });

  test('ignores a cache folder that is not absolute', () => {
    process.env['XDG_CACHE_HOME'] = 'relative';
    expect(cacheFolder()).toMatch(/^\/.*\.cache\/golem-exec\/components$/);
  });
});
