import { invalidValue, systemError } from '../../errors.ts';
import { fileType, native } from '../../native.ts';
import { stringEndsWith } from '../../primordials.ts';
import { absolute, type PathLike, pathText } from './arguments.ts';
import { copyError } from './copy.ts';
import { check } from './result.ts';

/** The synchronous functions that move, link and remove. */

export function unlinkSync(path: PathLike): void {
  const text = pathText(path);
  const target = absolute(text);
  if (stringEndsWith(text, '/')) {
    // The name of a directory: the file of that name is not meant.
    const stat = native.stat(target, false);
    if (typeof stat !== 'number' && stat[0] !== fileType.directory) throw systemError(-1 - 24, 'unlink', text);
  }
  check(native.unlink(target), 'unlink', text);
}

interface RemoveOptions {
  force?: boolean;
  recursive?: boolean;
}

export function rmdirSync(path: PathLike, options?: RemoveOptions): void {
  const text = pathText(path);
  if (options?.recursive !== undefined)
    throw invalidValue('options.recursive', options.recursive, 'is no longer supported');
  check(native.removeDirectory(absolute(text)), 'rmdir', text);
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
    throw copyError('ERR_FS_EISDIR', 'Path is a directory', 'rm', 'EISDIR', 'is a directory', text);
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
