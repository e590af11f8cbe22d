import { systemError } from '../../errors.ts';
import { fileType, native } from '../../native.ts';
import { resolveFrom } from '../../path.ts';
import { absolute, decoded, encodingOf, type PathLike, pathText, timeOf } from './arguments.ts';
import { check } from './result.ts';
import { descriptor } from './sync.ts';

/** The synchronous functions for links, times and what else a path has besides its content. */

/** A path of an answer, in the encoding asked for. */
export function named(path: string, options: unknown): string | Uint8Array {
  const wanted =
    typeof options === 'object' && options !== null ? (options as { encoding?: unknown }).encoding : options;
  if (wanted === undefined || wanted === null || wanted === 'utf8') return path;
  return decoded(native.encode(path), wanted === 'buffer' ? undefined : encodingOf(wanted));
}

export function realpathSync(path: PathLike, options?: unknown): string | Uint8Array {
  return named(realPath(path), options);
}

export function realPath(path: PathLike): string {
  const text = pathText(path);
  let left = absolute(text);
  let done = '';
  for (let links = 0; left !== ''; ) {
    const slash = left.indexOf('/', 1);
    const next = done + (slash < 0 ? left : left.slice(0, slash));
    left = slash < 0 ? '' : left.slice(slash);
    const stat = native.stat(next === '' ? '/' : next, false);
    if (typeof stat === 'number') throw systemError(stat, 'lstat', next === '' ? '/' : next);
    if (stat[0] !== fileType.symbolicLink) {
      done = next === '/' ? '' : next;
      continue;
    }
    const target = native.readLink(next);
    if (typeof target === 'number') throw systemError(target, 'realpath', text);
    if (++links > 40) throw systemError(-1 - 15, 'realpath', text);
    left = resolveFrom(done === '' ? '/' : done, target) + left;
    done = '';
  }
  return done === '' ? '/' : done;
}

export function readlinkSync(path: PathLike, options?: unknown): string | Uint8Array {
  const text = pathText(path);
  const target = native.readLink(absolute(text));
  if (typeof target === 'number') throw systemError(target, 'readlink', text);
  return named(target, options);
}

export function utimesSync(path: PathLike, accessed: unknown, modified: unknown): void {
  const text = pathText(path);
  check(native.setTimes(absolute(text), timeOf(accessed), timeOf(modified), true), 'utime', text);
}

export function lutimesSync(path: PathLike, accessed: unknown, modified: unknown): void {
  const text = pathText(path);
  check(native.setTimes(absolute(text), timeOf(accessed), timeOf(modified), false), 'lutime', text);
}

export function futimesSync(fd: number, accessed: unknown, modified: unknown): void {
  check(native.setTimes(descriptor(fd), timeOf(accessed), timeOf(modified), true), 'futime');
}

/** Permissions and owners do not exist here: the path is checked and nothing else is done. */
function touched(syscall: string, follow: boolean): (path: PathLike, ...rest: unknown[]) => void {
  return (path) => {
    const text = pathText(path);
    const stat = native.stat(absolute(text), follow);
    if (typeof stat === 'number') throw systemError(stat, syscall, text);
  };
}

function touchedOpen(syscall: string): (fd: number, ...rest: unknown[]) => void {
  return (fd) => {
    if (descriptor(fd) < 3) return;
    const stat = native.stat(fd);
    if (typeof stat === 'number') throw systemError(stat, syscall);
  };
}

export const chmodSync = touched('chmod', true);
export const lchmodSync = touched('lchmod', false);
export const chownSync = touched('chown', true);
export const lchownSync = touched('lchown', false);
export const fchmodSync = touchedOpen('fchmod');
export const fchownSync = touchedOpen('fchown');

/** What is left of the workspace is not for programs to know: a large and empty disk. */
export function statfsSync(path: PathLike, options?: { bigint?: boolean }): Record<string, number | bigint> {
  const text = pathText(path);
  const stat = native.stat(absolute(text), true);
  if (typeof stat === 'number') throw systemError(stat, 'statfs', text);
  const blocks = 2 ** 20;
  const numbers = {
    type: 0x01021994,
    bsize: 4096,
    frsize: 4096,
    blocks,
    bfree: blocks,
    bavail: blocks,
    files: blocks,
    ffree: blocks,
  };
  if (!options?.bigint) return numbers;
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, BigInt(value)]));
}
