import { invalidArgument, typeError } from '../../errors.ts';
import { lazyPart } from '../../parts.ts';
import { bytesOf, copyOf, isBufferSource } from '../bytes.ts';
import { domError } from '../dom-exception.ts';
import { expose, needArguments, refuseConstruction } from '../shape.ts';
import { digests } from './hashes.ts';
import { type CryptoKey, type KeyParts, newKey, partsOf } from './key.ts';

/** Web Cryptography §14: digests, and what is done with secret keys. What needs a key is a part of its own. */

const keys = lazyPart<typeof import('../../parts/webcrypto-keys.ts')>('webcrypto-keys');

const formats = ['raw', 'pkcs8', 'spki', 'jwk', 'raw-secret', 'raw-public', 'raw-seed'];
const ordinals = ['', '1st', '2nd', '3rd', '4th', '5th', '6th', '7th'];

const failed = (method: string): string => `Failed to execute '${method}' on 'SubtleCrypto':`;

/** The name of an algorithm, given as such or in an object. */
export function algorithmName(algorithm: unknown): string {
  const name = typeof algorithm === 'object' && algorithm !== null ? (algorithm as { name?: unknown }).name : algorithm;
  return `${name as string}`;
}

/** The bytes of an argument, a copy that the program cannot change meanwhile. */
function dataOf(method: string, position: number, value: unknown): Uint8Array<ArrayBuffer> {
  if (isBufferSource(value)) return copyOf(value);
  throw typeError(
    'ERR_INVALID_ARG_TYPE',
    `${failed(method)} ${ordinals[position]} argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`,
  );
}

function keyOf(method: string, position: number, value: unknown): KeyParts {
  const parts = partsOf(value);
  if (parts !== undefined) return parts;
  throw typeError('ERR_INVALID_ARG_TYPE', `${failed(method)} ${ordinals[position]} argument is not of type CryptoKey.`);
}

function formatOf(method: string, value: unknown): string {
  const format = `${value as string}`;
  if (formats.includes(format)) return format;
  throw typeError(
    'ERR_INVALID_ARG_VALUE',
    `${failed(method)} 1st argument '${format}' is not a valid enum value of type KeyFormat.`,
  );
}

/** Usages as a list of their own, in the order of the specification. */
function usagesOf(value: unknown): string[] {
  const known = keys().usageNames;
  if (typeof value !== 'object' || value === null) throw invalidArgument('keyUsages', 'a sequence', value);
  const given = [...(value as Iterable<unknown>)].map((usage) => `${usage as string}`);
  for (const usage of given) {
    if (!known.includes(usage))
      throw typeError('ERR_INVALID_ARG_VALUE', `'${usage}' is not a valid enum value of type KeyUsage.`);
  }
  return known.filter((usage) => given.includes(usage));
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

  async generateKey(algorithm: unknown, extractable: unknown, keyUsages: unknown): Promise<CryptoKey> {
    return newKey(keys().generate(algorithm, !!extractable, usagesOf(keyUsages)));
  }

  async importKey(
    format: unknown,
    keyData: unknown,
    algorithm: unknown,
    extractable: unknown,
    keyUsages: unknown,
  ): Promise<CryptoKey> {
    const form = formatOf('importKey', format);
    const data = form === 'jwk' ? keys().bytesOfJwk(keyData) : dataOf('importKey', 2, keyData);
    return newKey(keys().imported(form, data, keyData, algorithm, !!extractable, usagesOf(keyUsages)));
  }

  async exportKey(format: unknown, key: unknown): Promise<unknown> {
    return keys().exported(formatOf('exportKey', format), keyOf('exportKey', 2, key));
  }

  async sign(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
    return keys().sign(algorithm, keyOf('sign', 2, key), dataOf('sign', 3, data)).buffer;
  }

  async verify(algorithm: unknown, key: unknown, signature: unknown, data: unknown): Promise<boolean> {
    return keys().verify(algorithm, keyOf('verify', 2, key), dataOf('verify', 3, signature), dataOf('verify', 4, data));
  }

  async encrypt(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
    return keys().cipher('encrypt', algorithm, keyOf('encrypt', 2, key), dataOf('encrypt', 3, data)).buffer;
  }

  async decrypt(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
    return keys().cipher('decrypt', algorithm, keyOf('decrypt', 2, key), dataOf('decrypt', 3, data)).buffer;
  }

  async deriveBits(algorithm: unknown, baseKey: unknown, length: unknown = null): Promise<ArrayBuffer> {
    return keys().deriveBits('deriveBits', algorithm, keyOf('deriveBits', 2, baseKey), length).buffer;
  }

  async deriveKey(
    algorithm: unknown,
    baseKey: unknown,
    derivedKeyType: unknown,
    extractable: unknown,
    keyUsages: unknown,
  ): Promise<CryptoKey> {
    const base = keyOf('deriveKey', 2, baseKey);
    return newKey(keys().deriveKey(algorithm, base, derivedKeyType, !!extractable, usagesOf(keyUsages)));
  }

  async wrapKey(format: unknown, key: unknown, wrappingKey: unknown, algorithm: unknown): Promise<ArrayBuffer> {
    const form = formatOf('wrapKey', format);
    return keys().wrap(form, keyOf('wrapKey', 2, key), keyOf('wrapKey', 3, wrappingKey), algorithm).buffer;
  }

  async unwrapKey(
    format: unknown,
    wrappedKey: unknown,
    unwrappingKey: unknown,
    unwrapAlgorithm: unknown,
    unwrappedKeyAlgorithm: unknown,
    extractable: unknown,
    keyUsages: unknown,
  ): Promise<CryptoKey> {
    const form = formatOf('unwrapKey', format);
    const wrapped = dataOf('unwrapKey', 2, wrappedKey);
    const key = keyOf('unwrapKey', 3, unwrappingKey);
    const usages = usagesOf(keyUsages);
    return newKey(keys().unwrap(form, wrapped, key, unwrapAlgorithm, unwrappedKeyAlgorithm, !!extractable, usages));
  }
}

expose(SubtleCrypto, 'SubtleCrypto');
