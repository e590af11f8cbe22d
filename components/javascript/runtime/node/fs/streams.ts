import { invalidArgument, outOfRange } from '../../errors.ts';
import { setImmediate } from '../../immediates.ts';
import { Buffer } from '../../parts/buffer.ts';
import { FileHandle, pathText, sync } from '../../parts/fs.ts';
import { stream } from '../../parts/stream.ts';
import { define } from '../../primordials.ts';
import { nextTick } from '../../ticks.ts';
import type { Callback, Readable, Writable } from '../stream/types.ts';

/** `fs.createReadStream` and `fs.createWriteStream`. */

interface Options {
  flags?: string;
  encoding?: string;
  fd?: number | FileHandle | null;
  mode?: number;
  autoClose?: boolean;
  emitClose?: boolean;
  start?: number;
  end?: number;
  highWaterMark?: number;
  flush?: boolean;
  signal?: unknown;
}

function optionsOf(given: unknown): Options {
  if (given === undefined || given === null) return {};
  if (typeof given === 'string') return { encoding: given };
  if (typeof given !== 'object') throw invalidArgument('options', 'one of type string or object', given);
  return given;
}

function checkPosition(value: unknown, name: string): void {
  if (value === undefined) return;
  if (typeof value !== 'number') throw invalidArgument(name, 'of type number', value);
  if (value % 1 !== 0 && value !== Number.POSITIVE_INFINITY) throw outOfRange(name, 'an integer', value);
  if (value < 0) throw outOfRange(name, '>= 0 && <= 9007199254740991', value);
}

/** What both kinds of stream have: a descriptor, opened before anything else. */
interface FileStream {
  fd: number | null;
  path: string | Uint8Array | undefined;
  flags: string;
  autoClose: boolean;
  closed: boolean;
  emit(event: string, ...args: unknown[]): boolean;
}

function begin(self: FileStream, path: unknown, options: Options, flags: string): void {
  const { fd } = options;
  self.fd = fd instanceof FileHandle ? fd.fd : typeof fd === 'number' ? fd : null;
  if (self.fd === null) pathText(path);
  define(self, 'path', path);
  self.flags = options.flags ?? flags;
  self.autoClose = options.autoClose !== false;
}

function open(self: FileStream, done: Callback): void {
  if (self.fd !== null) {
    done();
    return;
  }
  try {
    self.fd = sync.openSync(self.path as string, self.flags);
  } catch (error) {
    done(error);
    return;
  }
  done();
  self.emit('open', self.fd);
  self.emit('ready');
}

function close(self: FileStream, error: unknown, done: Callback): void {
  const { fd } = self;
  self.fd = null;
  let failure = error;
  if (fd !== null && self.autoClose) {
    try {
      sync.closeSync(fd);
    } catch (thrown) {
      failure ??= thrown;
    }
  }
  done(failure);
}

const { Readable: ReadableClass, Writable: WritableClass } = stream;

export class ReadStream extends ReadableClass {
  declare fd: number | null;
  declare path: string;
  declare flags: string;
  declare autoClose: boolean;
  declare closed: boolean;
  declare destroyed: boolean;
  start: number | undefined;
  end: number;
  bytesRead = 0;
  #position: number | undefined;

  constructor(path: unknown, given?: unknown) {
    const options = optionsOf(given);
    checkPosition(options.start, 'start');
    checkPosition(options.end, 'end');
    const { start, end = Number.POSITIVE_INFINITY } = options;
    if (start !== undefined && start > end) throw outOfRange('start', `<= "end" (here: ${end})`, start);
    super({
      highWaterMark: options.highWaterMark ?? 64 << 10,
      emitClose: options.emitClose !== false,
      autoDestroy: options.autoClose !== false,
      encoding: options.encoding,
      signal: options.signal,
    });
    begin(this, path, options, 'r');
    this.start = start;
    this.end = end;
    this.#position = start;
  }

  get pending(): boolean {
    return this.fd === null;
  }

  _construct(done: Callback): void {
    open(this, done);
  }

  /** In a turn of its own, as from a disk: at once, the pieces would join before the program sees the first. */
  _read(size: number): void {
    setImmediate(() => {
      if (!this.closed && !this.destroyed) this.#readNow(size);
    });
  }

  #readNow(size: number): void {
    const left = this.#position === undefined ? this.end - this.bytesRead + 1 : this.end - this.#position + 1;
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(size, left)));
    let count = 0;
    try {
      if (bytes.length > 0) count = sync.readSync(this.fd ?? -1, bytes, 0, bytes.length, this.#position ?? null);
    } catch (error) {
      this.destroy(error);
      return;
    }
    if (this.#position !== undefined) this.#position += count;
    this.bytesRead += count;
    this.push(count === 0 ? null : bytes.subarray(0, count));
  }

  _destroy(error: unknown, done: Callback): void {
    close(this, error, done);
  }

  close(callback?: Callback): void {
    if (callback !== undefined) {
      if (this.closed) nextTick(callback);
      else this.on('close', callback as never);
    }
    this.destroy();
  }
}

export class WriteStream extends WritableClass {
  declare fd: number | null;
  declare path: string;
  declare flags: string;
  declare autoClose: boolean;
  declare closed: boolean;
  start: number | undefined;
  bytesWritten = 0;
  pos: number | undefined;

  constructor(path: unknown, given?: unknown) {
    const options = optionsOf(given);
    checkPosition(options.start, 'start');
    super({
      highWaterMark: options.highWaterMark,
      emitClose: options.emitClose !== false,
      autoDestroy: options.autoClose !== false,
      decodeStrings: true,
      signal: options.signal,
    });
    begin(this, path, options, 'w');
    this.start = options.start;
    this.pos = options.start;
    if (options.encoding)
      (this as unknown as { setDefaultEncoding(name: string): void }).setDefaultEncoding(options.encoding);
  }

  get pending(): boolean {
    return this.fd === null;
  }

  _construct(done: Callback): void {
    open(this, done);
  }

  _write(chunk: Uint8Array, _encoding: string, done: Callback): void {
    try {
      this.bytesWritten += sync.writeSync(this.fd ?? -1, chunk, 0, chunk.length, this.pos ?? null);
      if (this.pos !== undefined) this.pos += chunk.length;
    } catch (error) {
      done(error);
      return;
    }
    done();
  }

  _destroy(error: unknown, done: Callback): void {
    close(this, error, done);
  }

  close(callback?: Callback): void {
    if (callback !== undefined) {
      if (this.closed) nextTick(callback);
      else this.on('close', callback as never);
    }
    if (!this.autoClose) this.on('finish', () => this.destroy());
    this.end();
  }

  destroySoon(): this {
    return this.end();
  }
}

export const createReadStream = (path: unknown, options?: unknown): Readable => new ReadStream(path, options);
export const createWriteStream = (path: unknown, options?: unknown): Writable => new WriteStream(path, options);
