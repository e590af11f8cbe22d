import {
  ZStream,
  zlibDeflate,
  zlibDeflateInit2,
  zlibDeflateReset,
  zlibDeflateSetDictionary,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
  zlibInflateSetDictionary,
} from 'pako';
import { invalidArgument, outOfRange, rangeError } from '../../errors.ts';
import { define, isBufferView, NativeError, NativeUint8Array } from '../../primordials.ts';

/** One compression or decompression, in pieces: zlib itself, as the package `pako` has it. */

export type Mode = 'deflate' | 'inflate' | 'gzip' | 'gunzip' | 'deflateRaw' | 'inflateRaw' | 'unzip';

export interface ZlibOptions {
  level?: number;
  windowBits?: number;
  memLevel?: number;
  strategy?: number;
  dictionary?: ArrayBufferView | ArrayBuffer;
  chunkSize?: number;
  maxOutputLength?: number;
  flush?: number;
  finishFlush?: number;
  info?: boolean;
}

const returnCodes: Record<string, string> = {
  '2': 'Z_NEED_DICT',
  '-1': 'Z_ERRNO',
  '-2': 'Z_STREAM_ERROR',
  '-3': 'Z_DATA_ERROR',
  '-4': 'Z_MEM_ERROR',
  '-5': 'Z_BUF_ERROR',
};

const [streamEnd, needDictionary, bufferError] = [1, 2, -5];
export const finish = 4;

export function zlibError(message: string, errno: number): Error {
  const error = new NativeError(message);
  define(error, 'errno', errno);
  define(error, 'code', returnCodes[`${errno}`] ?? 'Z_ERRNO');
  return error;
}

function setting(options: ZlibOptions, name: keyof ZlibOptions, low: number, high: number, otherwise: number): number {
  const value: unknown = options[name];
  if (value === undefined || Number.isNaN(value)) return otherwise;
  if (typeof value !== 'number') throw invalidArgument(`options.${name}`, 'of type number', value);
  if (value < low || value > high) throw outOfRange(`options.${name}`, `>= ${low} and <= ${high}`, value);
  return value;
}

export function bytesOf(data: unknown, name: string): Uint8Array {
  if (isBufferView(data)) return new NativeUint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new NativeUint8Array(data);
  throw invalidArgument(name, 'an instance of Buffer, TypedArray, DataView, or ArrayBuffer', data);
}

export class Engine {
  readonly #mode: Mode;
  readonly #stream = new ZStream();
  readonly #compresses: boolean;
  readonly #chunkSize: number;
  readonly #most: number;
  readonly #dictionary: Uint8Array | undefined;
  readonly #level: number;
  #written = 0;
  #ended = false;

