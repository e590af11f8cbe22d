import { invalidArgument, outOfRange, plainError, requireFunction } from '../../errors.ts';
import { inherits } from '../../inherits.ts';
import { constructorName } from '../../inspect/error.ts';
import { inspect } from '../../inspect/index.ts';
import {
  append,
  apply,
  arraySlice,
  create,
  define,
  defineProperty,
  getPrototypeOf,
  NativeError,
  ownKeys,
  symbolToString,
} from '../../primordials.ts';
import { nextTick } from '../../ticks.ts';
import { emitWarning } from '../../warnings.ts';

/** Node's EventEmitter: a function that older code calls on its own objects, and newer code extends. */

export type Listener = (...args: never[]) => unknown;
type EventName = string | symbol;
type Wrapped = Listener & { listener?: Listener };
type Slot = Wrapped | Wrapped[];

export interface EventEmitter {
  on(event: EventName, listener: Listener): this;
  once(event: EventName, listener: Listener): this;
  off(event: EventName, listener: Listener): this;
  addListener(event: EventName, listener: Listener): this;
  removeListener(event: EventName, listener: Listener): this;
  removeAllListeners(event?: EventName): this;
  prependListener(event: EventName, listener: Listener): this;
  prependOnceListener(event: EventName, listener: Listener): this;
  emit(event: EventName, ...args: unknown[]): boolean;
  listeners(event: EventName): Listener[];
  rawListeners(event: EventName): Listener[];
  listenerCount(event: EventName, listener?: Listener): number;
  eventNames(): EventName[];
  setMaxListeners(count: number): this;
  getMaxListeners(): number;
}

interface Internals extends EventEmitter {
  _events: Record<EventName, Slot | undefined> | undefined;
  _eventsCount: number;
  _maxListeners: number | undefined;
  [captureKey]: boolean;
}

const captureKey: unique symbol = Symbol('kCapture') as never;
const shapeKey: unique symbol = Symbol('shapeMode') as never;
export const errorMonitor = Symbol('events.errorMonitor');
export const captureRejectionSymbol = Symbol.for('nodejs.rejection');

export const defaults = { maxListeners: 10, captureRejections: false };

export const EventEmitter = function EventEmitter(this: Internals, options?: { captureRejections?: boolean }): void {
  init(this, options);
} as unknown as { new (options?: { captureRejections?: boolean }): EventEmitter; prototype: EventEmitter };

function emptyEvents(): Record<EventName, Slot | undefined> {
  return create(null) as Record<EventName, Slot | undefined>;
}

export function init(emitter: unknown, options?: { captureRejections?: boolean }): void {
  const self = emitter as Internals;
  if (self._events === undefined || self._events === (getPrototypeOf(self) as Internals | null)?._events) {
    define(self, '_events', emptyEvents());
    define(self, '_eventsCount', 0);
  }
  define(self, '_maxListeners', self._maxListeners || undefined);
  if (!(shapeKey in (self as object))) define(self as object, shapeKey, false);
  const capture = options?.captureRejections;
  if (capture !== undefined && typeof capture !== 'boolean')
    throw invalidArgument('options.captureRejections', 'of type boolean', capture);
  define(self, captureKey, capture ?? (self as { [captureKey]?: boolean })[captureKey] ?? defaults.captureRejections);
}

function limitOf(emitter: Internals): number {
  return emitter._maxListeners ?? defaults.maxListeners;
}

export function checkLimit(count: unknown, name: string): asserts count is number {
  if (typeof count !== 'number') throw invalidArgument(name, 'of type number', count);
  if (!(count >= 0)) throw outOfRange(name, '>= 0', count);
}

function nameText(event: EventName): string {
  return typeof event === 'symbol' ? symbolToString(event) : `${event}`;
}

function warnOfLeak(emitter: Internals, event: EventName, slot: Wrapped[] & { warned?: boolean }): void {
  const limit = limitOf(emitter);
  if (limit <= 0 || slot.length <= limit || slot.warned) return;
  define(slot, 'warned', true, false);
  const warning = new NativeError(
    `Possible EventEmitter memory leak detected. ${slot.length} ${nameText(event)} listeners added to ` +
      `[${constructorName(emitter) ?? 'Object'}]. MaxListeners is ${limit}. Use emitter.setMaxListeners() to increase limit`,
  );
  define(warning, 'name', 'MaxListenersExceededWarning', false);
  define(warning, 'emitter', emitter);
  define(warning, 'type', event);
  define(warning, 'count', slot.length);
  emitWarning(warning);
}

