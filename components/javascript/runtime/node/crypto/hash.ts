import { invalidArgument, plainError, requireInteger, requireString } from '../../errors.ts';
import { hmac } from '../../parts/hashes.ts';
import { stream } from '../../parts/stream.ts';
import { NativeError } from '../../primordials.ts';
import type { Callback } from '../stream/types.ts';
import { bytesOf, output } from './bytes.ts';
import { type Computation, hashFunction, requireHash } from './hashes.ts';
import { keyBytes } from './keys.ts';

/** `crypto.createHash` and `crypto.createHmac`: objects that are streams as well. */

interface HashOptions {
  outputLength?: number;
}

const finalized = (): Error => plainError('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');

/** What both have in common. */
abstract class Digest extends stream.Transform {
  protected computation: Computation | undefined;

  protected constructor(options?: object) {
    super(options);
    Object.defineProperty(this, 'computation', { writable: true, enumerable: false });
  }

  update(data: unknown, encoding?: string): this {
    if (this.computation === undefined) throw finalized();
    this.computation.update(bytesOf(data, 'data', encoding, dataKinds));
    return this;
  }

  _transform(chunk: unknown, encoding: string, done: Callback): void {
    this.update(chunk, encoding);
    done();
  }

  _flush(done: Callback): void {
    this.push(this.digest());
    done();
  }

  abstract digest(encoding?: string): unknown;
}

const dataKinds = 'of type string or an instance of Buffer, TypedArray, or DataView';

export class Hash extends Digest {
  readonly #algorithm: string;
  readonly #length: number | undefined;

  constructor(algorithm: string, options?: HashOptions, from?: Computation) {
    super(options);
    requireString(algorithm, 'algorithm');
    const hash = hashFunction(algorithm);
    if (hash === undefined) throw unsupported();
    const length = options?.outputLength;
    if (length !== undefined) requireInteger(length, 'options.outputLength', 0, 2 ** 31 - 1);
    const extendable = algorithm.toLowerCase().startsWith('shake');
    if (length !== undefined && !extendable && length !== hash.outputLen) throw unsupportedLength();
    this.#algorithm = algorithm;
    this.#length = extendable ? length : undefined;
    this.computation = from ?? hash.create(this.#length === undefined ? undefined : { dkLen: this.#length });
  }

  digest(encoding?: string): unknown {
    const { computation } = this;
    if (computation === undefined) throw finalized();
    this.computation = undefined;
    return output(computation.digest(), encoding);
  }

  copy(options?: HashOptions): Hash {
    if (this.computation === undefined) throw finalized();
    return new Hash(
      this.#algorithm,
      options ?? (this.#length === undefined ? {} : { outputLength: this.#length }),
      this.computation.clone(),
    );
  }
}

function unsupported(): Error {
  return new NativeError('Digest method not supported');
}

function unsupportedLength(): Error {
  return plainError('ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH', 'Unsupported state or unable to output that many bytes');
}

export class Hmac extends Digest {
  constructor(algorithm: string, key: unknown, options?: object) {
    super(options);
    requireString(algorithm, 'hmac');
    if (key === null || key === undefined)
      throw invalidArgument(
        'key',
        'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey',
        key,
      );
    this.computation = hmac.create(requireHash(algorithm) as never, keyBytes(key, options));
  }

  digest(encoding?: string): unknown {
    const { computation } = this;
    this.computation = undefined;
    return output(computation?.digest() ?? new Uint8Array(0), encoding);
  }
}

/** `crypto.hash`: at once. */
export function hash(algorithm: string, data: unknown, options: string | { outputEncoding?: string } = 'hex'): unknown {
  requireString(algorithm, 'algorithm');
  const found = hashFunction(algorithm);
  if (found === undefined) throw unsupported();
  const encoding = typeof options === 'string' ? options : (options.outputEncoding ?? 'hex');
  return output(found(bytesOf(data, 'input', undefined, dataKinds)), encoding);
}
