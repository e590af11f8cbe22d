import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { makeFolder } from './make-folder.ts';

const digestBytes = 32;
/** Milliseconds after which an entry that nobody read is removed: 30 days. */
const keptUnused = 30 * 24 * 60 * 60 * 1000;

/** The folder of the entries, below the user's cache folder. */
export function cacheFolder(): string {
  return join(userCacheFolder(), 'golem-exec', 'components');
}

function userCacheFolder(): string {
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Caches');
    case 'win32':
      return process.env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
    default: {
      // XDG Base Directory Specification: a path that is not absolute is to be ignored.
      const cache = process.env['XDG_CACHE_HOME'];
      return cache !== undefined && isAbsolute(cache) ? cache : join(homedir(), '.cache');
    }
  }
}

/**
 * The content of a cache entry. One that is damaged, or that another user could have written, counts as missing: what
 * comes back is run as code.
 *
 * @param key letters and digits.
 */
export async function readCached(key: string): Promise<Uint8Array | undefined> {
  const path = join(cacheFolder(), key);
  try {
    const file = await open(path, 'r');
    let bytes: Uint8Array;
    try {
      const { uid, mode } = await file.stat();
      if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0)) return undefined;
      bytes = await file.readFile();
    } finally {
      await file.close();
    }
    const content = bytes.subarray(digestBytes);
    if (!digestOf(content).equals(bytes.subarray(0, digestBytes))) return undefined;
    const now = new Date();
    await utimes(path, now, now);
    return content;
  } catch {
    return undefined;
  }
}

/**
 * Makes a cache entry, for this user alone; readers see all of it or nothing. Without a folder that can be written
 * there is none.
 */
export async function writeCached(key: string, content: Uint8Array): Promise<void> {
  const folder = cacheFolder();
  const fresh = join(folder, `${key}.${randomUUID()}.tmp`);
  try {
    await makeFolder(folder);
    await writeFile(fresh, [digestOf(content), content], { flag: 'wx', mode: 0o600 });
    await rename(fresh, join(folder, key));
    await removeUnused(folder);
  } catch {
    await rm(fresh, { force: true }).catch(() => undefined);
  }
}

/** Removes entries that were not read for long, and what a crash left unfinished. */
async function removeUnused(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > keptUnused) await rm(path, { force: true });
  }
}

function digestOf(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
