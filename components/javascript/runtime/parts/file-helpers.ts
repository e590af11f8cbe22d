/**
 * Files in one line each: `readJson`, `writeText`, … The same functions, results and messages as Python's
 * `read_json`, `write_text`, … Paths are absolute or relative to the working directory; text is UTF-8.
 */
import { type NativeFailure, systemError, typeError } from '../errors.ts';
import { fileType, native, openBits } from '../native.ts';
import { dirname, resolveFrom } from '../path.ts';
import {
  append,
  arraySort,
  define,
  errorStack,
  min,
  NativeSyntaxError,
  parseJson,
  regExpExec,
  stringCharCodeAt,
  stringCodePointAt,
  stringEndsWith,
  stringIncludes,
  stringIndexOf,
  stringSlice,
  toJson,
  typedArrayLength,
} from '../primordials.ts';
import { state } from '../state.ts';

function pathOf(path: unknown, helper: string): string {
  if (typeof path !== 'string')
    throw typeError('ERR_INVALID_ARG_TYPE', `${helper}: expected a path, not ${typeof path}`);
  if (stringIncludes(path, '\0')) throw typeError('ERR_INVALID_ARG_VALUE', `${helper}: the path holds a NUL character`);
  return path;
}

function textOf(text: unknown, helper: string, instead = ''): string {
  if (typeof text === 'string') return text;
  throw typeError('ERR_INVALID_ARG_TYPE', `${helper}: expected text, not ${typeof text}${instead}`);
}

/** An empty path is no file, and not the working directory. */
const at = (path: string): string => (path === '' ? '' : resolveFrom(state.workingDirectory, path));

function failed(result: unknown): result is NativeFailure {
  return result === undefined || (typeof result === 'number' && result < 0);
}

/** The native's answer that says so: -1 - code of wasi:filesystem's error-code. */
function failureOf(code: 'EISDIR' | 'ENOENT'): number {
  return code === 'EISDIR' ? -15 : -21;
}

function isFolder(absolute: string): boolean {
  const stat = native.stat(absolute, true);
  return typeof stat !== 'number' && stat[0] === fileType.directory;
}

function readBytes(path: string): Uint8Array {
  const absolute = at(path);
  const bytes = absolute === '' ? failureOf('ENOENT') : native.readFile(absolute);
  if (typeof bytes === 'number') throw systemError(isFolder(absolute) ? failureOf('EISDIR') : bytes, 'open', path);
  return bytes;
}

function readUtf8(path: string): string {
  const bytes = readBytes(path);
  const valid = native.validPrefix(bytes);
  if (valid < typedArrayLength(bytes))
    throw typeError('ERR_ENCODING_INVALID_ENCODED_DATA', `${path}: not valid UTF-8 at offset ${valid}`);
  return native.decode(bytes);
}

function makeFolders(folder: string, shown: string): void {
  const stat = native.stat(folder, true);
  if (typeof stat !== 'number') return;
  if (folder !== '/') makeFolders(dirname(folder), shown);
  const result = native.makeDirectory(folder);
  if (result < 0) throw systemError(result, 'mkdir', shown);
}

function writeBytes(path: string, bytes: Uint8Array, bits: number): void {
  const absolute = at(path);
  if (absolute === '') throw systemError(failureOf('ENOENT'), 'open', path);
  if (stringEndsWith(path, '/') || isFolder(absolute)) throw systemError(failureOf('EISDIR'), 'open', path);
  makeFolders(dirname(absolute), path);
  const fd = native.open(absolute, openBits.write | openBits.create | bits);
  if (failed(fd)) throw systemError(fd, 'open', path);
  try {
    const length = typedArrayLength(bytes);
    for (let written = 0; written < length; ) {
      const count = native.write(fd as number, bytes, written, length - written, -1);
      if (count < 0) throw systemError(count, 'write', path);
      written += count;
    }
  } finally {
    native.close(fd as number);
  }
}

/** The text of a file, its byte order mark included. @throws {TypeError} that names the offset, when it is not UTF-8. */
export function readText(path: unknown): string {
  return readUtf8(pathOf(path, 'readText'));
}

/** Makes the file, and the folders above it, or replaces what it holds. */
export function writeText(path: unknown, text: unknown): void {
  writeBytes(
    pathOf(path, 'writeText'),
    native.encode(textOf(text, 'writeText', '; writeJson takes other values')),
    openBits.truncate,
  );
}

/** Writes behind what the file holds, or makes it. */
export function appendText(path: unknown, text: unknown): void {
  writeBytes(pathOf(path, 'appendText'), native.encode(textOf(text, 'appendText')), openBits.append);
}

