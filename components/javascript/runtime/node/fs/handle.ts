import { invalidState, requireInteger } from '../../errors.ts';
import { Buffer } from '../../parts/buffer.ts';
import { EventEmitter } from '../events/index.ts';
import { use } from '../use.ts';
import { type Data, type EncodingOption, encodingOf, viewBytes } from './arguments.ts';
import { fchmodSync, fchownSync, futimesSync } from './links.ts';
import type { BigIntStats, StatOptions, Stats } from './stats.ts';
import * as sync from './sync.ts';

interface ReadOptions {
  buffer?: ArrayBufferView;
  offset?: number | null;
  length?: number | null;
  position?: number | bigint | null;
}

interface Streams {
  createReadStream(path: unknown, options: object): unknown;
  createWriteStream(path: unknown, options: object): unknown;
}

/** An open file, from `fs.promises.open`. */
export class FileHandle extends EventEmitter {
  #fd: number;

  constructor(fd: number) {
    super();
    this.#fd = fd;
  }

  get fd(): number {
    return this.#fd;
  }

  #open(syscall: string): number {
    if (this.#fd < 0) throw invalidState('file closed', syscall);
    return this.#fd;
  }

  async read(
    first?: ArrayBufferView | ReadOptions,
    second?: number | ReadOptions | null,
    length?: number | null,
    position?: number | bigint | null,
  ): Promise<{ bytesRead: number; buffer: ArrayBufferView }> {
    const fd = this.#open('read');
    let options: ReadOptions;
    if (!ArrayBuffer.isView(first)) options = first ?? {};
    else if (typeof second === 'object' && second !== null) options = { ...second, buffer: first };
    else options = { buffer: first, offset: second ?? null, length: length ?? null, position: position ?? null };
    const buffer = options.buffer ?? Buffer.alloc(16384);
    const offset = options.offset ?? 0;
    requireInteger(offset, 'offset', 0);
    const count = options.length ?? buffer.byteLength - offset;
    return { bytesRead: sync.readSync(fd, buffer, offset, count, options.position ?? null), buffer };
  }

  async readv(buffers: readonly ArrayBufferView[], position?: number | null): Promise<object> {
    return { bytesRead: sync.readvSync(this.#open('readv'), buffers, position), buffers };
  }

  async write(
    data: Data,
    offset?: unknown,
    length?: unknown,
    position?: number | null,
  ): Promise<{ bytesWritten: number; buffer: Data }> {
    return { bytesWritten: sync.writeSync(this.#open('write'), data, offset, length, position), buffer: data };
  }

  async writev(buffers: readonly ArrayBufferView[], position?: number | null): Promise<object> {
    return { bytesWritten: sync.writevSync(this.#open('writev'), buffers, position), buffers };
  }

  async readFile(options?: EncodingOption): Promise<unknown> {
    return sync.readFileSync(this.#open('read'), options);
  }

  async writeFile(data: unknown, options?: EncodingOption): Promise<void> {
    await writeAll(this.#open('write'), data, encodingOf(options));
  }

  async appendFile(data: unknown, options?: EncodingOption): Promise<void> {
    await this.writeFile(data, options);
  }

  async stat(options?: StatOptions): Promise<Stats | BigIntStats> {
    return sync.fstatSync(this.#open('fstat'), options);
  }

  async truncate(length?: number): Promise<void> {
    sync.ftruncateSync(this.#open('ftruncate'), length);
  }

  async utimes(accessed: unknown, modified: unknown): Promise<void> {
    futimesSync(this.#open('futimes'), accessed, modified);
  }

  async chmod(mode: unknown): Promise<void> {
    fchmodSync(this.#open('fchmod'), mode);
  }

  async chown(user: number, group: number): Promise<void> {
    fchownSync(this.#open('fchown'), user, group);
  }

  async sync(): Promise<void> {
    this.#open('fsync');
  }

  async datasync(): Promise<void> {
    this.#open('fdatasync');
  }

  createReadStream(options?: object): unknown {
    return use<Streams>('fs').createReadStream('', { ...options, fd: this });
  }

  createWriteStream(options?: object): unknown {
    return use<Streams>('fs').createWriteStream('', { ...options, fd: this });
  }

  readLines(options?: object): unknown {
    const { createInterface } = use<{ createInterface(options: object): unknown }>('readline');
    return createInterface({ input: this.createReadStream(options), crlfDelay: Number.POSITIVE_INFINITY });
  }

  readableWebStream(): unknown {
    const { Readable } = use<{ Readable: { toWeb(stream: unknown): unknown } }>('stream');
    return Readable.toWeb(this.createReadStream({ autoClose: false }));
  }

  async close(): Promise<void> {
    const fd = this.#fd;
    this.#fd = -1;
    if (fd < 0) return;
    sync.closeSync(fd);
    this.emit('close');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** Writes text, bytes, or what an iterable or a stream gives of them. */
export async function writeAll(fd: number, data: unknown, encoding: string | undefined): Promise<void> {
  const source = data as Partial<AsyncIterable<Data> & Iterable<Data>>;
  const isIterable = typeof data === 'object' && data !== null && !ArrayBuffer.isView(data);
  if (isIterable && (source[Symbol.asyncIterator] !== undefined || source[Symbol.iterator] !== undefined)) {
    for await (const piece of source as AsyncIterable<Data>)
      sync.writeSync(fd, typeof piece === 'string' ? Buffer.from(piece, encoding) : viewBytes(piece));
  } else sync.writeFileSync(fd, data as Data, encoding);
}
