import { native } from '../../native.ts';
import { NativeUint8Array } from '../../primordials.ts';
import { bytesOf, copyOf, isBufferSource } from '../bytes.ts';
import { domError } from '../dom-exception.ts';
import { expose, needArguments, refuseConstruction, unlocked } from '../shape.ts';
import { digests } from './hashes.ts';

/** Web Cryptography §10 and §14: random values and digests. */

/** Most bytes that one call gives. */
const randomBytesLimit = 65536;

const integerArrays = [
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['BigInt64Array', 'BigUint64Array'],
];

function hex(byte: number): string {
  return `${byte < 16 ? '0' : ''}${byte.toString(16)}`;
}

/** The name of an algorithm, given as such or in an object. */
function algorithmName(algorithm: unknown): string {
  const name = typeof algorithm === 'object' && algorithm !== null ? (algorithm as { name?: unknown }).name : algorithm;
  return `${name as string}`;
}

export class SubtleCrypto {
  constructor(key?: unknown) {
    refuseConstruction(key);
  }

  async digest(algorithm: unknown, data: unknown): Promise<ArrayBuffer> {
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    needArguments(arguments, 'algorithm', 'data');
    const digest = digests[algorithmName(algorithm).toUpperCase()];
    if (!isBufferSource(data))
      throw new TypeError(
        "Failed to execute 'digest' on 'SubtleCrypto': 2nd argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.",
      );
    if (digest === undefined) throw domError('NotSupportedError', 'Unrecognized algorithm name');
    return copyOf(digest(bytesOf(data))).buffer;
  }
}

/** What keys are needed for: there are none here. */
for (const name of [
  ...['encrypt', 'decrypt', 'sign', 'verify', 'generateKey', 'deriveKey', 'deriveBits', 'importKey', 'exportKey'],
  ...['wrapKey', 'unwrapKey'],
]) {
  const refuse = {
    [name]: async (): Promise<never> => {
      throw domError(
        'NotSupportedError',
        `crypto.subtle.${name} is not supported here: use node:crypto's createHmac or digest.`,
      );
    },
  };
  Reflect.defineProperty(SubtleCrypto.prototype, name, { value: refuse[name], writable: true, configurable: true });
}

export class Crypto {
  readonly #subtle = new SubtleCrypto(unlocked);

  constructor(key?: unknown) {
    refuseConstruction(key);
  }

  get subtle(): SubtleCrypto {
    return this.#subtle;
  }

  getRandomValues<T extends ArrayBufferView>(data: T): T {
    // biome-ignore lint/complexity/noArguments: as above
    needArguments(arguments, 'data');
    if (!integerArrays.includes(native.classOf(data)))
      throw domError('TypeMismatchError', 'The data argument must be an integer-type TypedArray');
    const bytes = bytesOf(data);
    if (bytes.length > randomBytesLimit)
      throw domError('QuotaExceededError', 'The requested length exceeds 65,536 bytes');
    native.random(bytes);
    return data;
  }

  randomUUID(): string {
    const bytes = new NativeUint8Array(16);
    native.random(bytes);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    let text = '';
    for (let i = 0; i < 16; i++) text += `${i === 4 || i === 6 || i === 8 || i === 10 ? '-' : ''}${hex(bytes[i] ?? 0)}`;
    return text;
  }
}

expose(SubtleCrypto, 'SubtleCrypto');
expose(Crypto, 'Crypto');

export const crypto = new Crypto(unlocked);

/** Made by nothing here; `instanceof` asks for it. */
export class CryptoKey {
  constructor(key?: unknown) {
    refuseConstruction(key);
  }
}
expose(CryptoKey, 'CryptoKey');
