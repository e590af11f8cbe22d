import { dirname } from '../path.ts';
import { min, stringIndexOf, stringSlice, stringStartsWith } from '../primordials.ts';
import { state } from '../state.ts';
import { fromFileUrl, toFileUrl } from '../web/file-url.ts';

/**
 * What a module is known by: the absolute path of its file, a `file:` URL where a query or a fragment makes it another
 * module of the same file, a `data:` URL, or the name of a built-in module.
 */

export function isPath(id: string): boolean {
  return stringStartsWith(id, '/');
}

/** The file of a module; undefined for one that has none. */
export function pathOf(id: string): string | undefined {
  if (isPath(id)) return id;
  return stringStartsWith(id, 'file:') ? fromFileUrl(id) : undefined;
}

export function urlOf(id: string): string {
  return isPath(id) ? toFileUrl(id) : id;
}

/** The id of a file that is imported with a query or a fragment (`?x`, `#y`), or without one. */
export function idOf(path: string, suffix: string): string {
  return suffix === '' ? path : toFileUrl(path) + suffix;
}

/** The folder that a module's specifiers start from. */
export function folderOf(id: string): string {
  const path = pathOf(id);
  return path === undefined ? state.workingDirectory : dirname(path);
}

/** Divides a specifier before its query or fragment. */
export function divide(specifier: string): [path: string, suffix: string] {
  const query = stringIndexOf(specifier, '?');
  const hash = stringIndexOf(specifier, '#');
  const at = query < 0 ? hash : hash < 0 ? query : min(query, hash);
  return at < 0 ? [specifier, ''] : [stringSlice(specifier, 0, at), stringSlice(specifier, at)];
}
