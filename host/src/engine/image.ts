import type { HandleTable } from './component.ts';
import type { InstanceControl } from './control.ts';

/** Bytes that an instance may have grown by and still be kept: zeroing more costs about what a new instance does. */
const mostGrowthKept = 32 * 1024 * 1024;

/** The state of a table of resource handles. */
interface SavedTable {
  readonly table: HandleTable;
  readonly handles: readonly number[];
  readonly created: ReadonlySet<number>;
  readonly objects: ReadonlyMap<number, object>;
}

/** A part of the memory that is all zero in the image, or not: writing zeros is cheaper than copying them. */
interface Segment {
  readonly start: number;
  readonly end: number;
  readonly zero: boolean;
}

/** Bytes that are looked at, and put back, as one. */
const blockBytes = 16 * 1024;

function segmentsOf(bytes: Uint8Array): Segment[] {
  // A memory is a whole number of pages of 64 KiB.
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const segments: Segment[] = [];
  for (let start = 0; start < bytes.length; start += blockBytes) {
    const end = start + blockBytes;
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

/**
 * An instance as it was at one moment: memory, mutable globals, handles. Putting it back in place costs a copy of
 * the memory and replaces instantiation.
 */
export class InstanceImage {
  readonly #control: InstanceControl;
  readonly #memory: WebAssembly.Memory;
  readonly #bytes: Uint8Array;
  readonly #segments: readonly Segment[];
  readonly #globals: readonly (readonly [global: WebAssembly.Global, value: unknown])[];
  readonly #tables: readonly SavedTable[];

  private constructor(control: InstanceControl, memory: WebAssembly.Memory, handles: readonly HandleTable[]) {
    this.#control = control;
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer, 0, control.memoryBytes).slice();
    this.#segments = segmentsOf(this.#bytes);
    this.#globals = control.globals.map((global) => [global, global.value] as const);
    this.#tables = handles.map((table) => ({
      table,
      handles: [...table[0]],
      created: new Set(table[0]._createdReps),
      objects: new Map(table[1]),
    }));
  }

  /** The image of an instance; nothing for a component whose state is not all within reach. */
  static take(control: InstanceControl, handles: readonly HandleTable[] | undefined): InstanceImage | undefined {
    const { memory } = control;
    return memory === undefined || handles === undefined ? undefined : new InstanceImage(control, memory, handles);
  }

  /**
   * Puts the instance back to the image.
   *
   * @returns false when the memory grew so much that the instance is not worth keeping.
   */
  restore(): boolean {
    const memory = new Uint8Array(this.#memory.buffer);
    if (memory.length > this.#bytes.length + mostGrowthKept) return false;
    for (const { start, end, zero } of this.#segments) {
      if (zero) memory.fill(0, start, end);
      else memory.set(this.#bytes.subarray(start, end), start);
    }
    // Whatever the guest's view of the size was, it could reach all of the memory.
    memory.fill(0, this.#bytes.length);
    this.#control.shrinkTo(this.#bytes.length);
    for (const [global, value] of this.#globals) global.value = value;
    for (const { table, handles, created, objects } of this.#tables) {
      const [list, captured] = table;
      list.length = handles.length;
      for (let i = 0; i < handles.length; i++) list[i] = handles[i] ?? 0;
      list._createdReps = new Set(created);
      captured.clear();
      for (const [rep, object] of objects) captured.set(rep, object);
    }
    return true;
  }
}
