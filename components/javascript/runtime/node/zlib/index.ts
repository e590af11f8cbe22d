import { invalidArgument, plainError, requireFunction, requireInteger } from '../../errors.ts';
import { setImmediate } from '../../immediates.ts';
import { Buffer } from '../../parts/buffer.ts';
import { stream } from '../../parts/stream.ts';
import { apply, define } from '../../primordials.ts';
import { refused } from '../refuse.ts';
import type { Callback } from '../stream/types.ts';
import { codes, constants } from './constants.ts';
import { bytesOf, Engine, finish, type Mode, type ZlibOptions } from './engine.ts';

/** `node:zlib`: gzip, deflate and their kin at once, with a callback, and as streams. */

const kinds = 'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer';

function inputOf(data: unknown): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  try {
    return bytesOf(data, 'buffer');
  } catch {
    throw invalidArgument('buffer', kinds, data);
  }
}

function atOnce(mode: Mode, data: unknown, options: ZlibOptions = {}): unknown {
  const input = inputOf(data);
  const engine = new Engine(mode, options);
  const result = Buffer.concat(engine.process(input, options.finishFlush ?? finish));
  return options.info ? { buffer: result, engine } : result;
}

const fullFlush = Buffer.alloc(0);

/** A stream of one mode. Each is a class of its own, as in Node. */
class Zlib extends stream.Transform {
  readonly #engine: Engine;
  readonly #flush: number;
  readonly #finishFlush: number;
  /** Flushes that wait their turn among the pieces. */
  readonly #flushes = new Map<unknown, number>();

  constructor(mode: Mode, options: ZlibOptions = {}) {
    super({ ...options, autoDestroy: true, highWaterMark: undefined });
    this.#engine = new Engine(mode, options);
    this.#flush = options.flush ?? 0;
    this.#finishFlush = options.finishFlush ?? finish;
  }

  get bytesWritten(): number {
    return this.#engine.bytesWritten;
  }

  #process(input: Uint8Array, flush: number, done: Callback): void {
    let pieces: Uint8Array[];
    try {
      pieces = this.#engine.process(input, flush);
    } catch (error) {
      done(error);
      return;
    }
    for (const piece of pieces) this.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
    done();
  }

  _transform(chunk: Uint8Array, _encoding: string, done: Callback): void {
    const flush = this.#flushes.get(chunk);
    this.#flushes.delete(chunk);
    this.#process(chunk, flush ?? this.#flush, done);
  }

  _flush(done: Callback): void {
    if (this.#engine.ended) done();
    else this.#process(fullFlush, this.#finishFlush, done);
  }

  flush(kind: number | Callback = 3, callback?: Callback): void {
    const done = typeof kind === 'function' ? kind : callback;
    // An empty piece of its own, so that what was written before comes out first.
    const marker = Buffer.alloc(0);
    this.#flushes.set(marker, typeof kind === 'number' ? kind : 3);
    this.write(marker, done ?? (() => undefined));
  }

  reset(): void {
    this.#engine.reset();
  }

  params(_level: number, _strategy: number, callback: Callback): void {
    callback(plainError('ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'zlib.params is not available: make a new stream.'));
  }

  close(callback?: Callback): void {
    if (callback !== undefined) this.once('close', callback as never);
    this.destroy();
  }
}

export const zlib: Record<string, unknown> = { constants, codes };
for (const name of Object.keys(constants)) if (name.startsWith('Z_')) define(zlib, name, constants[name], false);

for (const [Name, mode] of [
  ['Deflate', 'deflate'],
  ['Inflate', 'inflate'],
  ['Gzip', 'gzip'],
  ['Gunzip', 'gunzip'],
  ['DeflateRaw', 'deflateRaw'],
  ['InflateRaw', 'inflateRaw'],
  ['Unzip', 'unzip'],
] as const) {
  class OfMode extends Zlib {
    constructor(options?: ZlibOptions) {
      super(mode, options);
    }
  }
  define(OfMode, 'name', Name, false);
  zlib[Name] = OfMode;
  zlib[`create${Name}`] = (options?: ZlibOptions) => new OfMode(options);
  zlib[`${mode}Sync`] = (data: unknown, options?: ZlibOptions) => atOnce(mode, data, options);
  zlib[mode] = (data: unknown, options: unknown, callback?: unknown): void => {
    const done = typeof options === 'function' ? options : callback;
    requireFunction(done, 'callback');
    const input = inputOf(data);
    let outcome: unknown[];
    try {
      outcome = [null, atOnce(mode, input, typeof options === 'object' && options !== null ? options : {})];
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'ERR_OUT_OF_RANGE' || code === 'ERR_INVALID_ARG_TYPE') throw error;
      outcome = [error];
    }
    setImmediate(() => apply(done, undefined, outcome as never[]));
  };
}

const table: number[] = [];
for (let i = 0; i < 256; i++) {
  let value = i;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  table.push(value);
}

zlib['crc32'] = (data: unknown, start: unknown = 0): number => {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data))
    throw invalidArgument('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  requireInteger(start, 'value', 0, 2 ** 32 - 1);
  let value = ~start;
  for (const byte of inputOf(data)) value = ((table[(value ^ byte) & 255] ?? 0) ^ (value >>> 8)) | 0;
  return ~value >>> 0;
};

for (const format of ['Brotli', 'Zstd']) {
  const lower = format.toLowerCase();
  for (const action of ['Compress', 'Decompress']) {
    for (const name of [`create${format}${action}`, `${lower}${action}`, `${lower}${action}Sync`]) {
      zlib[name] = refused(
        name,
        `zlib.${name} is not available: this runtime has gzip and deflate. Use zlib.gzip or zlib.gunzip instead.`,
      );
    }
  }
}
