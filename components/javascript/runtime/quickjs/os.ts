import { errnoOf } from '../errors.ts';
import { fileType, native, openBits } from '../native.ts';
import { process } from '../node/process.ts';
import { nodeOs } from '../parts/os.ts';
import { lazyPart } from '../parts.ts';
import { resolveFrom } from '../path.ts';
import { NativePromise, NativeUint8Array } from '../primordials.ts';
import { state } from '../state.ts';
import { clearInterval, clearTimeout, setInterval, setTimeout } from '../timers.ts';
import { pair, status } from './errors.ts';
import { randomLetters } from './names.ts';
import { refuseOfOs } from './refused.ts';

/** Of `node:fs`, which is large, and seldom wanted here. */
const fs = lazyPart<typeof import('../parts/fs.ts')>('fs');

const at = (path: unknown): string => resolveFrom(state.workingDirectory, `${path as string}`);

const flags = { O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_APPEND: 0o2000, O_CREAT: 0o100, O_EXCL: 0o200, O_TRUNC: 0o1000 };
const modes = {
  S_IFMT: 0o170000,
  S_IFIFO: 0o010000,
  S_IFCHR: 0o020000,
  S_IFDIR: 0o040000,
  S_IFBLK: 0o060000,
  S_IFREG: 0o100000,
  S_IFSOCK: 0o140000,
  S_IFLNK: 0o120000,
  S_ISGID: 0o2000,
  S_ISUID: 0o4000,
};

function openBitsOf(flag: number): number {
  const access = flag & 3;
  let bits: number = access === 0 ? openBits.read : access === 1 ? openBits.write : openBits.read | openBits.write;
  if (flag & flags.O_CREAT) bits |= openBits.create;
  if (flag & flags.O_EXCL) bits |= openBits.exclusive;
  if (flag & flags.O_TRUNC) bits |= openBits.truncate;
  if (flag & flags.O_APPEND) bits |= openBits.append;
  return bits;
}

interface Stat {
  dev: number;
  ino: number;
  mode: number;
  nlink: number;
  uid: number;
  gid: number;
  rdev: number;
  size: number;
  blocks: number;
  atime: number;
  mtime: number;
  ctime: number;
}

function statOf(path: unknown, follow: boolean): [Stat | null, number] {
  const stat = native.stat(at(path), follow);
  if (typeof stat === 'number') return [null, errnoOf(stat)];
  const [type, size, nlink, atime, mtime, ctime] = stat;
  const mode =
    type === fileType.directory
      ? modes.S_IFDIR | 0o755
      : (type === fileType.symbolicLink ? modes.S_IFLNK : modes.S_IFREG) | 0o644;
  return [
    {
      dev: 0,
      ino: 0,
      mode,
      nlink,
      uid: 1000,
      gid: 1000,
      rdev: 0,
      size,
      blocks: Math.ceil(size / 512),
      atime,
      mtime,
      ctime,
    },
    0,
  ];
}

/** The part of a buffer that `read` and `write` work on. */
function part(buffer: unknown, offset: unknown, length: unknown): Uint8Array {
  const bytes = ArrayBuffer.isView(buffer)
    ? new NativeUint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new NativeUint8Array(buffer as ArrayBuffer);
  const from = Number(offset ?? 0);
  return new NativeUint8Array(bytes.buffer, bytes.byteOffset + from, Number(length ?? bytes.length - from));
}

/** Read positions of descriptors opened here, for `seek`. */
const positions = new Map<number, number>();

