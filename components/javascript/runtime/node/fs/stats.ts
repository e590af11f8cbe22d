import { fileType, type NativeStat } from '../../native.ts';
import { define, floor, NativeDate, toBigInt } from '../../primordials.ts';

const typeBits: Record<number, number> = {
  [fileType.directory]: 0o040000,
  [fileType.symbolicLink]: 0o120000,
  [fileType.regularFile]: 0o100000,
};

export interface StatOptions {
  bigint?: boolean;
  throwIfNoEntry?: boolean;
}

/** What `mode` says. */
abstract class Kinds {
  abstract readonly mode: number | bigint;

  isDirectory(): boolean {
    return kindOf(this.mode) === 0o040000;
  }
  isFile(): boolean {
    return kindOf(this.mode) === 0o100000;
  }
  isBlockDevice(): boolean {
    return false;
  }
  isCharacterDevice(): boolean {
    return kindOf(this.mode) === 0o020000;
  }
  isSymbolicLink(): boolean {
    return kindOf(this.mode) === 0o120000;
  }
  isFIFO(): boolean {
    return false;
  }
  isSocket(): boolean {
    return false;
  }
}

function kindOf(mode: number | bigint): number {
  return Number(mode) & 0o170000;
}

/** What stat answers. Owner, group and permissions do not exist here; they are those of an ordinary file. */
export class Stats extends Kinds {
  dev = 0;
  mode: number;
  nlink: number;
  uid = 1000;
  gid = 1000;
  rdev = 0;
  blksize = 4096;
  ino = 0;
  size: number;
  blocks: number;
  atimeMs: number;
  mtimeMs: number;
  ctimeMs: number;
  birthtimeMs: number;

  constructor(stat: NativeStat) {
    super();
    const [type, size, links, accessed, modified, changed] = stat;
    this.mode = (typeBits[type] ?? 0o020000) | (type === fileType.directory ? 0o755 : 0o644);
    this.nlink = links;
    this.size = size;
    this.blocks = Math.ceil(size / 512);
    this.atimeMs = accessed;
    this.mtimeMs = modified;
    this.ctimeMs = changed;
    this.birthtimeMs = changed;
  }
}

/** The same with `bigint: true`, and times in nanoseconds. */
export class BigIntStats extends Kinds {
  dev = 0n;
  mode: bigint;
  nlink: bigint;
  uid = 1000n;
  gid = 1000n;
  rdev = 0n;
  blksize = 4096n;
  ino = 0n;
  size: bigint;
  blocks: bigint;
  atimeMs: bigint;
  mtimeMs: bigint;
  ctimeMs: bigint;
  birthtimeMs: bigint;
  atimeNs: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
  birthtimeNs: bigint;

  constructor(stat: NativeStat) {
    super();
    const plain = new Stats(stat);
    this.mode = toBigInt(plain.mode);
    this.nlink = toBigInt(plain.nlink);
    this.size = toBigInt(plain.size);
    this.blocks = toBigInt(plain.blocks);
    this.atimeMs = toBigInt(floor(plain.atimeMs));
    this.mtimeMs = toBigInt(floor(plain.mtimeMs));
    this.ctimeMs = toBigInt(floor(plain.ctimeMs));
    this.birthtimeMs = this.ctimeMs;
    this.atimeNs = nanoseconds(plain.atimeMs);
    this.mtimeNs = nanoseconds(plain.mtimeMs);
    this.ctimeNs = nanoseconds(plain.ctimeMs);
    this.birthtimeNs = this.ctimeNs;
  }
}

function nanoseconds(milliseconds: number): bigint {
  const whole = floor(milliseconds);
  return toBigInt(whole) * 1_000_000n + toBigInt(floor((milliseconds - whole) * 1e6));
}

// The dates are made when they are read.
for (const Class of [Stats, BigIntStats]) {
  for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) {
    Reflect.defineProperty(Class.prototype, name, {
      get(this: Record<string, number | bigint>) {
        const date = new NativeDate(Number(this[`${name}Ms`]));
        define(this, name, date);
        return date;
      },
      set(this: object, value: unknown) {
        define(this, name, value);
      },
      enumerable: true,
      configurable: true,
    });
  }
}

/** libuv's numbers, which Node shows. */
const uvType: Record<number, number> = {
  [fileType.regularFile]: 1,
  [fileType.directory]: 2,
  [fileType.symbolicLink]: 3,
};
const typeKey: unique symbol = Symbol('type') as never;

/** An entry of a directory, from `readdir` with `withFileTypes`. */
export class Dirent {
  name: string;
  parentPath: string;
  readonly [typeKey]: number;

  constructor(name: string, parentPath: string, type: number) {
    this.name = name;
    this.parentPath = parentPath;
    this[typeKey] = uvType[type] ?? 0;
  }

  isDirectory(): boolean {
    return this[typeKey] === 2;
  }
  isFile(): boolean {
    return this[typeKey] === 1;
  }
  isSymbolicLink(): boolean {
    return this[typeKey] === 3;
  }
  isBlockDevice(): boolean {
    return false;
  }
  isCharacterDevice(): boolean {
    return false;
  }
  isFIFO(): boolean {
    return false;
  }
  isSocket(): boolean {
    return false;
  }
}
