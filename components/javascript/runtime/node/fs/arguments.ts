import { invalidArgument, invalidValue } from '../../errors.ts';
import { native, openBits } from '../../native.ts';
import { Buffer } from '../../parts/buffer.ts';
import { resolveFrom } from '../../path.ts';
import {
  dateGetTime,
  isBufferView,
  isFiniteNumber,
  isNotANumber,
  NativeUint8Array,
  stringIncludes,
  typedArrayBuffer,
  typedArrayByteLength,
  typedArrayByteOffset,
} from '../../primordials.ts';
import { state } from '../../state.ts';
import { fromFileUrl } from '../../web/file-url.ts';

export type PathLike = string | Uint8Array | { href: string };
export type Encoding = string | null | undefined;
export type EncodingOption = Encoding | { encoding?: Encoding; flag?: string };
export type Data = string | ArrayBufferView;

/** A path argument as text, as the program wrote it. */
export function pathText(path: unknown, name = 'path'): string {
  let text: string;
  if (typeof path === 'string') text = path;
  else if (path instanceof NativeUint8Array) text = native.decode(path);
  else if (typeof path === 'object' && path !== null && typeof (path as { href?: unknown }).href === 'string') {
    text = fromFileUrl((path as { href: string }).href);
  } else throw invalidArgument(name, 'of type string or an instance of Buffer or URL', path);
  if (stringIncludes(text, '\0')) {
    throw invalidValue(name, text, 'must be a string, Uint8Array, or URL without null bytes');
  }
  return text;
}

/** The absolute path for the natives. An empty path names nothing, as on Linux. */
export function absolute(path: string): string {
  return path === '' ? '/\u0001/none' : resolveFrom(state.workingDirectory, path);
}

/** The encoding among a function's options; undefined is bytes. */
export function encodingOf(options: unknown): string | undefined {
  const encoding =
    typeof options === 'object' && options !== null ? (options as { encoding?: unknown }).encoding : options;
  if (encoding === undefined || encoding === null || encoding === 'buffer') return undefined;
  if (typeof encoding === 'string' && Buffer.isEncoding(encoding)) return encoding;
  throw invalidValue('encoding', encoding, 'is invalid encoding');
}

/** Bytes to write, from text or any view. */
export function bytesOf(data: unknown, encoding: string | undefined): Uint8Array {
  if (typeof data === 'string') {
    if (encoding === undefined || encoding === 'utf8' || encoding === 'utf-8') return native.encode(data);
    return Buffer.from(data, encoding);
  }
  if (isBufferView(data)) return viewBytes(data);
  throw invalidArgument('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}

export function viewBytes(view: ArrayBufferView): Uint8Array {
  if (view instanceof NativeUint8Array) {
    return new NativeUint8Array(typedArrayBuffer(view), typedArrayByteOffset(view), typedArrayByteLength(view));
  }
  return new NativeUint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength);
}

/** Bytes as text of an encoding, or as Buffer. */
export function decoded(bytes: Uint8Array, encoding: string | undefined): string | Buffer {
  if (encoding === 'utf8' || encoding === 'utf-8') return native.decode(bytes);
  const buffer = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
  return encoding === undefined ? buffer : buffer.toString(encoding);
}

const { read, write, create, truncate, append, exclusive } = openBits;

const flagBits: Record<string, number> = {
  __proto__: null as unknown as number,
  r: read,
  rs: read,
  'r+': read | write,
  'rs+': read | write,
  w: write | create | truncate,
  wx: write | create | truncate | exclusive,
  'w+': read | write | create | truncate,
  'wx+': read | write | create | truncate | exclusive,
  a: write | create | append,
  as: write | create | append,
  ax: write | create | append | exclusive,
  'a+': read | write | create | append,
  'as+': read | write | create | append,
  'ax+': read | write | create | append | exclusive,
};

/** `fs.constants`, with Linux' numbers. */
export const constants = {
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
  COPYFILE_EXCL: 1,
  COPYFILE_FICLONE: 2,
  COPYFILE_FICLONE_FORCE: 4,
  O_RDONLY: 0,
  O_WRONLY: 1,
  O_RDWR: 2,
  O_CREAT: 0o100,
  O_EXCL: 0o200,
  O_TRUNC: 0o1000,
  O_APPEND: 0o2000,
  O_DIRECTORY: 0o200000,
  O_NOFOLLOW: 0o400000,
  S_IFMT: 0o170000,
  S_IFREG: 0o100000,
  S_IFDIR: 0o040000,
  S_IFLNK: 0o120000,
} as const;

/** The natives' bits for a flag like 'w+' or a number of `constants`. */
export function openFlags(flag: unknown): number {
  if (typeof flag === 'number') {
    const access = flag & 3;
    let bits = access === 0 ? read : access === 1 ? write : read | write;
    if (flag & constants.O_CREAT) bits |= create;
    if (flag & constants.O_EXCL) bits |= exclusive;
    if (flag & constants.O_TRUNC) bits |= truncate;
    if (flag & constants.O_APPEND) bits |= append;
    if (flag & constants.O_DIRECTORY) bits |= openBits.directory;
    if (flag & constants.O_NOFOLLOW) bits |= openBits.noFollow;
    return bits;
  }
  const bits = typeof flag === 'string' ? flagBits[flag] : undefined;
  if (bits === undefined) throw invalidValue('flags', flag);
  return bits;
}

/** Milliseconds of a time argument: seconds, text of seconds, or a Date. */
export function timeOf(time: unknown): number {
  if (typeof time === 'number' && isFiniteNumber(time)) return time < 0 ? native.wallTime() : time * 1000;
  if (typeof time === 'string' && !isNotANumber(+time) && time !== '') return +time * 1000;
  if (native.classOf(time) === 'Date') return dateGetTime(time as Date);
  throw invalidArgument('time', 'an instance of Date or of type number or string', time);
}
