import { Buffer as Polyfill } from 'buffer/index.js';
import { invalidArgument, outOfRange, plainError, requireInteger, typeError } from '../../errors.ts';
import { lazyProperty } from '../../lazy.ts';
import { native } from '../../native.ts';
import { apply, define, isArray, keys, NativeUint8Array, setPrototypeOf, stringSlice } from '../../primordials.ts';
import { byteLength, bytesOf, type Encoding, encodingNamed, encodingOr, textOf, unknownEncoding } from './encodings.ts';
import { addNumbers } from './numbers.ts';

/** Node's Buffer: the package `buffer`, with Node's encodings, number methods and errors in place of its own. */
export interface Buffer extends Uint8Array<ArrayBuffer> {
  toString(encoding?: string | null, start?: number, end?: number): string;
  write(text: string, offset?: number, length?: number, encoding?: string): number;
  fill(value: unknown, ...rest: unknown[]): this;
}

interface BufferConstructor {
  from(data: unknown, ...rest: unknown[]): Buffer;
  alloc(size: number, fill?: unknown, encoding?: string): Buffer;
  allocUnsafe(size: number): Buffer;
  concat(list: readonly Uint8Array[], length?: number): Buffer;
  isBuffer(value: unknown): value is Buffer;
  isEncoding(encoding: unknown): boolean;
  byteLength(data: unknown, encoding?: unknown): number;
  prototype: Buffer;
}

export const Buffer = Polyfill as unknown as BufferConstructor;

// The bundler may give it another, since it knows more than one.
define(Buffer, 'name', 'Buffer', false);

const longest = 2 ** 31 - 1;
const base = { ...Buffer };
const { prototype } = Buffer;

/** A Uint8Array as Buffer, without a copy. */
function adopt(bytes: Uint8Array): Buffer {
  setPrototypeOf(bytes, prototype);
  return bytes as Buffer;
}

function checkSize(size: unknown): asserts size is number {
  if (typeof size !== 'number') throw invalidArgument('size', 'of type number', size);
  if (!(size >= 0 && size <= longest)) throw outOfRange('size', `>= 0 && <= ${Number.MAX_SAFE_INTEGER}`, size);
}

function isBuffers(name: string): boolean {
  return name === 'ArrayBuffer' || name === 'SharedArrayBuffer';
}

function fromArrayBuffer(buffer: ArrayBuffer, offset: unknown, length: unknown): Buffer {
  let from = Math.trunc(+(offset as number));
  if (offset === undefined || Number.isNaN(from)) from = 0;
  const room = buffer.byteLength - from;
  if (room < 0) throw outOfBounds('"offset" is outside of buffer bounds');
  let count = room;
  if (length !== undefined) {
    count = Math.trunc(+(length as number));
    if (!(count > 0)) count = 0;
    if (count > room) throw outOfBounds('"length" is outside of buffer bounds');
  }
  return adopt(new NativeUint8Array(buffer, from, count));
}

function outOfBounds(message: string): Error {
  const error = new RangeError(message);
  define(error, 'code', 'ERR_BUFFER_OUT_OF_BOUNDS');
  return error;
}

function noSource(value: unknown): Error {
  return invalidArgument(
    'first argument',
    'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object',
    value,
  );
}

function fromObject(value: object): Buffer | undefined {
  const { length, type, data } = value as { length?: unknown; type?: unknown; data?: unknown };
  if (length !== undefined || isBuffers(native.classOf((value as { buffer?: unknown }).buffer)))
    return typeof length === 'number' ? fromList(value as ArrayLike<number>) : adopt(new NativeUint8Array(0));
  return type === 'Buffer' && isArray(data) ? fromList(data as number[]) : undefined;
}

function fromList(list: ArrayLike<number>): Buffer {
  const bytes = new NativeUint8Array(Math.max(list.length, 0));
  for (let i = 0; i < bytes.length; i++) bytes[i] = list[i] as number;
  return adopt(bytes);
}

