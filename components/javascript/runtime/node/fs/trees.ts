import { systemError } from '../../errors.ts';
import { fileType, native } from '../../native.ts';
import { dirname, join } from '../../path.ts';
import { arraySort, NativeUint8Array, stringLastIndexOf, stringSlice } from '../../primordials.ts';
import { absolute, encodingOf, type PathLike, pathText } from './arguments.ts';
import { rmSync } from './changes.ts';
import { named } from './links.ts';
import { check } from './result.ts';
import { Dirent } from './stats.ts';

/** The synchronous functions that list, make, move and remove entries of directories. */

interface ReaddirOptions {
  withFileTypes?: boolean;
  recursive?: boolean;
  encoding?: string | null;
}

export function readdirSync(
  path: PathLike,
  options?: ReaddirOptions | string | null,
): (string | Dirent | Uint8Array)[] {
  const text = pathText(path);
  const wanted: ReaddirOptions =
    typeof options === 'object' && options !== null ? options : { encoding: options ?? null };
  const { encoding } = wanted;
  if (encoding !== undefined && encoding !== null && encoding !== 'buffer') encodingOf(encoding);
  const found: (string | Dirent)[] = [];
  list(text, '', wanted, found);
  if (wanted.withFileTypes || !encoding || encoding === 'utf8') return found;
  return found.map((name) => named(name as string, encoding));
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
  const first = makeAll(target, text);
  return first === undefined ? undefined : asWritten(first, text);
}

/** What was made, in the words of the path that was asked for. */
function asWritten(made: string, path: string): string {
  let text = path;
  while (absolute(text) !== made) {
    const at = stringLastIndexOf(text, '/');
    if (at <= 0) return made;
    text = stringSlice(text, 0, at);
  }
  return text;
}

function makeAll(target: string, shown: string, isParent = false): string | undefined {
  const stat = native.stat(target, true);
  if (typeof stat !== 'number') {
    if (stat[0] === fileType.directory) return undefined;
    // A file in the way of a directory above is another error than one in the directory's own place.
    throw systemError(isParent ? -1 - 24 : -1 - 7, 'mkdir', shown);
  }
  const first = target === '/' ? undefined : makeAll(dirname(target), shown, true);
  check(native.makeDirectory(target), 'mkdir', shown);
  return first ?? target;
}

export function mkdtempSync(prefix: PathLike, options?: unknown): string | Uint8Array {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const bytes = new NativeUint8Array(6);
  native.random(bytes);
  let path = pathText(prefix, 'prefix');
  for (let i = 0; i < bytes.length; i++) path += letters[(bytes[i] ?? 0) % letters.length];
  const made = native.makeDirectory(absolute(path));
  if (made < 0) throw systemError(made, 'mkdtemp', `${pathText(prefix, 'prefix')}XXXXXX`);
  return named(path, options);
}

/** The same, and what takes it away again: `using` does at the end of its block. */
export function mkdtempDisposableSync(prefix: PathLike, options?: unknown): { path: unknown; remove(): void } {
  const path = mkdtempSync(prefix, options);
  const remove = (): void => rmSync(path as string, { recursive: true, force: true });
  return Object.assign({ path, remove }, { [Symbol.dispose]: remove });
}
