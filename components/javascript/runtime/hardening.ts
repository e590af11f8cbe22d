import { native } from './native.ts';
import { getPrototypeOf, NativeError } from './primordials.ts';

/**
 * A stack frame's own function is not for programs: they could reach functions that nobody handed to them.
 * V8 answers `undefined` here for strict functions as well.
 */
function hideFrameFunctions(): void {
  const errors = NativeError as unknown as { prepareStackTrace?: unknown };
  let prototype: object | null = null;
  errors.prepareStackTrace = (_error: unknown, frames: object[]): void => {
    prototype = frames[0] === undefined ? null : getPrototypeOf(frames[0]);
  };
  // A frame of a function with a file name, since the runtime's own are left out of stack traces.
  native.evaluate('new Error().stack', 'frame', 1);
  errors.prepareStackTrace = undefined;
  if (prototype !== null)
    Reflect.defineProperty(prototype, 'getFunction', { value: () => undefined, writable: true, configurable: true });
}

hideFrameFunctions();
