import { native } from '../native.ts';
import { NativeTypeError } from '../primordials.ts';

/** HTML's structuredClone, for what the engine's serialiser knows: data, collections, dates, buffers and cycles. */
export function structuredClone(...args: [value?: unknown, options?: unknown]): unknown {
  if (args.length === 0) throw new NativeTypeError('The "value" argument must be specified');
  const value = args[0];
  if (typeof value === 'function' || typeof value === 'symbol') throw notCloneable(typeof value);
  if (native.classOf(value) === 'Error') return cloneError(value as Error);
  try {
    return native.clone(value);
  } catch (error) {
    throw notCloneable(error instanceof Error ? error.message : 'value');
  }
}

function cloneError(error: Error): Error {
  const known: Record<string, typeof Error> = {
    TypeError,
    RangeError,
    SyntaxError,
    ReferenceError,
    EvalError,
    URIError,
  };
  const Constructor = known[error.name] ?? Error;
  const copy = new Constructor(error.message);
  if (Object.hasOwn(error, 'cause')) copy.cause = structuredClone(error.cause);
  Object.defineProperty(copy, 'stack', { value: error.stack, writable: true, configurable: true });
  return copy;
}

function notCloneable(what: string): Error {
  return new DOMException(`The object could not be cloned: ${what}`, 'DataCloneError');
}

declare class DOMException extends Error {
  constructor(message?: string, name?: string);
}
