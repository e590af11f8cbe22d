import type { SessionImage } from '../types.ts';
import { damaged } from './container.ts';

type Heap = NonNullable<SessionImage['heap']>;
type Memory = Heap['memories'][number];

/** Bytes of the blocks that a memory's difference is made of. */
const blockBytes = 4096;
/** A global is a kind (0 a number, 1 a 64-bit integer) and eight bytes. */
const globalBytes = 9;

/**
 * A heap without the bytes of memory, which follow those of the files. All numbers are little-endian: the number of
 * memories; of each its size (u64), its number of blocks, and their numbers; the number of globals, and each; the number
 * of tables of handles, and the length of each. Numbers without a note are u32.
 */
export function encodeHeap({ memories, globals, handles }: Heap): Uint8Array {
  const blocks = memories.reduce((sum, memory) => sum + memory.blocks.length, 0);
  const size = 4 + 12 * memories.length + 4 * blocks + 4 + globalBytes * globals.length + 4 + 4 * handles.length;
  const view = new DataView(new ArrayBuffer(size));
  let at = 0;
  const count = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  count(memories.length);
  for (const memory of memories) {
    view.setBigUint64(at, BigInt(memory.size), true);
    at += 8;
    count(memory.blocks.length);
    for (const block of memory.blocks) count(block);
  }
  count(globals.length);
  for (const value of globals) {
    const isInteger = typeof value === 'bigint';
    view.setUint8(at, isInteger ? 1 : 0);
    if (isInteger) view.setBigInt64(at + 1, value, true);
    else view.setFloat64(at + 1, value, true);
    at += globalBytes;
  }
  count(handles.length);
  for (const length of handles) count(length);
  return new Uint8Array(view.buffer);
}

/**
 * A heap whose bytes are `data`, copied, so that no more than these go to a worker with it. Whether it makes sense is checked when it is
 * restored.
 *
 * @throws {StoreError} `damaged`.
 */
export function decodeHeap(bytes: Uint8Array, data: Uint8Array, component: string): Heap {
  const part = new Reader(bytes);
  let at = 0;
  const memories = part.many(12, (): Memory => {
    const size = Number(part.u64());
    const blocks = Uint32Array.from(part.many(4, () => part.u32()));
    const length = blocks.length * blockBytes;
    if (at + length > data.length) throw malformed();
    at += length;
    return { size, blocks, bytes: data.slice(at - length, at) };
  });
  const globals = part.many(globalBytes, () => part.global());
  const handles = part.many(4, () => part.u32());
  if (!part.atEnd || at !== data.length) throw malformed();
  return { version: 1, component, memories, globals, handles };
}

class Reader {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get atEnd(): boolean {
    return this.#at === this.#view.byteLength;
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  global(): number | bigint {
    const kind = this.#view.getUint8(this.#take(1));
    if (kind > 1) throw malformed();
    const at = this.#take(8);
    return kind === 1 ? this.#view.getBigInt64(at, true) : this.#view.getFloat64(at, true);
  }

  /** A number of things and the things; each takes at least so many bytes, so that the number cannot lie. */
  many<T>(atLeast: number, one: () => T): T[] {
    const length = this.u32();
    if (length * atLeast > this.#view.byteLength - this.#at) throw malformed();
    return Array.from({ length }, one);
  }

  #take(bytes: number): number {
    const at = this.#at;
    if (at + bytes > this.#view.byteLength) throw malformed();
    this.#at += bytes;
    return at;
  }
}

function malformed(): Error {
  return damaged('its heap is malformed');
}
