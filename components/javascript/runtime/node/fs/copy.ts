import { errnoTable, systemError } from '../../errors.ts';
import { fileType, native } from '../../native.ts';
import { basename, dirname, join, resolveFrom } from '../../path.ts';
import { define, NativeError } from '../../primordials.ts';
import { absolute, type PathLike, pathText } from './arguments.ts';
import { lutimesSync, utimesSync } from './links.ts';
import { check } from './result.ts';
import { copyFileSync } from './sync.ts';
import { mkdirSync } from './trees.ts';

/** `fs.cp`: copies of files and of whole directories. */

interface CopyOptions {
  recursive?: boolean;
  force?: boolean;
  errorOnExist?: boolean;
  dereference?: boolean;
  preserveTimestamps?: boolean;
  verbatimSymlinks?: boolean;
  mode?: number;
  filter?(source: string, target: string): unknown;
}

/** Node's SystemError: a sentence, and the call that failed with its reason. */
export function copyError(
  code: string,
  sentence: string,
  syscall: string,
  reason: string,
  words: string,
  path: string,
): Error {
  const error = new NativeError(`${sentence}: ${syscall} returned ${reason} (${words}) ${path}`);
  define(error, 'name', 'SystemError', false);
  define(error, 'code', code);
  define(error, 'info', { errno: errnoTable()[reason], code: reason, message: words, path, syscall });
  define(error, 'errno', errnoTable()[reason]);
  define(error, 'syscall', syscall);
  define(error, 'path', path);
  return error;
}

export function cpSync(from: PathLike, to: PathLike, options: CopyOptions = {}): void {
  copyEntry(pathText(from, 'src'), pathText(to, 'dest'), options);
}

function copyEntry(source: string, target: string, options: CopyOptions): void {
  if (options.filter !== undefined && !options.filter(source, target)) return;
  const stat = native.stat(absolute(source), options.dereference === true);
  if (typeof stat === 'number') throw systemError(stat, 'lstat', source);
  const present = native.stat(absolute(target), options.dereference === true);
  const there = typeof present === 'number' ? undefined : present[0];
  const isDirectory = stat[0] === fileType.directory;
  if (isDirectory && !options.recursive)
    throw copyError(
      'ERR_FS_EISDIR',
      'Recursive option not enabled, cannot copy a directory',
      'cp',
      'EISDIR',
      `Recursive option not enabled, cannot copy a directory: ${source}`,
      source,
    );
  if (isDirectory && there !== undefined && there !== fileType.directory)
    throw copyError(
      'ERR_FS_CP_DIR_TO_NON_DIR',
      'Cannot overwrite non-directory with directory',
      'cp',
      'EISDIR',
      `cannot overwrite non-directory ${target} with directory ${source}`,
      target,
    );
  if (!isDirectory && there === fileType.directory)
    throw copyError(
      'ERR_FS_CP_NON_DIR_TO_DIR',
      'Cannot overwrite directory with non-directory',
      'cp',
      'ENOTDIR',
      `cannot overwrite directory ${target} with non-directory ${source}`,
      target,
    );
  if (absolute(source) === absolute(target))
    throw copyError(
      'ERR_FS_CP_EINVAL',
      'Invalid src or dest',
      'cp',
      'EINVAL',
      'src and dest cannot be the same',
      target,
    );
  if (isDirectory) copyDirectory(source, target, options);
  else copyLeaf(source, target, stat[0], there !== undefined, options);
  if (options.preserveTimestamps) {
    const set = stat[0] === fileType.symbolicLink ? lutimesSync : utimesSync;
    set(target, stat[3] / 1000, stat[4] / 1000);
  }
}

function copyDirectory(source: string, target: string, options: CopyOptions): void {
  if (`${absolute(target)}/`.startsWith(`${absolute(source)}/`))
    throw copyError(
      'ERR_FS_CP_EINVAL',
      'Invalid src or dest',
      'cp',
      'EINVAL',
      `cannot copy ${source} to a subdirectory of self ${target}`,
      target,
    );
  const flat = native.readDirectory(absolute(source));
  if (typeof flat === 'number') throw systemError(flat, 'scandir', source);
  mkdirSync(target, { recursive: true });
  for (let i = 0; i < flat.length; i += 2)
    copyEntry(join(source, flat[i] as string), join(target, flat[i] as string), options);
}

function copyLeaf(source: string, target: string, type: number, there: boolean, options: CopyOptions): void {
  if (there && options.force === false) {
    if (options.errorOnExist)
      throw copyError('ERR_FS_CP_EEXIST', 'Target already exists', 'cp', 'EEXIST', `${target} already exists`, target);
    return;
  }
  mkdirSync(dirname(absolute(target)), { recursive: true });
  if (type !== fileType.symbolicLink) {
    copyFileSync(source, target, options.mode);
    return;
  }
  const link = native.readLink(absolute(source));
  if (typeof link === 'number') throw systemError(link, 'readlink', source);
  if (there) check(native.unlink(absolute(target)), 'unlink', target);
  const text = options.verbatimSymlinks ? link : resolveFrom(dirname(absolute(source)), link);
  check(native.symlink(absolute(target), text), 'symlink', text, join(dirname(target), basename(target)));
}
