import {
  append,
  arrayIndexOf,
  assign,
  create,
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
} from './primordials.ts';

/**
 * The language's own objects as they were before any program ran, for the moments in which packages are evaluated
 * that know nothing of primordials.
 */
interface Intrinsic {
  readonly object: object;
  readonly keys: readonly PropertyKey[];
  /** What each key held: a value, or the getter. */
  readonly held: readonly unknown[];
}

/** One property of the program's that is to be put back; without a descriptor, one that was deleted. */
interface Change {
  readonly object: object;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor | undefined;
}

const iteratorOf = (iterable: object): object => getPrototypeOf(iterable) as object;

const constructors = [
  ...[Object, Function, Array, String, Number, Boolean, Symbol, BigInt, RegExp, Date, Promise, Map, Set, WeakMap],
  ...[WeakSet, WeakRef, Error, TypeError, RangeError, SyntaxError, ArrayBuffer, DataView, Uint8Array, Iterator],
  getPrototypeOf(Uint8Array) as typeof Uint8Array,
];

const intrinsics: readonly Intrinsic[] = [
  ...constructors,
  ...constructors.map(({ prototype }) => prototype as object),
  ...[JSON, Math, Reflect],
  ...[[].values(), new Map().entries(), new Set().values(), ''[Symbol.iterator](), ''.matchAll(/x/g)].map(iteratorOf),
].map((object) => {
  const keys = ownKeys(object);
  return { object, keys, held: keys.map((key) => heldIn(getOwnPropertyDescriptor(object, key))) };
});

function heldIn(descriptor: PropertyDescriptor | undefined): unknown {
  return descriptor?.get ?? descriptor?.value;
}

/**
 * Calls a function while the language's objects are as they were. What a program made of them is back afterwards;
 * what it froze stays as it is.
 */
export function withIntrinsics<T>(call: () => T): T {
  const changes: Change[] = [];
  for (let i = 0; i < intrinsics.length; i++) restore(intrinsics[i] as Intrinsic, changes);
  try {
    return call();
  } finally {
    for (let i = changes.length - 1; i >= 0; i--) {
      const { object, key, descriptor } = changes[i] as Change;
      if (descriptor === undefined) deleteProperty(object, key);
      else defineProperty(object, key, descriptor);
    }
  }
}

function restore({ object, keys, held }: Intrinsic, changes: Change[]): void {
  const now = ownKeys(object);
  for (let i = 0; i < now.length; i++) {
    const key = now[i] as PropertyKey;
    if (arrayIndexOf(keys, key) >= 0) continue;
    append(changes, { object, key, descriptor: descriptorOf(object, key) });
    deleteProperty(object, key);
  }
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as PropertyKey;
    const descriptor = descriptorOf(object, key);
    if (descriptor !== undefined && heldIn(descriptor) === held[i]) continue;
    append(changes, { object, key, descriptor });
    const value = create(null) as PropertyDescriptor;
    value.configurable = true;
    value.writable = true;
    value.value = held[i];
    defineProperty(object, key, value);
  }
}

/** A property's descriptor, which inherits nothing. */
function descriptorOf(object: object, key: PropertyKey): PropertyDescriptor | undefined {
  const found = getOwnPropertyDescriptor(object, key);
  return found === undefined ? undefined : assign(create(null) as PropertyDescriptor, found);
}
