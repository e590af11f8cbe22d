import { kMaxLength, Buffer as Polyfill, SlowBuffer } from 'buffer/index.js';
import { native } from '../native.ts';
import { NativeUint8Array } from '../primordials.ts';
import { registerNode } from './registry.ts';

/** Node's Buffer; text of UTF-8 goes through the engine's own conversion. */
export interface Buffer extends Uint8Array {
  toString(encoding?: string, start?: number, end?: number): string;
  write(text: string, offset?: number, length?: number, encoding?: string): number;
}

interface BufferConstructor {
  from(data: string, encoding?: string): Buffer;
  from(data: ArrayBuffer, offset?: number, length?: number): Buffer;
  from(data: ArrayLike<number> | Iterable<number>): Buffer;
  alloc(size: number, fill?: unknown, encoding?: string): Buffer;
  concat(list: readonly Uint8Array[], length?: number): Buffer;
  isBuffer(value: unknown): value is Buffer;
  isEncoding(encoding: string): boolean;
  byteLength(data: unknown, encoding?: string): number;
  prototype: Buffer;
}

export const Buffer = Polyfill as unknown as BufferConstructor;

type From = (this: BufferConstructor, data: unknown, ...rest: unknown[]) => Buffer;
const from = Buffer.from as From;
const bufferText = Buffer.prototype.toString;

function isUtf8(encoding: unknown): boolean {
  return encoding === undefined || encoding === 'utf8' || encoding === 'utf-8';
}

(Buffer as { from: unknown }).from = function bufferFrom(data: never, ...rest: never[]): Buffer {
  if (typeof data === 'string' && isUtf8(rest[0])) {
    const bytes = native.encode(data);
    return from.call(Buffer, bytes.buffer as ArrayBuffer, 0, bytes.length);
  }
  return from.call(Buffer, data, ...rest);
};

Buffer.prototype.toString = function bufferToString(
  this: Buffer,
  encoding?: string,
  start?: number,
  end?: number,
): string {
  if (isUtf8(encoding) && this instanceof NativeUint8Array) {
    const whole = start === undefined && end === undefined;
    return native.decode(whole ? this : NativeUint8Array.prototype.subarray.call(this, start ?? 0, end ?? this.length));
  }
  return bufferText.call(this, encoding, start, end);
};

registerNode('buffer', {
  Buffer,
  SlowBuffer,
  kMaxLength,
  constants: { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: 2 ** 30 - 1 },
  INSPECT_MAX_BYTES: 50,
  atob,
  btoa,
});
