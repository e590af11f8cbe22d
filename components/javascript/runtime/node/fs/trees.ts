import { plainError, systemError } from '../../errors.ts';
import { fileType, native } from '../../native.ts';
import { dirname, join } from '../../path.ts';
import { arraySort, NativeUint8Array } from '../../primordials.ts';
import { absolute, type PathLike, pathText } from './arguments.ts';
import { check } from './result.ts';
import { Dirent } from './stats.ts';
import { copyFileSync, existsSync } from './sync.ts';

/** The synchronous functions that list, make, move and remove entries of directories. */

interface ReaddirOptions {
  withFileTypes?: boolean;
  recursive?: boolean;
  encoding?: string | null;
}

export function readdirSync(path: PathLike, options?: ReaddirOptions | string | null): (string | Dirent)[] {
  const text = pathText(path);
  const wanted: ReaddirOptions = typeof options === 'object' && options !== null ? options : {};
  const found: (string | Dirent)[] = [];
  list(text, '', wanted, found);
  return found;
}

function list(root: string, below: string, options: ReaddirOptions, found: (string | Dirent)[]): void {
  const directory = below === '' ? root : join(root, below);
  const flat = native.readDirectory(absolute(directory));
  if (typeof flat === 'number') throw systemError(flat, 'scandir', directory);
  const entries: [name: string, type: number][] = [];
  for (let i = 0; i < flat.length; i += 2) entries[entries.length] = [flat[i] as string, flat[i + 1] as number];
  arraySort(entries, (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  for (let i = 0; i < entries.length; i++) {
    const [name, type] = entries[i] as [string, number];
    const relative = below === '' ? name : `${below}/${name}`;
    found[found.length] = options.withFileTypes ? new Dirent(name, directory, type) : relative;
    if (options.recursive && type === fileType.directory) list(root, relative, options, found);
  }
}

export function mkdirSync(
  path: PathLike,
  options?: { recursive?: boolean } | number | string | null,
): string | undefined {
  const text = pathText(path);
  const recursive = typeof options === 'object' && options !== null && options.recursive === true;
  const target = absolute(text);
  if (!recursive) {
    check(native.makeDirectory(target), 'mkdir', text);
    return undefined;
  }
  return makeAll(target, text);
}

function makeAll(target: string, shown: string): string | undefined {
  const stat = native.stat(target, true);
  if (typeof stat !== 'number') {
    if (stat[0] === fileType.directory) return undefined;
    throw systemError(-1 - 7, 'mkdir', shown);
  }
  const first = target === '/' ? undefined : makeAll(dirname(target), shown);
  check(native.makeDirectory(target), 'mkdir', shown);
  return first ?? target;
}

export function mkdtempSync(prefix: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const bytes = new NativeUint8Array(6);
  native.random(bytes);
  let path = pathText(prefix, 'prefix');
  for (let i = 0; i < bytes.length; i++) path += letters[(bytes[i] ?? 0) % letters.length];
  mkdirSync(path);
  return path;
}

// ---- changes

export function unlinkSync(path: PathLike): void {
  const text = pathText(path);
  check(native.unlink(absolute(text)), 'unlink', text);
}

interface RemoveOptions {
  force?: boolean;
  recursive?: boolean;
}

export function rmdirSync(path: PathLike, options?: RemoveOptions): void {
  const text = pathText(path);
  if (options?.recursive) removeTree(absolute(text), text);
  else check(native.removeDirectory(absolute(text)), 'rmdir', text);
}

export function rmSync(path: PathLike, options: RemoveOptions = {}): void {
  const text = pathText(path);
  const target = absolute(text);
  const stat = native.stat(target, false);
  if (typeof stat === 'number') {
    if (options.force) return;
    throw systemError(stat, 'lstat', text);
  }
  if (stat[0] === fileType.directory && !options.recursive) {
    throw plainError('ERR_FS_EISDIR', `Path is a directory: rm returned EISDIR (is a directory) ${text}`);
  }
  removeTree(target, text);
}

function removeTree(path: string, shown: string): void {
  const stat = native.stat(path, false);
  if (typeof stat === 'number') throw systemError(stat, 'rm', shown);
  if (stat[0] !== fileType.directory) {
    check(native.unlink(path), 'unlink', shown);
    return;
  }
  const flat = native.readDirectory(path);
  if (typeof flat === 'number') throw systemError(flat, 'scandir', shown);
  for (let i = 0; i < flat.length; i += 2) removeTree(`${path === '/' ? '' : path}/${flat[i]}`, shown);
  check(native.removeDirectory(path), 'rmdir', shown);
}

export function renameSync(from: PathLike, to: PathLike): void {
  const source = pathText(from, 'oldPath');
  const target = pathText(to, 'newPath');
  check(native.rename(absolute(source), absolute(target)), 'rename', source, target);
}

export function linkSync(existing: PathLike, created: PathLike): void {
  const source = pathText(existing, 'existingPath');
  const target = pathText(created, 'newPath');
  check(native.link(absolute(source), absolute(target)), 'link', source, target);
}

export function symlinkSync(target: PathLike, path: PathLike): void {
  const text = pathText(target, 'target');
  const where = pathText(path);
  check(native.symlink(absolute(where), text), 'symlink', text, where);
}

export function cpSync(from: PathLike, to: PathLike, options: { recursive?: boolean; force?: boolean } = {}): void {
  const source = pathText(from, 'src');
  const target = pathText(to, 'dest');
  const stat = native.stat(absolute(source), false);
  if (typeof stat === 'number') throw systemError(stat, 'cp', source, target);
  if (stat[0] !== fileType.directory) {
    if (options.force !== false || !existsSync(target)) {
      mkdirSync(dirname(absolute(target)), { recursive: true });
      copyFileSync(source, target);
    }
    return;
  }
  if (!options.recursive)
    throw plainError(
      'ERR_FS_EISDIR',
      `Recursive option not enabled, cannot copy a directory: cp returned EISDIR (${source} is a directory (not copied)) ${source}`,
    );
  mkdirSync(target, { recursive: true });
  const entries = readdirSync(source) as string[];
  for (let i = 0; i < entries.length; i++)
    cpSync(join(source, entries[i] ?? ''), join(target, entries[i] ?? ''), options);
}
