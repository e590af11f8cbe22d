import { AbortError, invalidArgument, plainError } from '../errors.ts';
import { clearImmediate, setImmediate } from '../immediates.ts';
import { defineProperty, NativePromise } from '../primordials.ts';
import { clearInterval, clearTimeout, setInterval, setTimeout } from '../timers.ts';

/** `node:timers` and `node:timers/promises`. */

interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(event: string, listener: () => void, options?: object): void;
  removeEventListener(event: string, listener: () => void): void;
}

interface Options {
  signal?: Signal;
  ref?: boolean;
}

function checkOptions(options: unknown): asserts options is Options {
  if (typeof options !== 'object' || options === null) throw invalidArgument('options', 'of type object', options);
  const { signal, ref } = options as Options;
  if (signal !== undefined && (typeof signal !== 'object' || signal === null || !('aborted' in signal)))
    throw invalidArgument('options.signal', 'an instance of AbortSignal', signal);
  if (ref !== undefined && typeof ref !== 'boolean') throw invalidArgument('options.ref', 'of type boolean', ref);
}

interface Handle {
  unref?(): unknown;
}

function delayed<T>(
  begin: (done: () => void) => Handle,
  stop: (handle: Handle) => void,
  value: T,
  options: unknown = {},
): Promise<T> {
  return new NativePromise<T>((resolve, reject) => {
    checkOptions(options);
    const { signal } = options;
    if (signal?.aborted) {
      reject(new AbortError(signal.reason));
      return;
    }
    const aborted = (): void => {
      stop(handle);
      reject(new AbortError(signal?.reason));
    };
    const handle = begin(() => {
      signal?.removeEventListener('abort', aborted);
      resolve(value);
    });
    if (options.ref === false) handle.unref?.();
    signal?.addEventListener('abort', aborted, { once: true });
  });
}

function checkDelay(delay: unknown): void {
  if (delay !== undefined && typeof delay !== 'number') throw invalidArgument('delay', 'of type number', delay);
}

async function* everyInterval<T>(delay?: number, value?: T, options: unknown = {}): AsyncGenerator<T | undefined> {
  checkOptions(options);
  checkDelay(delay);
  const { signal } = options;
  if (signal?.aborted) throw new AbortError(signal.reason);
  let passed = 0;
  let wake: (() => void) | undefined;
  const tick = (): void => {
    passed++;
    wake?.();
  };
  const interval = setInterval(tick, delay);
  if (options.ref === false) interval.unref();
  const aborted = (): void => wake?.();
  signal?.addEventListener('abort', aborted, { once: true });
  try {
    for (;;) {
      if (signal?.aborted) throw new AbortError(signal.reason);
      if (passed === 0) {
        await new NativePromise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      passed--;
      yield value;
    }
  } finally {
    clearInterval(interval);
    signal?.removeEventListener('abort', aborted);
  }
}

class Scheduler {
  constructor() {
    throw Object.assign(plainError('ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor'));
  }
  wait(delay: number, options?: Options): Promise<void> {
    return promises.setTimeout(delay, undefined, options);
  }
  yield(): Promise<void> {
    return promises.setImmediate();
  }
}

export const promises = {
  setTimeout<T>(delay?: number, value?: T, options?: Options): Promise<T> {
    return delayed<T>(
      (done) => {
        checkDelay(delay);
        return setTimeout(done, delay);
      },
      clearTimeout,
      value as T,
      options,
    );
  },
  setImmediate<T>(value?: T, options?: Options): Promise<T> {
    return delayed<T>(setImmediate as never, clearImmediate, value as T, options);
  },
  setInterval: everyInterval,
  scheduler: Object.create(Scheduler.prototype) as Scheduler,
};

export const timers = {
  setTimeout,
  clearTimeout,
  setImmediate,
  clearImmediate,
  setInterval,
  clearInterval,
};
defineProperty(timers, 'promises', { value: promises, enumerable: true, configurable: true, writable: true });
