import { plainError, requireFunction } from '../errors.ts';
import { apply } from '../primordials.ts';

/** `node:async_hooks`, as far as it can be right without following promises through the engine. */

type AnyFunction = (...args: never[]) => unknown;

function refuse(name: string): Error {
  return plainError(
    'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
    `${name} is not available: the engine does not say which await a continuation belongs to. Pass the value on as an argument.`,
  );
}

/** A store that follows asynchronous calls would be wrong after the first `await`; so there is none. */
class AsyncLocalStorage {
  constructor() {
    throw refuse('AsyncLocalStorage');
  }
  static bind<F extends AnyFunction>(callback: F): F {
    requireFunction(callback, 'fn');
    return callback;
  }
  static snapshot(): (callback: AnyFunction, ...args: never[]) => unknown {
    return (callback, ...args) => callback(...args);
  }
}

Object.defineProperty(AsyncLocalStorage, Symbol.for('golem-exec.refused'), { value: true });

/** Without hooks a resource is a name, and a function that runs in its scope runs as any other. */
class AsyncResource {
  readonly type: string;

  constructor(type: string) {
    this.type = type;
  }
  runInAsyncScope(callback: unknown, self?: unknown, ...args: never[]): unknown {
    requireFunction(callback, 'fn');
    return apply(callback, self, args);
  }
  emitDestroy(): this {
    return this;
  }
  asyncId(): number {
    return 1;
  }
  triggerAsyncId(): number {
    return 0;
  }
  bind(callback: unknown, self?: unknown): AnyFunction {
    return AsyncResource.bind(callback, this.type, self);
  }
  static bind(callback: unknown, _type?: string, self?: unknown): AnyFunction {
    requireFunction(callback, 'fn');
    return (...args) => apply(callback, self, args);
  }
}

export const asyncHooks = {
  AsyncLocalStorage,
  AsyncResource,
  createHook(): never {
    throw refuse('async_hooks.createHook');
  },
  executionAsyncId: () => 1,
  triggerAsyncId: () => 0,
  executionAsyncResource: () => ({}),
  asyncWrapProviders: Object.freeze({ __proto__: null, NONE: 0 }),
};
