import type { HandleTable } from './component.ts';
import type { InstanceControl } from './control.ts';
import { applyDifference, blockBytes, gatherBlocks, type HeapState, type MemoryDifference } from './heap.ts';
import { type GuestMemory, pageBytes } from './memory.ts';
import { createScan, type Scan, scanBytes } from './scan.ts';

/** Bytes that an instance may have grown by and still be kept: zeroing more costs about what a new instance does. */
const mostGrowthKept = 32 * 1024 * 1024;

/** The state of a table of resource handles. */
interface SavedTable {
  readonly table: HandleTable;
  readonly handles: readonly number[];
  readonly created: ReadonlySet<number>;
  readonly objects: ReadonlyMap<number, object>;
  readonly last: number;
}

/** What a table of jco's holds, among other things, in the first of a handle's two numbers once the handle was dropped. */
const dropped = 2 ** 30;

/** The length of a table without what was dropped at its end: those numbers nobody remembers. */
function takenLength(list: readonly number[], least: number): number {
  let { length } = list;
  while (length > least && ((list[length - 2] ?? 0) & dropped) !== 0) length -= 2;
  return length;
}

/** A part of the memory that is all zero in the image, or not: what is zero needs no look at the image. */
interface Segment {
  readonly start: number;
  readonly end: number;
  readonly zero: boolean;
}

/** Bytes that are told to be zero or not as one. */
const segmentBytes = 16 * 1024;

function segmentsOf(bytes: Uint8Array): Segment[] {
  // A memory is a whole number of pages of 64 KiB.
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const segments: Segment[] = [];
  for (let start = 0; start < bytes.length; start += segmentBytes) {
    const end = start + segmentBytes;
    const zero = isZero(words, start / 4, end / 4);
    const last = segments.at(-1);
    if (last?.zero === zero) segments[segments.length - 1] = { ...last, end };
    else segments.push({ start, end, zero });
  }
  return segments;
}

function isZero(words: Int32Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (words[at] !== 0) return false;
  return true;
}

/** The content of a memory. */
class MemoryImage {
  readonly #memory: GuestMemory;
  /** Bytes of the image. */
  readonly #length: number;
  readonly #segments: readonly Segment[];
  readonly #scan: Scan;

