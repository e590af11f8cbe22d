import { inherits } from '../inherits.ts';
import { native } from '../native.ts';
import {
  dateGetTime,
  dateToISOString,
  isArray,
  isNotANumber,
  mapSize,
  setSize,
  stringIncludes,
  typedArrayLength,
} from '../primordials.ts';
import {
  arrayEntries,
  bufferEntries,
  dataViewEntries,
  mapEntries,
  promiseEntries,
  setEntries,
  typedArrayEntries,
} from './entries.ts';
import { constructorName, peek } from './error.ts';
import { ownProperties, prefix, tagOf } from './names.ts';
import { type Context, stylize } from './options.ts';
import { boxedShape, errorShape, functionShape } from './special.ts';

/** How one kind of object is shown. */
export interface Shape {
  /** Text before the braces, or all there is when no entries follow. */
  base: string;
  open: string;
  close: string;
  isList: boolean;
  keys: PropertyKey[];
  /** Adds the entries that are no properties. */
  entries?: (context: Context, depth: number) => string[];
  /** With no entries, `base` alone is shown. */
  baseAlone: boolean;
}

export function shapeOf(context: Context, value: object, depth: number): Shape {
  const className = native.classOf(value);
  const shape: Shape = { base: '', open: '{', close: '}', isList: false, keys: [], baseAlone: false };
  if (isArray(value)) {
    shape.open =
      constructorName(value) === 'Array' && tagOf(value, 'Array') === ''
        ? '['
        : `${prefix(value, 'Array', value.length)}[`;
    shape.close = ']';
    shape.isList = true;
    shape.keys = ownProperties(context, value, true);
    if (value.length > 0) shape.entries = (inner, at) => arrayEntries(inner, value, at);
    return shape;
  }
  if (typedArrayNames[className] === true) {
    const length = typedArrayLength(value as Uint8Array);
    shape.open = `${prefix(value, className, length)}[`;
    shape.close = ']';
    shape.isList = true;
    shape.keys = ownProperties(context, value, true);
    if (length > 0) shape.entries = (inner) => typedArrayEntries(inner, value as Uint8Array, length);
    return shape;
  }
  shape.keys = ownProperties(context, value, false);
  if (typeof value === 'function') return functionShape(context, value, shape, className);
  switch (className) {
    case 'Map': {
      const size = mapSize(value as Map<unknown, unknown>);
      shape.open = `${prefix(value, 'Map', size)}{`;
      if (size > 0) shape.entries = (inner, at) => mapEntries(inner, value as Map<unknown, unknown>, at);
      return shape;
    }
    case 'Set': {
      const size = setSize(value as Set<unknown>);
      shape.open = `${prefix(value, 'Set', size)}{`;
      if (size > 0) shape.entries = (inner, at) => setEntries(inner, value as Set<unknown>, at);
      return shape;
    }
    case 'Date': {
      const time = dateGetTime(value as Date);
      shape.base = stylize(context, isNotANumber(time) ? 'Invalid Date' : dateToISOString(value as Date), 'date');
      shape.baseAlone = true;
      return shape;
    }
    case 'RegExp':
      shape.base = stylize(context, `/${peek(value, 'source') as string}/${peek(value, 'flags') as string}`, 'regexp');
      shape.baseAlone = true;
      return shape;
    case 'Promise':
      shape.open = `${prefix(value, 'Promise')}{`;
      shape.entries = (inner, at) => promiseEntries(inner, value, at);
      return shape;
    case 'ArrayBuffer':
    case 'SharedArrayBuffer':
      shape.open = `${prefix(value, className)}{`;
      shape.entries = (inner) => bufferEntries(inner, value as ArrayBuffer, className === 'ArrayBuffer');
      return shape;
    case 'DataView':
      shape.open = `${prefix(value, className)}{`;
      shape.entries = (inner, at) => dataViewEntries(inner, value as DataView, at);
      return shape;
    case 'WeakMap':
    case 'WeakSet':
      shape.open = `${prefix(value, className)}{`;
      shape.entries = (inner) => [stylize(inner, '<items unknown>', 'special')];
      return shape;
    case 'Number':
    case 'String':
    case 'Boolean':
    case 'BigInt':
    case 'Symbol':
      return boxedShape(context, value, shape, className);
    case 'Error':
    case 'DOMException':
      return errorShape(context, value, shape, depth);
    case 'Generator':
    case 'AsyncGenerator':
      shape.open = `Object [${className}] {`;
      return shape;
    case 'Arguments':
    case 'MappedArguments':
      shape.open = '[Arguments] {';
      return shape;
  }
  if (stringIncludes(className, 'Iterator')) {
    shape.open = `Object [${className}] {`;
    return shape;
  }
  const name = constructorName(value);
  if (name !== 'Object' || tagOf(value, 'Object') !== '') shape.open = `${prefix(value, 'Object')}{`;
  if (inherits(value, Error.prototype)) return errorShape(context, value, shape, depth);
  return shape;
}

const typedArrayNames: Record<string, boolean> = {
  Int8Array: true,
  Uint8Array: true,
  Uint8ClampedArray: true,
  Int16Array: true,
  Uint16Array: true,
  Int32Array: true,
  Uint32Array: true,
  BigInt64Array: true,
  BigUint64Array: true,
  Float16Array: true,
  Float32Array: true,
  Float64Array: true,
};