  constructor(mode: Mode, options: ZlibOptions) {
    this.#mode = mode;
    this.#compresses = mode === 'deflate' || mode === 'gzip' || mode === 'deflateRaw';
    this.#chunkSize = setting(options, 'chunkSize', 64, Number.POSITIVE_INFINITY, 16 << 10);
    this.#most = setting(options, 'maxOutputLength', 1, 2 ** 31 - 1, 2 ** 31 - 1);
    setting(options, 'flush', 0, 5, 0);
    setting(options, 'finishFlush', 0, 5, finish);
    const least = this.#compresses ? (mode === 'deflateRaw' ? 8 : 9) : mode === 'inflateRaw' ? 8 : 0;
    const bits = setting(options, 'windowBits', least, 15, 15);
    this.#level = setting(options, 'level', -1, 9, -1);
    const memLevel = setting(options, 'memLevel', 1, 9, 8);
    const strategy = setting(options, 'strategy', 0, 4, 0);
    if (options.dictionary !== undefined) this.#dictionary = bytesOf(options.dictionary, 'options.dictionary');
    const windowBits = windows[mode](bits === 8 && this.#compresses ? 9 : bits);
    const code = this.#compresses
      ? zlibDeflateInit2(this.#stream, this.#level, 8, windowBits, memLevel, strategy as 0)
      : zlibInflateInit2(this.#stream, windowBits);
    if (code !== 0) throw zlibError('Init error', code);
    this.#begin();
  }

  /** A dictionary is set at the start; where a header asks for it, when it has been read. */
  #begin(): void {
    if (this.#dictionary === undefined) return;
    if (this.#compresses)
      this.#check(zlibDeflateSetDictionary(this.#stream, this.#dictionary), 'Failed to set dictionary');
    else if (this.#mode === 'inflateRaw')
      this.#check(zlibInflateSetDictionary(this.#stream, this.#dictionary), 'Failed to set dictionary');
  }

  #check(code: number, message: string): void {
    if (code !== 0) throw zlibError(message, code);
  }

  get bytesWritten(): number {
    return this.#written;
  }

  get ended(): boolean {
    return this.#ended;
  }

  reset(): void {
    if (this.#compresses) zlibDeflateReset(this.#stream);
    else zlibInflateReset(this.#stream);
    this.#ended = false;
    this.#begin();
  }

  /**
   * What comes out when a piece goes in.
   *
   * @param flush one of zlib's flush values.
   * @param goesOn whether a file of gzip may follow another.
   * @throws Error with zlib's code and message, or ERR_BUFFER_TOO_LARGE.
   */
  process(input: Uint8Array, flush: number, goesOn = true): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    if (this.#ended) return pieces;
    const stream = this.#stream;
    stream.input = input;
    stream.next_in = 0;
    stream.avail_in = input.length;
    let total = 0;
    for (;;) {
      stream.output = new NativeUint8Array(this.#chunkSize);
      stream.next_out = 0;
      stream.avail_out = this.#chunkSize;
      const code = this.#step(flush);
      if (stream.next_out > 0) pieces.push(stream.output.subarray(0, stream.next_out));
      total += stream.next_out;
      if (total > this.#most)
        throw rangeError('ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${this.#most} bytes`);
      if (code === streamEnd) {
        if (goesOn && this.#beginsAnother(input)) continue;
        this.#ended = true;
        break;
      }
      if (code === needDictionary)
        throw zlibError(this.#dictionary === undefined ? 'Missing dictionary' : 'Bad dictionary', code);
      if (code < 0 && code !== bufferError) throw zlibError(stream.msg || 'Zlib error', code);
      if (stream.avail_out > 0) {
        if (code === bufferError && flush === finish) throw zlibError('unexpected end of file', bufferError);
        break;
      }
    }
    this.#written += input.length - stream.avail_in;
    if (flush === finish && !this.#ended && !this.#compresses) throw zlibError('unexpected end of file', bufferError);
    return pieces;
  }

  #step(flush: number): number {
    if (this.#compresses) return zlibDeflate(this.#stream, flush as 0);
    const code = zlibInflate(this.#stream, flush as 0);
    if (code !== needDictionary || this.#dictionary === undefined) return code;
    const set = zlibInflateSetDictionary(this.#stream, this.#dictionary);
    if (set === -3) return needDictionary;
    return set === 0 ? zlibInflate(this.#stream, flush as 0) : set;
  }

  /** Files of gzip may follow one another; what else follows one is passed over. */
  #beginsAnother(input: Uint8Array): boolean {
    const { next_in: at, avail_in: left } = this.#stream;
    if (this.#mode !== 'gunzip' && this.#mode !== 'unzip') return false;
    if (left === 0 || input[at] !== 0x1f) return false;
    zlibInflateReset(this.#stream);
    return true;
  }
}

/** How zlib is told of the format: by what is added to the bits of the window. */
const windows: Record<Mode, (bits: number) => number> = {
  deflate: (bits) => bits,
  inflate: (bits) => bits,
  gzip: (bits) => bits + 16,
  gunzip: (bits) => (bits === 0 ? 31 : bits + 16),
  deflateRaw: (bits) => -bits,
  inflateRaw: (bits) => -bits,
  unzip: (bits) => (bits === 0 ? 47 : bits + 32),
};
