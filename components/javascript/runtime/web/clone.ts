import { typeError } from '../errors.ts';
import { native } from '../native.ts';
import {
  apply,
  arrayBufferByteLength,
  dataViewBuffer,
  dataViewByteLength,
  dataViewByteOffset,
  dateGetTime,
  define,
  errorStack,
  functionToString,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hasOwn,
  isArray,
  mapForEach,
  NativeError,
  NativeMap,
  NativeSet,
  ownKeys,
  setForEach,
  symbolToString,
  typedArrayBuffer,
  typedArrayByteOffset,
  typedArrayLength,
} from '../primordials.ts';
import { domError } from './dom-exception.ts';
import { type PlatformClass, platformClasses, uncloneable } from './platform-objects.ts';
import { needArguments } from './shape.ts';

/** HTML §2.7: structuredClone, "StructuredSerialize" and "StructuredDeserialize" in one walk. */

const errorClasses: Readonly<Record<string, ErrorConstructor>> = {
  __proto__: null as never,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

const typedArrays = new NativeMap<string, new (buffer: ArrayBuffer, offset: number, length: number) => object>(
  [
    ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array],
    ...[Float32Array, Float64Array, BigInt64Array, BigUint64Array, (globalThis as never)['Float16Array']],
  ].map((Constructor) => [(Constructor as { name: string }).name, Constructor as never]),
);

const sliceBuffer = ArrayBuffer.prototype.slice;
const transferBuffer = (ArrayBuffer.prototype as unknown as { transfer(): ArrayBuffer }).transfer;
const getMaximum = getOwnPropertyDescriptor(ArrayBuffer.prototype, 'maxByteLength')?.get as () => number;
const getResizable = getOwnPropertyDescriptor(ArrayBuffer.prototype, 'resizable')?.get as () => boolean;
const getDetached = getOwnPropertyDescriptor(ArrayBuffer.prototype, 'detached')?.get as () => boolean;
const regExpSource = getOwnPropertyDescriptor(RegExp.prototype, 'source')?.get as () => string;

function notCloneable(what: string): Error {
  return domError('DataCloneError', `${what} could not be cloned.`);
}

function nameOf(value: object): string {
  const Constructor = (value as { constructor?: { name?: unknown } }).constructor;
  return `#<${typeof Constructor?.name === 'string' && Constructor.name !== '' ? Constructor.name : 'Object'}>`;
}

function platformClassOf(value: object): PlatformClass | undefined {
  return platformClasses.find((one) => one.has(value));
}

function isOfTheWeb(value: object): boolean {
  for (let at = getPrototypeOf(value); at !== null; at = getPrototypeOf(at)) if (uncloneable.has(at)) return true;
  return false;
}

/** What stands for what in the copy: cycles and shared objects stay so. */
type Memory = Map<object, unknown>;

function copy(value: unknown, memory: Memory): unknown {
  if (typeof value === 'symbol') throw notCloneable(symbolToString(value));
  if (typeof value === 'function') throw notCloneable(functionToString(value));
  if (typeof value !== 'object' || value === null) return value;
  const known = memory.get(value);
  return known === undefined ? copyObject(value, memory) : known;
}

function remember<T extends object>(memory: Memory, value: object, made: T): T {
  memory.set(value, made);
  return made;
}

function copyObject(value: object, memory: Memory): object {
  if (native.proxyTarget(value) !== undefined) throw notCloneable('#<Object>');
  const name = native.classOf(value);
  switch (name) {
    case 'Boolean':
    case 'Number':
    case 'String':
    case 'BigInt':
      return remember(memory, value, Object(value.valueOf()) as object);
    case 'Date':
      return remember(memory, value, new Date(dateGetTime(value as Date)));
    case 'RegExp':
      return remember(memory, value, new RegExp(apply(regExpSource, value, []), (value as RegExp).flags));
    case 'ArrayBuffer':
      return remember(memory, value, copyBuffer(value as ArrayBuffer));
    case 'SharedArrayBuffer':
      return remember(memory, value, value);
    case 'DataView': {
      const view = value as DataView;
      const buffer = copy(dataViewBuffer(view), memory) as ArrayBuffer;
      return remember(memory, value, new DataView(buffer, dataViewByteOffset(view), dataViewByteLength(view)));
    }
    case 'Map':
      return copyMap(value as Map<unknown, unknown>, memory);
    case 'Set':
      return copySet(value as Set<unknown>, memory);
    case 'Error':
      return copyError(value as Error, memory);
    case 'DOMException': {
      const { name: kind, message } = value as Error;
      return remember(memory, value, domError(kind, message));
    }
  }
  const TypedArray = typedArrays.get(name);
  if (TypedArray !== undefined) {
    const view = value as Uint8Array;
    const buffer = copy(typedArrayBuffer(view), memory) as ArrayBuffer;
    return remember(memory, value, new TypedArray(buffer, typedArrayByteOffset(view), typedArrayLength(view)));
  }
  const platform = platformClassOf(value);
  if (platform !== undefined) {
    if (platform.clone === undefined) throw notCloneable(nameOf(value));
    return remember(memory, value, platform.clone(value));
  }
  if (isOfTheWeb(value)) throw domError('DataCloneError', 'Cannot clone object of unsupported type.');
  if (!isArray(value) && name !== 'Object' && !name.endsWith('Arguments')) throw notCloneable(nameOf(value));
  const made = remember(memory, value, isArray(value) ? new Array<unknown>(value.length) : {});
  for (const key of ownKeys(value)) {
    if (typeof key === 'symbol' || !getOwnPropertyDescriptor(value, key)?.enumerable) continue;
    define(made, key, copy((value as Record<string, unknown>)[key], memory));
  }
  return made;
}