const statics: Record<string, unknown> = {
  poolSize: 65536,
  from(value: unknown, encodingOrOffset?: unknown, length?: unknown): Buffer {
    if (typeof value === 'string') {
      const encoding = encodingOr(encodingOrOffset);
      return adopt(bytesOf(value, encoding));
    }
    if (typeof value === 'object' && value !== null) {
      if (isBuffers(native.classOf(value))) return fromArrayBuffer(value as ArrayBuffer, encodingOrOffset, length);
      if (ArrayBuffer.isView(value) && native.classOf(value) !== 'DataView')
        return fromList(value as unknown as number[]);
      const inner: unknown = value.valueOf?.();
      if (inner !== null && inner !== value && (typeof inner === 'string' || typeof inner === 'object'))
        return Buffer.from(inner, encodingOrOffset, length);
      const made = fromObject(value);
      if (made !== undefined) return made;
      const primitive = (value as { [Symbol.toPrimitive]?: unknown })[Symbol.toPrimitive];
      if (typeof primitive === 'function') {
        const text: unknown = apply(primitive as () => unknown, value, ['string'] as never);
        if (typeof text === 'string') return Buffer.from(text, encodingOrOffset);
      }
    }
    throw noSource(value);
  },
  alloc(size: unknown, fill?: unknown, encoding?: unknown): Buffer {
    checkSize(size);
    const buffer = adopt(new NativeUint8Array(size));
    if (fill !== undefined && fill !== 0 && size > 0) {
      if (typeof encoding === 'string') buffer.fill(fill, encoding);
      else buffer.fill(fill);
    }
    return buffer;
  },
  allocUnsafe(size: unknown): Buffer {
    checkSize(size);
    return adopt(new NativeUint8Array(size));
  },
  allocUnsafeSlow(size: unknown): Buffer {
    checkSize(size);
    return adopt(new NativeUint8Array(size));
  },
  copyBytesFrom(view: ArrayBufferView, offset?: unknown, length?: unknown): Buffer {
    if (!ArrayBuffer.isView(view) || native.classOf(view) === 'DataView')
      throw invalidArgument('view', 'an instance of TypedArray', view);
    const list = view as unknown as Uint8Array;
    if (offset !== undefined) requireInteger(offset, 'offset', 0);
    if (length !== undefined) requireInteger(length, 'length', 0);
    const from = offset ?? 0;
    const part = list.slice(from, length === undefined ? undefined : from + length);
    return adopt(new NativeUint8Array(part.buffer, part.byteOffset, part.byteLength));
  },
  concat(list: unknown, total?: unknown): Buffer {
    if (!isArray(list)) throw invalidArgument('list', 'an instance of Array', list);
    let length = 0;
    for (let i = 0; i < list.length; i++) {
      if (!(list[i] instanceof NativeUint8Array))
        throw invalidArgument(`list[${i}]`, 'an instance of Buffer or Uint8Array', list[i]);
      length += (list[i] as Uint8Array).length;
    }
    if (total !== undefined) {
      requireInteger(total, 'length', 0);
      length = total;
    }
    const result = new NativeUint8Array(length);
    let at = 0;
    for (const piece of list as Uint8Array[]) {
      if (at >= length) break;
      const part = at + piece.length > length ? piece.subarray(0, length - at) : piece;
      result.set(part, at);
      at += part.length;
    }
    return adopt(result);
  },
  isEncoding: (name: unknown): boolean => encodingNamed(name) !== undefined && name !== '',
  byteLength,
  compare(a: unknown, b: unknown): number {
    if (!(a instanceof NativeUint8Array)) throw invalidArgument('buf1', 'an instance of Buffer or Uint8Array', a);
    if (!(b instanceof NativeUint8Array)) throw invalidArgument('buf2', 'an instance of Buffer or Uint8Array', b);
    return (base as unknown as { compare(a: unknown, b: unknown): number }).compare(a, b);
  },
};
for (const name of keys(statics)) define(Buffer, name, statics[name]);
// Libraries tell by it that this is not Node's own.
define(Buffer, 'TYPED_ARRAY_SUPPORT', true, false);

function clamp(index: unknown, length: number, otherwise: number): number {
  if (index === undefined) return otherwise;
  const number = Math.trunc(+(index as number));
  return !(number > 0) ? 0 : Math.min(number, length);
}

/** Writes as much of a text as fits, whole characters only. */
function writeText(buffer: Buffer, text: string, encoding: Encoding, offset: number, length: number): number {
  const bytes = bytesOf(text, encoding);
  let count = Math.min(bytes.length, length);
  if (count < bytes.length) {
    if (encoding === 'utf8') while (count > 0 && ((bytes[count] ?? 0) & 0xc0) === 0x80) count--;
    if (encoding === 'utf16le') count -= count % 2;
  }
  buffer.set(bytes.subarray(0, count), offset);
  return count;
}

