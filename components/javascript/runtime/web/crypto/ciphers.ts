import { aeskw, cbc, ctr, gcm } from '@noble/ciphers/aes.js';
import { native } from '../../native.ts';
import { hmac, sha1, sha256, sha384, sha512 } from '../../parts/hashes.ts';
import { toJson } from '../../primordials.ts';
import { copyOf, joinBytes } from '../bytes.ts';
import { domError } from '../dom-exception.ts';
import type { KeyParts } from './key.ts';
import { bytesOfJwk, exported, imported, parsedJwk } from './keys.ts';
import { Parameters } from './parameters.ts';

/** Web Cryptography §27 to §31: AES and HMAC. */

export const hashes: Readonly<Record<string, typeof sha256>> = {
  __proto__: null as never,
  'SHA-1': sha1 as unknown as typeof sha256,
  'SHA-256': sha256,
  'SHA-384': sha384 as unknown as typeof sha256,
  'SHA-512': sha512 as unknown as typeof sha256,
};

type Bytes = Uint8Array<ArrayBuffer>;
type Usage = 'encrypt' | 'decrypt' | 'wrapKey' | 'unwrapKey';

const block = 16;

/** @throws {DOMException} InvalidAccessError for a key of another algorithm, or for another use. */
export function needKey(
  key: KeyParts,
  name: string,
  usage: string,
  refusal = `Unable to use this key to ${usage}`,
): void {
  if (key.algorithm.name !== name) throw domError('InvalidAccessError', 'Key algorithm mismatch');
  if (!key.usages.includes(usage)) throw domError('InvalidAccessError', refusal);
}

/** What goes wrong inside says nothing of why: the reason would help who guesses. */
function guarded(operation: () => Uint8Array): Bytes {
  let result: Uint8Array;
  try {
    result = operation();
  } catch {
    throw domError('OperationError', 'The operation failed for an operation-specific reason');
  }
  return result.length === result.buffer.byteLength ? (result as Bytes) : copyOf(result);
}

export function sign(algorithm: unknown, key: KeyParts, data: Uint8Array): Bytes {
  const { name } = new Parameters(algorithm, ['HMAC'], 'Params');
  needKey(key, name, 'sign');
  return copyOf(hmac(hashes[key.algorithm.hash?.name ?? ''] as typeof sha256, key.bytes, data));
}

export function verify(algorithm: unknown, key: KeyParts, signature: Uint8Array, data: Uint8Array): boolean {
  const { name } = new Parameters(algorithm, ['HMAC'], 'Params');
  needKey(key, name, 'verify');
  const expected = hmac(hashes[key.algorithm.hash?.name ?? ''] as typeof sha256, key.bytes, data);
  // All bytes are looked at, whichever differ.
  let difference = expected.length ^ signature.length;
  for (let i = 0; i < expected.length; i++) difference |= (expected[i] ?? 0) ^ (signature[i] ?? 0);
  return difference === 0;
}

/** AES-CTR counts in the last `bits` bits of the counter alone. */
function counted(key: Uint8Array, counter: Bytes, bits: number, data: Uint8Array): Uint8Array {
  const blocks = BigInt(Math.ceil(data.length / block));
  const values = 1n << BigInt(bits);
  if (blocks > values) throw new RangeError('the counter would repeat');
  let whole = 0n;
  for (const byte of counter) whole = (whole << 8n) | BigInt(byte);
  const left = values - (whole % values);
  if (blocks <= left) return ctr(key, counter).encrypt(data);
  const first = Number(left) * block;
  const wrapped = new Uint8Array(block);
  let rest = whole - (whole % values);
  for (let i = block - 1; i >= 0; i--, rest >>= 8n) wrapped[i] = Number(rest & 0xffn);
  return joinBytes([
    ctr(key, counter).encrypt(data.subarray(0, first)),
    ctr(key, wrapped).encrypt(data.subarray(first)),
  ]);
}

function needBlock(bytes: Bytes, member: string): Bytes {
  if (bytes.length === block) return bytes;
  throw domError('OperationError', `algorithm.${member} must contain exactly 16 bytes`);
}

