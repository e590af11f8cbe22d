import { fileType, type NativeStat } from '../../native.ts';
import { NativeDate } from '../../primordials.ts';

const typeBits: Record<number, number> = {
  [fileType.directory]: 0o040000,
  [fileType.symbolicLink]: 0o120000,
  [fileType.regularFile]: 0o100000,
};

/** What stat answers. Owner, group and permissions do not exist here; they are those of an ordinary file. */
export class Stats {
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
  atime: Date;
  mtime: Date;
  ctime: Date;
  birthtime: Date;

  constructor(stat: NativeStat) {
    const [type, size, links, accessed, modified, changed] = stat;
    this.mode = (typeBits[type] ?? 0o020000) | (type === fileType.directory ? 0o755 : 0o644);
    this.nlink = links;
    this.size = size;
    this.blocks = Math.ceil(size / 512);
    this.atimeMs = accessed;
    this.mtimeMs = modified;
    this.ctimeMs = changed;
    this.birthtimeMs = changed;
    this.atime = new NativeDate(accessed);
    this.mtime = new NativeDate(modified);
    this.ctime = new NativeDate(changed);
    this.birthtime = new NativeDate(changed);
  }

  isDirectory(): boolean {
    return (this.mode & 0o170000) === 0o040000;
  }
  isFile(): boolean {
    return (this.mode & 0o170000) === 0o100000;
  }
  isSymbolicLink(): boolean {
    return (this.mode & 0o170000) === 0o120000;
  }
  isBlockDevice(): boolean {
    return false;
  }
  isCharacterDevice(): boolean {
    return (this.mode & 0o170000) === 0o020000;
  }
  isFIFO(): boolean {
    return false;
  }
  isSocket(): boolean {
    return false;
  }
}

/** An entry of a directory, from `readdir` with `withFileTypes`. */
export class Dirent {
  name: string;
  parentPath: string;
  readonly #type: number;

  constructor(name: string, parentPath: string, type: number) {
    this.name = name;
    this.parentPath = parentPath;
    this.#type = type;
  }

  get path(): string {
    return this.parentPath;
  }
  isDirectory(): boolean {
    return this.#type === fileType.directory;
  }
  isFile(): boolean {
    return this.#type === fileType.regularFile;
  }
  isSymbolicLink(): boolean {
    return this.#type === fileType.symbolicLink;
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
