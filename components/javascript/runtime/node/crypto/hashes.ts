import { typeError } from '../../errors.ts';
import * as common from '../../parts/hashes.ts';
import { lazyPart } from '../../parts.ts';

/** The hash functions by OpenSSL's names. */

/** One computation: what `@noble/hashes` gives. */
export interface Computation {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
  xof?(length: number): Uint8Array;
  clone(): Computation;
}

export interface HashFunction {
  (bytes: Uint8Array): Uint8Array;
  create(options?: object): Computation;
  readonly outputLen: number;
  readonly blockLen: number;
}

const more = lazyPart<typeof import('../../parts/hashes-more.ts')>('hashes-more');

const functions: Record<string, () => unknown> = {
  __proto__: null as never,
  md5: () => common.md5,
  ripemd160: () => common.ripemd160,
  sha1: () => common.sha1,
  sha224: () => common.sha224,
  sha256: () => common.sha256,
  sha384: () => common.sha384,
  sha512: () => common.sha512,
  'sha512-224': () => common.sha512_224,
  'sha512-256': () => common.sha512_256,
  'sha3-224': () => more().sha3_224,
  'sha3-256': () => more().sha3_256,
  'sha3-384': () => more().sha3_384,
  'sha3-512': () => more().sha3_512,
  shake128: () => more().shake128,
  shake256: () => more().shake256,
  blake2b512: () => more().blake2b,
  blake2s256: () => more().blake2s,
};

const aliases: Record<string, string> = {
  __proto__: null as never,
  'rsa-md5': 'md5',
  'rsa-sha1': 'sha1',
  'rsa-sha224': 'sha224',
  'rsa-sha256': 'sha256',
  'rsa-sha384': 'sha384',
  'rsa-sha512': 'sha512',
  'sha-1': 'sha1',
  'sha-224': 'sha224',
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
  'sha512/256': 'sha512-256',
  'sha512/224': 'sha512-224',
  rmd160: 'ripemd160',
  ripemd: 'ripemd160',
};

export function hashNames(): string[] {
  return Object.keys(functions);
}

/** The function of a name in whatever case; undefined where there is none. */
export function hashFunction(name: string): HashFunction | undefined {
  const lower = name.toLowerCase();
  return functions[aliases[lower] ?? lower]?.() as HashFunction | undefined;
}

export function requireHash(name: string): HashFunction {
  const found = hashFunction(name);
  if (found !== undefined) return found;
  throw typeError('ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
}
