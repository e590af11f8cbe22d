import { NativePromise } from '../primordials.ts';
import * as timers from '../timers.ts';
import { registerNode } from './registry.ts';

const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = timers;

interface Options {
  signal?: { aborted: boolean; reason?: unknown; addEventListener?(event: string, listener: () => void): void };
}

function delayed<T>(begin: (done: () => void) => () => void, value: T, options: Options = {}): Promise<T> {
  return new NativePromise<T>((resolve, reject) => {
    const { signal } = options;
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = begin(() => resolve(value));
    signal?.addEventListener?.('abort', () => {
      stop();
      reject(signal.reason);
    });
  });
}

const promises = {
  setTimeout: <T>(delay?: number, value?: T, options?: Options) =>
    delayed(
      (done) => {
        const timer = setTimeout(done, delay);
        return () => clearTimeout(timer);
      },
      value,
      options,
    ),
  setImmediate: <T>(value?: T, options?: Options) =>
    delayed(
      (done) => {
        const immediate = setImmediate(done);
        return () => clearImmediate(immediate);
      },
      value,
      options,
    ),
  async *setInterval<T>(delay?: number, value?: T): AsyncGenerator<T | undefined> {
    for (;;) {
      await promises.setTimeout(delay);
      yield value;
    }
  },
  scheduler: {
    wait: (delay: number, options?: Options) => promises.setTimeout(delay, undefined, options),
    yield: () => promises.setImmediate(),
  },
};

registerNode('timers', {
  clearImmediate,
  clearInterval,
  clearTimeout,
  setImmediate,
  setInterval,
  setTimeout,
  promises,
});
registerNode('timers/promises', promises);

// `util.promisify(setTimeout)` resolves with the value after the delay.
const custom = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(setTimeout, custom, { value: promises.setTimeout });
Object.defineProperty(setImmediate, custom, { value: promises.setImmediate });