/** The lines of a file without their ends, `\n` or `\r\n`. */
export function readLines(path: unknown): string[] {
  const text = readUtf8(pathOf(path, 'readLines'));
  const lines: string[] = [];
  for (let from = 0; from < text.length; ) {
    const found = stringIndexOf(text, '\n', from);
    const end = found < 0 ? text.length : found;
    const hasReturn = found > from && stringCharCodeAt(text, end - 1) === 13;
    append(lines, stringSlice(text, from, hasReturn ? end - 1 : end));
    from = end + 1;
  }
  return lines;
}

/** The place that the engine's parser puts into the error's stack. */
const place = /<input>:(\d+):(\d+)/;

/** What the parser says of a token, and the token, if it can be shown. */
const token = /^(Unexpected token)( '[^\p{Cc}]{1,2}')?/u;

/** The parser's words, without the place and the text around it that some of them hold. */
function reasonOf(error: unknown): string {
  const message = `${(error as Error).message}`;
  const at = stringIndexOf(message, ' in JSON at position ');
  if (at >= 0) return stringSlice(message, 0, at);
  const found = regExpExec(token, message);
  return found === null ? message : `${found[1]}${found[2] ?? ''}`;
}

/** @throws {SyntaxError} that names the file and the place. */
export function readJson(path: unknown): unknown {
  const name = pathOf(path, 'readJson');
  const text = readUtf8(name);
  try {
    return parseJson(text);
  } catch (error) {
    const found = regExpExec(place, `${errorStack(error as Error)}`);
    const where = found === null ? '' : `: line ${found[1]} column ${found[2]}`;
    const wrong = new NativeSyntaxError(`${name} is not valid JSON: ${reasonOf(error)}${where}`);
    define(wrong, 'cause', error, false);
    throw wrong;
  }
}

/** Makes the file, and the folders above it. Nothing is written when the value has no JSON. */
export function writeJson(path: unknown, value: unknown, indent: unknown = 2): void {
  const name = pathOf(path, 'writeJson');
  const text = toJson(value, null, indent as number) as string | undefined;
  if (text === undefined)
    throw typeError('ERR_INVALID_ARG_VALUE', `writeJson: a value of type ${typeof value} has no JSON`);
  writeBytes(name, native.encode(`${text}\n`), openBits.truncate);
}

/** Characters, not UTF-16 units, in order: as Python sorts. */
function byCharacters(one: string, other: string): number {
  const length = min(one.length, other.length);
  for (let i = 0; i < length; i++) {
    if (stringCharCodeAt(one, i) === stringCharCodeAt(other, i)) continue;
    return (stringCodePointAt(one, i) ?? 0) - (stringCodePointAt(other, i) ?? 0);
  }
  return one.length - other.length;
}

/** The names of the files and folders in a folder, sorted. */
export function listFiles(folder: unknown = '.'): string[] {
  const path = pathOf(folder, 'listFiles');
  const absolute = at(path);
  const flat = absolute === '' ? failureOf('ENOENT') : native.readDirectory(absolute);
  if (typeof flat === 'number') throw systemError(flat, 'scandir', path);
  const names: string[] = [];
  for (let i = 0; i < flat.length; i += 2) append(names, flat[i] as string);
  return arraySort(names, byCharacters);
}

/** Whether there is a file or a folder. */
export function fileExists(path: unknown): boolean {
  const absolute = at(pathOf(path, 'fileExists'));
  return absolute !== '' && typeof native.stat(absolute, true) !== 'number';
}

/** In bytes. */
export function fileSize(path: unknown): number {
  const name = pathOf(path, 'fileSize');
  const absolute = at(name);
  const stat = absolute === '' ? failureOf('ENOENT') : native.stat(absolute, true);
  if (typeof stat === 'number') throw systemError(stat, 'stat', name);
  if (stat[0] === fileType.directory) throw systemError(failureOf('EISDIR'), 'stat', name);
  return stat[1];
}

/** Makes the folders above the copy; what stood there is replaced. */
export function copyFile(from: unknown, to: unknown): void {
  const source = pathOf(from, 'copyFile');
  const target = pathOf(to, 'copyFile');
  writeBytes(target, readBytes(source), openBits.truncate);
}

/** @throws for a folder, and where nothing is. */
export function removeFile(path: unknown): void {
  const name = pathOf(path, 'removeFile');
  const absolute = at(name);
  const stat = absolute === '' ? failureOf('ENOENT') : native.stat(absolute, false);
  const isDirectory = typeof stat !== 'number' && stat[0] === fileType.directory;
  const result = typeof stat === 'number' ? stat : isDirectory ? failureOf('EISDIR') : native.unlink(absolute);
  if (result < 0) throw systemError(result, 'unlink', name);
}
