import { native } from '../../native.ts';
import { NativeUint8Array, parseJson } from '../../primordials.ts';
import { copyOf } from '../bytes.ts';
import { domError } from '../dom-exception.ts';
import type { KeyAlgorithm, KeyParts } from './key.ts';
import { algorithms, Parameters } from './parameters.ts';

/** Making, reading and writing secret keys (Web Cryptography §14.3.6, 14.3.9, 14.3.10). */

const forms = { alphabet: 'base64url', omitPadding: true } as const;
type WithBase64 = Uint8Array & { toBase64(options: object): string };
const fromBase64 = (text: string): Uint8Array =>
  (NativeUint8Array as unknown as { fromBase64(text: string, options: object): Uint8Array }).fromBase64(text, forms);

interface Jwk {
  readonly kty?: unknown;
  readonly k?: unknown;
  readonly alg?: unknown;
  readonly ext?: unknown;
  readonly use?: unknown;
  readonly key_ops?: unknown;
}

/** Bits of a block of the hash function: what an HMAC key has unless told otherwise. */
const blockBits = (hash: string | undefined): number => (hash === 'SHA-384' || hash === 'SHA-512' ? 1024 : 512);

const isAes = (name: string): boolean => name.startsWith('AES-');

function jwkName({ name, length, hash }: KeyAlgorithm): string {
  if (name === 'HMAC') return hash?.name === 'SHA-1' ? 'HS1' : `HS${hash?.name.slice(4)}`;
  return `A${length}${name.slice(4)}`;
}

function needLength(bits: number | undefined): void {
  if (bits !== 128 && bits !== 192 && bits !== 256)
    throw domError('OperationError', 'AES key length must be 128, 192, or 256 bits');
}

function needUsages(name: string, usages: readonly string[], suffix: string): void {
  for (const usage of usages) {
    if (!algorithms[name]?.includes(usage)) throw domError('SyntaxError', `Unsupported key usage for ${suffix} key`);
  }
}

/** What an algorithm says of a key to be made: its length in bits, and an HMAC's hash. */
export function keyShape(algorithm: unknown): KeyAlgorithm & { readonly length: number } {
  const names = Object.keys(algorithms).filter((name) => name === 'HMAC' || isAes(name));
  const parameters = new Parameters(algorithm, names, 'KeyGenParams');
  const { name } = parameters;
  if (isAes(name)) {
    const length = parameters.integer('length');
    needLength(length);
    return { name, length };
  }
  const hash = { name: parameters.hash() };
  const length = parameters.optionalInteger('length') ?? blockBits(hash.name);
  if (length === 0) throw domError('OperationError', 'Zero-length key is not supported');
  return { name, length, hash };
}

export function generate(algorithm: unknown, extractable: boolean, usages: readonly string[]): KeyParts {
  const shape = keyShape(algorithm);
  needUsages(shape.name, usages, isAes(shape.name) ? shape.name : `an ${shape.name}`);
  if (usages.length === 0) throw domError('SyntaxError', 'Usages cannot be empty when creating a key.');
  // An instance's memory bounds the length: a larger key is a RangeError.
  const bytes = new NativeUint8Array(Math.ceil(shape.length / 8));
  native.random(bytes);
  clearBits(bytes, shape.length);
  return { algorithm: shape, extractable, usages, bytes };
}

/** Bits behind the last are zero. */
function clearBits(bytes: Uint8Array, length: number): void {
  const last = bytes.length - 1;
  if (length % 8 !== 0) bytes[last] = (bytes[last] ?? 0) & (0xff << (8 - (length % 8)));
}

