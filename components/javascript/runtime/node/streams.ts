import { native } from '../native.ts';
import { apply, NativePromise, NativeUint8Array } from '../primordials.ts';
import { nextTick } from '../ticks.ts';
import { setImmediate } from '../timers.ts';
import { TextDecoder } from '../web/encoding.ts';
import { Buffer } from './buffer.ts';
import { EventEmitter } from './events.ts';
import { bytesOf } from './fs/arguments.ts';

type Callback = (error?: Error | null) => void;

/** process.stdout and process.stderr: what is written is with the host at once. */
export class OutputStream extends EventEmitter {
  readonly fd: 1 | 2;
  readonly isTTY = false;
  readonly writable = true;
  readonly writableLength = 0;
  readonly writableHighWaterMark = 16384;
  writableEnded = false;

  constructor(fd: 1 | 2) {
    super();
    this.fd = fd;
  }

  write(data: string | Uint8Array, encoding?: string | Callback, callback?: Callback): boolean {
    const done = typeof encoding === 'function' ? encoding : callback;
    native.print(
      this.fd,
      typeof data === 'string' && typeof encoding !== 'string'
        ? data
        : bytesOf(data, typeof encoding === 'string' ? encoding : undefined),
    );
    if (done !== undefined) nextTick(done, null);
    return true;
  }

  end(data?: string | Uint8Array | Callback, encoding?: string | Callback, callback?: Callback): this {
    if (typeof data === 'string' || data instanceof NativeUint8Array) this.write(data, encoding);
    const done = typeof data === 'function' ? data : typeof encoding === 'function' ? encoding : callback;
    if (done !== undefined) nextTick(done);
    this.writableEnded = true;
    nextTick(() => this.emit('finish'));
    return this;
  }

  cork(): void {}
  uncork(): void {}
  getColorDepth(): number {
    return 1;
  }
  hasColors(): boolean {
    return false;
  }
}

/** Bytes that one read of stdin asks for. */
const pieceBytes = 64 << 10;

/** process.stdin: read from the host when the program asks, a piece at a time. */
export class InputStream extends EventEmitter {
  readonly fd = 0;
  readonly isTTY = false;
  readonly readable = true;
  readableEnded = false;
  #decoder: TextDecoder | undefined;
  #flowing = false;
  #scheduled = false;
  #ended = false;
  #buffered: (string | Buffer)[] = [];

  setEncoding(encoding = 'utf8'): this {
    this.#decoder = new TextDecoder(encoding);
    return this;
  }

  #next(): string | Buffer | undefined {
    const kept = this.#buffered.shift();
    if (kept !== undefined || this.#ended) return kept;
    const bytes = new NativeUint8Array(pieceBytes);
    const count = native.readStdin(bytes);
    if (count === 0) this.#ended = true;
    const piece = bytes.subarray(0, count);
    if (this.#decoder === undefined)
      return count === 0 ? undefined : Buffer.from(piece.buffer as ArrayBuffer, 0, count);
    const text = this.#decoder.decode(piece, { stream: count > 0 });
    return text === '' && count === 0 ? undefined : text;
  }

  #schedule(): void {
    if (this.#scheduled || !this.#flowing || this.readableEnded) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (!this.#flowing) return;
      const piece = this.#next();
      if (piece !== undefined) {
        this.emit('data', piece);
      } else if (!this.readableEnded) {
        this.readableEnded = true;
        this.emit('end');
        this.emit('close');
      }
      this.#schedule();
    });
  }

  #readableSoon(): void {
    setImmediate(() => {
      if (this.readableEnded) return;
      const piece = this.#next();
      if (piece !== undefined) {
        this.#buffered.push(piece);
        this.emit('readable');
        this.#readableSoon();
      } else {
        this.emit('readable');
        this.readableEnded = true;
        this.emit('end');
        this.emit('close');
      }
    });
  }

  override on(event: string | symbol, listener: (...args: never[]) => unknown): this {
    apply(EventEmitter.prototype.on, this, [event, listener]);
    if (event === 'data') this.resume();
    if (event === 'readable' && this.listenerCount('readable') === 1) this.#readableSoon();
    return this;
  }

  addListener(event: string | symbol, listener: (...args: never[]) => unknown): this {
    return this.on(event, listener);
  }

  read(): string | Buffer | null {
    return this.#next() ?? null;
  }

  resume(): this {
    this.#flowing = true;
    this.#schedule();
    return this;
  }

  pause(): this {
    this.#flowing = false;
    return this;
  }

  isPaused(): boolean {
    return !this.#flowing;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  destroy(): this {
    this.#flowing = false;
    this.readableEnded = true;
    return this;
  }

  pipe<T extends { write(data: unknown): unknown; end?(): unknown }>(target: T): T {
    this.on('data', ((piece: unknown) => target.write(piece)) as never);
    if (!(target instanceof OutputStream)) this.on('end', () => target.end?.());
    return target;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string | Buffer> {
    for (;;) {
      // Other work goes on between two pieces.
      await new NativePromise((resolve) => setImmediate(resolve));
      const piece = this.#next();
      if (piece === undefined) {
        this.readableEnded = true;
        return;
      }
      yield piece;
    }
  }
}
