import { native } from '../../native.ts';
import { getPrototypeOf, ownKeys } from '../../primordials.ts';

/** Pairs under comparison, so that cycles end. */
type Memo = Map<object, object>;

/** Deep equality as `assert.deepStrictEqual` (strict) and `assert.deepEqual` define it. */
export function isDeepEqual(a: unknown, b: unknown, strict: boolean, memo: Memo = new Map()): boolean {
  if (strict ? Object.is(a, b) : a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    // biome-ignore lint/suspicious/noDoubleEquals: loose equality is what the loose form is about
    return !strict && (typeof a !== 'object' || a === null) && (typeof b !== 'object' || b === null) && a == b;
  }
  const className = native.classOf(a);
  if (className !== native.classOf(b)) return false;
  if (strict && getPrototypeOf(a) !== getPrototypeOf(b)) return false;
  if (memo.get(a) === b) return true;
  memo.set(a, b);
  if (Array.isArray(a) && a.length !== (b as unknown[]).length) return false;
  if (!sameInside(className, a, b, strict, memo)) return false;
  const keys = ownKeys(a).filter((key) => Object.prototype.propertyIsEnumerable.call(a, key));
  const others = ownKeys(b).filter((key) => Object.prototype.propertyIsEnumerable.call(b, key));
  if (keys.length !== others.length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(b, key)) return false;
    const [left, right] = [(a as Record<PropertyKey, unknown>)[key], (b as Record<PropertyKey, unknown>)[key]];
    if (!isDeepEqual(left, right, strict, memo)) return false;
  }
  return true;
}

function sameInside(className: string, a: object, b: object, strict: boolean, memo: Memo): boolean {
  switch (className) {
    case 'Date':
      return Object.is((a as Date).getTime(), (b as Date).getTime());
    case 'RegExp':
      return `${a as RegExp}` === `${b as RegExp}` && (a as RegExp).lastIndex === (b as RegExp).lastIndex;
    case 'Error':
      return (a as Error).message === (b as Error).message && (a as Error).name === (b as Error).name;
    case 'Number':
    case 'String':
    case 'Boolean':
    case 'BigInt':
    case 'Symbol':
      return Object.is(a.valueOf(), b.valueOf());
    case 'ArrayBuffer':
      return sameBytes(new Uint8Array(a as ArrayBuffer), new Uint8Array(b as ArrayBuffer));
    case 'Map':
      return sameMaps(a as Map<unknown, unknown>, b as Map<unknown, unknown>, strict, memo);
    case 'Set':
      return sameSets(a as Set<unknown>, b as Set<unknown>, strict, memo);
    default:
      return true;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function sameMaps(a: Map<unknown, unknown>, b: Map<unknown, unknown>, strict: boolean, memo: Memo): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const match = b.has(key) ? [key, b.get(key)] : [...b].find(([other]) => isDeepEqual(key, other, strict, memo));
    if (match === undefined || !isDeepEqual(value, match[1], strict, memo)) return false;
  }
  return true;
}

function sameSets(a: Set<unknown>, b: Set<unknown>, strict: boolean, memo: Memo): boolean {
  if (a.size !== b.size) return false;
  const rest = new Set(b);
  for (const value of a) {
    if (rest.delete(value)) continue;
    const match = [...rest].find((other) => isDeepEqual(value, other, strict, memo));
    if (match === undefined) return false;
    rest.delete(match);
  }
  return true;
}
