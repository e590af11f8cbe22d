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

/**
 * An instance as it was at one moment: memory, mutable globals, handles. Putting it back in place costs a copy of
 * the memory and replaces instantiation.
 */
export class InstanceImage {
  readonly #control: InstanceControl;
  readonly #memory: WebAssembly.Memory;
  readonly #bytes: Uint8Array;
  readonly #globals: readonly (readonly [global: WebAssembly.Global, value: unknown])[];
  readonly #tables: readonly SavedTable[];

  private constructor(control: InstanceControl, memory: WebAssembly.Memory, handles: readonly HandleTable[]) {
    this.#control = control;
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer, 0, control.memoryBytes).slice();
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
    memory.set(this.#bytes);
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
