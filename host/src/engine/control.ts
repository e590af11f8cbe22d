import { controlModule, controlNames } from '../rewriter/index.ts';
import { GuestMemory, lentMemory, pageBytes } from './memory.ts';
import { RunStopped } from './outcome.ts';

/** Fuel that a module may spend between two checkpoints: about a millisecond. */
const sliceUnits = 500_000;

/** Limits of the run under way that the control enforces. */
export interface ControlLimits {
  /** Units of fuel; `Number.MAX_SAFE_INTEGER` for no limit. */
  readonly fuel: number;
  /** Bytes of all memories together. */
  readonly memoryBytes: number;
}

/** One core module of the instance. */
interface Part {
  /** Its fuel: given out in slices, counted down by the module in a global of its own. */
  fuel: WebAssembly.Global<'i32'> | undefined;
  given: number;
  /** The memory it defines or is lent. */
  memory: GuestMemory | undefined;
}

/**
 * What the rewritten core modules of one instance answer to: fuel and deadline at checkpoints, and the growth of
 * the memory. A module that was not rewritten runs without it.
 */
export class InstanceControl {
  readonly #checkStop: () => void;
  readonly #parts: Part[] = [];
  readonly #globals: WebAssembly.Global[] = [];
  /** Most components have one; one that was put together of several has more. */
  readonly #memories: GuestMemory[] = [];
  #limits: ControlLimits = { fuel: Number.MAX_SAFE_INTEGER, memoryBytes: Number.MAX_SAFE_INTEGER };
  #refusedGrowth = false;
  /** Units for what the host did for the run. */
  #paid = 0;
  /** Of them, those since the last look at the deadline. */
  #unchecked = 0;

  /** @param checkStop throws when the run under way must end. */
  constructor(checkStop: () => void) {
    this.#checkStop = checkStop;
  }

  /** The linear memories. */
  get memories(): readonly GuestMemory[] {
    return this.#memories;
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
    return this.#memories.reduce((total, { bytes }) => total + bytes, 0);
  }

  /** Whether the memory met its limit during the run. */
  get refusedGrowth(): boolean {
    return this.#refusedGrowth;
  }

  /** Instantiates a core module of the component under this control. */
  instantiate(module: WebAssembly.Module, imports: WebAssembly.Imports = {}): WebAssembly.Instance {
    const part: Part = { fuel: undefined, given: 0, memory: this.#adopt(lentMemory(module, imports)) };
    const instance = new WebAssembly.Instance(module, {
      ...imports,
      [controlModule]: {
        [controlNames.checkpoint]: () => this.#checkpoint(part),
        [controlNames.size]: () => part.memory?.pages ?? 0,
        [controlNames.grow]: (pages: number) => this.#grow(part.memory, pages >>> 0),
      },
    });
    this.#parts.push(part);
    for (const [name, value] of Object.entries(instance.exports)) {
      if (name === controlNames.fuel) part.fuel = value as WebAssembly.Global<'i32'>;
      else if (name.startsWith(controlNames.globalPrefix)) this.#globals.push(value as WebAssembly.Global);
      // A module has one memory at most. Its name is the component's affair: `memory`, `cm32p2_memory`, the rewriter's.
      else if (value instanceof WebAssembly.Memory) part.memory = this.#adopt(value);
    }
    return instance;
  }

  /** Begins a run: from here on fuel is counted. */
  begin(limits: ControlLimits): void {
    this.#limits = limits;
    this.#refusedGrowth = false;
    this.#paid = 0;
    this.#unchecked = 0;
    for (const part of this.#parts) {
      part.given = 0;
      if (part.fuel !== undefined) part.fuel.value = 0;
    }
  }

  /** Units of fuel spent since `begin`. The same program with the same input spends the same on every machine. */
  get spent(): number {
    let spent = this.#paid;
    for (const { given, fuel } of this.#parts) spent += given - (fuel?.value ?? 0);
    return spent;
  }

  /**
   * Pays for work of the host in a call of the guest, as the guest's own is paid for: a program that lets the host work
   * meets its deadline and its fuel no later.
   */
  readonly pay = (units: number): void => {
    this.#paid += units;
    this.#unchecked += units;
    if (this.#unchecked < sliceUnits) return;
    this.#unchecked = 0;
    this.#checkStop();
    if (this.spent > this.#limits.fuel) throw new RunStopped('fuel');
  };

  /** The account of a memory, which several modules may share. */
  #adopt(memory: unknown): GuestMemory | undefined {
    if (!(memory instanceof WebAssembly.Memory)) return undefined;
    let known = this.#memories.find((candidate) => candidate.memory === memory);
    if (known === undefined) {
      known = new GuestMemory(memory);
      this.#memories.push(known);
    }
    return known;
  }

  readonly #checkpoint = (part: Part): void => {
    // While the module's start function runs there is no global to refill yet, and no run to stop.
    if (part.fuel === undefined) return;
    this.#checkStop();
    const left = this.#limits.fuel - this.spent;
    if (left < 0) throw new RunStopped('fuel');
    // The global is below zero, after a long copy far below: it is filled up, or it would wrap around in the end.
    const before = part.fuel.value;
    part.fuel.value = Math.min(sliceUnits, left);
    part.given += part.fuel.value - before;
  };

  /** `memory.grow` of the guest: the former size in pages, or -1. */
  readonly #grow = (memory: GuestMemory | undefined, more: number): number => {
    const before = memory?.pages ?? 0;
    if (this.memoryBytes + more * pageBytes <= this.#limits.memoryBytes && memory?.grow(more) === true) return before;
    this.#refusedGrowth = true;
    return -1;
  };
}
