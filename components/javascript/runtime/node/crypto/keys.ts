import { invalidArgument, requireFunction, requireInteger, requireString, typeError } from '../../errors.ts';
import { setImmediate } from '../../immediates.ts';
import { lazyPart } from '../../parts.ts';
import { bytesOf, output } from './bytes.ts';
import { requireHash } from './hashes.ts';

/** Secret keys, and what derives them from passwords. */

const more = lazyPart<typeof import('../../parts/hashes-more.ts')>('hashes-more');

/** A secret key; keys of other kinds there are none. */
export class KeyObject {
  readonly #bytes: Uint8Array;
  readonly type = 'secret';

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes.slice();
  }

  get symmetricKeySize(): number {
    return this.#bytes.length;
  }

  export(options?: { format?: string }): unknown {
    if (options?.format === 'jwk') return { kty: 'oct', k: output(this.#bytes, 'base64url') };
    return output(this.#bytes.slice());
  }

  equals(other: unknown): boolean {
    if (!(other instanceof KeyObject)) throw invalidArgument('otherKeyObject', 'an instance of KeyObject', other);
    const theirs = other.#bytes;
    return theirs.length === this.#bytes.length && theirs.every((byte, i) => byte === this.#bytes[i]);
  }

  static bytesOf(key: KeyObject): Uint8Array {
    return key.#bytes;
  }
}

export function keyBytes(key: unknown, options?: { encoding?: string }): Uint8Array {
  if (key instanceof KeyObject) return KeyObject.bytesOf(key);
  return bytesOf(key, 'key', options?.encoding);
}

export function createSecretKey(key: unknown, encoding?: string): KeyObject {
  return new KeyObject(bytesOf(key, 'key', encoding));
}

/** The callback form of a function that answers at once. */
export function withCallback(method: (...args: never[]) => unknown): (...args: unknown[]) => void {
  return (...args) => {
    const callback = args.pop();
    requireFunction(callback, 'callback');
    const result = (method as (...args: unknown[]) => unknown)(...args);
    setImmediate(() => (callback as (error: null, result: unknown) => void)(null, result));
  };
}

export function pbkdf2Sync(
  password: unknown,
  salt: unknown,
  iterations: unknown,
  length: unknown,
  digest: unknown,
): unknown {
  requireString(digest, 'digest');
  const secret = bytesOf(password, 'password');
  const salted = bytesOf(salt, 'salt');
  requireInteger(iterations, 'iterations', 1, 2 ** 31 - 1);
  requireInteger(length, 'keylen', 0, 2 ** 31 - 1);
  return output(more().pbkdf2(requireHash(digest) as never, secret, salted, { c: iterations, dkLen: length }));
}

interface ScryptOptions {
  cost?: number;
  N?: number;
  blockSize?: number;
  r?: number;
  parallelization?: number;
  p?: number;
  maxmem?: number;
}

export function scryptSync(password: unknown, salt: unknown, length: unknown, options: ScryptOptions = {}): unknown {
  const secret = bytesOf(password, 'password');
  const salted = bytesOf(salt, 'salt');
  requireInteger(length, 'keylen', 0, 2 ** 31 - 1);
  const N = options.N ?? options.cost ?? 16384;
  const r = options.r ?? options.blockSize ?? 8;
  const p = options.p ?? options.parallelization ?? 1;
  const maxmem = options.maxmem ?? 32 << 20;
  if (128 * N * r > maxmem || N < 2 || (N & (N - 1)) !== 0)
    throw Object.assign(new RangeError('Invalid scrypt params: memory limit exceeded'), {
      code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS',
    });
  return output(more().scrypt(secret, salted, { N, r, p, dkLen: length, maxmem: 2 ** 30 }));
}

export function hkdfSync(
  digest: unknown,
  key: unknown,
  salt: unknown,
  info: unknown,
  length: unknown,
): ArrayBufferLike {
  requireString(digest, 'digest');
  requireInteger(length, 'length', 0, 2 ** 31 - 1);
  const hash = requireHash(digest);
  if (length > 255 * hash.outputLen)
    throw Object.assign(new RangeError('Invalid key length'), { code: 'ERR_CRYPTO_INVALID_KEYLEN' });
  const bytes = more().hkdf(hash as never, keyBytes(key), bytesOf(salt, 'salt'), bytesOf(info, 'info'), length);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
}

/** Compares without telling by its time where the difference is. */
export function timingSafeEqual(a: unknown, b: unknown): boolean {
  const kinds = 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView';
  if (typeof a === 'string') throw typeError('ERR_INVALID_ARG_TYPE', `The "buf1" argument must be ${kinds}.`);
  if (typeof b === 'string') throw typeError('ERR_INVALID_ARG_TYPE', `The "buf2" argument must be ${kinds}.`);
  const left = bytesOf(a, 'buf1', undefined, kinds);
  const right = bytesOf(b, 'buf2', undefined, kinds);
  if (left.length !== right.length)
    throw Object.assign(new RangeError('Input buffers must have the same byte length'), {
      code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH',
    });
  let difference = 0;
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0);
  return difference === 0;
}
