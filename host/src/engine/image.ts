import type { HandleTable } from './component.ts';
import type { InstanceControl } from './control.ts';

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
  readonly #memory: WebAssembly.Memory;
  readonly #bytes: Uint8Array;
  readonly #globals: readonly (readonly [global: WebAssembly.Global, value: unknown])[];
  readonly #tables: readonly SavedTable[];

  private constructor(
    memory: WebAssembly.Memory,
    globals: readonly WebAssembly.Global[],
    handles: readonly HandleTable[],
  ) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer).slice();
    this.#globals = globals.map((global) => [global, global.value] as const);
    this.#tables = handles.map((table) => ({
      table,
      handles: [...table[0]],
      created: new Set(table[0]._createdReps),
      objects: new Map(table[1]),
    }));
  }

  /** The image of an instance; nothing for a component whose state is not all within reach. */
  static take(control: InstanceControl, handles: readonly HandleTable[] | undefined): InstanceImage | undefined {
    const { memory, globals } = control;
    return memory === undefined || handles === undefined ? undefined : new InstanceImage(memory, globals, handles);
  }

  /**
   * Puts the instance back to the image.
   *
   * @returns false when that cannot be done: the memory grew, and nothing makes it smaller again.
   */
  restore(): boolean {
    if (this.#memory.buffer.byteLength !== this.#bytes.length) return false;
    new Uint8Array(this.#memory.buffer).set(this.#bytes);
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
