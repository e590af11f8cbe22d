import { invalidArgument } from './errors.ts';
import {
  append,
  arrayJoin,
  stringCharCodeAt,
  stringEndsWith,
  stringIndexOf,
  stringLastIndexOf,
  stringSlice,
} from './primordials.ts';

/** POSIX paths, as `node:path`. The working directory comes from whoever resolves against it. */

const slash = 47;

function check(path: unknown, name: string): asserts path is string {
  if (typeof path !== 'string') throw invalidArgument(name, 'of type string', path);
}

/** Splits at `/`, without a method that programs could replace. */
export function segments(path: string): string[] {
  const result: string[] = [];
  let from = 0;
  for (;;) {
    const at = stringIndexOf(path, '/', from);
    append(result, at < 0 ? stringSlice(path, from) : stringSlice(path, from, at));
    if (at < 0) return result;
    from = at + 1;
  }
}

export function isAbsolute(path: string): boolean {
  check(path, 'path');
  return path.length > 0 && stringCharCodeAt(path, 0) === slash;
}

/** Takes `.`, `..` and empty segments out; `..` above a relative path's start stays. */
function reduce(path: string, absolute: boolean): string {
  const kept: string[] = [];
  const parts = segments(path);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    if (part === '' || part === '.') continue;
    if (part !== '..') append(kept, part);
    else if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.length--;
    else if (!absolute) append(kept, part);
  }
  return arrayJoin(kept, '/');
}

export function normalize(path: string): string {
  check(path, 'path');
  if (path === '') return '.';
  const absolute = isAbsolute(path);
  let result = reduce(path, absolute);
  if (result === '' && !absolute) result = '.';
  if (result !== '' && stringEndsWith(path, '/')) result += '/';
  return absolute ? `/${result}` : result;
}

export function join(...paths: string[]): string {
  let joined = '';
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i];
    check(path, 'path');
    if (path !== '') joined = joined === '' ? path : `${joined}/${path}`;
  }
  return joined === '' ? '.' : normalize(joined);
}

/** Absolute, normalised, without a slash at the end. */
export function resolveFrom(base: string, path: string): string {
  const whole = isAbsolute(path) ? path : `${base}/${path}`;
  // Most paths are so already; those with names that begin with a dot take the longer way, too.
  const plain = stringIndexOf(whole, '/.') < 0 && stringIndexOf(whole, '//') < 0 && !stringEndsWith(whole, '/');
  return plain && isAbsolute(whole) ? whole : `/${reduce(whole, true)}`;
}

export function dirname(path: string): string {
  check(path, 'path');
  let end = path.length;
  while (end > 1 && stringCharCodeAt(path, end - 1) === slash) end--;
  const at = stringLastIndexOf(stringSlice(path, 0, end), '/');
  if (at < 0) return '.';
  if (at === 1 && stringCharCodeAt(path, 0) === slash) return '//';
  end = at;
  while (end > 0 && stringCharCodeAt(path, end - 1) === slash) end--;
  return end === 0 ? '/' : stringSlice(path, 0, end);
}

export function basename(path: string, suffix?: string): string {
  check(path, 'path');
  let end = path.length;
  while (end > 0 && stringCharCodeAt(path, end - 1) === slash) end--;
  if (suffix === path) return '';
  const base = stringSlice(path, stringLastIndexOf(stringSlice(path, 0, end), '/') + 1, end);
  if (suffix !== undefined) check(suffix, 'suffix');
  const cut = suffix !== undefined && suffix !== '' && base !== suffix && stringEndsWith(base, suffix);
  return cut ? stringSlice(base, 0, base.length - suffix.length) : base;
}

export function extname(path: string): string {
  const base = basename(path);
  const dot = stringLastIndexOf(base, '.');
  return dot <= 0 || base === '..' ? '' : stringSlice(base, dot);
}

export function relativeFrom(base: string, from: string, to: string): string {
  check(from, 'from');
  check(to, 'to');
  const source = segments(resolveFrom(base, from));
  const target = segments(resolveFrom(base, to));
  if (source[source.length - 1] === '') source.length--;
  if (target[target.length - 1] === '') target.length--;
  let same = 0;
  while (same < source.length && same < target.length && source[same] === target[same]) same++;
  const result: string[] = [];
  for (let i = same; i < source.length; i++) append(result, '..');
  for (let i = same; i < target.length; i++) append(result, target[i] ?? '');
  return arrayJoin(result, '/');
}

export interface ParsedPath {
  root: string;
  dir: string;
  base: string;
  ext: string;
  name: string;
}

export function parse(path: string): ParsedPath {
  const root = isAbsolute(path) ? '/' : '';
  const base = basename(path);
  const ext = extname(path);
  const dir = base === path ? '' : dirname(path);
  return {
    root,
    dir: dir === '.' && !stringEndsWith(path, '/') && path[0] !== '.' ? '' : dir,
    base,
    ext,
    name: stringSlice(base, 0, base.length - ext.length),
  };
}

export function format(path: Partial<ParsedPath>): string {
  const ext = path.ext ?? '';
  const base = path.base || `${path.name ?? ''}${ext === '' || ext[0] === '.' ? ext : `.${ext}`}`;
  const dir = path.dir || path.root;
  if (!dir) return base;
  return dir === path.root ? `${dir}${base}` : `${dir}/${base}`;
}
