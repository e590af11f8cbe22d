import { plainError, systemError } from '../../errors.ts';
import { setImmediate } from '../../immediates.ts';
import { native } from '../../native.ts';
import { NativePromise } from '../../primordials.ts';
import { absolute, type PathLike, pathText } from './arguments.ts';
import type { Dirent } from './stats.ts';
import { readdirSync } from './trees.ts';

interface DirOptions {
  recursive?: boolean;
}

type Callback = (error: unknown, entry?: Dirent | null) => void;

/** An open directory, from `fs.opendir`: its entries one after the other, as they were when it was opened. */
export class Dir {
  readonly #path: string;
  readonly #entries: Dirent[];
  #next = 0;
  #closed = false;

  constructor(path: string, options: DirOptions) {
    this.#path = path;
    this.#entries = readdirSync(path, { ...options, withFileTypes: true }) as Dirent[];
  }

  get path(): string {
    return this.#path;
  }

  #check(): void {
    if (this.#closed) throw plainError('ERR_DIR_CLOSED', 'Directory handle was closed');
  }

  readSync(): Dirent | null {
    this.#check();
    return this.#entries[this.#next++] ?? null;
  }

  read(callback?: Callback): Promise<Dirent | null> | undefined {
    if (callback === undefined) return new NativePromise((resolve) => resolve(this.readSync()));
    this.#check();
    const entry = this.readSync();
    setImmediate(() => callback(null, entry));
    return undefined;
  }

  closeSync(): void {
    this.#check();
    this.#closed = true;
  }

  close(callback?: Callback): Promise<void> | undefined {
    if (callback === undefined) return new NativePromise((resolve) => resolve(this.closeSync()));
    this.closeSync();
    setImmediate(() => callback(null));
    return undefined;
  }

  async *entries(): AsyncGenerator<Dirent> {
    try {
      for (let entry = this.readSync(); entry !== null; entry = this.readSync()) yield entry;
    } finally {
      if (!this.#closed) this.closeSync();
    }
  }

  [Symbol.asyncIterator](): AsyncGenerator<Dirent> {
    return this.entries();
  }

  [Symbol.dispose](): void {
    if (!this.#closed) this.closeSync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this[Symbol.dispose]();
  }
}

export function opendirSync(path: PathLike, options: DirOptions = {}): Dir {
  const text = pathText(path);
  const flat = native.readDirectory(absolute(text));
  if (typeof flat === 'number') throw systemError(flat, 'opendir', text);
  return new Dir(text, options);
}
