import { fileType, native } from '../native.ts';
import { dirname, resolveFrom } from '../path.ts';
import { mapGet, mapSet, NativeMap, NativeSyntaxError, stringLastIndexOf, stringSlice } from '../primordials.ts';

/** What module loading asks of the file system. */

export function isFile(path: string): boolean {
  const stat = native.stat(path, true);
  return typeof stat !== 'number' && stat[0] !== fileType.directory;
}

export function isDirectory(path: string): boolean {
  const stat = native.stat(path, true);
  return typeof stat !== 'number' && stat[0] === fileType.directory;
}

/** Folders and where they really are. */
let folders = new NativeMap<string, string>();

/** Forgets where folders are: another run may find other links. */
export function forgetFolders(): void {
  folders = new NativeMap();
}

/** Links that one path may hold, as on Linux. */
const mostLinks = 40;

/** The path of a file with all links followed; the path itself where that cannot be found out. */
export function realPath(path: string, links = 0): string {
  if (path === '/' || links > mostLinks) return path;
  const folder = dirname(path);
  let real = mapGet(folders, folder);
  if (real === undefined) {
    real = realPath(folder, links);
    mapSet(folders, folder, real);
  }
  const here = `${real === '/' ? '' : real}${stringSlice(path, stringLastIndexOf(path, '/'))}`;
  const target = native.readLink(here);
  return typeof target === 'number' ? here : realPath(resolveFrom(real, target), links + 1);
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
  const text = native.decodeStrictly(bytes);
  if (typeof text === 'number') throw new InvalidTextError(`${path}: not valid UTF-8 at offset ${text}`);
  return text.length > 0 && text[0] === '\ufeff' ? stringSlice(text, 1) : text;
}
