import { AbortError, invalidArgument, requireFunction } from '../../errors.ts';
import { define, NativePromise } from '../../primordials.ts';
import { countOf, type EventEmitter, type Listener } from './emitter.ts';

/** What `node:events` has beside the class: for emitters and for the web's event targets. */

interface Target {
  addEventListener(event: string, listener: unknown, options?: object): void;
  removeEventListener(event: string, listener: unknown): void;
}

export interface Signal extends Target {
  readonly aborted: boolean;
  readonly reason: unknown;
}

type Source = EventEmitter | Target;
type EventName = string | symbol;

function isEmitter(source: unknown): source is EventEmitter {
  return typeof (source as EventEmitter | null)?.on === 'function';
}

function isTarget(source: unknown): source is Target {
  return typeof (source as Target | null)?.addEventListener === 'function';
}

function wrongSource(source: unknown): Error {
  return invalidArgument('emitter', 'an instance of EventEmitter or EventTarget', source);
}

function listen(source: Source, event: EventName, listener: Listener, once: boolean): void {
  if (isEmitter(source)) {
    if (once) source.once(event, listener);
    else source.on(event, listener);
  } else if (isTarget(source)) source.addEventListener(event as string, listener, { once });
  else throw wrongSource(source);
}

function unlisten(source: Source, event: EventName, listener: Listener): void {
  if (isEmitter(source)) source.removeListener(event, listener);
  else if (isTarget(source)) source.removeEventListener(event as string, listener);
}

function checkSignal(signal: unknown, name = 'options.signal'): asserts signal is Signal | undefined {
  if (signal !== undefined && (typeof signal !== 'object' || signal === null || !('aborted' in signal)))
    throw invalidArgument(name, 'an instance of AbortSignal', signal);
}

/** `events.once`: the arguments of the next event of a name; rejects when 'error' comes first. */
export async function once(source: Source, event: EventName, options: { signal?: Signal } = {}): Promise<unknown[]> {
  const { signal } = options;
  checkSignal(signal);
  if (signal?.aborted) throw new AbortError(signal.reason);
  return new NativePromise((resolve, reject) => {
    const stop = (): void => {
      unlisten(source, event, done);
      unlisten(source, 'error', failed);
      if (signal !== undefined) signal.removeEventListener('abort', aborted);
    };
    const failed = (error: unknown): void => {
      stop();
      reject(error);
    };
    const done = (...args: unknown[]): void => {
      stop();
      resolve(args);
    };
    const aborted = (): void => {
      stop();
      reject(new AbortError(signal?.reason));
    };
    listen(source, event, done, true);
    if (event !== 'error' && isEmitter(source)) source.once('error', failed);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}

interface OnOptions {
  signal?: Signal;
  close?: readonly EventName[];
  highWaterMark?: number;
  lowWaterMark?: number;
}

interface Waiting {
  resolve(result: IteratorResult<unknown, undefined>): void;
  reject(error: unknown): void;
}

const end = { value: undefined, done: true } as const;

/** `events.on`: the events of a name as an async iterator; between two steps they are kept. */
export function on(source: Source, event: EventName, options: OnOptions = {}): AsyncIterableIterator<unknown> {
  const { signal, close = [] } = options;
  checkSignal(signal);
  if (signal?.aborted) throw new AbortError(signal.reason);
  if (!isEmitter(source) && !isTarget(source)) throw wrongSource(source);
  const high = options.highWaterMark ?? Number.MAX_SAFE_INTEGER;
  const low = options.lowWaterMark ?? 1;
  const kept: unknown[][] = [];
  const waiting: Waiting[] = [];
  let failure: { error: unknown } | undefined;
  let finished = false;
  let paused = false;
  const pausable = source as { pause?(): void; resume?(): void };

  const receive = (...args: unknown[]): void => {
    const next = waiting.shift();
    if (next !== undefined) {
      next.resolve({ value: args, done: false });
      return;
    }
    kept.push(args);
    if (kept.length > high && !paused) {
      paused = true;
      pausable.pause?.();
    }
  };
  const fail = (error: unknown): void => {
    const next = waiting.shift();
    if (next === undefined) failure = { error };
    else next.reject(error);
    stop();
  };
  const aborted = (): void => fail(new AbortError(signal?.reason));
  const stop = (): Promise<IteratorResult<unknown, undefined>> => {
    unlisten(source, event, receive);
    unlisten(source, 'error', fail);
    for (const name of close) unlisten(source, name, stop);
    signal?.removeEventListener('abort', aborted);
    finished = true;
    for (const next of waiting.splice(0)) next.resolve(end);
    return NativePromise.resolve(end);
  };

  listen(source, event, receive, false);
  if (event !== 'error' && isEmitter(source)) source.on('error', fail);
  for (const name of close) listen(source, name, stop, false);
  signal?.addEventListener('abort', aborted, { once: true });

  const iterator: AsyncIterableIterator<unknown> = {
    next(): Promise<IteratorResult<unknown, undefined>> {
      const value = kept.shift();
      if (value !== undefined) {
        if (paused && kept.length < low) {
          paused = false;
          pausable.resume?.();
        }
        return NativePromise.resolve({ value, done: false });
      }
      if (failure !== undefined) {
        const { error } = failure;
        failure = undefined;
        return NativePromise.reject(error);
      }
      if (finished) return NativePromise.resolve(end);
      return new NativePromise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return: stop,
    throw(error: unknown): Promise<IteratorResult<unknown, undefined>> {
      if (!(error instanceof Error)) throw invalidArgument('EventEmitter.AsyncIterator', 'an instance of Error', error);
      fail(error);
      return NativePromise.resolve(end);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  return iterator;
}

/** Calls a function when a signal aborts, now if it already has; answers with what takes it off again. */
export function addAbortListener(signal: Signal, listener: (event: unknown) => void): Disposable {
  if (signal === undefined) throw invalidArgument('signal', 'an instance of AbortSignal', signal);
  checkSignal(signal, 'signal');
  requireFunction(listener, 'listener');
  if (signal.aborted) queueMicrotask(() => (listener as (event?: unknown) => void)());
  else signal.addEventListener('abort', listener, { once: true });
  const handle = {} as Disposable;
  define(handle, Symbol.dispose, () => signal.removeEventListener('abort', listener), false);
  return handle;
}

export function getEventListeners(source: Source, event: EventName): Listener[] {
  if (isEmitter(source)) return source.listeners(event);
  if (isTarget(source)) return [];
  throw wrongSource(source);
}

export function getMaxListeners(source: Source): number {
  if (typeof (source as EventEmitter | null)?.getMaxListeners === 'function')
    return (source as EventEmitter).getMaxListeners();
  if (isTarget(source)) return 0;
  throw wrongSource(source);
}

/** The older form: `EventEmitter.listenerCount(emitter, event)`. */
export function listenerCount(source: Source, event: EventName): number {
  if (isEmitter(source))
    return typeof source.listenerCount === 'function' ? source.listenerCount(event) : countOf(source, event);
  if (isTarget(source)) return 0;
  throw wrongSource(source);
}