/** @throws {DOMException} DataError for what is no JSON Web Key of a secret. */
export function bytesOfJwk(value: unknown): Uint8Array<ArrayBuffer> {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(
      "Failed to execute 'importKey' on 'SubtleCrypto': 2nd argument cannot be converted to JsonWebKey",
    );
  const { kty, k } = value as Jwk;
  if (kty === undefined) throw domError('DataError', 'Invalid keyData');
  if (kty !== 'oct') throw domError('DataError', 'Invalid JWK "kty" Parameter');
  if (typeof k !== 'string') throw domError('DataError', 'Invalid keyData');
  try {
    return copyOf(fromBase64(k) as Uint8Array<ArrayBuffer>);
  } catch {
    throw domError('DataError', 'Invalid keyData');
  }
}

function checkJwk(jwk: Jwk, algorithm: KeyAlgorithm, extractable: boolean, usages: readonly string[]): void {
  if (jwk.ext !== undefined && jwk.ext !== true && extractable)
    throw domError('DataError', 'JWK "ext" Parameter and extractable mismatch');
  if (Array.isArray(jwk.key_ops)) {
    const allowed = jwk.key_ops.map((usage) => `${usage as string}`);
    if (!usages.every((usage) => allowed.includes(usage)))
      throw domError('DataError', 'Key operations and usage mismatch');
  }
  if (jwk.alg !== undefined && jwk.alg !== jwkName(algorithm))
    throw domError('DataError', 'JWK "alg" does not match the requested algorithm');
}

export function imported(
  format: string,
  bytes: Uint8Array<ArrayBuffer>,
  data: unknown,
  algorithm: unknown,
  extractable: boolean,
  usages: readonly string[],
): KeyParts {
  const parameters = new Parameters(algorithm, Object.keys(algorithms), 'ImportParams');
  const { name } = parameters;
  const derives = name === 'PBKDF2' || name === 'HKDF';
  if (format !== 'raw' && format !== 'raw-secret' && (format !== 'jwk' || derives))
    throw domError('NotSupportedError', `Unable to import ${name} using ${format} format`);
  if (derives && extractable) throw domError('SyntaxError', `${name} keys are not extractable`);
  needUsages(name, usages, isAes(name) ? name : `${name === 'PBKDF2' ? 'a' : 'an'} ${name}`);
  if (usages.length === 0) throw domError('SyntaxError', 'Usages cannot be empty when importing a secret key.');
  const shape = importedShape(parameters, bytes, derives);
  if (format === 'jwk') checkJwk(data as Jwk, shape, extractable, usages);
  return { algorithm: shape, extractable, usages, bytes };
}

function importedShape(parameters: Parameters, bytes: Uint8Array, derives: boolean): KeyAlgorithm {
  const { name } = parameters;
  const bits = bytes.length * 8;
  if (derives) return { name };
  if (name !== 'HMAC') {
    if (bits !== 128 && bits !== 192 && bits !== 256) throw domError('DataError', 'Invalid key length');
    return { name, length: bits };
  }
  const hash = { name: parameters.hash() };
  if (bits === 0) throw domError('DataError', 'Zero-length key is not supported');
  const length = parameters.optionalInteger('length') ?? bits;
  if (length > bits || length <= bits - 8) throw domError('DataError', 'Invalid key length');
  clearBits(bytes, length);
  return { name, length, hash };
}

/** A key as bytes, or as a JSON Web Key. */
export function exported(format: string, key: KeyParts): ArrayBuffer | object {
  const { algorithm, extractable, usages, bytes } = key;
  if (!extractable) throw domError('InvalidAccessError', 'key is not extractable');
  if (format === 'raw' || format === 'raw-secret') return copyOf(bytes).buffer;
  if (format === 'jwk') {
    const k = (bytes as unknown as WithBase64).toBase64(forms);
    return { key_ops: [...usages], ext: extractable, alg: jwkName(algorithm), kty: 'oct', k };
  }
  throw domError('NotSupportedError', `Unable to export ${algorithm.name} secret key using ${format} format`);
}

/** The JSON text in what was unwrapped. */
export function parsedJwk(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw domError('DataError', 'Invalid wrapped JWK key');
  }
}
