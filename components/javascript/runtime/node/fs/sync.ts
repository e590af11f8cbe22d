import { invalidArgument, type NativeFailure, outOfRange, requireInteger, systemError } from '../../errors.ts';
import { fileType, type NativeStat, native, openBits } from '../../native.ts';
import type { Buffer } from '../../parts/buffer.ts';
import { isBufferView, NativeUint8Array, stringEndsWith } from '../../primordials.ts';
import {
  absolute,
  bytesOf,
  constants,
  type Data,
  decoded,
  type EncodingOption,
  encodingOf,
  openFlags,
  type PathLike,
  pathText,
  viewBytes,
} from './arguments.ts';
import { check } from './result.ts';
import { BigIntStats, type StatOptions, Stats } from './stats.ts';

/** The synchronous functions of `node:fs`; the callback and promise forms are made of these. */

function failed(result: unknown): result is NativeFailure {
  return result === undefined || (typeof result === 'number' && result < 0);
}

// ---- descriptors

export function descriptor(fd: unknown): number {
  requireInteger(fd, 'fd', 0, 2 ** 31 - 1);
  return fd;
}

export function openSync(path: PathLike, flags: string | number = 'r', _mode?: unknown): number {
  const text = pathText(path);
  const fd = openPath(text, openFlags(flags));
  if (failed(fd)) throw systemError(fd, 'open', text);
  return fd as number;
}

/** `/dev/stdin` and its kind are no files here, but programs name them. */
const standardStreams: Record<string, number> = {
  __proto__: null as unknown as number,
  '/dev/stdin': 0,
  '/dev/stdout': 1,
  '/dev/stderr': 2,
};

function openPath(path: string, bits: number): number | undefined {
  const standard = standardStreams[path];
  if (standard !== undefined) return standard;
  if (stringEndsWith(path, '/')) {
    if (bits & openBits.create) return -1 - 14; // EISDIR: no file has such a name
    const stat = statText(path, true);
    if (typeof stat === 'number') return stat;
  }
  return native.open(absolute(path), bits);
}

/** What a path names. One that ends with a slash names a directory, behind a link as well. */
function statText(path: string, follow: boolean): NativeStat | number {
  const isDirectory = stringEndsWith(path, '/');
  const stat = native.stat(absolute(path), follow || isDirectory);
  if (isDirectory && typeof stat !== 'number' && stat[0] !== fileType.directory) return -1 - 24; // ENOTDIR
  return stat;
}

export function closeSync(fd: number): void {
  if (descriptor(fd) > 2) check(native.close(fd), 'close');
}

function readInto(fd: number, bytes: Uint8Array, position: number): number {
  return fd === 0 ? native.readStdin(bytes) : native.read(fd, bytes, 0, bytes.length, position);
}

interface ReadOptions {
  offset?: number;
  length?: number;
  position?: number | bigint | null;
}

export function readSync(
  fd: number,
  buffer: ArrayBufferView,
  offset: number | ReadOptions | null = 0,
  length?: number,
  position?: number | bigint | null,
): number {
  const options: ReadOptions = typeof offset === 'object' && offset !== null ? offset : { offset: offset ?? 0 };
  if (length !== undefined) options.length = length;
  if (position !== undefined) options.position = position;
  if (!isBufferView(buffer)) throw invalidArgument('buffer', 'an instance of Buffer, TypedArray, or DataView', buffer);
  descriptor(fd);
  const bytes = viewBytes(buffer);
  const from = options.offset ?? 0;
  requireInteger(from, 'offset', 0);
  if (from > bytes.length) throw outOfRange('offset', `>= 0 && <= ${bytes.length}`, from);
  const wanted = options.length ?? bytes.length - from;
  requireInteger(wanted, 'length', 0);
  if (wanted > bytes.length - from) throw outOfRange('length', `<= ${bytes.length - from}`, wanted);
  if (wanted === 0) return 0;
  const part = bytes.subarray(from, from + wanted);
  const at = options.position === null || options.position === undefined ? -1 : Number(options.position);
  const count = readInto(descriptor(fd), part, at);
  check(count, 'read');
  return count;
}

