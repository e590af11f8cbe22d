import { invalidArgument, type NativeFailure, systemError } from '../../errors.ts';
import { fileType, native } from '../../native.ts';
import { resolveFrom } from '../../path.ts';
import { NativeUint8Array } from '../../primordials.ts';
import type { Buffer } from '../buffer.ts';
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
  timeOf,
  viewBytes,
} from './arguments.ts';
import { check } from './result.ts';
import { Stats } from './stats.ts';

/** The synchronous functions of `node:fs`; the callback and promise forms are made of these. */

function failed(result: unknown): result is NativeFailure {
  return result === undefined || (typeof result === 'number' && result < 0);
}

// ---- descriptors

function descriptor(fd: unknown): number {
  if (typeof fd !== 'number') throw invalidArgument('fd', 'of type number', fd);
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
  return standardStreams[path] ?? native.open(absolute(path), bits);
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
  const bytes = viewBytes(buffer);
  const from = options.offset ?? 0;
  const part = bytes.subarray(from, from + (options.length ?? bytes.length - from));
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
  if (typeof data === 'string') {
    const encoding = typeof lengthOrEncoding === 'string' ? lengthOrEncoding : undefined;
    return writeAll(
      descriptor(fd),
      bytesOf(data, encoding),
      typeof offsetOrPosition === 'number' ? offsetOrPosition : -1,
    );
  }
  const bytes = bytesOf(data, undefined);
  const from = typeof offsetOrPosition === 'number' ? offsetOrPosition : 0;
  const length = typeof lengthOrEncoding === 'number' ? lengthOrEncoding : bytes.length - from;
  return writeAll(descriptor(fd), bytes.subarray(from, from + length), position ?? -1);
}

export function fstatSync(fd: number): Stats {
  if (descriptor(fd) < 3) return new Stats([2, 0, 1, 0, 0, 0]);
  const stat = native.stat(fd);
  if (typeof stat === 'number') throw systemError(stat, 'fstat');
  return new Stats(stat);
}

export function ftruncateSync(fd: number, length = 0): void {
  check(native.truncate(descriptor(fd), length), 'ftruncate');
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
  const bytes = native.readFile(absolute(text));
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
  writeFileSync(target, bytes);
}

// ---- what paths are

export function existsSync(path: unknown): boolean {
  try {
    return typeof native.stat(absolute(pathText(path)), true) !== 'number';
  } catch {
    return false;
  }
}

export function accessSync(path: PathLike, _mode?: number): void {
  const text = pathText(path);
  const stat = native.stat(absolute(text), true);
  if (typeof stat === 'number') throw systemError(stat, 'access', text);
}

function statPath(path: PathLike, follow: boolean, options?: { throwIfNoEntry?: boolean }): Stats | undefined {
  const text = pathText(path);
  const stat = native.stat(absolute(text), follow);
  if (typeof stat !== 'number') return new Stats(stat);
  if (options?.throwIfNoEntry === false && stat === -1 - 20) return undefined;
  throw systemError(stat, follow ? 'stat' : 'lstat', text);
}

export function statSync(path: PathLike, options?: { throwIfNoEntry?: boolean }): Stats | undefined {
  return statPath(path, true, options);
}

export function lstatSync(path: PathLike, options?: { throwIfNoEntry?: boolean }): Stats | undefined {
  return statPath(path, false, options);
}

export function realpathSync(path: PathLike): string {
  const text = pathText(path);
  let left = absolute(text);
  let done = '';
  for (let links = 0; left !== ''; ) {
    const slash = left.indexOf('/', 1);
    const next = done + (slash < 0 ? left : left.slice(0, slash));
    left = slash < 0 ? '' : left.slice(slash);
    const stat = native.stat(next === '' ? '/' : next, false);
    if (typeof stat === 'number') throw systemError(stat, 'realpath', text);
    if (stat[0] !== fileType.symbolicLink) {
      done = next === '/' ? '' : next;
      continue;
    }
    const target = native.readLink(next);
    if (typeof target === 'number') throw systemError(target, 'realpath', text);
    if (++links > 40) throw systemError(-1 - 15, 'realpath', text);
    left = resolveFrom(done === '' ? '/' : done, target) + left;
    done = '';
  }
  return done === '' ? '/' : done;
}

export function readlinkSync(path: PathLike): string {
  const text = pathText(path);
  const target = native.readLink(absolute(text));
  if (typeof target === 'number') throw systemError(target, 'readlink', text);
  return target;
}

export function utimesSync(path: PathLike, accessed: unknown, modified: unknown): void {
  const text = pathText(path);
  check(native.setTimes(absolute(text), timeOf(accessed), timeOf(modified), true), 'utime', text);
}

export function lutimesSync(path: PathLike, accessed: unknown, modified: unknown): void {
  const text = pathText(path);
  check(native.setTimes(absolute(text), timeOf(accessed), timeOf(modified), false), 'lutime', text);
}

/** Permissions and owners do not exist here: the path is checked and nothing else is done. */
export function chmodSync(path: PathLike, _mode: unknown): void {
  const text = pathText(path);
  const stat = native.stat(absolute(text), true);
  if (typeof stat === 'number') throw systemError(stat, 'chmod', text);
}
