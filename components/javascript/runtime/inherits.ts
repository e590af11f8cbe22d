import { native } from './native.ts';
import { getPrototypeOf } from './primordials.ts';

/**
 * Is `prototype` in the object's chain? As `instanceof`, without `Symbol.hasInstance` and without proxy traps:
 * a proxy inherits from nothing. */
export function inherits(value: unknown, prototype: object): boolean {
  if (native.proxyTarget(value) !== undefined) return false;
  let at = value;
  // A chain this long is a trick.
  for (let depth = 0; depth < 1000; depth++) {
    if ((typeof at !== 'object' && typeof at !== 'function') || at === null) return false;
    at = getPrototypeOf(at);
    if (native.proxyTarget(at) !== undefined) return false;
    if (at === prototype) return true;
  }
  return false;
}
