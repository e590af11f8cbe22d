import { fileType, native } from '../native.ts';
import { dirname } from '../path.ts';
import {
  mapGet,
  mapSet,
  NativeMap,
  NativeSyntaxError,
  parseJson,
  stringCharCodeAt,
  stringSlice,
  typedArrayLength,
} from '../primordials.ts';

/** What module loading asks of the file system. */

export function isFile(path: string): boolean {
  const stat = native.stat(path, true);
  return typeof stat !== 'number' && stat[0] !== fileType.directory;
}

export function isDirectory(path: string): boolean {
  const stat = native.stat(path, true);
  return typeof stat !== 'number' && stat[0] === fileType.directory;
}

/** A file that is not UTF-8 text. */
export class InvalidTextError extends NativeSyntaxError {}

/**
 * A module's text, or the native's answer where it cannot be read.
 *
 * @throws {InvalidTextError} naming the file and the offset, when it is not UTF-8.
 */
export function readSource(path: string): string | number {
  const bytes = native.readFile(path);
  if (typeof bytes === 'number') return bytes;
  const valid = native.validPrefix(bytes);
  if (valid < typedArrayLength(bytes)) throw new InvalidTextError(`${path}: not valid UTF-8 at offset ${valid}`);
  const text = native.decode(bytes);
  return text.length > 0 && stringCharCodeAt(text, 0) === 0xfeff ? stringSlice(text, 1) : text;
}

export interface PackageJson {
  /** The directory that holds it. */
  readonly directory: string;
  readonly name?: unknown;
  readonly main?: unknown;
  readonly type?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
}

const packages = new NativeMap<string, PackageJson | undefined>();

/** The package.json of a directory; undefined where there is none. */
export function packageIn(directory: string): PackageJson | undefined {
  const known = mapGet(packages, directory);
  if (known !== undefined) return known;
  const path = `${directory === '/' ? '' : directory}/package.json`;
  if (!isFile(path)) return undefined;
  const source = readSource(path);
  if (typeof source === 'number') return undefined;
  let parsed: unknown;
  try {
    parsed = parseJson(source);
  } catch {
    throw new NativeSyntaxError(`Invalid package config ${path}`);
  }
  const found: PackageJson = { ...(typeof parsed === 'object' ? parsed : {}), directory };
  mapSet(packages, directory, found);
  return found;
}

/** The package.json that governs a file: the nearest above it, none beyond a node_modules directory. */
export function packageAround(path: string): PackageJson | undefined {
  for (let at = dirname(path); ; at = dirname(at)) {
    const found = packageIn(at);
    if (found !== undefined) return found;
    if (at === '/' || stringSlice(at, -13) === '/node_modules') return undefined;
  }
}
