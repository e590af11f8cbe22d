/**
 * The state of an interpreter between two runs of a session, as what differs from the start-up image. Plain data
 * that threads can share: the bytes stand in shared memory and are never changed.
 */
export interface HeapImage extends HeapState {
  readonly version: 1;
  /** The component it is of (`ComponentFiles.id`). */
  readonly component: string;
}

/** What differs from the start-up image. */
export interface HeapState {
  /** Of each memory of the component, in the order of its modules. */
  readonly memories: readonly MemoryDifference[];
  /** Values of the mutable globals, in the order of the component's modules. */
  readonly globals: readonly (number | bigint)[];
  /** Lengths of the tables of resource handles: numbers below them are not given out again. */
  readonly handles: readonly number[];
}

/** What differs in one memory. */
export interface MemoryDifference {
  /** Its size as the guest sees it, in bytes. */
  readonly size: number;
  /** Numbers of the blocks of 4,096 bytes that differ, ascending. */
  readonly blocks: Uint32Array;
  /** Their content, one after the other. */
  readonly bytes: Uint8Array;
}

/** Bytes of a block of a heap image. */
export const blockBytes = 4096;

/** Copies blocks out of a memory, into shared memory. */
export function gatherBlocks(memory: Uint8Array, blocks: Uint32Array): MemoryDifference {
  const bytes = new Uint8Array(new SharedArrayBuffer(blocks.length * blockBytes));
  for (const [index, block] of blocks.entries()) {
    const start = block * blockBytes;
    bytes.set(memory.subarray(start, start + blockBytes), index * blockBytes);
  }
  return { size: memory.length, blocks, bytes };
}

/** Copies blocks back into a memory. */
export function applyDifference(memory: Uint8Array, { blocks, bytes }: MemoryDifference): void {
  for (const [index, block] of blocks.entries()) {
    memory.set(bytes.subarray(index * blockBytes, (index + 1) * blockBytes), block * blockBytes);
  }
}

/** Bytes of memory at most that an image may speak of: what a module can address. */
const mostBytes = 2 ** 32;
/** Length of a table of resource handles at most that an image may speak of. */
const mostHandles = 100_000;

/** Whether the programs of a session left so many handles open that its heap cannot be kept. */
export function holdsTooMuch({ handles }: HeapState): boolean {
  return handles.some((length) => length > mostHandles);
}

/** Whether a value from outside has the shape of a heap image; whether it is of a component, the engine checks. */
export function isHeapImage(value: unknown): value is HeapImage {
  if (typeof value !== 'object' || value === null) return false;
  const { version, component, memories, globals, handles } = value as Partial<HeapImage>;
  return (
    version === 1 &&
    typeof component === 'string' &&
    Array.isArray(memories) &&
    memories.every(isMemoryDifference) &&
    Array.isArray(globals) &&
    globals.every((global) => typeof global === 'number' || typeof global === 'bigint') &&
    Array.isArray(handles) &&
    handles.every((length) => Number.isSafeInteger(length) && length >= 0 && length <= mostHandles)
  );
}

function isMemoryDifference(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { size, blocks, bytes } = value as Partial<MemoryDifference>;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0 || size > mostBytes) return false;
  if (!(blocks instanceof Uint32Array) || !(bytes instanceof Uint8Array)) return false;
  return bytes.length === blocks.length * blockBytes && blocks.every((block) => (block + 1) * blockBytes <= size);
}
