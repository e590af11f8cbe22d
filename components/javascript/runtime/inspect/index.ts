import { inherits } from '../inherits.ts';
import { native } from '../native.ts';
import {
  append,
  apply,
  arrayBufferByteLength,
  arrayIndexOf,
  arrayJoin,
  arraySort,
  assign,
  dataViewBuffer,
  dataViewByteLength,
  dataViewByteOffset,
  dateGetTime,
  dateToISOString,
  functionToString,
  getOwnPropertyDescriptor,
  getOwnPropertyNames,
  getPrototypeOf,
  hasOwn,
  isArray,
  isError,
  isNotANumber,
  mapForEach,
  mapGet,
  mapSet,
  mapSize,
  min,
  NativeMap,
  NativeRangeError,
  NativeUint8Array,
  numberToString,
  ownKeys,
  setForEach,
  setSize,
  stringIncludes,
  stringPadStart,
  stringSlice,
  stringStartsWith,
  symbolToString,
  typedArrayLength,
} from '../primordials.ts';
import { constructorName, errorText, peek } from './error.ts';
import { layOut } from './layout.ts';
import { type Context, defaultOptions, type InspectOptions, type Style, stylize } from './options.ts';
import { formatBigInt, formatNumber, formatString, isIdentifier, quote, spaces } from './text.ts';

export { errorText } from './error.ts';
export { colors, defaultOptions, type InspectOptions, styles } from './options.ts';

/** `Symbol.for('nodejs.util.inspect.custom')`: an object's own way of being shown. */
export const customInspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/** Nothing is shown beyond this many characters (128 MiB), however deep an object goes. */
const characterBudget = 1 << 27;
const functionPrototype = Function.prototype;
const { toStringTag } = Symbol;

/** The text of any value, as Node's `util.inspect`. Never throws because of what the value does, unless its own custom function does. */
export function inspect(value: unknown, options?: Partial<InspectOptions> | boolean): string {
  const given = typeof options === 'object' && options !== null ? options : undefined;
  const context: Context = {
    ...assign({}, defaultOptions, given),
    seen: [],
    circular: new NativeMap(),
    indentation: 0,
    currentDepth: 0,
    budget: characterBudget,
    userOptions: given,
  };
  if (context.maxArrayLength === null) context.maxArrayLength = Number.POSITIVE_INFINITY;
  if (context.maxStringLength === null) context.maxStringLength = Number.POSITIVE_INFINITY;
  return formatValue(context, value, 0, true);
}

function formatValue(context: Context, value: unknown, depth: number, atTop = false): string {
  switch (typeof value) {
    case 'string':
      return formatString(context, value, atTop);
    case 'number':
      return formatNumber(context, value);
    case 'bigint':
      return formatBigInt(context, value);
    case 'boolean':
      return stylize(context, `${value}`, 'boolean');
    case 'undefined':
      return stylize(context, 'undefined', 'undefined');
    case 'symbol':
      return stylize(context, symbolToString(value), 'symbol');
  }
  if (value === null) return stylize(context, 'null', 'null');
  return formatObject(context, value as object, depth);
}

function formatObject(context: Context, value: object, depth: number): string {
  const target = native.proxyTarget(value);
  if (target !== undefined) {
    if (context.showProxy) return formatProxy(context, value, target, depth);
    return `Proxy(${formatPlain(context, innermost(target), value, depth)})`;
  }
  return formatPlain(context, value, value, depth);
}

/** `shown` is no proxy; `value` is what the program has in hand. */
function formatPlain(context: Context, shown: object, value: object, depth: number): string {
  if (context.customInspect) {
    const custom = peek(shown, customInspect);
    if (typeof custom === 'function' && custom !== inspect) {
      const result = callCustom(context, custom, value, depth);
      if (result !== undefined) return result;
    }
  }
  if (arrayIndexOf(context.seen, shown) >= 0) {
    let index = mapGet(context.circular, shown);
    if (index === undefined) {
      index = circularCount(context) + 1;
      mapSet(context.circular, shown, index);
    }
    return stylize(context, `[Circular *${index}]`, 'special');
  }
  return formatRaw(context, shown, depth);
}

function isStackOverflow(error: unknown): boolean {
  return (
    isError(error) &&
    inherits(error, NativeRangeError.prototype) &&
    peek(error, 'message') === 'Maximum call stack size exceeded'
  );
}