function add(emitter: Internals, event: EventName, listener: Wrapped, first: boolean): Internals {
  requireFunction(listener, 'listener');
  let events = emitter._events;
  if (events === undefined) {
    events = emptyEvents();
    emitter._events = events;
    emitter._eventsCount = 0;
  } else if (events['newListener'] !== undefined) {
    emitter.emit('newListener', event, listener.listener ?? listener);
    events = emitter._events ?? emptyEvents();
  }
  const slot = events[event];
  if (slot === undefined) {
    define(events, event, listener);
    emitter._eventsCount++;
    return emitter;
  }
  // A new list, so that an `emit` under way keeps the listeners it began with.
  const list: Wrapped[] = [];
  if (first) append(list, listener);
  if (typeof slot === 'function') append(list, slot);
  else for (let i = 0; i < slot.length; i++) append(list, slot[i] as Wrapped);
  if (!first) append(list, listener);
  if (typeof slot !== 'function' && (slot as { warned?: boolean }).warned) define(list, 'warned', true, false);
  define(events, event, list);
  warnOfLeak(emitter, event, list);
  return emitter;
}

function remove(emitter: Internals, event: EventName, listener: Listener): Internals {
  requireFunction(listener, 'listener');
  const events = emitter._events;
  const slot = events?.[event];
  if (events === undefined || slot === undefined) return emitter;
  if (typeof slot === 'function') {
    if (slot !== listener && slot.listener !== listener) return emitter;
    forget(emitter, events, event);
    if (events['removeListener'] !== undefined) emitter.emit('removeListener', event, slot.listener ?? listener);
    return emitter;
  }
  let at = slot.length - 1;
  while (at >= 0 && slot[at] !== listener && slot[at]?.listener !== listener) at--;
  if (at < 0) return emitter;
  const removed = slot[at] as Wrapped;
  const rest: Wrapped[] = [];
  for (let i = 0; i < slot.length; i++) if (i !== at) append(rest, slot[i] as Wrapped);
  define(events, event, rest.length === 1 ? rest[0] : rest);
  if (events['removeListener'] !== undefined) emitter.emit('removeListener', event, removed.listener ?? listener);
  return emitter;
}

function forget(emitter: Internals, events: Record<EventName, unknown>, event: EventName): void {
  emitter._eventsCount--;
  if (emitter._eventsCount === 0) emitter._events = emptyEvents();
  else delete events[event];
}

function onceWrapper(emitter: Internals, event: EventName, listener: Listener): Wrapped {
  requireFunction(listener, 'listener');
  let fired = false;
  const wrapper = ((...args: unknown[]): unknown => {
    if (fired) return undefined;
    fired = true;
    emitter.removeListener(event, wrapper);
    return apply(listener, emitter, args as never[]);
  }) as Wrapped;
  define(wrapper, 'name', 'bound onceWrapper', false);
  define(wrapper, 'listener', listener);
  return wrapper;
}

/** Throws what an 'error' event without a listener carries. */
function throwUnhandled(args: readonly unknown[]): never {
  const error = args[0];
  if (inherits(error, NativeError.prototype)) throw error;
  let shown: string;
  try {
    shown = inspect(error);
  } catch {
    shown = `${error as string}`;
  }
  const unhandled = plainError('ERR_UNHANDLED_ERROR', `Unhandled error. (${shown})`);
  define(unhandled, 'context', error);
  throw unhandled;
}

function watchRejection(emitter: Internals, result: unknown, event: EventName, args: unknown[]): void {
  const then: unknown = (result as { then?: unknown } | null | undefined)?.then;
  if (typeof then !== 'function') return;
  apply(then as Listener, result, [
    undefined,
    (error: unknown) =>
      nextTick(() => {
        const own = (emitter as unknown as Record<symbol, unknown>)[captureRejectionSymbol];
        if (typeof own === 'function') {
          apply(own as Listener, emitter, [error, event, ...args] as never[]);
          return;
        }
        // A rejection of an 'error' listener must not come back to it.
        const before = emitter[captureKey];
        emitter[captureKey] = false;
        try {
          emitter.emit('error', error);
        } finally {
          emitter[captureKey] = before;
        }
      }),
  ] as never[]);
}

function callOne(emitter: Internals, listener: Listener, event: EventName, args: unknown[]): void {
  const result: unknown = apply(listener, emitter, args as never[]);
  if (emitter[captureKey] && result !== undefined && result !== null) watchRejection(emitter, result, event, args);
}

