/**
 * The bytes of a stored session; docs/SESSIONS.md describes the format. Pure: reading and writing files is elsewhere.
 */
import type { SessionImage } from '../types.ts';
import { StoreError } from './errors.ts';

/** What is known of a stored session without reading its files. */
export interface SessionRecord extends Omit<SessionImage, 'version' | 'files' | 'heap'> {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** When it was saved last; ISO 8601, UTC. */
  readonly updated: string;
  /** Bytes of all files. */
  readonly bytes: number;
  /** Files, folders and links. */
  readonly files: number;
}

type Tree = SessionImage['files'];
type TreeEntry = Tree['entries'][number];

const magic = 'golemses';
const formatVersion = 1;
/** Magic, version, three lengths and two SHA-256 digests. */
export const prefixBytes = 96;
/** Where the digests begin; what is before them is covered by the first. */
const digestsAt = 32;
const digestBytes = 32;
/** Bytes of the record and of the tree at most; what is longer was not written here. */
const maxRecordBytes = 1 << 24;
const maxTreeBytes = 1 << 28;

/** The lengths of a stored session's parts, in bytes, and their digests. */
export interface Layout {
  readonly recordBytes: number;
  readonly treeBytes: number;
  readonly dataBytes: number;
  /** The part of the prefix that the record's digest covers. */
  readonly head: Uint8Array;
  readonly recordDigest: Uint8Array;
  readonly contentDigest: Uint8Array;
}

/** The first part of the prefix: all but the digests. */
export function encodeHead(recordBytes: number, treeBytes: number, dataBytes: number): Uint8Array {
  if (recordBytes > maxRecordBytes || treeBytes > maxTreeBytes) {
    throw new StoreError('unusable', 'the session has more environment or more files than a stored session can hold');
  }
  const head = new Uint8Array(digestsAt);
  new TextEncoder().encodeInto(magic, head);
  const view = new DataView(head.buffer);
  view.setUint32(8, formatVersion, true);
  view.setUint32(12, recordBytes, true);
  view.setUint32(16, treeBytes, true);
  view.setBigUint64(24, BigInt(dataBytes), true);
  return head;
}

/**
 * @param size bytes of the whole file.
 * @throws {StoreError} `damaged`.
 */
export function decodePrefix(prefix: Uint8Array, size: number): Layout {
  if (prefix.length < prefixBytes || new TextDecoder().decode(prefix.subarray(0, 8)) !== magic) {
    throw damaged('it is not a session file');
  }
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.length);
  const version = view.getUint32(8, true);
  if (version !== formatVersion) {
    throw damaged(`its format is ${version}, and this version of golem-exec reads ${formatVersion}`);
  }
  const recordBytes = view.getUint32(12, true);
  const treeBytes = view.getUint32(16, true);
  const dataBytes = Number(view.getBigUint64(24, true));
  if (recordBytes > maxRecordBytes || treeBytes > maxTreeBytes) throw damaged('its lengths are wrong');
  if (prefixBytes + recordBytes + treeBytes + dataBytes !== size) throw damaged('it is cut or has something added');
  return {
    recordBytes,
    treeBytes,
    dataBytes,
    head: prefix.slice(0, digestsAt),
    recordDigest: prefix.slice(digestsAt, digestsAt + digestBytes),
    contentDigest: prefix.slice(digestsAt + digestBytes, prefixBytes),
  };
}

export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The record of its JSON text; the fields that it shares with an image are checked when that is restored. */
export function decodeRecord(bytes: Uint8Array): SessionRecord {
  const value = decodeJson(bytes);
  if (typeof value !== 'object' || value === null) throw damaged('its record is malformed');
  const { id, created, updated, bytes: held, files } = value as Partial<SessionRecord>;
  const texts = [id, created, updated].every((text) => typeof text === 'string');
  if (!texts || !isCount(held) || !isCount(files)) throw damaged('its record is malformed');
  return value as SessionRecord;
}

/** The entries of a tree without the bytes of its files, which follow each other in the data. */
export function encodeTree(tree: Tree): Uint8Array {
  return encodeJson(tree.entries.map(encodeEntry));
}

function encodeEntry(entry: TreeEntry): readonly unknown[] {
  switch (entry.kind) {
    case 'directory':
      return ['d', entry.parent, entry.name, entry.times];
    case 'regular-file':
      return ['f', entry.parent, entry.name, entry.times, entry.bytes.length];
    case 'symbolic-link':
      return ['l', entry.parent, entry.name, entry.times, entry.target];
    case 'hard-link':
      return ['h', entry.parent, entry.name, entry.to];
  }
}

/**
 * A tree whose files are views of `data`. Names, times and what leads where is checked when the tree is restored.
 *
 * @throws {StoreError} `damaged`.
 */
export function decodeTree(bytes: Uint8Array, data: Uint8Array): Tree {
  const rows = decodeJson(bytes);
  if (!Array.isArray(rows)) throw damaged('its list of files is malformed');
  let at = 0;
  const entries = rows.map((row: unknown): TreeEntry => {
    if (!Array.isArray(row)) throw damaged('its list of files is malformed');
    const [letter, parent, name, times, last] = row;
    switch (letter) {
      case 'd':
        return { kind: 'directory', parent, name, times };
      case 'f':
        if (!isCount(last) || at + last > data.length) throw damaged('its list of files is malformed');
        at += last;
        return { kind: 'regular-file', parent, name, times, bytes: data.subarray(at - last, at) };
      case 'l':
        return { kind: 'symbolic-link', parent, name, times, target: last };
      case 'h':
        return { kind: 'hard-link', parent, name, to: times };
      default:
        throw damaged('its list of files is malformed');
    }
  });
  if (at !== data.length) throw damaged('its list of files is malformed');
  return { version: 1, entries };
}

/** A file that is not as it was written. */
export function damaged(reason: string): StoreError {
  return new StoreError('damaged', reason);
}

function decodeJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw damaged('its text is malformed');
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
