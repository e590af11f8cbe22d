import { printError } from '../console/index.ts';
import { codeOf, errnoOf, type NativeFailure, wordsOf } from '../errors.ts';
import { inherits } from '../inherits.ts';
import { native, openBits } from '../native.ts';
import {
  append,
  arrayJoin,
  define,
  getOwnPropertyDescriptor,
  hasOwn,
  isArray,
  isError,
  keys,
  min,
  NativeRangeError,
  parseJson,
  stringCharCodeAt,
  stringSlice,
  toJson,
  typedArrayLength,
} from '../primordials.ts';
import { restored } from './read.ts';
import { Entries, isPlainObject, largestText, Measure, textOf, Unsaveable } from './write.ts';

/**
 * The global `_state`, which a session keeps in a file of its workspace (EXEC_PERSIST=globals). docs/SESSIONS.md
 * describes the file. DEVIATION D26: JSON in both languages.
 */

const path = '/app/.session_state.json';
const unfinished = '/app/.session_state.json.new';
const version = 1;
/** Of what could not be saved. The host reads no more of it, either. */
const mostNames = 100;
const longestName = 200;
/** Characters that are written at once, about: each write is a call of the host. */
const pieceLength = 2 ** 20;

const realm = globalThis;

/** Gives the program `_state` as the last run left it; `{}`, with a warning, if the file is not one of ours. */
export function loadState(): void {
  define(realm, '_state', storedState(), false);
}

function storedState(): object {
  const bytes = native.readFile(path);
  if (typeof bytes === 'number') return codeOf(bytes) === 'ENOENT' ? {} : startEmpty(wordsOf(errnoOf(bytes)));
  try {
    if (native.validPrefix(bytes) < typedArrayLength(bytes)) return startEmpty('it is damaged');
    const content = parseJson(native.decode(bytes)) as Record<string, unknown> | null;
    const state = content?.['state'];
    if (typeof state !== 'object' || state === null || isArray(state)) return startEmpty('it holds no state');
    if (content?.['version'] !== version) return startEmpty('it is of another version');
    if (content['language'] !== 'javascript') return startEmpty('it is of another language');
    const value = restored(state);
    return isPlainObject(value) ? value : startEmpty('it holds no state');
  } catch (error) {
    if (isOutOfMemory(error)) throw error;
    return startEmpty('it is damaged');
  }
}

function startEmpty(reason: string): object {
  printError(`golem-exec: ${path}: the state starts empty: ${reason}`);
  return {};
}

/** Without memory for an error object the engine throws null. */
function isOutOfMemory(error: unknown): boolean {
  return error === null || (isError(error) && hasOwn(error, 'message') && error.message === 'out of memory');
}

/** Saves `_state`. What goes wrong is said on the program's stderr; the file then stays as it was. */
export function saveState(): void {
  const result = writeFile(stateText());
  if (result === undefined || result < 0) {
    printError(`golem-exec: ${path}: the state of this run is not saved: ${wordsOf(errnoOf(result))}`);
  }
}

/** The file's text in pieces: a state of many megabytes is not put together. */
function stateText(): readonly string[] {
  const skipped: string[] = [];
  const pieces: string[] = [''];
  const property = getOwnPropertyDescriptor(realm, '_state');
  const state: unknown = property !== undefined && hasOwn(property, 'value') ? property.value : undefined;
  const entries = new Entries(isPlainObject(state) ? state : {});
  append(pieces, entries.open);
  if (isPlainObject(state)) addEntries(state, entries, pieces, skipped);
  else if (property !== undefined) append(skipped, '"_state"');
  append(pieces, `${entries.close}}\n`);
  pieces[0] = `{"version":${version},"language":"javascript","skipped":[${arrayJoin(skipped, ',')}],"state":`;
  return pieces;
}

function addEntries(state: object, entries: Entries, pieces: string[], skipped: string[]): void {
  const names = keys(state);
  let size = 0;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    const property = getOwnPropertyDescriptor(state, name);
    const isData = property !== undefined && hasOwn(property, 'value');
    const value: unknown = isData ? property.value : undefined;
    // Nobody expects code to be saved.
    if (typeof value === 'function') continue;
    const text = isData ? saveableText(value, largestText - size) : undefined;
    if (text !== undefined) {
      size += text.length;
      append(pieces, entries.start(name));
      append(pieces, text);
      append(pieces, entries.end);
    } else if (skipped.length < mostNames) {
      append(skipped, toJson(stringSlice(name, 0, longestName)));
    }
  }
}

/** Undefined for what cannot be saved, or has more characters than there is room for. */
function saveableText(value: unknown, room: number): string | undefined {
  try {
    new Measure().of(value, 0);
    const text = textOf(value);
    return text.length <= room ? text : undefined;
  } catch (error) {
    if (inherits(error, Unsaveable.prototype) || inherits(error, NativeRangeError.prototype)) return undefined;
    throw error;
  }
}

/** Writes the file so that the old one stays unless the new one is complete. */
function writeFile(pieces: readonly string[]): NativeFailure {
  native.unlink(unfinished);
  const fd = native.open(unfinished, openBits.write | openBits.create | openBits.exclusive);
  if (fd === undefined || fd < 0) return fd;
  let result = 0;
  let waiting = '';
  for (let i = 0; i < pieces.length && result >= 0; i++) {
    const piece = pieces[i] ?? '';
    if (piece.length < pieceLength) waiting += piece;
    if (waiting.length < pieceLength && piece.length < pieceLength && i < pieces.length - 1) continue;
    result = writeText(fd, waiting);
    if (result >= 0 && piece.length >= pieceLength) result = writeText(fd, piece);
    waiting = '';
  }
  native.close(fd);
  if (result >= 0) result = native.rename(unfinished, path);
  if (result < 0) native.unlink(unfinished);
  return result;
}

/** Of a long text no second copy is made. */
function writeText(fd: number, text: string): number {
  for (let at = 0; at < text.length; ) {
    let end = min(at + pieceLength, text.length);
    const last = stringCharCodeAt(text, end - 1);
    // Two halves of one character stay together.
    if (last >= 0xd800 && last <= 0xdbff && end < text.length) end++;
    const result = writeAll(fd, native.encode(stringSlice(text, at, end)));
    if (result < 0) return result;
    at = end;
  }
  return 0;
}

function writeAll(fd: number, bytes: Uint8Array): number {
  const size = typedArrayLength(bytes);
  for (let at = 0; at < size; ) {
    const written = native.write(fd, bytes, at, size - at, -1);
    if (written < 0) return written;
    at += written;
  }
  return 0;
}
