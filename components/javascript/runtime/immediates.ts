import { invalidArgument } from './errors.ts';
import { append, apply } from './primordials.ts';

interface Entry {
  readonly handle: Immediate;
  readonly callback: (...args: unknown[]) => unknown;
  readonly args: unknown[];
  referenced: boolean;
  waits: boolean;
}

/** What waits for the next turn. */
let queue: Entry[] = [];
/** What this turn runs: only what waited when it began. */
let batch: Entry[] = [];
/** Index of the next one to run. */
let next = 0;
let referencedCount = 0;

/** What setImmediate returns. */
class Immediate {
  readonly #entry: Entry;

  constructor(callback: Entry['callback'], args: unknown[]) {
    this.#entry = { handle: this, callback, args, referenced: true, waits: true };
  }

  ref(): this {
    setReferenced(this.#entry, true);
    return this;
  }

  unref(): this {
    setReferenced(this.#entry, false);
    return this;
  }

  hasRef(): boolean {
    return this.#entry.referenced;
  }

  [Symbol.dispose](): void {
    finish(this.#entry);
  }

  static entryOf(handle: unknown): Entry | undefined {
    return typeof handle === 'object' && handle !== null && #entry in handle ? handle.#entry : undefined;
  }
}

/** Programs have no use for it. */
const { entryOf } = Immediate;
Reflect.deleteProperty(Immediate, 'entryOf');

function setReferenced(entry: Entry, referenced: boolean): void {
  if (!entry.waits || entry.referenced === referenced) return;
  entry.referenced = referenced;
  referencedCount += referenced ? 1 : -1;
}

function finish(entry: Entry): void {
  setReferenced(entry, false);
  entry.waits = false;
}

export function setImmediate(callback: unknown, ...args: unknown[]): Immediate {
  if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  const handle = new Immediate(callback as Entry['callback'], args);
  referencedCount++;
  append(queue, entryOf(handle) as Entry);
  return handle;
}

export function clearImmediate(handle?: unknown): void {
  const entry = entryOf(handle);
  if (entry !== undefined) finish(entry);
}

/** Whether an immediate keeps the program running. */
export function hasImmediates(): boolean {
  return referencedCount > 0;
}

/** Lets what waits run in this turn. */
export function beginImmediates(): void {
  batch = queue;
  queue = [];
  next = 0;
}

/** Runs the next immediate of this turn. Returns whether there was one. */
export function runImmediate(): boolean {
  while (next < batch.length) {
    const entry = batch[next++] as Entry;
    if (!entry.waits) continue;
    finish(entry);
    apply(entry.callback, entry.handle, entry.args);
    return true;
  }
  return false;
}
