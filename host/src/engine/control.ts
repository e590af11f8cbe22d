import { controlModule, controlNames } from '../rewriter/index.ts';
import { RunStopped } from './outcome.ts';

/** Fuel that a module may spend between two checkpoints: about a millisecond. */
const sliceUnits = 500_000;
const pageBytes = 65_536;

/** Limits of the run under way that the control enforces. */
export interface ControlLimits {
  /** Units of fuel; `Number.MAX_SAFE_INTEGER` for no limit. */
  readonly fuel: number;
  readonly memoryBytes: number;
}

/** The fuel of one core module: given out in slices, counted down by the module in a global of its own. */
interface Meter {
  global: WebAssembly.Global<'i32'> | undefined;
  given: number;
}

/**
 * What the rewritten core modules of one instance answer to: fuel and deadline at checkpoints, and the growth of
 * the memory. A module that was not rewritten runs without it.
 */
export class InstanceControl {
  readonly #checkStop: () => void;
  readonly #meters: Meter[] = [];
  readonly #globals: WebAssembly.Global[] = [];
  #limits: ControlLimits = { fuel: Number.MAX_SAFE_INTEGER, memoryBytes: Number.MAX_SAFE_INTEGER };
  #memory: WebAssembly.Memory | undefined;
  #pages = 0;
  #refusedGrowth = false;

  /** @param checkStop throws when the run under way must end. */
  constructor(checkStop: () => void) {
    this.#checkStop = checkStop;
  }

  /** The linear memory; absent for a component that keeps it to itself. */
  get memory(): WebAssembly.Memory | undefined {
    return this.#memory;
  }

  /** The mutable globals of all modules, the fuel aside. */
  get globals(): readonly WebAssembly.Global[] {
    return this.#globals;
  }

  /**
   * Size of the memory in bytes, as the guest sees it. The memory itself may be larger: what it grew by for an
   * earlier run is kept, zeroed, for the next one that grows.
   */
  get memoryBytes(): number {
    return this.#pages * pageBytes;
  }

  /** Takes growth back. The caller zeroes what lies behind. */
  shrinkTo(bytes: number): void {
    this.#pages = bytes / pageBytes;
  }

  /** Whether the memory met its limit during the run. */
  get refusedGrowth(): boolean {
    return this.#refusedGrowth;
  }

  /** Instantiates a core module of the component under this control. */
  instantiate(module: WebAssembly.Module, imports: WebAssembly.Imports): WebAssembly.Instance {
    const meter: Meter = { global: undefined, given: 0 };
    const instance = new WebAssembly.Instance(module, {
      ...imports,
      [controlModule]: {
        [controlNames.checkpoint]: () => this.#checkpoint(meter),
        [controlNames.size]: () => this.#pages,
        [controlNames.grow]: (pages: number) => this.#grow(pages >>> 0),
      },
    });
    const { memory, [controlNames.fuel]: fuel } = instance.exports;
    if (memory instanceof WebAssembly.Memory && this.#memory === undefined) {
      this.#memory = memory;
      this.#pages = memory.buffer.byteLength / pageBytes;
    }
    if (fuel instanceof WebAssembly.Global) {
      meter.global = fuel as WebAssembly.Global<'i32'>;
      this.#meters.push(meter);
    }
    for (const [name, value] of Object.entries(instance.exports)) {
      if (name.startsWith(controlNames.globalPrefix)) this.#globals.push(value as WebAssembly.Global);
    }
    return instance;
  }

  /** Begins a run: from here on fuel is counted. */
  begin(limits: ControlLimits): void {
    this.#limits = limits;
    this.#refusedGrowth = false;
    for (const meter of this.#meters) {
      meter.given = 0;
      if (meter.global !== undefined) meter.global.value = 0;
    }
  }

  /** Units of fuel spent since `begin`. The same program with the same input spends the same on every machine. */
  get spent(): number {
    let spent = 0;
    for (const { given, global } of this.#meters) spent += given - (global?.value ?? 0);
    return spent;
  }

  readonly #checkpoint = (meter: Meter): void => {
    // While the module's start function runs there is no global to refill yet, and no run to stop.
    if (meter.global === undefined) return;
    this.#checkStop();
    const left = this.#limits.fuel - this.spent;
    if (left < 0) throw new RunStopped('fuel');
    const slice = Math.min(sliceUnits, left + 1);
    meter.given += slice;
    meter.global.value += slice;
  };

  /** `memory.grow` of the guest: the former size in pages, or -1. */
  readonly #grow = (more: number): number => {
    const memory = this.#memory;
    const before = this.#pages;
    const after = before + more;
    if (memory === undefined || after * pageBytes > this.#limits.memoryBytes) {
      this.#refusedGrowth = true;
      return -1;
    }
    const missing = after - memory.buffer.byteLength / pageBytes;
    try {
      if (missing > 0) memory.grow(missing);
    } catch {
      // Over the memory's own maximum, or the host has no more.
      this.#refusedGrowth = true;
      return -1;
    }
    this.#pages = after;
    return before;
  };
}
