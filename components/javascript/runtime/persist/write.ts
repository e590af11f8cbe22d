import { native } from '../native.ts';
import { bufferPrototype } from '../node/buffer-class.ts';
import {
  arrayBufferByteLength,
  bigintToString,
  dateGetTime,
  dateToISOString,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hasOwn,
  isFiniteNumber,
  keys,
  mapForEach,
  mapGet,
  mapSet,
  NativeArray,
  NativeDate,
  NativeMap,
  NativeSet,
  NativeUint8Array,
  objectIs,
  setForEach,
  toJson,
  typedArrayLength,
  uint8ArrayToBase64,
} from '../primordials.ts';

/**
 * How JavaScript's values are written in JSON; docs/SESSIONS.md has the conventions. This runs after a program that
 * may have replaced anything: it calls no method, getter or trap that the program could have made.
 */

/** Whether it is what `{}` makes, or an object without a prototype. */
export function isPlainObject(value: unknown): value is object {
  // A proxy is of the class Object, too, and would be asked for its prototype.
  if (native.classOf(value) !== 'Object' || native.proxyTarget(value) !== undefined) return false;
  const prototype = getPrototypeOf(value as object);
  return prototype === objectPrototype || prototype === null;
}

/** Thrown for a value that cannot be saved as it is. */
export class Unsaveable {}

/** Characters of a value's text, about. */
export const largestText = 64 * 2 ** 20;
/** Containers within one another. */
const deepest = 100;

const objectPrototype = Object.prototype;

type Shape = 'array' | 'object' | 'map' | 'set' | 'date' | 'bytes' | 'buffer' | 'arraybuffer';

function shapeOf(value: object): Shape {
  const name = native.classOf(value);
  if (name === 'ArrayBuffer') return 'arraybuffer';
  if (name === 'Object' && isPlainObject(value)) return 'object';
  if (name === 'Array' && getPrototypeOf(value) === NativeArray.prototype) return 'array';
  if (name === 'Map' && getPrototypeOf(value) === NativeMap.prototype) return 'map';
  if (name === 'Set' && getPrototypeOf(value) === NativeSet.prototype) return 'set';
  if (name === 'Date' && getPrototypeOf(value) === NativeDate.prototype) return 'date';
  if (name === 'Uint8Array') {
    const prototype = getPrototypeOf(value);
    if (prototype === NativeUint8Array.prototype) return 'bytes';
    if (prototype === bufferPrototype()) return 'buffer';
  }
  throw new Unsaveable();
}

const inProgress = -1;

/**
 * Finds out whether a value can be saved, and the length of its text, about. What is held twice counts twice and is
 * looked at once, so that the time this takes is that of the memory the value takes.
 *
 * @throws {Unsaveable}
 */
export class Measure {
  readonly #known = new NativeMap<object, number>();
  #total = 0;

  of(value: unknown, depth: number): void {
    switch (typeof value) {
      case 'string':
        this.#grow(value.length + 3);
        return;
      case 'number':
      case 'boolean':
        this.#grow(8);
        return;
      case 'undefined':
        this.#grow(22);
        return;
      case 'bigint':
        this.#grow(22 + bigintToString(value, 16).length);
        return;
      case 'object':
        if (value === null) this.#grow(5);
        else this.#object(value, depth + 1);
        return;
    }
    throw new Unsaveable();
  }

