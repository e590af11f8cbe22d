import { randomUUID } from 'node:crypto';
import { constants, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SessionImage } from '../types.ts';
import { damaged, decodePrefix, type Layout, prefixBytes } from './container.ts';
import { StoreError, storeError, systemCode } from './errors.ts';
import { decodeParts, decodeRecord, encodeParts, type ImageRecord } from './image-parts.ts';
import type { StoredFacts } from './info.ts';

/** Ending of the files that are not finished. */
export const unfinished = '.tmp';
/** Bytes that are read, or collected for writing, at a time. */
const pieceBytes = 1 << 20;

/** A record, and the size of the file that it is of. */
export interface FileRecord {
  readonly record: ImageRecord;
  readonly size: number;
}

/**
 * Writes a session so that a crash at any point leaves the old file or the new one: to a file beside it, which is on
 * the disk before it takes the name over.
 *
 * @param commit called when all is written; its argument renames the file. The old one stays unless that is called.
 * @returns bytes of the file.
 */
export async function writeSession(
  path: string,
  image: SessionImage,
  facts: StoredFacts,
  commit: (rename: () => Promise<void>, size: number) => Promise<void>,
): Promise<number> {
  const fresh = `${path}.${randomUUID()}${unfinished}`;
  try {
    const parts = encodeParts(image, facts);
    const size = parts.reduce((sum, { length }) => sum + length, 0);
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(collected(parts));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await commit(() => rename(fresh, path), size);
    await syncFolder(dirname(path));
    return size;
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw storeError(error, `save session ${facts.id}`);
  }
}

/** Puts small parts together: a session may have thousands of small files. */
function* collected(parts: Iterable<Uint8Array>): Generator<Uint8Array, void, void> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for (const part of parts) {
    waiting.push(part);
    bytes += part.length;
    if (bytes < pieceBytes) continue;
    if (waiting.length === 1) yield part;
    else yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  yield Buffer.concat(waiting);
}

/**
 * Reads a session whole.
 *
 * @throws {StoreError} `damaged` or `version`, with the path.
 */
export async function readSession(path: string, id: string): Promise<FileRecord & { readonly image: SessionImage }> {
  return await reading(path, async (handle, layout, size) => {
    const record = await readRecord(handle, layout, id);
    const contentAt = prefixBytes + layout.recordBytes;
    const content = await readExactly(handle, contentAt, size - contentAt);
    return { record, size, image: decodeParts(layout, record, content) };
  });
}

/** Reads what is known of a session without its files. */
export async function readSessionRecord(path: string, id: string): Promise<FileRecord> {
  return await reading(path, async (handle, layout, size) => ({ record: await readRecord(handle, layout, id), size }));
}

async function reading<T>(
  path: string,
  read: (handle: FileHandle, layout: Layout, size: number) => Promise<T>,
): Promise<T> {
  // Whoever can write to the folder may have put a link there, or a pipe that nobody writes to. Windows has neither flag.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
    throw systemCode(error) === 'ELOOP' ? irregular(path) : error;
  });
  try {
    const info = await handle.stat();
    if (!info.isFile()) throw damaged('it is no regular file');
    const { size } = info;
    const prefix = await readExactly(handle, 0, Math.min(prefixBytes, size));
    return await read(handle, decodePrefix(prefix, size), size);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code === 'version') throw new StoreError('version', `the session file ${path}: ${error.message}`);
    throw damaged(`the session file ${path} is damaged: ${error.message}; remove the session, or put back a copy`);
  } finally {
    await handle.close();
  }
}

function irregular(path: string): StoreError {
  return new StoreError('damaged', `the session file ${path} is no regular file; remove the session`);
}

async function readRecord(handle: FileHandle, layout: Layout, id: string): Promise<ImageRecord> {
  const record = decodeRecord(layout, await readExactly(handle, prefixBytes, layout.recordBytes));
  const { stored } = record;
  if (typeof stored === 'object' && stored !== null && 'id' in stored && stored.id !== id) {
    throw damaged('it is another session’s file');
  }
  return record;
}

async function readExactly(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(pieceBytes * 16, length - at), position + at);
    if (bytesRead === 0) throw damaged('it is cut');
    at += bytesRead;
  }
  return bytes;
}

/** Puts a folder's entries on the disk. Windows has no such call, and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