function circularCount(context: Context): number {
  return mapSize(context.circular as Map<unknown, unknown>);
}

/** Proxies of proxies: the object behind them all. */
function innermost(target: object): object {
  let at = target;
  for (let depth = 0; depth < 1000; depth++) {
    const next = native.proxyTarget(at);
    if (next === undefined) return at;
    at = next;
  }
  return {};
}

function formatProxy(context: Context, proxy: object, target: object, depth: number): string {
  if (context.depth !== null && depth > context.depth) return stylize(context, 'Proxy [Array]', 'special');
  context.indentation += 2;
  const parts = [
    formatValue(context, target, depth + 1),
    formatValue(context, native.proxyHandler(proxy), depth + 1),
  ];
  context.indentation -= 2;
  return layOut(context, parts, '', 'Proxy [', ']', true, depth, undefined);
}

function callCustom(context: Context, custom: object, value: object, depth: number): string | undefined {
  const left = context.depth === null ? null : context.depth - depth;
  const options = assign({}, defaultOptions, context.userOptions, {
    depth: left,
    stylize: (text: unknown, style: Style) => stylize(context, `${text as string}`, style),
  });
  const result: unknown = apply(custom as () => unknown, value, [left, options, inspect]);
  if (result === value) return undefined;
  if (typeof result !== 'string') return formatValue(context, result, depth);
  if (!stringIncludes(result, '\n')) return result;
  let text = '';
  for (let i = 0; i < result.length; i++) text += result[i] === '\n' ? `\n${spaces(context.indentation)}` : result[i];
  return text;
}