export const quickjsOs: Record<string, unknown> = {
  ...flags,
  ...modes,
  SEEK_SET: 0,
  platform: 'linux',
  open(path: unknown, flag = flags.O_RDONLY): number {
    const fd = native.open(at(path), openBitsOf(flag));
    if (fd !== undefined && fd >= 0) positions.set(fd, 0);
    return status(fd);
  },
  close(fd: number): number {
    positions.delete(fd);
    return fd < 3 ? 0 : status(native.close(fd));
  },
  seek(fd: number, offset: number | bigint, whence: number): number | bigint {
    const stat = native.stat(fd);
    if (typeof stat === 'number') return status(stat);
    const base = whence === 0 ? 0 : whence === 1 ? (positions.get(fd) ?? 0) : stat[1];
    const target = base + Number(offset);
    if (target < 0) return -22;
    positions.set(fd, target);
    return typeof offset === 'bigint' ? BigInt(target) : target;
  },
  read(fd: number, buffer: unknown, offset?: unknown, length?: unknown): number {
    const into = part(buffer, offset, length);
    if (fd === 0) return native.readStdin(into);
    const position = positions.get(fd) ?? 0;
    const count = native.read(fd, into, 0, into.length, position);
    if (count > 0) positions.set(fd, position + count);
    return status(count);
  },
  write(fd: number, buffer: unknown, offset?: unknown, length?: unknown): number {
    const from = part(buffer, offset, length);
    if (fd === 1 || fd === 2) {
      native.print(fd, from);
      return from.length;
    }
    const position = positions.get(fd) ?? 0;
    const count = native.write(fd, from, 0, from.length, position);
    if (count > 0) positions.set(fd, position + count);
    return status(count);
  },
  isatty: (): boolean => false,
  remove(path: unknown): number {
    const stat = native.stat(at(path), false);
    const isDirectory = typeof stat !== 'number' && stat[0] === fileType.directory;
    return status(isDirectory ? native.removeDirectory(at(path)) : native.unlink(at(path)));
  },
  rename: (from: unknown, to: unknown): number => status(native.rename(at(from), at(to))),
  realpath(path: unknown): [string, number] {
    try {
      return [fs().realPath(`${path as string}`), 0];
    } catch (error) {
      return ['', -((error as { errno?: number }).errno ?? -5)];
    }
  },
  getcwd: (): [string, number] => [state.workingDirectory, 0],
  chdir(path: unknown): number {
    const stat = native.stat(at(path), true);
    if (typeof stat === 'number') return status(stat);
    if (stat[0] !== fileType.directory) return -20;
    state.workingDirectory = at(path);
    return 0;
  },
  mkdir: (path: unknown): number => status(native.makeDirectory(at(path))),
  stat: (path: unknown) => statOf(path, true),
  lstat: (path: unknown) => statOf(path, false),
  utimes: (path: unknown, accessed: number, modified: number): number =>
    status(native.setTimes(at(path), accessed, modified, true)),
  symlink: (target: unknown, path: unknown): number => status(native.symlink(at(path), `${target as string}`)),
  readlink: (path: unknown): [string, number] => pair<string>(native.readLink(at(path)), ''),
  readdir(path: unknown): [string[], number] {
    const flat = native.readDirectory(at(path));
    if (typeof flat === 'number') return [[], errnoOf(flat)];
    const names = ['.', '..'];
    for (let i = 0; i < flat.length; i += 2) names.push(flat[i] as string);
    return [names, 0];
  },
  setTimeout: (callback: unknown, delay: unknown) => setTimeout(callback, delay),
  clearTimeout: (timer: unknown) => clearTimeout(timer),
  setInterval: (callback: unknown, delay: unknown) => setInterval(callback, delay),
  clearInterval: (timer: unknown) => clearInterval(timer),
  ttyGetWinSize: (): null => null,
  exePath: (): string => process.execPath,
  /** The pattern ends with XXXXXX, which become letters. */
  mkdtemp(pattern: unknown = '/tmp/tmpXXXXXX'): [string, number] {
    const path = `${pattern as string}`;
    if (!path.endsWith('XXXXXX')) return ['', 22];
    const name = path.slice(0, -6) + randomLetters();
    const result = native.makeDirectory(at(name));
    return result < 0 ? ['', errnoOf(result)] : [name, 0];
  },
  sleep(milliseconds: number): void {
    native.sleep(milliseconds);
  },
  sleepAsync: (milliseconds: number) => new NativePromise<void>((resolve) => setTimeout(() => resolve(), milliseconds)),
  now: (): number => native.now(),
  getpid: (): number => 1,
};

refuseOfOs(quickjsOs);

/** The bare `os`: QuickJS's functions, and Node's where the names differ. */
export const combinedOs: Record<string, unknown> = { ...nodeOs, ...quickjsOs, platform: nodeOs['platform'] };