  #object(value: object, depth: number): void {
    const known = mapGet(this.#known as Map<object, number>, value);
    if (known === inProgress || depth > deepest) throw new Unsaveable();
    if (known !== undefined) {
      this.#grow(known);
      return;
    }
    const before = this.#total;
    mapSet(this.#known as Map<object, number>, value, inProgress);
    this.#grow(2);
    this.#content(value, depth);
    mapSet(this.#known as Map<object, number>, value, this.#total - before);
  }

  #content(value: object, depth: number): void {
    const shape = shapeOf(value);
    switch (shape) {
      case 'array': {
        const { length } = value as unknown[];
        for (let i = 0; i < length; i++) this.of(dataOf(value, i), depth);
        return;
      }
      case 'object': {
        const names = keys(value);
        for (let i = 0; i < names.length; i++) {
          const name = names[i] ?? '';
          this.#grow(name.length + 4);
          this.of(dataOf(value, name), depth);
        }
        return;
      }
      case 'map':
        mapForEach(value as Map<unknown, unknown>, (item, key) => {
          this.of(key, depth);
          this.of(item, depth);
        });
        return;
      case 'set':
        setForEach(value as Set<unknown>, (item) => this.of(item, depth));
        return;
      case 'date':
        this.#grow(50);
        return;
      case 'bytes':
      case 'buffer':
        this.#grow((typedArrayLength(value as Uint8Array) * 4) / 3 + 30);
        return;
      case 'arraybuffer':
        this.#grow((arrayBufferByteLength(value as ArrayBuffer) * 4) / 3 + 30);
        return;
    }
  }

  #grow(characters: number): void {
    this.#total += characters;
    if (this.#total > largestText) throw new Unsaveable();
  }
}

/** An own property's value; what a getter would compute is not data. */
function dataOf(value: object, key: PropertyKey): unknown {
  const property = getOwnPropertyDescriptor(value, key);
  if (property === undefined) return undefined;
  if (!hasOwn(property, 'value')) throw new Unsaveable();
  return property.value;
}

/** The text of a value that was measured. */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case 'number':
      if (isFiniteNumber(value) && !objectIs(value, -0)) return `${value}`;
      return tagged('number', `"${objectIs(value, -0) ? '-0' : value}"`);
    case 'bigint':
      return tagged('bigint', value < 0n ? `"-0x${bigintToString(-value, 16)}"` : `"0x${bigintToString(value, 16)}"`);
    case 'undefined':
      return '{"$type":"undefined","value":null}';
    case 'object':
      return value === null ? 'null' : objectText(value);
  }
  return toJson(value);
}

function objectText(value: object): string {
  switch (shapeOf(value)) {
    case 'array':
      return arrayText(value as unknown[]);
    case 'object': {
      const entries = new Entries(value);
      const names = keys(value);
      let text = entries.open;
      for (let i = 0; i < names.length; i++) {
        const name = names[i] ?? '';
        text += entries.start(name) + textOf((value as Record<string, unknown>)[name]) + entries.end;
      }
      return text + entries.close;
    }
    case 'map': {
      let text = '';
      mapForEach(value as Map<unknown, unknown>, (item, key) => {
        text += `${text === '' ? '' : ','}[${textOf(key)},${textOf(item)}]`;
      });
      return tagged('map', `[${text}]`);
    }
    case 'set': {
      let text = '';
      setForEach(value as Set<unknown>, (item) => {
        text += `${text === '' ? '' : ','}${textOf(item)}`;
      });
      return tagged('set', `[${text}]`);
    }
    case 'date': {
      const isValid = isFiniteNumber(dateGetTime(value as Date));
      return tagged('datetime', isValid ? `"${dateToISOString(value as Date)}"` : 'null');
    }
    case 'bytes':
      return tagged('bytes', `"${uint8ArrayToBase64(value as Uint8Array)}"`);
    case 'buffer':
      return tagged('buffer', `"${uint8ArrayToBase64(value as Uint8Array)}"`);
    case 'arraybuffer':
      return tagged('arraybuffer', `"${uint8ArrayToBase64(new NativeUint8Array(value as ArrayBuffer))}"`);
  }
}

function arrayText(value: readonly unknown[]): string {
  let text = '';
  for (let i = 0; i < value.length; i++) {
    // A hole is not what a polluted prototype has at its place.
    text += `${i === 0 ? '' : ','}${textOf(hasOwn(value, i) ? value[i] : undefined)}`;
  }
  return `[${text}]`;
}

/** What stands around the entries of an object. One that has a `$type` of its own is written as a list of pairs. */
export class Entries {
  readonly open: string;
  readonly end: string;
  readonly close: string;
  #count = 0;

  constructor(of: object) {
    const pairs = hasOwn(of, '$type');
    this.open = pairs ? '{"$type":"object","value":[' : '{';
    this.end = pairs ? ']' : '';
    this.close = pairs ? ']}' : '}';
  }

  /** What stands before an entry's value. */
  start(name: string): string {
    const comma = this.#count++ === 0 ? '' : ',';
    return this.end === '' ? `${comma}${toJson(name)}:` : `${comma}[${toJson(name)},`;
  }
}

function tagged(type: string, value: string): string {
  return `{"$type":"${type}","value":${value}}`;
}
