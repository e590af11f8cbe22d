/**
 * The container that a session's image is stored in; docs/SESSIONS.md describes it. Pure: what the parts mean, and files
 * on disk, are elsewhere.
 */
import { createHash } from 'node:crypto';
import { StoreError } from './errors.ts';

const magic = 'golemses';
const formatVersion = 2;
/** Magic, version, lengths, component and two SHA-256 digests. */
export const prefixBytes = 128;
/** Where the digests begin; what is before them is covered by the first. */
const digestsAt = 64;
const digestBytes = 32;
const componentAt = 32;
/** Bytes of the parts at most; what is longer was not written here. */
const most = { record: 1 << 24, tree: 1 << 28, heap: 1 << 24 } as const;

/** The parts of a container, in their order. */
export interface Parts {
  /** What is known of the session without reading its files. */
  readonly record: Uint8Array;
  /** The entries of its tree, without the bytes of files. */
  readonly tree: Uint8Array;
  /** Its heap without the bytes of memory; empty where there is none. */
  readonly heap: Uint8Array;
  /** Bytes of files, then those of memory. */
  readonly data: readonly Uint8Array[];
  /** The component that the heap is of (64 hexadecimal digits); absent without a heap. */
  readonly component?: string | undefined;
}

/** What the prefix says. All lengths are in bytes. */
export interface Layout {
  readonly recordBytes: number;
  readonly treeBytes: number;
  readonly heapBytes: number;
  readonly dataBytes: number;
  readonly component: string | undefined;
  /** The part of the prefix that the record's digest covers. */
  readonly head: Uint8Array;
  readonly recordDigest: Uint8Array;
  readonly contentDigest: Uint8Array;
}

/**
 * The bytes of a container, in pieces.
 *
 * @throws {StoreError} `unusable` for what is too long.
 */
export function encodeContainer({ record, tree, heap, data, component }: Parts): Uint8Array[] {
  if (record.length > most.record || tree.length > most.tree || heap.length > most.heap) {
    throw new StoreError('unusable', 'the session has more environment, files or memory than an image can hold');
  }
  const prefix = new Uint8Array(prefixBytes);
  new TextEncoder().encodeInto(magic, prefix);
  const view = new DataView(prefix.buffer);
  view.setUint32(8, formatVersion, true);
  view.setUint32(12, record.length, true);
  view.setUint32(16, tree.length, true);
  view.setUint32(20, heap.length, true);
  view.setBigUint64(24, BigInt(data.reduce((sum, { length }) => sum + length, 0)), true);
  if (component !== undefined) prefix.set(Buffer.from(component, 'hex'), componentAt);
  prefix.set(digestOf([prefix.subarray(0, digestsAt), record]), digestsAt);
  prefix.set(digestOf([tree, heap, ...data]), digestsAt + digestBytes);
  return [prefix, record, tree, heap, ...data];
}

/**
 * Reads the prefix. What it says of lengths fits the size, so that they can be allocated.
 *
 * @param size bytes of the whole.
 * @throws {StoreError} `damaged`; `version` for another format.
 */
export function decodePrefix(prefix: Uint8Array, size: number): Layout {
  const text = new TextDecoder().decode(prefix.subarray(0, magic.length));
  if (text !== magic) throw damaged('it does not begin as an image of a session does');
  if (prefix.length < prefixBytes) throw damaged('it is cut');
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.length);
  const version = view.getUint32(8, true);
  if (version !== formatVersion) {
    const advice = version > formatVersion ? 'use the version that wrote it, or a later one' : 'make it anew';
    const problem = `its format is ${version}, and this version of golem-exec reads ${formatVersion}; ${advice}`;
    throw new StoreError('version', problem);
  }
  const recordBytes = view.getUint32(12, true);
  const treeBytes = view.getUint32(16, true);
  const heapBytes = view.getUint32(20, true);
  const dataBytes = Number(view.getBigUint64(24, true));
  if (recordBytes > most.record || treeBytes > most.tree || heapBytes > most.heap)
    throw damaged('its lengths are wrong');
  if (prefixBytes + recordBytes + treeBytes + heapBytes + dataBytes !== size) {
    throw damaged('it is cut or has something added');
  }
  const component = Buffer.from(prefix.subarray(componentAt, digestsAt)).toString('hex');
  return {
    recordBytes,
    treeBytes,
    heapBytes,
    dataBytes,
    component: heapBytes === 0 ? undefined : component,
    head: prefix.slice(0, digestsAt),
    recordDigest: prefix.slice(digestsAt, digestsAt + digestBytes),
    contentDigest: prefix.slice(digestsAt + digestBytes, prefixBytes),
  };
}

/** @throws {StoreError} `damaged` unless the record is as it was written. */
export function checkRecord({ head, recordDigest }: Layout, record: Uint8Array): void {
  if (!digestOf([head, record]).equals(recordDigest)) throw damaged('its record does not match its checksum');
}

/**
 * Takes apart what follows the record.
 *
 * @throws {StoreError} `damaged` unless it is as it was written.
 */
export function decodeContent(
  { treeBytes, heapBytes, contentDigest }: Layout,
  content: Uint8Array,
): { readonly tree: Uint8Array; readonly heap: Uint8Array; readonly data: Uint8Array } {
  if (!digestOf([content]).equals(contentDigest)) throw damaged('its content does not match its checksum');
  const heapAt = treeBytes;
  const dataAt = treeBytes + heapBytes;
  return {
    tree: content.subarray(0, heapAt),
    heap: content.subarray(heapAt, dataAt),
    data: content.subarray(dataAt),
  };
}

/** What is not as it was written. */
export function damaged(reason: string): StoreError {
  return new StoreError('damaged', reason);
}

function digestOf(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
