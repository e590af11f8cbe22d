/**
 * The form of a pack, one file with a tree of files in it:
 *
 * | bytes | content |
 * |---|---|
 * | 8 | `golempak` |
 * | 4 | length of the index in bytes, little endian |
 * | 4 | number of files, little endian |
 * | … | the index, JSON in UTF-8: `[path, size, path, size, …]`, sorted by path |
 * | … | the content of the files, one after the other in the order of the index |
 */
const magic = 'golempak';

/** Bytes before the index. */
export const headerBytes = 16;

export interface PackHeader {
  /** Length of the index in bytes. */
  readonly indexBytes: number;
  readonly files: number;
}

/** One file of a pack. */
export interface PackEntry {
  readonly path: string;
  readonly size: number;
  /** Where its bytes begin in the pack. */
  readonly offset: number;
}

/** Of a file in the index, with its separators. */
const fewestIndexBytes = '"a",0,'.length;

/**
 * @param packBytes size of the whole pack
 * @throws {Error} for bytes that do not begin a pack of that size.
 */
export function readHeader(bytes: Uint8Array, packBytes: number): PackHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerBytes || new TextDecoder().decode(bytes.subarray(0, magic.length)) !== magic) {
    throw new Error('it does not begin as a pack does');
  }
  const header = { indexBytes: view.getUint32(8, true), files: view.getUint32(12, true) };
  if (header.indexBytes > packBytes - headerBytes) throw new Error('the pack is cut off');
  if (header.files * fewestIndexBytes > header.indexBytes) throw new Error('its index is damaged');
  return header;
}

/** @throws {Error} for an index that is not the header's. */
export function readIndex(index: Uint8Array, { files }: PackHeader): PackEntry[] {
  const list = parsed(index);
  if (!Array.isArray(list) || list.length !== files * 2) throw new Error('its index is damaged');
  let offset = headerBytes + index.length;
  return Array.from({ length: files }, (_, file) => {
    const [path, size]: [unknown, unknown] = [list[file * 2], list[file * 2 + 1]];
    if (typeof path !== 'string' || !Number.isSafeInteger(size) || (size as number) < 0) {
      throw new Error('its index is damaged');
    }
    const entry = { path, size: size as number, offset };
    offset += entry.size;
    return entry;
  });
}

/** What the index holds; nothing if it is no JSON. */
function parsed(index: Uint8Array): unknown {
  try {
    // A decoder takes no shared memory.
    return JSON.parse(new TextDecoder().decode(new Uint8Array(index)));
  } catch {
    return undefined;
  }
}

/** Packs files by their paths, relative with `/`. The same files make the same bytes. */
export function writePack(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  const index = new TextEncoder().encode(JSON.stringify(sorted.flatMap(([path, { length }]) => [path, length])));
  const size = sorted.reduce((sum, [, { length }]) => sum + length, headerBytes + index.length);
  const pack = new Uint8Array(size);
  pack.set(new TextEncoder().encode(magic));
  const view = new DataView(pack.buffer);
  view.setUint32(8, index.length, true);
  view.setUint32(12, sorted.length, true);
  pack.set(index, headerBytes);
  let at = headerBytes + index.length;
  for (const [, bytes] of sorted) {
    pack.set(bytes, at);
    at += bytes.length;
  }
  return pack;
}
