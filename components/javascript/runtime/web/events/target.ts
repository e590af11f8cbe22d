import { invalidArgument } from '../../errors.ts';
import { nextTick } from '../../ticks.ts';
import { domError } from '../dom-exception.ts';
import { expose, needArguments, showAs } from '../shape.ts';
import { type Event, eventState, isEvent, phases } from './event.ts';

/** DOM Standard §2.7: EventTarget. Targets here have no parents: every event is at its target. */

type Callback = ((this: unknown, event: Event) => unknown) | { handleEvent(event: Event): unknown };

interface Listener {
  readonly type: string;
  readonly callback: Callback;
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
  removed: boolean;
}

interface ListenerOptions {
  readonly capture?: unknown;
  readonly once?: unknown;
  readonly passive?: unknown;
  readonly signal?: unknown;
}

/** Told when the first listener for a type comes: how ports know that somebody listens. */
type Watcher = (type: string) => void;

interface TargetState {
  readonly listeners: Listener[];
  readonly handlers: Map<string, { callback: unknown; listener: Listener | undefined }>;
  watcher: Watcher | undefined;
}

let stateOf: (target: EventTarget) => TargetState;
let hasState: (value: object) => boolean;

/** abort.ts says how to follow a signal. Gives whether it was aborted already, or undefined for no signal at all. */
type FollowSignal = (signal: unknown, onAbort: () => void) => boolean | undefined;
let followSignal: FollowSignal = () => undefined;

export function setFollowSignal(follow: FollowSignal): void {
  followSignal = follow;
}

function captureOf(options: unknown): boolean {
  return typeof options === 'object' && options !== null
    ? Boolean((options as ListenerOptions).capture)
    : Boolean(options);
}

function callbackOf(callback: unknown): Callback | null {
  if (callback === null || callback === undefined) return null;
  if (typeof callback === 'function' || typeof callback === 'object') return callback as Callback;
  throw invalidArgument('listener', 'an instance of EventListener', callback);
}

export class EventTarget {
  readonly #state: TargetState = { listeners: [], handlers: new Map(), watcher: undefined };

  static {
    stateOf = (target) => target.#state;
    hasState = (value) => #state in value;
  }

  addEventListener(type: string, callback: unknown, options?: unknown): void {
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    needArguments(arguments, 'type', 'listener');
    const state = this.#state;
    const { once, passive, signal } =
      typeof options === 'object' && options !== null ? (options as ListenerOptions) : {};
    const capture = captureOf(options);
    const listener = callbackOf(callback);
    const name = `${type}`;
    if (signal !== undefined) {
      const aborted = followSignal(signal, () => {
        if (listener !== null) removeListener(state, name, listener, capture);
      });
      if (aborted === undefined) throw invalidArgument('options.signal', 'an instance of AbortSignal', signal);
      if (aborted) return;
    }
    if (listener === null) return;
    addListener(state, {
      type: name,
      callback: listener,
      capture,
      once: Boolean(once),
      passive: Boolean(passive),
      removed: false,
    });
  }

  removeEventListener(type: string, callback: unknown, options?: unknown): void {
    // biome-ignore lint/complexity/noArguments: as above
    needArguments(arguments, 'type', 'listener');
    const listener = callbackOf(callback);
    if (listener !== null) removeListener(this.#state, `${type}`, listener, captureOf(options));
  }

  dispatchEvent(event: unknown): boolean {
    // biome-ignore lint/complexity/noArguments: as above
    needArguments(arguments, 'event');
    const state = this.#state;
    if (!isEvent(event)) throw invalidArgument('event', 'an instance of Event', event);
    const at = eventState(event);
    if (at.dispatching) throw domError('InvalidStateError', 'The event is already being dispatched');
    at.trusted = false;
    return dispatch(this, state, event);
  }
}

function find(state: TargetState, type: string, callback: Callback, capture: boolean): number {
  return state.listeners.findIndex((one) => one.type === type && one.callback === callback && one.capture === capture);
}

function addListener(state: TargetState, listener: Listener): void {
  if (find(state, listener.type, listener.callback, listener.capture) >= 0) return;
  state.listeners.push(listener);
  state.watcher?.(listener.type);
}

function removeListener(state: TargetState, type: string, callback: Callback, capture: boolean): void {
  const index = find(state, type, callback, capture);
  if (index < 0) return;
  for (const removed of state.listeners.splice(index, 1)) removed.removed = true;
}

function dispatch(target: EventTarget, state: TargetState, event: Event): boolean {
  const at = eventState(event);
  at.dispatching = true;
  at.target = target;
  at.currentTarget = target;
  at.phase = phases.AT_TARGET;
  const { type } = event;
  // Those that capture come first, at the target too.
  const listeners = state.listeners.filter((one) => one.type === type);
  const ordered = [...listeners.filter((one) => one.capture), ...listeners.filter((one) => !one.capture)];
  for (const listener of ordered) {
    if (listener.removed) continue;
    if (listener.once) removeListener(state, type, listener.callback, listener.capture);
    at.passive = listener.passive;
    call(listener.callback, target, event);
    at.passive = false;
    if (at.stoppedImmediately) break;
  }
  at.phase = phases.NONE;
  at.currentTarget = null;
  at.dispatching = at.stopped = at.stoppedImmediately = false;
  return !at.prevented;
}

/** What a listener throws does not stop the others: it ends the program afterwards, as in Node. */
function call(callback: Callback, target: EventTarget, event: Event): void {
  try {
    if (typeof callback === 'function') callback.call(target, event);
    else callback.handleEvent(event);
  } catch (error) {
    nextTick(() => {
      throw error;
    });
  }
}

export function isEventTarget(value: unknown): value is EventTarget {
  return typeof value === 'object' && value !== null && hasState(value);
}

/** Dispatches an event of the runtime's own. */
export function fire(target: EventTarget, event: Event): void {
  eventState(event).trusted = true;
  dispatch(target, stateOf(target), event);
}

export function hasListeners(target: EventTarget, type: string): boolean {
  return stateOf(target).listeners.some((one) => one.type === type);
}

export function watchListeners(target: EventTarget, watcher: Watcher): void {
  stateOf(target).watcher = watcher;
}

/** The value of an `on…` attribute. */
export function getHandler(target: EventTarget, type: string): unknown {
  return stateOf(target).handlers.get(type)?.callback ?? null;
}

/** Sets an `on…` attribute: it keeps the place among the listeners that it got first. */
export function setHandler(target: EventTarget, type: string, value: unknown): void {
  const state = stateOf(target);
  const callback = typeof value === 'function' || (typeof value === 'object' && value !== null) ? value : null;
  const found = state.handlers.get(type);
  if (callback === null) {
    if (found?.listener !== undefined) removeListener(state, type, found.listener.callback, false);
    state.handlers.delete(type);
    return;
  }
  if (found !== undefined) {
    found.callback = callback;
    state.watcher?.(type);
    return;
  }
  const handler: { callback: unknown; listener: Listener | undefined } = { callback, listener: undefined };
  const listener: Listener = {
    type,
    callback: function handle(this: unknown, event: Event): unknown {
      return typeof handler.callback === 'function' ? handler.callback.call(this, event) : undefined;
    },
    capture: false,
    once: false,
    passive: false,
    removed: false,
  };
  handler.listener = listener;
  state.handlers.set(type, handler);
  addListener(state, listener);
}

expose(EventTarget, 'EventTarget');
showAs(EventTarget, () => ({}));