const methods: Record<string, unknown> & ThisType<Buffer> = {
  toString(encoding?: unknown, start?: unknown, end?: unknown): string {
    const known = encoding === undefined || encoding === null ? 'utf8' : encodingNamed(encoding);
    const from = clamp(start, this.length, 0);
    const to = clamp(end, this.length, this.length);
    if (known === undefined) throw unknownEncoding(encoding);
    if (from >= to) return '';
    return textOf(new NativeUint8Array(this.buffer, this.byteOffset + from, to - from), known);
  },
  write(text: unknown, ...rest: unknown[]): number {
    if (typeof text !== 'string') throw typeError('ERR_INVALID_ARG_TYPE', 'argument must be a string');
    // write(text, encoding), write(text, offset, encoding), write(text, offset, length, encoding)
    const last = rest.findLastIndex((argument) => typeof argument === 'string');
    const encoding = encodingOr(last < 0 ? undefined : rest[last]);
    const [offset = 0, length] = last < 0 ? rest : rest.slice(0, last);
    requireInteger(offset, 'offset', 0, this.length);
    const room = this.length - offset;
    if (length !== undefined) requireInteger(length, 'length', 0, this.length);
    return writeText(this, text, encoding, offset, Math.min(room, length ?? room));
  },
  fill(value: unknown, ...rest: unknown[]): Buffer {
    if (typeof value === 'string') {
      const last = rest.findLastIndex((argument) => typeof argument === 'string');
      const named = last < 0 ? undefined : rest[last];
      const encoding = encodingOr(named);
      const [start, end] = (last < 0 ? rest : rest.slice(0, last)) as (number | undefined)[];
      const bytes = bytesOf(value, encoding);
      if (value !== '' && bytes.length === 0)
        throw typeError('ERR_INVALID_ARG_VALUE', `The argument 'value' is invalid. Received '${value}'`);
      return fillWith(this, bytes, start, end);
    }
    const [start, end] = rest as (number | undefined)[];
    if (value instanceof NativeUint8Array) {
      if (value.length === 0)
        throw typeError('ERR_INVALID_ARG_VALUE', "The argument 'value' is invalid. Received <Buffer >");
      return fillWith(this, value, start, end);
    }
    return fillWith(
      this,
      NativeUint8Array.of(typeof value === 'boolean' ? +value : (value as number) & 255),
      start,
      end,
    );
  },
  equals(other: unknown): boolean {
    if (!(other instanceof NativeUint8Array))
      throw invalidArgument('otherBuffer', 'an instance of Buffer or Uint8Array', other);
    if (other.length !== this.length) return false;
    for (let i = 0; i < other.length; i++) if (other[i] !== this[i]) return false;
    return true;
  },
  indexOf(value: unknown, offset?: unknown, encoding?: unknown): number {
    return search(this, value, offset, encoding, true);
  },
  lastIndexOf(value: unknown, offset?: unknown, encoding?: unknown): number {
    return search(this, value, offset, encoding, false);
  },
  includes(value: unknown, offset?: unknown, encoding?: unknown): boolean {
    return search(this, value, offset, encoding, true) >= 0;
  },
  subarray(start?: number, end?: number): Buffer {
    return adopt(
      NativeUint8Array.prototype.subarray.call(
        new NativeUint8Array(this.buffer, this.byteOffset, this.length),
        start,
        end,
      ),
    );
  },
  toLocaleString(encoding?: string, start?: number, end?: number): string {
    return this.toString(encoding, start, end);
  },
};
methods['slice'] = methods['subarray'];

function fillWith(buffer: Buffer, pattern: Uint8Array, start: unknown = 0, end: unknown = buffer.length): Buffer {
  requireInteger(start, 'offset', 0);
  requireInteger(end, 'end', 0, buffer.length);
  for (let i = start; i < end; i++) buffer[i] = pattern.length === 0 ? 0 : (pattern[(i - start) % pattern.length] ?? 0);
  return buffer;
}

