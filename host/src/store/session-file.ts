import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SessionImage } from '../types.ts';
import { StoreError, storeError } from './errors.ts';
import {
  damaged,
  decodePrefix,
  decodeRecord,
  decodeTree,
  encodeHead,
  encodeJson,
  encodeTree,
  type Layout,
  prefixBytes,
  type SessionRecord,
} from './format.ts';

/** A session as the store holds it. */
export interface StoredSession {
  readonly record: SessionRecord;
  readonly image: SessionImage;
}

/** Ending of the files that are not finished. */
export const unfinished = '.tmp';
/** Bytes that are read, or collected for writing, at a time. */
const pieceBytes = 1 << 20;

/**
 * Writes a session so that a crash at any point leaves the old file or the new one: to a file beside it, which is on
 * the disk before it takes the name over.
 *
 * @param beforeRename called when all is written; the old file stays when it throws.
 */
export async function writeSession(
  path: string,
  record: SessionRecord,
  files: SessionImage['files'],
  beforeRename: () => Promise<void>,
): Promise<void> {
  const fresh = `${path}.${randomUUID()}${unfinished}`;
  try {
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await writeParts(handle, record, files);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await beforeRename();
    await rename(fresh, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw storeError(error, `save session ${record.id}`);
  }
}

async function writeParts(handle: FileHandle, record: SessionRecord, files: SessionImage['files']): Promise<void> {
  const recordText = encodeJson(record);
  const tree = encodeTree(files);
  const contents = files.entries.flatMap((entry) => (entry.kind === 'regular-file' ? [entry.bytes] : []));
  const dataBytes = contents.reduce((sum, { length }) => sum + length, 0);
  const head = encodeHead(recordText.length, tree.length, dataBytes);
  const digest = createHash('sha256');
  const hashed = function* () {
    for (const part of [tree, ...contents]) {
      digest.update(part);
      yield part;
    }
  };
  await handle.writeFile(collected([new Uint8Array(prefixBytes), recordText], hashed()));
  const recordDigest = createHash('sha256').update(head).update(recordText).digest();
  const prefix = Buffer.concat([head, recordDigest, digest.digest()]);
  const { bytesWritten } = await handle.write(prefix, 0, prefixBytes, 0);
  if (bytesWritten !== prefixBytes) throw new StoreError('unusable', 'the disk took only a part of the session');
}

/** Puts small parts together: a session may have thousands of small files. */
function* collected(...sources: Iterable<Uint8Array>[]): Generator<Uint8Array, void, void> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for (const source of sources) {
    for (const part of source) {
      waiting.push(part);
      bytes += part.length;
      if (bytes < pieceBytes) continue;
      if (waiting.length === 1) yield part;
      else yield Buffer.concat(waiting);
      waiting = [];
      bytes = 0;
    }
  }
  yield Buffer.concat(waiting);
}

/**
 * Reads a session whole.
 *
 * @throws {StoreError} `damaged`, with the path.
 */
export async function readSession(path: string, id: string): Promise<StoredSession> {
  return await reading(path, async (handle, layout) => {
    const record = await readRecord(handle, layout, id);
    const digest = createHash('sha256');
    const tree = await readExactly(handle, prefixBytes + layout.recordBytes, layout.treeBytes);
    digest.update(tree);
    const data = await readExactly(handle, prefixBytes + layout.recordBytes + layout.treeBytes, layout.dataBytes);
    digest.update(data);
    if (!digest.digest().equals(layout.contentDigest)) throw damaged('its content does not match its checksum');
    const { language, persist, workingDir, limits, env } = record;
    const files = decodeTree(tree, data);
    return { record, image: { version: 1, language, persist, workingDir, limits, env, files } };
  });
}

/** Reads what is known of a session without its files. */
export async function readSessionRecord(path: string, id: string): Promise<SessionRecord> {
  return await reading(path, (handle, layout) => readRecord(handle, layout, id));
}

async function reading<T>(path: string, read: (handle: FileHandle, layout: Layout) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const prefix = await readExactly(handle, 0, Math.min(prefixBytes, size));
    return await read(handle, decodePrefix(prefix, size));
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'damaged') throw error;
    throw damaged(`the session file ${path} is damaged: ${error.message}; remove the session, or put back a copy`);
  } finally {
    await handle.close();
  }
}

async function readRecord(handle: FileHandle, layout: Layout, id: string): Promise<SessionRecord> {
  const text = await readExactly(handle, prefixBytes, layout.recordBytes);
  const digest = createHash('sha256').update(layout.head).update(text).digest();
  if (!digest.equals(layout.recordDigest)) throw damaged('its record does not match its checksum');
  const record = decodeRecord(text);
  if (record.id !== id) throw damaged('it is another session’s file');
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