function copyBuffer(buffer: ArrayBuffer): ArrayBuffer {
  if (apply(getDetached, buffer, []))
    throw domError('DataCloneError', 'An ArrayBuffer is detached and could not be cloned.');
  const bytes = apply(sliceBuffer, buffer, [0, arrayBufferByteLength(buffer)]) as ArrayBuffer;
  if (!apply(getResizable, buffer, [])) return bytes;
  const Resizable = ArrayBuffer as unknown as new (length: number, options: object) => ArrayBuffer;
  const made = new Resizable(arrayBufferByteLength(buffer), { maxByteLength: apply(getMaximum, buffer, []) });
  new Uint8Array(made).set(new Uint8Array(bytes));
  return made;
}

function copyMap(value: Map<unknown, unknown>, memory: Memory): Map<unknown, unknown> {
  const made = remember(memory, value, new NativeMap<unknown, unknown>());
  const pairs: [unknown, unknown][] = [];
  mapForEach(value, (item, key) => pairs.push([key, item]));
  for (const [key, item] of pairs) made.set(copy(key, memory), copy(item, memory));
  return made;
}

function copySet(value: Set<unknown>, memory: Memory): Set<unknown> {
  const made = remember(memory, value, new NativeSet<unknown>());
  const items: unknown[] = [];
  setForEach(value, (item) => items.push(item));
  for (const item of items) made.add(copy(item, memory));
  return made;
}

function copyError(value: Error, memory: Memory): Error {
  const kind = `${value.name}`;
  const Constructor = errorClasses[kind] ?? NativeError;
  const message = getOwnPropertyDescriptor(value, 'message');
  const text = message !== undefined && 'value' in message ? [`${message.value as string}`] : [];
  const made = remember(memory, value, new Constructor(...text));
  const stack = hasOwn(value, 'stack') ? value.stack : errorStack(value);
  define(made, 'stack', typeof stack === 'string' ? stack : undefined, false);
  if (hasOwn(value, 'cause')) define(made, 'cause', copy(value.cause, memory), false);
  return made;
}

/** What can be handed over instead of copied. */
function listOfTransfer(options: unknown): object[] {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object' && typeof options !== 'function')
    throw new TypeError('The "options" argument must be of type object.');
  const { transfer } = options as { transfer?: Iterable<unknown> };
  if (transfer === undefined) return [];
  const list: object[] = [];
  for (const item of transfer) {
    if (typeof item !== 'object' || item === null)
      throw typeError('ERR_INVALID_ARG_TYPE', 'The "transferList" argument must be an array of objects.');
    if (native.classOf(item) !== 'ArrayBuffer' && platformClassOf(item)?.transfer === undefined)
      throw domError('DataCloneError', 'Value not transferable');
    if (list.includes(item)) throw domError('DataCloneError', 'Transfer list contains duplicate objects');
    if (native.classOf(item) === 'ArrayBuffer' && apply(getDetached, item, []))
      throw domError('DataCloneError', 'An ArrayBuffer is detached and could not be cloned.');
    list.push(item);
  }
  return list;
}

/** A copy for another realm; what is in `options.transfer` moves there. Used for messages as well. */
export function cloneWithTransfer(value: unknown, options: unknown): { value: unknown; transferred: object[] } {
  const list = listOfTransfer(options);
  const memory: Memory = new NativeMap();
  /** Stands for a thing that moves, until the copy has succeeded: a copy that fails moves nothing. */
  const views: { made: object; buffer: ArrayBuffer }[] = [];
  for (const item of list) {
    if (native.classOf(item) === 'ArrayBuffer') {
      const made = apply(sliceBuffer, item, [0, arrayBufferByteLength(item as ArrayBuffer)]) as ArrayBuffer;
      memory.set(item, made);
      views.push({ made, buffer: item as ArrayBuffer });
    }
  }
  const platform = list.filter((item) => native.classOf(item) !== 'ArrayBuffer');
  for (const item of platform) memory.set(item, platformClassOf(item)?.transfer?.(item) as object);
  const made = copy(value, memory);
  for (const { buffer } of views) apply(transferBuffer, buffer, []);
  return { value: made, transferred: list.map((item) => memory.get(item) as object) };
}

export function structuredClone(value: unknown, options: unknown = undefined): unknown {
  // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
  needArguments(arguments, 'value');
  return cloneWithTransfer(value, options).value;
}
define(structuredClone, 'name', 'structuredClone', false);
