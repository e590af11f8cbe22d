import { typeError } from '../../errors.ts';
import { copyOf, isBufferSource } from '../bytes.ts';
import { domError } from '../dom-exception.ts';

/** Web Cryptography §18.4: what an algorithm's parameters are, and how they are read. */

export const usageNames: readonly string[] = [
  ...['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'],
];

const hashNames = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];
const ofCiphers = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];

/** What the keys of an algorithm may be used for. */
export const algorithms: Readonly<Record<string, readonly string[]>> = {
  __proto__: null as never,
  HMAC: ['sign', 'verify'],
  'AES-CBC': ofCiphers,
  'AES-CTR': ofCiphers,
  'AES-GCM': ofCiphers,
  'AES-KW': ['wrapKey', 'unwrapKey'],
  PBKDF2: ['deriveKey', 'deriveBits'],
  HKDF: ['deriveKey', 'deriveBits'],
};

/** Algorithms of key pairs, which there are not, are told from names that nobody knows. */
const unknown = (name: string): string =>
  /^(RSA|ECD|ED25519|ED448|X25519|X448|ML-)/.test(name)
    ? `${name} is not supported here: secret keys only, for HMAC, AES, PBKDF2 and HKDF`
    : 'Unrecognized algorithm name';

/** An algorithm with its parameters, of which `dictionary` is the name in the specification. */
export class Parameters {
  readonly name: string;
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #dictionary: string;

  /** @throws {DOMException} NotSupportedError for an algorithm that is not one of `allowed`. */
  constructor(algorithm: unknown, allowed: readonly string[], suffix: string) {
    const given = typeof algorithm === 'object' && algorithm !== null ? algorithm : { name: algorithm };
    this.#given = given as Record<string, unknown>;
    const asked = `${this.#given['name'] as string}`.toUpperCase();
    const name = allowed.find((known) => known === asked);
    if (name === undefined) throw domError('NotSupportedError', unknown(asked));
    this.name = name;
    const words = name.split('-').map((word) => `${word[0] ?? ''}${word.slice(1).toLowerCase()}`);
    this.#dictionary = `${words.join('')}${suffix}`;
  }

  /** @throws {TypeError} when there is none */
  #required(member: string): unknown {
    const value = this.#given[member];
    if (value !== undefined) return value;
    throw typeError(
      'ERR_MISSING_OPTION',
      `Failed to normalize algorithm: passed algorithm cannot be converted to '${this.#dictionary}' because '${member}' is required in '${this.#dictionary}'.`,
    );
  }

  bytes(member: string): Uint8Array<ArrayBuffer> {
    const value = this.#required(member);
    if (isBufferSource(value)) return copyOf(value);
    throw typeError(
      'ERR_INVALID_ARG_TYPE',
      `Failed to normalize algorithm: '${member}' of '${this.#dictionary}' is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`,
    );
  }

  optionalBytes(member: string): Uint8Array<ArrayBuffer> | undefined {
    return this.#given[member] === undefined ? undefined : this.bytes(member);
  }

  /** A whole number from 0 to 2^32 - 1. */
  integer(member: string): number {
    const value = Math.trunc(Number(this.#required(member)));
    if (value >= 0 && value < 2 ** 32) return value;
    throw typeError(
      'ERR_OUT_OF_RANGE',
      `Failed to normalize algorithm: '${member}' of '${this.#dictionary}' is outside the expected range of 0 to 4294967295.`,
    );
  }

  optionalInteger(member: string): number | undefined {
    return this.#given[member] === undefined ? undefined : this.integer(member);
  }

  /** The name of a hash function. */
  hash(): string {
    const value = this.#required('hash');
    const asked = typeof value === 'object' && value !== null ? (value as { name?: unknown }).name : value;
    const name = hashNames.find((known) => known === `${asked as string}`.toUpperCase());
    if (name !== undefined) return name;
    throw domError('NotSupportedError', `Only SHA hashes are supported in ${this.#dictionary}`);
  }
}
