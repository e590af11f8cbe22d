import { native } from './native.ts';

/**
 * The language's own functions, taken before any program ran. Programs may replace every global and every prototype
 * method; what the runtime itself does (printing, loading modules, timers, reporting errors) goes through these and
 * through operators, never through a method that a program could have put in their place.
 */

type Uncurried<F> = F extends (this: infer T, ...args: infer A) => infer R ? (self: T, ...args: A) => R : never;

const uncurryThis = native.uncurry as <F>(method: F) => Uncurried<F>;

type Unary<T, R> = (self: T) => R;

function getter<T, R>(prototype: object, name: PropertyKey): Unary<T, R> {
  return uncurryThis(Reflect.getOwnPropertyDescriptor(prototype, name)?.get) as unknown as Unary<T, R>;
}

export const {
  apply,
  construct,
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  has: reflectHas,
  ownKeys,
  setPrototypeOf,
} = Reflect;
export const { assign, create, entries, freeze, is: objectIs, keys, values, getOwnPropertyNames } = Object;
export const hasOwn = Object.hasOwn;
export const { isArray } = Array;
export const { isInteger, isFinite: isFiniteNumber, isNaN: isNotANumber, isSafeInteger, parseInt: toInteger } = Number;
export const { parse: parseJson, stringify: toJson } = JSON;
export const { abs, ceil, floor, max, min, sqrt, trunc, log10 } = Math;
export const isBufferView = ArrayBuffer.isView;
export const isError = Error.isError as (value: unknown) => value is Error;

/** The constructors themselves, since globals can be replaced. */
export const NativeArray = Array;
export const NativeDate = Date;
export const NativeError = Error;
export const NativeMap = Map;
export const NativeSet = Set;
export const NativePromise = Promise;
export const NativeWeakSet = WeakSet;
export const NativeRangeError = RangeError;
export const NativeSyntaxError = SyntaxError;
export const NativeTypeError = TypeError;
export const NativeUint8Array = Uint8Array;
export const NativeNumber = Number;
export const toBigInt = BigInt;

export const arrayIndexOf = uncurryThis(Array.prototype.indexOf) as unknown as (
  self: readonly unknown[],
  value: unknown,
) => number;
export const arrayJoin = uncurryThis(Array.prototype.join) as (self: readonly unknown[], separator: string) => string;
export const arraySlice = uncurryThis(Array.prototype.slice) as <T>(
  self: readonly T[],
  from?: number,
  to?: number,
) => T[];
export const arraySort = uncurryThis(Array.prototype.sort) as <T>(self: T[], compare?: (a: T, b: T) => number) => T[];

export const stringCharCodeAt = uncurryThis(String.prototype.charCodeAt);
export const stringCodePointAt = uncurryThis(String.prototype.codePointAt);
export const stringEndsWith = uncurryThis(String.prototype.endsWith);
export const stringIncludes = uncurryThis(String.prototype.includes);
export const stringIndexOf = uncurryThis(String.prototype.indexOf);
export const stringLastIndexOf = uncurryThis(String.prototype.lastIndexOf);
export const stringPadEnd = uncurryThis(String.prototype.padEnd);
export const stringPadStart = uncurryThis(String.prototype.padStart);
export const stringRepeat = uncurryThis(String.prototype.repeat);
export const stringSlice = uncurryThis(String.prototype.slice);
export const stringStartsWith = uncurryThis(String.prototype.startsWith);
export const toLowerCase = uncurryThis(String.prototype.toLowerCase);
export const stringTrim = uncurryThis(String.prototype.trim);

export const regExpExec = uncurryThis(RegExp.prototype.exec);
export const functionToString = uncurryThis(Function.prototype.toString);
export const symbolToString = uncurryThis(Symbol.prototype.toString);
export const numberToString = uncurryThis(Number.prototype.toString);
export const numberToFixed = uncurryThis(Number.prototype.toFixed);
export const dateToISOString = uncurryThis(Date.prototype.toISOString);
export const bigintToString = uncurryThis(BigInt.prototype.toString);
export const dateGetTime = uncurryThis(Date.prototype.getTime);

export const mapDelete = uncurryThis(Map.prototype.delete) as <K>(self: Map<K, unknown>, key: K) => boolean;
export const mapGet = uncurryThis(Map.prototype.get) as <K, V>(self: Map<K, V>, key: K) => V | undefined;
export const mapSet = uncurryThis(Map.prototype.set) as <K, V>(self: Map<K, V>, key: K, value: V) => unknown;
export const mapForEach = uncurryThis(Map.prototype.forEach) as <K, V>(
  self: Map<K, V>,
  visit: (value: V, key: K) => void,
) => void;
export const mapSize = getter<Map<unknown, unknown>, number>(Map.prototype, 'size');
export const setForEach = uncurryThis(Set.prototype.forEach) as <T>(self: Set<T>, visit: (value: T) => void) => void;
export const setHas = uncurryThis(Set.prototype.has) as <T>(self: Set<T>, value: T) => boolean;
export const setAdd = uncurryThis(Set.prototype.add) as <T>(self: Set<T>, value: T) => unknown;
export const weakSetAdd = uncurryThis(WeakSet.prototype.add) as (self: WeakSet<object>, value: object) => unknown;
export const weakSetDelete = uncurryThis(WeakSet.prototype.delete) as (self: WeakSet<object>, value: object) => boolean;
export const setSize = getter<Set<unknown>, number>(Set.prototype, 'size');

const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype) as object;
export const typedArrayLength = getter<ArrayLike<unknown>, number>(TypedArrayPrototype, 'length');
export const typedArrayByteOffset = getter<Uint8Array, number>(TypedArrayPrototype, 'byteOffset');
export const typedArrayByteLength = getter<Uint8Array, number>(TypedArrayPrototype, 'byteLength');
export const typedArrayBuffer = getter<Uint8Array, ArrayBuffer>(TypedArrayPrototype, 'buffer');
export const arrayBufferByteLength = getter<ArrayBuffer, number>(ArrayBuffer.prototype, 'byteLength');
export const dataViewByteLength = getter<DataView, number>(DataView.prototype, 'byteLength');
export const dataViewByteOffset = getter<DataView, number>(DataView.prototype, 'byteOffset');
export const dataViewBuffer = getter<DataView, ArrayBuffer>(DataView.prototype, 'buffer');
export const errorStack = getter<Error, unknown>(Error.prototype, 'stack');

/** The engine has them; TypeScript's library does not know them yet. */
interface Base64 {
  toBase64(this: Uint8Array): string;
}
export const uint8ArrayToBase64 = uncurryThis((Uint8Array.prototype as unknown as Base64).toBase64);
export const uint8ArrayFromBase64 = (
  Uint8Array as unknown as { fromBase64: (text: string) => Uint8Array }
).fromBase64.bind(Uint8Array);

/** Like `list.push(value)`, with no setter of a polluted prototype in the way. */
export function append<T>(list: T[], value: T): void {
  native.append(list, value);
}

/** An own data property, whatever the prototypes say. */
export function define(target: object, key: PropertyKey, value: unknown, enumerable = true): void {
  native.define(target, key, value, enumerable);
}
