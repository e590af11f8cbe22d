import { native } from '../../native.ts';
import { state as run } from '../../state.ts';
import { expose, exposeConstants, needArguments, showAs } from '../shape.ts';
import type { EventTarget } from './target.ts';

/** DOM Standard §2.2: Event. */

export interface EventInit {
  readonly bubbles?: unknown;
  readonly cancelable?: unknown;
  readonly composed?: unknown;
}

/** What dispatching reads and writes; programs cannot reach it. */
export interface EventState {
  target: EventTarget | null;
  currentTarget: EventTarget | null;
  phase: number;
  dispatching: boolean;
  stopped: boolean;
  stoppedImmediately: boolean;
  prevented: boolean;
  /** While a passive listener runs. */
  passive: boolean;
  trusted: boolean;
}

export const phases = { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 } as const;

/** Set below: only the class itself sees its private fields. */
let stateOf: (event: Event) => EventState;
let hasState: (value: object) => boolean;

/** A dictionary argument: nothing, or an object. */
export function dictionary<T extends object>(value: unknown, name = 'options'): T {
  if (value === undefined || value === null) return {} as T;
  if (typeof value !== 'object' && typeof value !== 'function')
    throw new TypeError(`The "${name}" argument must be of type object.`);
  return value as T;
}

export class Event {
  readonly #type: string;
  readonly #bubbles: boolean;
  readonly #cancelable: boolean;
  readonly #composed: boolean;
  readonly #timeStamp = native.now() - run.startedAt;
  readonly #state: EventState = {
    target: null,
    currentTarget: null,
    phase: phases.NONE,
    dispatching: false,
    stopped: false,
    stoppedImmediately: false,
    prevented: false,
    passive: false,
    trusted: false,
  };

  static {
    stateOf = (event) => event.#state;
    hasState = (value) => #state in value;
  }

  constructor(type: string, init: EventInit | undefined = undefined) {
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    needArguments(arguments, 'type');
    const { bubbles, cancelable, composed } = dictionary<EventInit>(init);
    this.#type = `${type}`;
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
    this.#composed = Boolean(composed);
  }

  get type(): string {
    return this.#type;
  }
  get target(): EventTarget | null {
    return this.#state.target;
  }
  get currentTarget(): EventTarget | null {
    return this.#state.currentTarget;
  }
  get srcElement(): EventTarget | null {
    return this.#state.target;
  }
  composedPath(): EventTarget[] {
    const { currentTarget } = this.#state;
    return currentTarget === null ? [] : [currentTarget];
  }
  get eventPhase(): number {
    return this.#state.phase;
  }
  stopPropagation(): void {
    this.#state.stopped = true;
  }
  get cancelBubble(): boolean {
    return this.#state.stopped;
  }
  set cancelBubble(value: unknown) {
    if (value) this.#state.stopped = true;
  }
  stopImmediatePropagation(): void {
    this.#state.stopped = true;
    this.#state.stoppedImmediately = true;
  }
  get bubbles(): boolean {
    return this.#bubbles;
  }
  get cancelable(): boolean {
    return this.#cancelable;
  }
  get returnValue(): boolean {
    return !this.defaultPrevented;
  }
  set returnValue(value: unknown) {
    if (!value) this.preventDefault();
  }
  preventDefault(): void {
    if (this.#cancelable && !this.#state.passive) this.#state.prevented = true;
  }
  get defaultPrevented(): boolean {
    return this.#state.prevented;
  }
  get composed(): boolean {
    return this.#composed;
  }
  get isTrusted(): boolean {
    return this.#state.trusted;
  }
  get timeStamp(): number {
    return this.#timeStamp;
  }
}

export function isEvent(value: unknown): value is Event {
  return typeof value === 'object' && value !== null && hasState(value);
}

export function eventState(event: Event): EventState {
  return stateOf(event);
}

expose(Event, 'Event');
exposeConstants(Event, phases);
showAs(Event, (event) => {
  const { type, defaultPrevented, cancelable, timeStamp } = event;
  return { type, defaultPrevented, cancelable, timeStamp };
});

/** DOM Standard §2.4: an event that carries a value. */
export class CustomEvent extends Event {
  readonly #detail: unknown;

  constructor(type: string, init: (EventInit & { readonly detail?: unknown }) | undefined = undefined) {
    // biome-ignore lint/complexity/noArguments: as in Event
    needArguments(arguments, 'type');
    super(type, init);
    this.#detail = dictionary<{ detail?: unknown }>(init).detail ?? null;
  }

  get detail(): unknown {
    return this.#detail;
  }
}

expose(CustomEvent, 'CustomEvent');