function unwrapped(slot: Slot | undefined): Listener[] {
  const list: Listener[] = [];
  if (slot === undefined) return list;
  if (typeof slot === 'function') append(list, slot.listener ?? slot);
  else for (let i = 0; i < slot.length; i++) append(list, slot[i]?.listener ?? (slot[i] as Listener));
  return list;
}

export function countOf(emitter: EventEmitter, event: EventName, listener?: Listener | null): number {
  const slot = (emitter as Internals)._events?.[event];
  if (slot === undefined) return 0;
  if (listener === undefined || listener === null) return typeof slot === 'function' ? 1 : slot.length;
  const list = typeof slot === 'function' ? [slot] : slot;
  let count = 0;
  for (let i = 0; i < list.length; i++) if (list[i] === listener || (list[i] as Wrapped).listener === listener) count++;
  return count;
}

const addListener = function addListener(this: Internals, event: EventName, listener: Listener): unknown {
  return add(this, event, listener, false);
};
const removeListener = function removeListener(this: Internals, event: EventName, listener: Listener): unknown {
  return remove(this, event, listener);
};

const methods = {
  setMaxListeners: function setMaxListeners(this: Internals, count: unknown): unknown {
    checkLimit(count, 'setMaxListeners');
    this._maxListeners = count;
    return this;
  },
  getMaxListeners: function getMaxListeners(this: Internals): number {
    return limitOf(this);
  },
  emit: function emit(this: Internals, event: EventName, ...args: unknown[]): boolean {
    const events = this._events;
    if (event === 'error') {
      if (events?.[errorMonitor] !== undefined) this.emit(errorMonitor, ...args);
      if (events?.['error'] === undefined) throwUnhandled(args);
    }
    const slot = events?.[event];
    if (slot === undefined) return false;
    if (typeof slot === 'function') {
      callOne(this, slot, event, args);
      return true;
    }
    for (let i = 0; i < slot.length; i++) callOne(this, slot[i] as Listener, event, args);
    return true;
  },
  addListener,
  on: addListener,
  prependListener: function prependListener(this: Internals, event: EventName, listener: Listener): unknown {
    return add(this, event, listener, true);
  },
  once: function once(this: Internals, event: EventName, listener: Listener): unknown {
    requireFunction(listener, 'listener');
    return this.on(event, onceWrapper(this, event, listener));
  },
  prependOnceListener: function prependOnceListener(this: Internals, event: EventName, listener: Listener): unknown {
    requireFunction(listener, 'listener');
    return this.prependListener(event, onceWrapper(this, event, listener));
  },
  removeListener,
  off: removeListener,
  removeAllListeners: function removeAllListeners(this: Internals, ...named: EventName[]): unknown {
    const events = this._events;
    if (events === undefined) return this;
    const event = named[0];
    if (events['removeListener'] === undefined) {
      if (named.length === 0 || event === undefined) {
        this._events = emptyEvents();
        this._eventsCount = 0;
      } else if (events[event] !== undefined) forget(this, events, event);
      return this;
    }
    if (named.length === 0 || event === undefined) {
      const names = ownKeys(events);
      for (let i = 0; i < names.length; i++)
        if (names[i] !== 'removeListener') this.removeAllListeners(names[i] as EventName);
      this.removeAllListeners('removeListener');
      this._events = emptyEvents();
      this._eventsCount = 0;
      return this;
    }
    const slot = events[event];
    if (typeof slot === 'function') this.removeListener(event, slot);
    else if (slot !== undefined)
      for (let i = slot.length - 1; i >= 0; i--) this.removeListener(event, slot[i] as Listener);
    return this;
  },
  listeners: function listeners(this: Internals, event: EventName): Listener[] {
    return unwrapped(this._events?.[event]);
  },
  rawListeners: function rawListeners(this: Internals, event: EventName): Listener[] {
    const slot = this._events?.[event];
    return slot === undefined ? [] : typeof slot === 'function' ? [slot] : arraySlice(slot);
  },
  listenerCount: function listenerCount(this: Internals, event: EventName, listener?: Listener): number {
    return countOf(this, event, listener);
  },
  eventNames: function eventNames(this: Internals): EventName[] {
    return this._eventsCount > 0 && this._events !== undefined ? (ownKeys(this._events) as EventName[]) : [];
  },
};

const target = EventEmitter.prototype as unknown as Internals;
target._events = undefined;
target._eventsCount = 0;
target._maxListeners = undefined;
for (const name of Object.keys(methods)) define(target, name, (methods as Record<string, unknown>)[name]);
defineProperty(target, captureKey, { __proto__: null, value: false, writable: true, enumerable: false } as never);
