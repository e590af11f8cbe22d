import { requireObject, requireString } from '../../errors.ts';
import { state } from '../../state.ts';

/** `path.win32`: paths with drives, shares and backslashes, for programs that handle them as text. */

function isSeparator(letter: string | undefined): boolean {
  return letter === '\\' || letter === '/';
}

interface Root {
  /** `C:`, `\\server\share`, or nothing. */
  readonly device: string;
  /** Whether a separator follows, which makes the path absolute. */
  readonly isAbsolute: boolean;
  /** Where the path's own parts begin. */
  readonly end: number;
}

function rootOf(path: string): Root {
  if (isSeparator(path[0])) {
    const share = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/.exec(path);
    if (share === null) return { device: '', isAbsolute: true, end: 1 };
    const end = share[0].length;
    return { device: `\\\\${share[1]}\\${share[2]}`, isAbsolute: true, end: isSeparator(path[end]) ? end + 1 : end };
  }
  if (/^[a-zA-Z]:/.test(path)) {
    const absolute = isSeparator(path[2]);
    return { device: path.slice(0, 2), isAbsolute: absolute, end: absolute ? 3 : 2 };
  }
  return { device: '', isAbsolute: false, end: 0 };
}

function reduce(path: string, isAbsolute: boolean): string {
  const kept: string[] = [];
  for (const part of path.split(/[\\/]+/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
    else if (!isAbsolute) kept.push(part);
  }
  return kept.join('\\');
}

function normalize(path: string): string {
  requireString(path, 'path');
  if (path === '') return '.';
  if (path.length === 1) return isSeparator(path) ? '\\' : path;
  const { device, isAbsolute, end } = rootOf(path);
  let tail = reduce(path.slice(end), isAbsolute);
  if (tail === '' && !isAbsolute) tail = '.';
  if (tail !== '' && isSeparator(path[path.length - 1])) tail += '\\';
  return `${device}${isAbsolute ? '\\' : ''}${tail}`;
}

function resolve(...paths: string[]): string {
  let device = '';
  let tail = '';
  let absolute = false;
  for (let i = paths.length - 1; i >= -1 && !(absolute && device !== ''); i--) {
    const path = i >= 0 ? paths[i] : `${device}${state.workingDirectory}`;
    requireString(path, `paths[${i}]`);
    if (path === '') continue;
    const root = rootOf(path);
    if (root.device !== '') {
      if (device !== '' && root.device.toLowerCase() !== device.toLowerCase()) continue;
      device ||= root.device;
    }
    if (absolute) {
      if (device !== '') break;
    } else {
      tail = `${path.slice(root.end)}\\${tail}`;
      absolute = root.isAbsolute;
    }
  }
  return `${device}${absolute ? '\\' : ''}${reduce(tail, absolute)}` || '.';
}

function join(...paths: string[]): string {
  for (const path of paths) requireString(path, 'path');
  const given = paths.filter((path) => path !== '');
  if (given.length === 0) return '.';
  let joined = given.join('\\');
  // Two separators in front mean a share only where the first path has them.
  if (!/^[\\/]{2}[^\\/]/.test(given[0] ?? '')) joined = joined.replace(/^[\\/]{2,}/, '\\');
  return normalize(joined);
}

function relative(from: string, to: string): string {
  requireString(from, 'from');
  requireString(to, 'to');
  if (from === to) return '';
  const [source, target] = [resolve(from), resolve(to)];
  if (source.toLowerCase() === target.toLowerCase()) return '';
  const sources = source.split('\\').filter(Boolean);
  const targets = target.split('\\').filter(Boolean);
  let same = 0;
  while (
    same < sources.length &&
    same < targets.length &&
    sources[same]?.toLowerCase() === targets[same]?.toLowerCase()
  )
    same++;
  if (same === 0) return target;
  return [...sources.slice(same).map(() => '..'), ...targets.slice(same)].join('\\');
}

/** Where the last part begins and ends, without separators after it. */
function lastPart(path: string, start: number): [from: number, to: number] {
  let to = path.length;
  while (to > start && isSeparator(path[to - 1])) to--;
  let from = to;
  while (from > start && !isSeparator(path[from - 1])) from--;
  return [from, to];
}

function dirname(path: string): string {
  requireString(path, 'path');
  if (path === '') return '.';
  const { end, isAbsolute, device } = rootOf(path);
  const [from] = lastPart(path, end);
  let stop = from;
  while (stop > end && isSeparator(path[stop - 1])) stop--;
  if (stop > 0) return path.slice(0, stop);
  return isAbsolute || device !== '' ? path.slice(0, end) : '.';
}

function basename(path: string, suffix?: string): string {
  if (suffix !== undefined) requireString(suffix, 'suffix');
  requireString(path, 'path');
  const drive = /^[a-zA-Z]:/.test(path) ? 2 : 0;
  const base = path.slice(...lastPart(path, drive));
  const cut = suffix !== undefined && suffix !== '' && base !== suffix && base.endsWith(suffix);
  return cut ? base.slice(0, base.length - suffix.length) : base;
}

function extname(path: string): string {
  requireString(path, 'path');
  const base = basename(path);
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? '' : base.slice(dot);
}

interface ParsedPath {
  root: string;
  dir: string;
  base: string;
  ext: string;
  name: string;
}

function parse(path: string): ParsedPath {
  requireString(path, 'path');
  const { end } = rootOf(path);
  const [from, to] = lastPart(path, end);
  const base = path.slice(from, to);
  const ext = extname(base);
  let stop = from;
  while (stop > end && isSeparator(path[stop - 1])) stop--;
  return {
    root: path.slice(0, end),
    dir: path.slice(0, stop),
    base,
    ext,
    name: base.slice(0, base.length - ext.length),
  };
}

function format(path: Partial<ParsedPath>): string {
  requireObject(path, 'pathObject');
  const dir = path.dir || path.root;
  const ext = path.ext ?? '';
  const base = path.base || `${path.name ?? ''}${ext === '' || ext[0] === '.' ? ext : `.${ext}`}`;
  if (!dir) return base;
  return dir === path.root ? `${dir}${base}` : `${dir}\\${base}`;
}

function toNamespacedPath(path: unknown): unknown {
  if (typeof path !== 'string' || path === '') return path;
  const resolved = resolve(path);
  if (/^\\\\[^?.]/.test(resolved)) return `\\\\?\\UNC\\${resolved.slice(2)}`;
  return /^[a-zA-Z]:\\/.test(resolved) ? `\\\\?\\${resolved}` : path;
}

export const windowsPath = {
  sep: '\\',
  delimiter: ';',
  resolve,
  normalize,
  isAbsolute(path: string): boolean {
    requireString(path, 'path');
    return rootOf(path).isAbsolute;
  },
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format,
  parse,
};