/** AES-GCM with the tag cut to its first bits, as the specification has it. */
function galois(encrypts: boolean, parameters: Parameters, key: Uint8Array, data: Uint8Array): Bytes {
  const iv = parameters.bytes('iv');
  const additional = parameters.optionalBytes('additionalData');
  const tagBits = parameters.optionalInteger('tagLength') ?? 128;
  if (![32, 64, 96, 104, 112, 120, 128].includes(tagBits))
    throw domError('OperationError', `${tagBits} is not a valid AES-GCM tag length`);
  const missing = 16 - tagBits / 8;
  if (encrypts) {
    return guarded(() => {
      const sealed = gcm(key, iv, additional).encrypt(data);
      return sealed.subarray(0, sealed.length - missing);
    });
  }
  return guarded(() => {
    if (missing === 0) return gcm(key, iv, additional).decrypt(data);
    // The text is what the same key stream makes of it; its tag is made anew and held against the bits that came.
    const size = data.length - (16 - missing);
    if (size < 0) throw new RangeError('no tag');
    const zeros = gcm(key, iv, additional).encrypt(new Uint8Array(size));
    const text = data.slice(0, size).map((byte, i) => byte ^ (zeros[i] ?? 0));
    const sealed = gcm(key, iv, additional).encrypt(text);
    let difference = 0;
    for (let i = 0; i < data.length; i++) difference |= (sealed[i] ?? 0) ^ (data[i] ?? 0);
    if (difference !== 0) throw new RangeError('another tag');
    return text;
  });
}

function run(usage: Usage, parameters: Parameters, key: Uint8Array, data: Uint8Array): Bytes {
  const encrypts = usage === 'encrypt' || usage === 'wrapKey';
  switch (parameters.name) {
    case 'AES-GCM':
      return galois(encrypts, parameters, key, data);
    case 'AES-CBC': {
      const iv = needBlock(parameters.bytes('iv'), 'iv');
      return guarded(() => (encrypts ? cbc(key, iv).encrypt(data) : cbc(key, iv).decrypt(data)));
    }
    case 'AES-CTR': {
      const counter = needBlock(parameters.bytes('counter'), 'counter');
      const bits = parameters.integer('length');
      if (bits < 1 || bits > 128)
        throw domError('OperationError', 'AES-CTR algorithm.length must be between 1 and 128');
      return guarded(() => counted(key, counter, bits, data));
    }
    default:
      return guarded(() => (encrypts ? aeskw(key).encrypt(data) : aeskw(key).decrypt(data)));
  }
}

export function cipher(usage: Usage, algorithm: unknown, key: KeyParts, data: Uint8Array): Bytes {
  const wraps = usage === 'wrapKey' || usage === 'unwrapKey';
  const names = ['AES-CBC', 'AES-CTR', 'AES-GCM', ...(wraps ? ['AES-KW'] : [])];
  const parameters = new Parameters(algorithm, names, 'Params');
  needKey(key, parameters.name, usage);
  return run(usage, parameters, key.bytes, data);
}

export function wrap(format: string, key: KeyParts, wrapping: KeyParts, algorithm: unknown): Bytes {
  const plain = exported(format, key);
  const data = format === 'jwk' ? native.encode(toJson(plain)) : new Uint8Array(plain as ArrayBuffer);
  return cipher('wrapKey', algorithm, wrapping, data);
}

export function unwrap(
  format: string,
  wrapped: Uint8Array,
  key: KeyParts,
  algorithm: unknown,
  keyAlgorithm: unknown,
  extractable: boolean,
  usages: readonly string[],
): KeyParts {
  const bytes = cipher('unwrapKey', algorithm, key, wrapped);
  if (format !== 'jwk') return imported(format, bytes, undefined, keyAlgorithm, extractable, usages);
  const jwk = parsedJwk(native.decode(bytes));
  return imported(format, bytesOfJwk(jwk), jwk, keyAlgorithm, extractable, usages);
}
