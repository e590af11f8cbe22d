import { invalidArgument } from './errors.ts';
import { customInspect } from './inspect/index.ts';
import { native } from './native.ts';
import { apply, ceil, define, mapDelete, mapGet, mapSet, NativeMap, trunc } from './primordials.ts';

export { clearImmediate, setImmediate } from './immediates.ts';

/** Longest delay, as in browsers and Node; more becomes 1. */
const longestDelay = 2 ** 31 - 1;

type Callback = (...args: unknown[]) => unknown;

interface Entry {
  callback: Callback;
  args: unknown[];
  /** Milliseconds. */
  readonly delay: number;
  readonly repeats: boolean;
  /** Instant of the monotonic clock, whole milliseconds: what is asked for at one time is due at one time. */
  due: number;
  /** Orders timers that are due at once. */
  order: number;
  referenced: boolean;
  /** `fired` can be refreshed, `cleared` cannot. */
  status: 'waiting' | 'fired' | 'cleared';
  /** Index in the heap; -1 outside of it. */
  position: number;
  handle: Timeout;
  /** The number that the program asked for. */
  id: number | undefined;
}

/** Timers whose number the program has. */
const numbered = new NativeMap<number, Entry>();
/** A binary heap by (due, order). */
const heap: Entry[] = [];
let lastId = 0;
let lastOrder = 0;
let referencedCount = 0;

/** What setTimeout and setInterval return. */
export class Timeout {
  readonly #entry: () => Entry;

  constructor(entry: () => Entry) {
    this.#entry = entry;
  }

  ref(): this {
    setReferenced(this.#entry(), true);
    return this;
  }

  unref(): this {
    setReferenced(this.#entry(), false);
    return this;
  }

  hasRef(): boolean {
    return this.#entry().referenced;
  }

  refresh(): this {
    const entry = this.#entry();
    if (entry.status === 'cleared') return this;
    if (entry.status === 'fired') {
      entry.status = 'waiting';
      if (entry.referenced) referencedCount++;
    }
    insert(entry, native.now());
    return this;
  }

  close(): this {
    cancel(this.#entry());
    return this;
  }

  [Symbol.toPrimitive](): number {
    const entry = this.#entry();
    if (entry.id === undefined) {
      entry.id = ++lastId;
      if (entry.status !== 'cleared') mapSet(numbered, entry.id, entry);
    }
    return entry.id;
  }

  [Symbol.dispose](): void {
    cancel(this.#entry());
  }

  [customInspect](): string {
    const { status, delay, repeats } = this.#entry();
    return `Timeout { active: ${status === 'waiting'}, delay: ${delay}, repeats: ${repeats} }`;
  }

  /** The entry of one of our timers; undefined for anything else. */
  static entryOf(handle: object): Entry | undefined {
    return #entry in handle ? handle.#entry() : undefined;
  }
}

/** Programs have no use for it. */
const { entryOf } = Timeout;
Reflect.deleteProperty(Timeout, 'entryOf');

function before(a: Entry, b: Entry): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}

function place(entry: Entry, position: number): void {
  define(heap, position, entry);
  entry.position = position;
}

function siftUp(entry: Entry, from: number): void {
  let at = from;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above] as Entry;
    if (!before(entry, parent)) break;
    place(parent, at);
    at = above;
  }
  place(entry, at);
}

function siftDown(entry: Entry, from: number): void {
  let at = from;
  for (;;) {
    let child = at * 2 + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child++;
    const smaller = heap[child] as Entry;
    if (!before(smaller, entry)) break;
    place(smaller, at);
    at = child;
  }
  place(entry, at);
}

/** Lets an entry wait its delay from an instant on. */
function insert(entry: Entry, start: number): void {
  remove(entry);
  entry.due = ceil(start + entry.delay);
  entry.order = ++lastOrder;
  siftUp(entry, heap.length);
}

function remove(entry: Entry): void {
  const position = entry.position;
  if (position < 0) return;
  entry.position = -1;
  const last = heap[heap.length - 1] as Entry;
  heap.length--;
  if (last === entry) return;
  siftDown(last, position);
  siftUp(last, last.position);
}

function setReferenced(entry: Entry, referenced: boolean): void {
  if (entry.status === 'cleared') return;
  if (entry.status === 'waiting' && entry.referenced !== referenced) referencedCount += referenced ? 1 : -1;
  entry.referenced = referenced;
}

function cancel(entry: Entry): void {
  if (entry.status === 'waiting' && entry.referenced) referencedCount--;
  entry.status = 'cleared';
  remove(entry);
  if (entry.id !== undefined) mapDelete(numbered, entry.id);
}

function start(callback: unknown, delay: unknown, args: unknown[], repeats: boolean): Timeout {
  if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  let ms = +(delay as number);
  if (!(ms >= 1 && ms <= longestDelay)) ms = 1;
  const handle = new Timeout(() => entry);
  const entry: Entry = {
    callback: callback as Callback,
    args,
    delay: trunc(ms),
    repeats,
    due: 0,
    order: 0,
    referenced: true,
    status: 'waiting',
    position: -1,
    handle,
    id: undefined,
  };
  referencedCount++;
  insert(entry, native.now());
  return handle;
}

export function setTimeout(callback: unknown, delay?: unknown, ...args: unknown[]): Timeout {
  return start(callback, delay, args, false);
}

export function setInterval(callback: unknown, delay?: unknown, ...args: unknown[]): Timeout {
  return start(callback, delay, args, true);
}

export function clearTimeout(timer?: unknown): void {
  if (typeof timer === 'object' && timer !== null) {
    const entry = entryOf(timer);
    if (entry !== undefined) cancel(entry);
  } else if (typeof timer === 'number' || typeof timer === 'string') {
    const entry = mapGet(numbered, +timer);
    if (entry !== undefined) cancel(entry);
  }
}

export const clearInterval = (timer?: unknown): void => clearTimeout(timer);
define(clearInterval, 'name', 'clearInterval', false);

/** The instant at which the next timer is due; undefined when none waits. */
export function nextDue(): number | undefined {
  return heap.length === 0 ? undefined : (heap[0] as Entry).due;
}

/** Whether a timer keeps the program running. */
export function hasTimers(): boolean {
  return referencedCount > 0;
}

/** Runs the first timer, if it is due at that instant. Returns whether it did. */
export function runTimer(now: number): boolean {
  const entry = heap.length === 0 ? undefined : (heap[0] as Entry);
  if (entry === undefined || entry.due > now) return false;
  remove(entry);
  const began = entry.repeats ? native.now() : 0;
  try {
    apply(entry.callback, entry.handle, entry.args);
  } finally {
    if (entry.status === 'waiting') {
      if (entry.repeats) insert(entry, began);
      else if (entry.position < 0) {
        entry.status = 'fired';
        if (entry.referenced) referencedCount--;
      }
    }
  }
  return true;
}
