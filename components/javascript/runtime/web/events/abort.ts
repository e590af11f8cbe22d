import { invalidArgument, rangeError } from '../../errors.ts';
import { setTimeout } from '../../timers.ts';
import { domError } from '../dom-exception.ts';
import { expose, refuseConstruction, showAs, unlocked } from '../shape.ts';
import { Event } from './event.ts';
import { EventTarget, fire, getHandler, setFollowSignal, setHandler } from './target.ts';

/** DOM Standard §3: AbortController and AbortSignal. */

interface SignalState {
  aborted: boolean;
  reason: unknown;
  /** What the runtime itself does when the signal is aborted, before its listeners hear of it. */
  readonly algorithms: Set<() => void>;
  /** Signals that `AbortSignal.any` made of this one. */
  readonly dependents: Set<AbortSignal>;
  /** Signals that this one was made of, none of which was itself made so. */
  readonly sources: Set<AbortSignal>;
  readonly isDependent: boolean;
}

let stateOf: (signal: AbortSignal) => SignalState;
let hasState: (value: object) => boolean;

/** Longest delay of `AbortSignal.timeout` in milliseconds, as Node has it. */
const longestTimeout = 2 ** 32 - 1;

export class AbortSignal extends EventTarget {
  readonly #state: SignalState;

  static {
    stateOf = (signal) => signal.#state;
    hasState = (value) => #state in value;
  }

  constructor(key?: unknown, isDependent = false) {
    refuseConstruction(key);
    super();
    this.#state = {
      aborted: false,
      reason: undefined,
      algorithms: new Set(),
      dependents: new Set(),
      sources: new Set(),
      isDependent,
    };
  }

  get aborted(): boolean {
    return this.#state.aborted;
  }

  get reason(): unknown {
    return this.#state.reason;
  }

  throwIfAborted(): void {
    if (this.#state.aborted) throw this.#state.reason;
  }

  get onabort(): unknown {
    return getHandler(this, 'abort');
  }
  set onabort(callback: unknown) {
    setHandler(this, 'abort', callback);
  }

  static abort(reason: unknown = abortError()): AbortSignal {
    const signal = newSignal();
    stateOf(signal).aborted = true;
    stateOf(signal).reason = reason;
    return signal;
  }

  static timeout(delay: number): AbortSignal {
    if (typeof delay !== 'number') throw invalidArgument('delay', 'of type number', delay);
    if (!Number.isInteger(delay))
      throw rangeError(
        'ERR_OUT_OF_RANGE',
        `The value of "delay" is out of range. It must be an integer. Received ${delay}`,
      );
    if (delay < 0 || delay > longestTimeout)
      throw rangeError(
        'ERR_OUT_OF_RANGE',
        `The value of "delay" is out of range. It must be >= 0 && <= ${longestTimeout}. Received ${delay}`,
      );
    const signal = newSignal();
    // Nothing waits for it alone, as in Node.
    setTimeout(
      () => abortSignal(signal, domError('TimeoutError', 'The operation was aborted due to timeout')),
      delay,
    ).unref();
    return signal;
  }

  static any(signals: Iterable<unknown>): AbortSignal {
    if (typeof signals !== 'object' || signals === null)
      throw invalidArgument('signals', 'an instance of Iterable', signals);
    const sources: AbortSignal[] = [];
    for (const signal of signals) {
      if (!isAbortSignal(signal))
        throw invalidArgument(`signals[${sources.length}]`, 'an instance of AbortSignal', signal);
      sources.push(signal);
    }
    const result = newSignal(true);
    const state = stateOf(result);
    for (const source of sources) {
      const from = stateOf(source);
      if (!from.aborted) continue;
      state.aborted = true;
      state.reason = from.reason;
      return result;
    }
    for (const source of sources) {
      for (const root of stateOf(source).isDependent ? stateOf(source).sources : [source]) {
        state.sources.add(root);
        stateOf(root).dependents.add(result);
      }
    }
    return result;
  }
}

function newSignal(isDependent = false): AbortSignal {
  return new AbortSignal(unlocked, isDependent);
}

function abortError(): Error {
  return domError('AbortError', 'This operation was aborted');
}

/** DOM Standard, "signal abort": all dependents have their reason before any listener runs. */
export function abortSignal(signal: AbortSignal, reason: unknown): void {
  const state = stateOf(signal);
  if (state.aborted) return;
  state.aborted = true;
  state.reason = reason;
  const aborted = [signal];
  for (const dependent of state.dependents) {
    const its = stateOf(dependent);
    if (its.aborted) continue;
    its.aborted = true;
    its.reason = reason;
    aborted.push(dependent);
  }
  for (const one of aborted) {
    const { algorithms, sources, dependents } = stateOf(one);
    for (const source of sources) stateOf(source).dependents.delete(one);
    dependents.clear();
    for (const algorithm of algorithms) algorithm();
    algorithms.clear();
    fire(one, new Event('abort'));
  }
}

export function isAbortSignal(value: unknown): value is AbortSignal {
  return typeof value === 'object' && value !== null && hasState(value);
}

/** Runs `algorithm` when the signal is aborted; the answer takes it back. */
export function onAbort(signal: AbortSignal, algorithm: () => void): () => void {
  const { algorithms } = stateOf(signal);
  algorithms.add(algorithm);
  return () => algorithms.delete(algorithm);
}

setFollowSignal((signal, algorithm) => {
  if (!isAbortSignal(signal)) return undefined;
  if (signal.aborted) return true;
  onAbort(signal, algorithm);
  return false;
});

export class AbortController {
  readonly #signal = newSignal();

  get signal(): AbortSignal {
    return this.#signal;
  }

  abort(reason: unknown = abortError()): void {
    abortSignal(this.#signal, reason);
  }
}

expose(AbortSignal, 'AbortSignal');
expose(AbortController, 'AbortController');
showAs(AbortSignal, (signal) => ({ aborted: signal.aborted }));
showAs(AbortController, (controller) => ({ signal: controller.signal }));
