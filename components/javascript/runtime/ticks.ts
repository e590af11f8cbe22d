import { invalidArgument } from './errors.ts';
import { append, apply, define } from './primordials.ts';

/** The queue of `process.nextTick`, which goes before promise reactions when both wait. */

type Tick = readonly [callback: (...args: unknown[]) => unknown, args: unknown[]];

let queue: Tick[] = [];

const queueJob = globalThis.queueMicrotask;

export function queueMicrotask(callback: unknown): void {
  if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  queueJob(callback as () => void);
}
// The bundler gives it another, since the language's own has this one.
define(queueMicrotask, 'name', 'queueMicrotask', false);

export function nextTick(callback: unknown, ...args: unknown[]): void {
  if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  append(queue, [callback as Tick[0], args]);
}

/** Runs what is queued, what is added meanwhile included. Returns how many ran. */
export function runTicks(): number {
  let ran = 0;
  while (ran < queue.length) {
    const tick = queue[ran++] as Tick;
    try {
      apply(tick[0], undefined, tick[1]);
    } catch (error) {
      keepFrom(ran);
      throw error;
    }
  }
  queue = [];
  return ran;
}

function keepFrom(index: number): void {
  const rest: Tick[] = [];
  for (let i = index; i < queue.length; i++) append(rest, queue[i] as Tick);
  queue = rest;
}