function writeAll(fd: number, bytes: Uint8Array, position: number): number {
  if (fd === 1 || fd === 2) {
    native.print(fd, bytes);
    return bytes.length;
  }
  let written = 0;
  while (written < bytes.length) {
    const count = native.write(fd, bytes, written, bytes.length - written, position < 0 ? -1 : position + written);
    check(count, 'write');
    written += count;
  }
  return written;
}

export function writeSync(
  fd: number,
  data: Data,
  offsetOrPosition?: unknown,
  lengthOrEncoding?: unknown,
  position?: number | null,
): number {
  descriptor(fd);
  if (typeof data !== 'string' && !isBufferView(data))
    throw invalidArgument('buffer', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  if (typeof data === 'string') {
    const encoding = typeof lengthOrEncoding === 'string' ? lengthOrEncoding : undefined;
    return writeAll(
      descriptor(fd),
      bytesOf(data, encoding),
      typeof offsetOrPosition === 'number' ? offsetOrPosition : -1,
    );
  }
  const bytes = bytesOf(data, undefined);
  const options = (typeof offsetOrPosition === 'object' ? offsetOrPosition : null) as ReadOptions | null;
  const from = options?.offset ?? (typeof offsetOrPosition === 'number' ? offsetOrPosition : 0);
  const length = options?.length ?? (typeof lengthOrEncoding === 'number' ? lengthOrEncoding : bytes.length - from);
  requireInteger(from, 'offset', 0);
  if (from > bytes.length) throw outOfRange('offset', `<= ${bytes.length}`, from);
  requireInteger(length, 'length', 0);
  if (length > bytes.length - from) throw outOfRange('length', `<= ${bytes.length - from}`, length);
  return writeAll(descriptor(fd), bytes.subarray(from, from + length), Number(options?.position ?? position ?? -1));
}

/** Stats of what a native answered, in the form that the options ask for. */
function statsOf(stat: NativeStat, options: StatOptions | null | undefined): Stats | BigIntStats {
  return options?.bigint ? new BigIntStats(stat) : new Stats(stat);
}

export function fstatSync(fd: number, options?: StatOptions): Stats | BigIntStats {
  if (descriptor(fd) < 3) return statsOf([2, 0, 1, 0, 0, 0], options);
  const stat = native.stat(fd);
  if (typeof stat === 'number') throw systemError(stat, 'fstat');
  return statsOf(stat, options);
}

export function ftruncateSync(fd: number, given?: number | null): void {
  const length = given ?? 0;
  requireInteger(length, 'len');
  check(native.truncate(descriptor(fd), Math.max(length, 0)), 'ftruncate');
}

export function readvSync(fd: number, views: readonly ArrayBufferView[], position?: number | null): number {
  let total = 0;
  for (let i = 0; i < views.length; i++) {
    const view = views[i] as ArrayBufferView;
    const at = typeof position === 'number' ? position + total : null;
    const count = readSync(fd, view, 0, view.byteLength, at);
    total += count;
    if (count < view.byteLength) break;
  }
  return total;
}

export function writevSync(fd: number, views: readonly ArrayBufferView[], position?: number | null): number {
  let total = 0;
  for (let i = 0; i < views.length; i++) {
    const bytes = viewBytes(views[i] as ArrayBufferView);
    total += writeAll(descriptor(fd), bytes, typeof position === 'number' ? position + total : -1);
  }
  return total;
}

export const fsyncSync = (fd: number): void => void descriptor(fd);
export const fdatasyncSync = (fd: number): void => void descriptor(fd);

// ---- whole files

function readDescriptor(fd: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const part = new NativeUint8Array(64 << 10);
    const count = readInto(fd, part, -1);
    check(count, 'read');
    if (count === 0) break;
    parts[parts.length] = part.subarray(0, count);
    size += count;
  }
  const all = new NativeUint8Array(size);
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as Uint8Array;
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function readFileSync(path: PathLike | number, options?: EncodingOption): string | Buffer {
  const encoding = encodingOf(options);
  const text = typeof path === 'number' ? '' : pathText(path);
  const standard = standardStreams[text];
  if (typeof path === 'number' || standard !== undefined) {
    return decoded(readDescriptor(typeof path === 'number' ? path : (standard ?? 0)), encoding);
  }
  const place = stringEndsWith(text, '/') ? statText(text, true) : 0;
  const bytes = typeof place === 'number' && place < 0 ? place : native.readFile(absolute(text));
  if (typeof bytes === 'number')
    throw systemError(bytes, codeIsDirectory(bytes) ? 'read' : 'open', codeIsDirectory(bytes) ? undefined : text);
  return decoded(bytes, encoding);
}

function codeIsDirectory(failure: number): boolean {
  return failure === -1 - 14; // EISDIR: Node opens a directory and fails at reading it
}

function writeWhole(path: PathLike | number, data: unknown, options: unknown, flag: string): void {
  const given = typeof options === 'object' && options !== null ? (options as { flag?: string }).flag : undefined;
  const bytes = bytesOf(data, encodingOf(options));
  if (typeof path === 'number') {
    writeAll(path, bytes, -1);
    return;
  }
  const fd = openSync(path, given ?? flag);
  try {
    writeAll(fd, bytes, -1);
  } finally {
    closeSync(fd);
  }
}

export function writeFileSync(path: PathLike | number, data: Data, options?: EncodingOption): void {
  writeWhole(path, data, options, 'w');
}

export function appendFileSync(path: PathLike | number, data: Data, options?: EncodingOption): void {
  writeWhole(path, data, options, 'a');
}

export function truncateSync(path: PathLike, length = 0): void {
  const fd = openSync(path, 'r+');
  try {
    ftruncateSync(fd, length);
  } finally {
    closeSync(fd);
  }
}

export function copyFileSync(from: PathLike, to: PathLike, mode = 0): void {
  const source = pathText(from, 'src');
  const target = pathText(to, 'dest');
  const bytes = native.readFile(absolute(source));
  if (typeof bytes === 'number') throw systemError(bytes, 'copyfile', source, target);
  if (mode & constants.COPYFILE_EXCL && existsSync(target)) throw systemError(-1 - 7, 'copyfile', source, target);
  const fd = openPath(target, openFlags('w'));
  if (failed(fd)) throw systemError(fd, 'copyfile', source, target);
  try {
    writeAll(fd as number, bytes, -1);
  } finally {
    closeSync(fd as number);
  }
}

// ---- what paths are

export function existsSync(path: unknown): boolean {
  try {
    return typeof statText(pathText(path), true) !== 'number';
  } catch {
    return false;
  }
}

export function accessSync(path: PathLike, mode: number = constants.F_OK): void {
  const text = pathText(path);
  const stat = statText(text, true);
  if (typeof stat === 'number') throw systemError(stat, 'access', text);
  // No file can be executed here.
  if (mode & constants.X_OK && stat[0] !== fileType.directory) throw systemError(-1, 'access', text);
}

function statPath(path: PathLike, follow: boolean, options?: StatOptions | null): Stats | BigIntStats | undefined {
  const text = pathText(path);
  const stat = statText(text, follow);
  if (typeof stat !== 'number') return statsOf(stat, options);
  if (options?.throwIfNoEntry === false && (stat === -1 - 20 || stat === -1 - 24)) return undefined;
  throw systemError(stat, follow ? 'stat' : 'lstat', text);
}

export function statSync(path: PathLike, options?: StatOptions | null): Stats | BigIntStats | undefined {
  return statPath(path, true, options);
}

export function lstatSync(path: PathLike, options?: StatOptions | null): Stats | BigIntStats | undefined {
  return statPath(path, false, options);
}
