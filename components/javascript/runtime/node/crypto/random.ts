import { invalidArgument, outOfRange, requireFunction, requireInteger } from '../../errors.ts';
import { setImmediate } from '../../immediates.ts';
import { native } from '../../native.ts';
import { Buffer } from '../../parts/buffer.ts';
import { NativeUint8Array } from '../../primordials.ts';
import { bytesOf, output } from './bytes.ts';

/** Random values, from the host's source of entropy. */

type Callback<T> = (error: null, value: T) => void;

function answer<T>(value: T, callback: unknown): T | undefined {
  if (callback === undefined) return value;
  requireFunction(callback, 'callback');
  setImmediate(() => (callback as unknown as Callback<T>)(null, value));
  return undefined;
}

export function randomBytes(size: unknown, callback?: unknown): unknown {
  if (typeof size !== 'number') throw invalidArgument('size', 'of type number', size);
  if (!(size >= 0 && size <= 2 ** 31 - 1)) throw outOfRange('size', `>= 0 && <= ${2 ** 31 - 1}`, size);
  const bytes = new NativeUint8Array(size);
  native.random(bytes);
  return answer(output(bytes), callback);
}

export function randomFillSync<T>(target: T, offset: unknown = 0, size?: unknown): T {
  const bytes = bytesOf(target, 'buf', undefined, 'an instance of ArrayBuffer or ArrayBufferView');
  requireInteger(offset, 'offset', 0, bytes.length);
  const count = size ?? bytes.length - offset;
  requireInteger(count, 'size', 0, bytes.length - offset);
  native.random(bytes.subarray(offset, offset + count));
  return target;
}

export function randomFill(target: unknown, ...rest: unknown[]): void {
  const callback = rest.pop();
  requireFunction(callback, 'callback');
  answer(randomFillSync(target, rest[0], rest[1]), callback);
}

const mostOfRange = 2 ** 48 - 1;

export function randomInt(first: unknown, second?: unknown, third?: unknown): number | undefined {
  const hasLow = second !== undefined && typeof second !== 'function';
  const [low, high] = hasLow ? [first, second] : [0, first];
  const callback = hasLow ? third : second;
  if (!Number.isSafeInteger(low)) throw invalidArgument('min', 'a safe integer', low);
  if (!Number.isSafeInteger(high)) throw invalidArgument('max', 'a safe integer', high);
  const range = (high as number) - (low as number);
  if (range <= 0) throw outOfRange('max', `greater than the value of "min" (${low as number})`, high);
  if (range > mostOfRange) throw outOfRange(hasLow ? 'max - min' : 'max', `<= ${mostOfRange}`, range);
  // What is left over after whole ranges would favour small numbers.
  const limit = mostOfRange + 1 - ((mostOfRange + 1) % range);
  const bytes = new NativeUint8Array(6);
  let value: number;
  do {
    native.random(bytes);
    value = 0;
    for (let i = 0; i < 6; i++) value = value * 256 + (bytes[i] ?? 0);
  } while (value >= limit);
  return answer((low as number) + (value % range), callback);
}

function uuidText(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes.buffer).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function randomUUID(): string {
  const bytes = new NativeUint8Array(16);
  native.random(bytes);
  return uuidText(bytes, 4);
}

/** RFC 9562 §5.7: the time in front, so that they sort. */
export function randomUUIDv7(): string {
  const bytes = new NativeUint8Array(16);
  native.random(bytes);
  let time = Math.floor(native.wallTime());
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  return uuidText(bytes, 7);
}