  constructor(memory: GuestMemory) {
    this.#memory = memory;
    this.#length = memory.bytes;
    const bytes = new Uint8Array(memory.memory.buffer, 0, this.#length);
    this.#segments = segmentsOf(bytes);
    const image = new WebAssembly.Memory({ initial: memory.pages, maximum: memory.pages });
    const copy = new Uint8Array(image.buffer);
    // What is zero is left untouched: such pages take no memory of the machine.
    for (const { start, end, zero } of this.#segments) if (!zero) copy.set(bytes.subarray(start, end), start);
    this.#scan = createScan(memory.memory, image);
  }

  /** Bytes that the memory grew by since. */
  get growth(): number {
    return this.#memory.memory.buffer.byteLength - this.#length;
  }

  restore(): void {
    for (const { start, end, zero } of this.#segments) {
      if (zero) this.#scan.clear(start, end - scanBytes);
      else this.#scan.restore(start, end - scanBytes);
    }
    // Whatever the guest's view of the size was, it could reach all of the memory.
    const { byteLength } = this.#memory.memory.buffer;
    if (byteLength > this.#length) this.#scan.clear(this.#length, byteLength - scanBytes);
    this.#memory.shrinkTo(this.#length);
  }

  difference(): MemoryDifference {
    const { bytes, memory } = this.#memory;
    const blocks: number[] = [];
    for (const { start, end, zero } of this.#segments) this.#findDifferent(blocks, start, end, zero);
    this.#findDifferent(blocks, this.#length, bytes, true);
    return gatherBlocks(new Uint8Array(memory.buffer, 0, bytes), Uint32Array.from(blocks));
  }

  /** Adds the numbers of the blocks of a part of the memory that differ from the image. */
  #findDifferent(blocks: number[], start: number, end: number, zero: boolean): void {
    const { nextSet, nextDifferent } = this.#scan;
    const next = zero ? nextSet : nextDifferent;
    for (let from = start; from < end; ) {
      const found = next(from, end - scanBytes);
      if (found === -1) return;
      const block = Math.floor((found >>> 0) / blockBytes);
      blocks.push(block);
      from = (block + 1) * blockBytes;
    }
  }

  apply(difference: MemoryDifference): void {
    const missing = (difference.size - this.#memory.bytes) / pageBytes;
    if (missing > 0 && !this.#memory.grow(missing))
      throw new Error('the host has no memory for the heap of the session');
    applyDifference(new Uint8Array(this.#memory.memory.buffer), difference);
  }
}

/**
 * An instance as it was at one moment: memory, mutable globals, handles. Putting it back in place costs a look at all
 * of the memory and replaces instantiation.
 */
export class InstanceImage {
  readonly #memories: readonly MemoryImage[];
  readonly #globals: readonly (readonly [global: WebAssembly.Global, value: unknown])[];
  readonly #tables: readonly SavedTable[];

  private constructor(control: InstanceControl, handles: readonly HandleTable[]) {
    this.#memories = control.memories.map((memory) => new MemoryImage(memory));
    this.#globals = control.globals.map((global) => [global, global.value] as const);
    this.#tables = handles.map((table) => ({
      table,
      handles: [...table[0]],
      created: new Set(table[0]._createdReps),
      objects: new Map(table[1]),
      last: table[2].value,
    }));
  }

  /** The image of an instance; nothing for a component whose state is not all within reach. */
  static take(control: InstanceControl, handles: readonly HandleTable[] | undefined): InstanceImage | undefined {
    return handles === undefined ? undefined : new InstanceImage(control, handles);
  }

  /**
   * Puts the instance back to the image.
   *
   * @returns false when the memory grew so much that the instance is not worth keeping.
   */
  restore(): boolean {
    const growth = this.#memories.reduce((total, memory) => total + memory.growth, 0);
    if (growth > mostGrowthKept) return false;
    for (const memory of this.#memories) memory.restore();
    for (const [global, value] of this.#globals) global.value = value;
    for (const { table, handles, created, objects, last } of this.#tables) {
      const [list, captured, counter] = table;
      // Two bits of a representation have a meaning of their own: an instance that counted on would come to their end.
      counter.value = last;
      list.length = handles.length;
      for (let i = 0; i < handles.length; i++) list[i] = handles[i] ?? 0;
      list._createdReps = new Set(created);
      captured.clear();
      for (const [rep, object] of objects) captured.set(rep, object);
    }
    return true;
  }

  /** What differs from the image now: the heap of a session between two of its runs. */
  difference(): HeapState {
    return {
      memories: this.#memories.map((memory) => memory.difference()),
      globals: this.#globals.map(([global]) => global.value as number | bigint),
      handles: this.#tables.map(({ table, handles }) => takenLength(table[0], handles.length)),
    };
  }

  /**
   * Puts a session's heap on top of the image; the instance must be in the image's state.
   *
   * Handles that the program had open are gone. Their numbers stay taken, so that none of them comes to mean something
   * else.
   *
   * @throws {Error} for a heap that is not of this component.
   */
  apply(heap: HeapState): void {
    const alike =
      heap.memories.length === this.#memories.length &&
      heap.globals.length === this.#globals.length &&
      heap.handles.length === this.#tables.length;
    if (!alike) throw new Error('the heap is of another component');
    for (const [index, memory] of this.#memories.entries()) {
      const difference = heap.memories[index];
      if (difference !== undefined) memory.apply(difference);
    }
    for (const [index, [global]] of this.#globals.entries()) global.value = heap.globals[index];
    for (const [index, { table }] of this.#tables.entries()) {
      const [list] = table;
      for (const length = heap.handles[index] ?? 0; list.length < length; ) list.push(0);
    }
  }
}