/** How one kind of object is shown. */
interface Shape {
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

function formatRaw(context: Context, value: object, depth: number): string {
  const shape = shapeOf(context, value, depth);
  if (shape.baseAlone && shape.keys.length === 0 && shape.entries === undefined) return shape.base;
  if (shape.keys.length === 0 && shape.entries === undefined) {
    return `${shape.base === '' ? '' : `${shape.base} `}${shape.open}${shape.close}`;
  }
  if (context.depth !== null && depth > context.depth) return stylize(context, `[${shapeName(value)}]`, 'special');
  const level = context.seen.length;
  append(context.seen, value);
  context.currentDepth = depth;
  let output: string[];
  try {
    output = shape.entries === undefined ? [] : shape.entries(context, depth);
    for (let i = 0; i < shape.keys.length; i++) {
      append(output, formatProperty(context, value, shape.keys[i] as PropertyKey, depth, shape.isList));
      if (context.budget < 0) break;
    }
  } catch (error) {
    context.seen.length = level;
    if (!isStackOverflow(error)) throw error;
    return stylize(
      context,
      `[${shapeName(value)}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`,
      'special',
    );
  }
  context.seen.length = level;
  if (context.sorted) sortEntries(context, output, shape);
  const reference = mapGet(context.circular, value);
  const mark = reference === undefined ? '' : stylize(context, `<ref *${reference}>`, 'special');
  let { base, open } = shape;
  if (mark !== '') {
    if (context.compact !== true) base = base === '' ? mark : `${mark} ${base}`;
    else open = `${mark} ${open}`;
  }
  if (output.length === 0) return `${base === '' ? '' : `${base} `}${open}${shape.close}`;
  const text = layOut(
    context,
    output,
    base,
    open,
    shape.close,
    shape.isList,
    depth,
    isArray(value) ? value : undefined,
  );
  context.budget -= text.length;
  if (context.budget < 0) context.depth = -1;
  return text;
}

function sortEntries(context: Context, output: string[], shape: Shape): void {
  if (shape.isList) return;
  const compare = context.sorted;
  arraySort(output, typeof compare === 'function' ? compare : (a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function shapeName(value: object): string {
  if (isArray(value)) return 'Array';
  return constructorName(value) ?? `${native.classOf(value)}: null prototype`;
}

/** "Class(size) " before the braces of collections. */
function prefix(value: object, className: string, size?: number): string {
  const name = constructorName(value);
  const count = size === undefined ? '' : `(${size})`;
  const own = name === undefined ? `[${className}${count}: null prototype]` : `${name}${count}`;
  const tag = tagOf(value, name ?? className);
  return `${own}${tag === '' ? '' : ` [${tag}]`} `;
}

function tagOf(value: object, name: string): string {
  if (hasOwn(value, toStringTag)) return '';
  const tag = peek(value, toStringTag);
  return typeof tag === 'string' && tag !== '' && tag !== name ? tag : '';
}

function ownProperties(context: Context, value: object, skipIndices: boolean): PropertyKey[] {
  const all = ownKeys(value);
  const kept: PropertyKey[] = [];
  for (let i = 0; i < all.length; i++) {
    const key = all[i] as PropertyKey;
    if (skipIndices && typeof key === 'string' && isIndex(key)) continue;
    const descriptor = getOwnPropertyDescriptor(value, key);
    if (descriptor?.enumerable || context.showHidden) append(kept, key);
  }
  return kept;
}

function isIndex(key: string): boolean {
  const number = +key;
  return number >= 0 && number < 4294967295 && number % 1 === 0 && `${number}` === key;
}

function shapeOf(context: Context, value: object, depth: number): Shape {
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
    case 'WeakRef':
      shape.open = `${prefix(value, className)}{`;
      shape.entries = (inner) => [stylize(inner, '<ref>', 'special')];
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

// ---- entries

function more(count: number, what: string): string {
  return `... ${count} more ${what}${count > 1 ? 's' : ''}`;
}

function arrayEntries(context: Context, list: readonly unknown[], depth: number): string[] {
  const limit = min(context.maxArrayLength ?? 0, list.length);
  const output: string[] = [];
  let holes = 0;
  let index = 0;
  const flush = (): void => {
    if (holes > 0) append(output, stylize(context, `<${holes} empty item${holes > 1 ? 's' : ''}>`, 'undefined'));
    holes = 0;
  };
  for (; index < list.length && output.length < limit; index++) {
    if (hasOwn(list, index)) {
      flush();
      if (output.length >= limit) break;
      append(output, formatProperty(context, list, index, depth, true));
      if (context.budget < 0) break;
    } else {
      holes++;
      // A sparse array of 2³² holes is walked by its keys instead.
      if (holes > 1000) {
        flushSparse(context, list, output, index - holes + 1, depth, limit);
        return output;
      }
    }
  }
  flush();
  if (index < list.length) append(output, more(list.length - index, 'item'));
  return output;
}

function flushSparse(
  context: Context,
  list: readonly unknown[],
  output: string[],
  from: number,
  depth: number,
  limit: number,
): void {
  const names = getOwnPropertyNames(list);
  let at = from;
  for (let i = 0; i < names.length && output.length < limit; i++) {
    const name = names[i] ?? '';
    if (!isIndex(name) || +name < from) continue;
    const gap = +name - at;
    if (gap > 0) append(output, stylize(context, `<${gap} empty item${gap > 1 ? 's' : ''}>`, 'undefined'));
    if (output.length >= limit) break;
    append(output, formatProperty(context, list, +name, depth, true));
    at = +name + 1;
  }
  const rest = list.length - at;
  if (rest > 0 && output.length < limit)
    append(output, stylize(context, `<${rest} empty item${rest > 1 ? 's' : ''}>`, 'undefined'));
  else if (rest > 0) append(output, more(rest, 'item'));
}

function typedArrayEntries(context: Context, list: Uint8Array, length: number): string[] {
  const limit = min(context.maxArrayLength ?? 0, length);
  const output: string[] = [];
  for (let i = 0; i < limit; i++) append(output, formatValue(context, list[i], 0));
  if (length > limit) append(output, more(length - limit, 'item'));
  return output;
}

function mapEntries(context: Context, map: Map<unknown, unknown>, depth: number): string[] {
  const output: string[] = [];
  const limit = context.maxArrayLength ?? 0;
  let count = 0;
  context.indentation += 2;
  mapForEach(map, (entry, key) => {
    if (count++ < limit && context.budget >= 0) {
      append(output, `${formatValue(context, key, depth + 1)} => ${formatValue(context, entry, depth + 1)}`);
    }
  });
  if (count > limit) append(output, more(count - limit, 'item'));
  context.indentation -= 2;
  return output;
}

function setEntries(context: Context, set: Set<unknown>, depth: number): string[] {
  const output: string[] = [];
  const limit = context.maxArrayLength ?? 0;
  let count = 0;
  context.indentation += 2;
  setForEach(set, (entry) => {
    if (count++ < limit && context.budget >= 0) append(output, formatValue(context, entry, depth + 1));
  });
  if (count > limit) append(output, more(count - limit, 'item'));
  context.indentation -= 2;
  return output;
}

function promiseEntries(context: Context, promise: object, depth: number): string[] {
  const state = native.promiseState(promise);
  if (state[0] === 0) return [stylize(context, '<pending>', 'special')];
  context.indentation += 2;
  const text = formatValue(context, state[1], depth + 1);
  context.indentation -= 2;
  return [state[0] === 2 ? `${stylize(context, '<rejected>', 'special')} ${text}` : text];
}

function bufferEntries(context: Context, buffer: ArrayBuffer, readable: boolean): string[] {
  const output: string[] = [];
  let size = 0;
  if (readable) {
    size = arrayBufferByteLength(buffer);
    const bytes = new NativeUint8Array(buffer);
    const limit = min(context.maxArrayLength ?? 0, 50, size);
    let text = '';
    for (let i = 0; i < limit; i++)
      text += `${i > 0 ? ' ' : ''}${stringPadStart(numberToString(bytes[i] ?? 0, 16), 2, '0')}`;
    if (size > limit) text += ` ... ${size - limit} more byte${size - limit > 1 ? 's' : ''}`;
    append(output, `[${stylize(context, 'Uint8Contents', 'special')}]: <${text}>`);
  } else {
    size = peek(buffer, 'byteLength') as number;
  }
  append(output, `[byteLength]: ${formatValue(context, size, 0)}`);
  return output;
}

function dataViewEntries(context: Context, view: DataView, depth: number): string[] {
  context.indentation += 2;
  const output = [
    `[byteLength]: ${formatValue(context, dataViewByteLength(view), depth)}`,
    `[byteOffset]: ${formatValue(context, dataViewByteOffset(view), depth)}`,
    `[buffer]: ${formatValue(context, dataViewBuffer(view), depth + 1)}`,
  ];
  context.indentation -= 2;
  return output;
}

// ---- functions, boxed values, errors

function functionShape(context: Context, value: object, shape: Shape, className: string): Shape {
  const source = functionToString(value as () => void);
  const own = getOwnPropertyDescriptor(value, 'name')?.value as unknown;
  const name = typeof own === 'string' ? own : '';
  let base: string;
  if (stringStartsWith(source, 'class') && stringSlice(source, source.length - 1) === '}') {
    const parent = getPrototypeOf(value);
    const parentName =
      parent === functionPrototype || parent === null
        ? ''
        : (getOwnPropertyDescriptor(parent, 'name')?.value as unknown);
    base = `[class ${name === '' ? '(anonymous)' : name}${typeof parentName === 'string' && parentName !== '' ? ` extends ${parentName}` : ''}]`;
  } else {
    const kind = functionKinds[className] ?? 'Function';
    base = `[${kind}${name === '' ? ' (anonymous)' : `: ${name}`}]`;
    if (getPrototypeOf(value) === null)
      base = `[${kind} (null prototype)${name === '' ? ' (anonymous)' : `: ${name}`}]`;
  }
  const tag = tagOf(value, constructorName(value) ?? '');
  shape.base = stylize(context, tag === '' ? base : `${base} [${tag}]`, 'special');
  shape.baseAlone = true;
  return shape;
}

const functionKinds: Record<string, string> = {
  AsyncFunction: 'AsyncFunction',
  GeneratorFunction: 'GeneratorFunction',
  AsyncGeneratorFunction: 'AsyncGeneratorFunction',
};

function boxedShape(context: Context, value: object, shape: Shape, className: string): Shape {
  const primitive = primitiveOf(value, className);
  const text =
    className === 'String' ? quote(primitive as string) : formatValue({ ...context, colors: false }, primitive, 0);
  const name = constructorName(value);
  const label = name === className ? className : `${className} (${name ?? 'null prototype'})`;
  if (className === 'String') shape.keys = ownProperties(context, value, true);
  shape.base = stylize(context, `[${label}: ${text}]`, className === 'String' ? 'string' : 'number');
  shape.baseAlone = true;
  return shape;
}

const { valueOf: numberValueOf } = Number.prototype;
const { valueOf: stringValueOf } = String.prototype;
const { valueOf: booleanValueOf } = Boolean.prototype;
const { valueOf: bigIntValueOf } = BigInt.prototype;
const { valueOf: symbolValueOf } = Symbol.prototype;

function primitiveOf(value: object, className: string): unknown {
  switch (className) {
    case 'Number':
      return apply(numberValueOf, value, []);
    case 'String':
      return apply(stringValueOf, value, []);
    case 'Boolean':
      return apply(booleanValueOf, value, []);
    case 'BigInt':
      return apply(bigIntValueOf, value, []);
    default:
      return apply(symbolValueOf, value, []);
  }
}

/** Properties that the stack or the headline already tells. */
function errorShape(context: Context, value: object, shape: Shape, depth: number): Shape {
  const text = errorText(value);
  const kept: PropertyKey[] = [];
  for (let i = 0; i < shape.keys.length; i++) {
    const key = shape.keys[i] as PropertyKey;
    const told =
      (key === 'name' || key === 'message' || key === 'stack') && stringIncludes(text, `${peek(value, key) as string}`);
    if (!told) append(kept, key);
  }
  if (hasOwn(value, 'cause') && arrayIndexOf(kept, 'cause') < 0) append(kept, 'cause');
  if (hasOwn(value, 'errors') && isArray(peek(value, 'errors')) && arrayIndexOf(kept, 'errors') < 0)
    append(kept, 'errors');
  shape.keys = kept;
  shape.base = indented(text, context.indentation);
  shape.baseAlone = true;
  if (context.depth !== null && depth > context.depth) shape.keys = [];
  return shape;
}

function indented(text: string, by: number): string {
  if (by === 0 || !stringIncludes(text, '\n')) return text;
  let result = '';
  for (let i = 0; i < text.length; i++) result += text[i] === '\n' ? `\n${spaces(by)}` : text[i];
  return result;
}

// ---- properties

function formatProperty(context: Context, object: object, key: PropertyKey, depth: number, inList: boolean): string {
  const descriptor = getOwnPropertyDescriptor(object, key);
  const isElement = inList && typeof key === 'number';
  let text: string;
  if (descriptor === undefined) {
    text = stylize(context, 'undefined', 'undefined');
  } else if (hasOwn(descriptor, 'value')) {
    const difference = context.compact !== true || isElement ? 2 : 3;
    context.indentation += difference;
    text = formatValue(context, descriptor.value, depth + 1);
    context.indentation -= difference;
  } else if (descriptor.get !== undefined) {
    text = formatGetter(context, object, descriptor, depth);
  } else {
    text = stylize(
      context,
      descriptor.set === undefined ? 'undefined' : '[Setter]',
      descriptor.set === undefined ? 'undefined' : 'special',
    );
  }
  if (isElement) return text;
  let name: string;
  if (typeof key === 'symbol') name = stylize(context, symbolToString(key), 'symbol');
  else if (key === '__proto__') name = "['__proto__']";
  else if (descriptor?.enumerable === false) name = `[${key}]`;
  else if (isIdentifier(`${key}`)) name = `${key}`;
  else name = stylize(context, quote(`${key}`), 'string');
  // Not a template: `+` makes a rope, where a template copies.
  return name + ': ' + text;
}

function formatGetter(context: Context, object: object, descriptor: PropertyDescriptor, depth: number): string {
  const label = descriptor.set === undefined ? 'Getter' : 'Getter/Setter';
  const wanted =
    context.getters === true ||
    (context.getters === 'get' && descriptor.set === undefined) ||
    (context.getters === 'set' && descriptor.set !== undefined);
  if (!wanted || descriptor.get === undefined) return stylize(context, `[${label}]`, 'special');
  try {
    const value: unknown = apply(descriptor.get, object, []);
    context.indentation += 2;
    const text = formatValue(context, value, depth + 1);
    context.indentation -= 2;
    if (typeof value === 'object' && value !== null) return `${stylize(context, `[${label}]`, 'special')} ${text}`;
    return `${stylize(context, `[${label}:`, 'special')} ${text}${stylize(context, ']', 'special')}`;
  } catch (error) {
    const message = typeof error === 'object' && error !== null ? peek(error, 'message') : error;
    return stylize(
      context,
      `[${label}: <Inspection threw (${typeof message === 'string' ? message : ''})>]`,
      'special',
    );
  }
}

/** Joins texts; for callers outside that print several values. */
export function joined(parts: readonly string[]): string {
  return arrayJoin(parts, ' ');
}