function search(buffer: Buffer, value: unknown, offset: unknown, encoding: unknown, first: boolean): number {
  const named = typeof offset === 'string' ? offset : encoding;
  let from = typeof offset === 'string' || offset === undefined ? Number.NaN : Math.trunc(+(offset as number));
  if (Number.isNaN(from)) from = first ? 0 : buffer.length;
  if (from < 0) from += buffer.length;
  if (from < 0) {
    if (!first) return -1;
    from = 0;
  }
  if (typeof value === 'number') {
    const byte = value & 255;
    if (first) {
      for (let i = from; i < buffer.length; i++) if (buffer[i] === byte) return i;
    } else for (let i = Math.min(from, buffer.length - 1); i >= 0; i--) if (buffer[i] === byte) return i;
    return -1;
  }
  if (typeof value !== 'string' && !(value instanceof NativeUint8Array))
    throw invalidArgument('value', 'one of type number or string or an instance of Buffer or Uint8Array', value);
  const known = encodingOr(named);
  const wanted = typeof value === 'string' ? bytesOf(value, known) : value;
  const step = known === 'utf16le' && typeof value === 'string' ? 2 : 1;
  const last = buffer.length - wanted.length;
  if (wanted.length === 0) return Math.min(from, buffer.length);
  if (first) {
    for (let i = from; i <= last; i += step) if (matches(buffer, wanted, i)) return i;
  } else for (let i = Math.min(from, last); i >= 0; i -= step) if (matches(buffer, wanted, i)) return i;
  return -1;
}

function matches(buffer: Uint8Array, wanted: Uint8Array, at: number): boolean {
  for (let i = 0; i < wanted.length; i++) if (buffer[at + i] !== wanted[i]) return false;
  return true;
}

for (const name of keys(methods)) define(prototype, name, methods[name]);
for (const [name, encoding] of [
  ['ascii', 'ascii'],
  ['base64', 'base64'],
  ['base64url', 'base64url'],
  ['latin1', 'latin1'],
  ['hex', 'hex'],
  ['ucs2', 'utf16le'],
  ['utf8', 'utf8'],
] as const) {
  define(prototype, `${name}Slice`, function (this: Buffer, start?: number, end?: number) {
    return this.toString(encoding, start, end);
  });
  define(prototype, `${name}Write`, function (this: Buffer, text: string, offset = 0, length?: number) {
    return this.write(text, offset, length ?? this.length - offset, encoding);
  });
}
addNumbers(prototype);

/** How `console.log` shows one: its first fifty bytes, and what a program added to it. */
function shown(
  this: Buffer,
  _depth: unknown,
  options: object,
  inspect: (value: unknown, options: object) => string,
): string {
  const most = buffer['INSPECT_MAX_BYTES'] as number;
  let text = '';
  for (let i = 0; i < this.length && i < most; i++)
    text += `${i > 0 ? ' ' : ''}${(this[i] ?? 0).toString(16).padStart(2, '0')}`;
  const rest = this.length - most;
  if (rest > 0) text += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`;
  const names = keys(this).slice(this.length);
  if (names.length > 0) {
    const extra: Record<string, unknown> = {};
    for (const name of names) extra[name] = (this as unknown as Record<string, unknown>)[name];
    const inner = inspect(extra, { ...options, breakLength: Number.POSITIVE_INFINITY, compact: true });
    text += `${this.length > 0 ? ', ' : ''}${stringSlice(inner, 2, inner.length - 2)}`;
  }
  return `<${this.constructor.name} ${text}>`;
}
define(prototype, Symbol.for('nodejs.util.inspect.custom'), shown, false);
define(prototype, 'inspect', shown);

function isUtf8(input: Uint8Array | ArrayBuffer): boolean {
  const bytes = viewOf(input);
  return native.validPrefix(bytes) === bytes.length;
}

function isAscii(input: Uint8Array | ArrayBuffer): boolean {
  return viewOf(input).every((byte) => byte < 128);
}

function viewOf(input: unknown): Uint8Array {
  if (ArrayBuffer.isView(input)) return new NativeUint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (isBuffers(native.classOf(input))) return new NativeUint8Array(input as ArrayBuffer);
  throw invalidArgument('input', 'an instance of ArrayBuffer, Buffer, or TypedArray', input);
}

export const buffer: Record<string, unknown> = {
  Buffer,
  transcode(): never {
    throw plainError(
      'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
      'buffer.transcode needs ICU, which is not here. Use Buffer.from(text, encoding) and buffer.toString(encoding).',
    );
  },
  isUtf8,
  isAscii,
  kMaxLength: longest,
  kStringMaxLength: 2 ** 30 - 1,
  btoa: globalThis.btoa,
  atob: globalThis.atob,
  constants: { MAX_LENGTH: longest, MAX_STRING_LENGTH: 2 ** 30 - 1 },
  INSPECT_MAX_BYTES: 50,
  resolveObjectURL: () => undefined,
};
for (const name of ['Blob', 'File'])
  lazyProperty(buffer, name, () => (globalThis as unknown as Record<string, unknown>)[name]);
