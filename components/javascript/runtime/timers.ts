import { invalidArgument } from './errors.ts';
import { customInspect } from './inspect/index.ts';
import { native } from './native.ts';
import { append, apply, ceil, define, mapDelete, mapGet, mapSet, NativeMap, trunc } from './primordials.ts';

/** Longest delay, as in browsers and Node; more becomes 1. */
const longestDelay = 2 ** 31 - 1;

type Callback = (...args: unknown[]) => unknown;

interface Entry {
  readonly id: number;
  callback: Callback;
  args: unknown[];
  /** Milliseconds. */
  readonly delay: number;
  readonly repeats: boolean;
  due: number;
  /** Orders timers that are due at once. */
  order: number;
  referenced: boolean;
  active: boolean;
  /** Index in the heap; -1 outside of it. */
  position: number;
  handle: Timeout;
}

const entries = new NativeMap<number, Entry>();
/** A binary heap by (due, order). */
const heap: Entry[] = [];
let lastId = 0;
let lastOrder = 0;
let referencedCount = 0;

interface Immediate {
  readonly callback: Callback;
  readonly args: unknown[];
  cancelled: boolean;
}
let immediates: Immediate[] = [];
/** Index of the next one to run. */
let nextImmediate = 0;

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
    if (entry.active) {
      remove(entry);
      entry.due = native.now() + entry.delay;
      insert(entry);
    }
    return this;
  }

  close(): this {
    cancel(this.#entry());
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.#entry().id;
  }

  [Symbol.dispose](): void {
    cancel(this.#entry());
  }

  [customInspect](): string {
    const entry = this.#entry();
    return `Timeout { id: ${entry.id}, active: ${entry.active}, delay: ${entry.delay}, repeats: ${entry.repeats} }`;
  }
}

function before(a: Entry | undefined, b: Entry | undefined): boolean {
  if (a === undefined || b === undefined) return false;
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
    if (before(heap[child + 1], heap[child])) child++;
    const smaller = heap[child] as Entry;
    if (!before(smaller, entry)) break;
    place(smaller, at);
    at = child;
  }
  place(entry, at);
}

function insert(entry: Entry): void {
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
  if (entry.active && entry.referenced !== referenced) referencedCount += referenced ? 1 : -1;
  entry.referenced = referenced;
}

function cancel(entry: Entry): void {
  if (!entry.active) return;
  entry.active = false;
  if (entry.referenced) referencedCount--;
  remove(entry);
  mapDelete(entries, entry.id);
}

function start(callback: unknown, delay: unknown, args: unknown[], repeats: boolean): Timeout {
  if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  let ms = +(delay as number);
  if (!(ms >= 1 && ms <= longestDelay)) ms = 1;
  ms = trunc(ms);
  const id = ++lastId;
  const handle = new Timeout(() => entry);
  const entry: Entry = {
    id,
    callback: callback as Callback,
    args,
    delay: ms,
    repeats,
    due: native.now() + ms,
    order: 0,
    referenced: true,
    active: true,
    position: -1,
    handle,
  };
  mapSet(entries, id, entry);
  referencedCount++;
  insert(entry);
  return handle;
}

export function setTimeout(callback: unknown, delay?: unknown, ...args: unknown[]): Timeout {
  return start(callback, delay, args, false);
}

export function setInterval(callback: unknown, delay?: unknown, ...args: unknown[]): Timeout {
  return start(callback, delay, args, true);
}

export function clearTimeout(timer?: unknown): void {
  if (timer === undefined || timer === null) return;
  const id = typeof timer === 'object' ? +(timer as unknown as number) : +(timer as number);
  const entry = mapGet(entries, id);
  if (entry !== undefined) cancel(entry);
}

export const clearInterval = (timer?: unknown): void => clearTimeout(timer);
define(clearInterval, 'name', 'clearInterval', false);

/** What setImmediate returns. */
export class ImmediateHandle {
  readonly #entry: Immediate;

  constructor(entry: Immediate) {
    this.#entry = entry;
  }

  static cancel(handle: unknown): void {
    if (typeof handle === 'object' && handle !== null && #entry in handle) handle.#entry.cancelled = true;
  }
}

export function setImmediate(callback: unknown, ...args: unknown[]): ImmediateHandle {
  if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  const entry: Immediate = { callback: callback as Callback, args, cancelled: false };
  append(immediates, entry);
  return new ImmediateHandle(entry);
}

export function clearImmediate(handle?: unknown): void {
  ImmediateHandle.cancel(handle);
}

/**
 * One turn of the event loop: the first timer that is due, else the next immediate.
 *
 * @returns milliseconds to wait before the next turn; 0 to come again at once, -1 when nothing is left.
 */
export function turn(): number {
  const first = heap[0];
  const now = first === undefined ? 0 : native.now();
  if (first !== undefined && first.due <= now) {
    fire(first, now);
    return 0;
  }
  while (nextImmediate < immediates.length) {
    const immediate = immediates[nextImmediate++] as Immediate;
    if (immediate.cancelled) continue;
    apply(immediate.callback, undefined, immediate.args);
    return 0;
  }
  immediates = [];
  nextImmediate = 0;
  if (first === undefined || referencedCount === 0) return -1;
  // Whole milliseconds, so that the clock has surely passed the instant afterwards.
  return ceil(first.due - now);
}

function fire(entry: Entry, now: number): void {
  remove(entry);
  if (!entry.repeats) {
    cancel(entry);
  } else {
    entry.due = now + entry.delay;
    insert(entry);
  }
  apply(entry.callback, entry.handle, entry.args);
}

/** Whether no timer and no immediate keeps the program running. */
export function isIdle(): boolean {
  for (let i = nextImmediate; i < immediates.length; i++) if (!immediates[i]?.cancelled) return false;
  return referencedCount === 0;
}
