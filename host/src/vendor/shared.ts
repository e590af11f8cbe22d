import { FileTree } from '../wasi/index.ts';
import { headerBytes, type PackEntry, type PackHeader, readIndex } from './pack.ts';

/**
 * A pack as all threads share it. Its bytes stand in the file until a program looks at them, and then once for all
 * threads and tenants: `bytes` is room that the system only provides where something is written.
 */
export interface SharedPack {
  /** Where it is mounted. */
  readonly mountPoint: string;
  /** What names the file to the platform. */
  readonly handle: number;
  readonly header: PackHeader;
  /** As large as the pack. */
  readonly bytes: SharedArrayBuffer;
  /** One byte for each file, and a last one for the index: 1 once its bytes are in place. */
  readonly present: SharedArrayBuffer;
}

/** Reads all of `into` from `position` (bytes) of a pack's file; `into` may be shared memory. Throws if it cannot. */
export type ReadPack = (handle: number, position: number, into: Uint8Array) => void;

/**
 * The tree of a pack, for one thread. The index is read now, a file when it is first looked at.
 *
 * Two threads may fetch the same bytes at the same time, and then write the same to the same place: nobody waits for
 * a thread that may be ended in the middle.
 *
 * @throws {Error} for a damaged pack.
 */
export function openPack(pack: SharedPack, read: ReadPack): FileTree {
  const present = new Uint8Array(pack.present);
  const bytesOf = (number: number, offset: number, size: number): Uint8Array => {
    const bytes = new Uint8Array(pack.bytes, offset, size);
    if (Atomics.load(present, number) === 0) {
      read(pack.handle, offset, bytes);
      Atomics.store(present, number, 1);
    }
    return bytes;
  };
  const { files, indexBytes } = pack.header;
  const entries: PackEntry[] = readIndex(bytesOf(files, headerBytes, indexBytes), pack.header);
  const end = entries.at(-1);
  if (end !== undefined && end.offset + end.size !== pack.bytes.byteLength) throw new Error('the pack is cut off');
  return FileTree.ofLent(
    entries.map(({ path, size, offset }, number) => ({ path, size, fetch: () => bytesOf(number, offset, size) })),
  );
}
