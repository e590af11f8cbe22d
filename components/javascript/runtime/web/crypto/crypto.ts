import { native } from '../../native.ts';
import { NativeUint8Array } from '../../primordials.ts';
import { bytesOf } from '../bytes.ts';
import { domError } from '../dom-exception.ts';
import { expose, needArguments, refuseConstruction, unlocked } from '../shape.ts';
import { SubtleCrypto } from './subtle.ts';

/** Web Cryptography §10: random values. */

/** Most bytes that one call gives. */
const randomBytesLimit = 65536;

const integerArrays = [
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['BigInt64Array', 'BigUint64Array'],
];

function hex(byte: number): string {
  return `${byte < 16 ? '0' : ''}${byte.toString(16)}`;
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

expose(Crypto, 'Crypto');

export const crypto = new Crypto(unlocked);
