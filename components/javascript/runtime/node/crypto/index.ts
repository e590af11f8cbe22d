import { lazyProperty } from '../../lazy.ts';
import { refused } from '../refuse.ts';
import { Hash, Hmac, hash } from './hash.ts';
import { hashNames } from './hashes.ts';
import { createSecretKey, hkdfSync, KeyObject, pbkdf2Sync, scryptSync, timingSafeEqual, withCallback } from './keys.ts';
import { randomBytes, randomFill, randomFillSync, randomInt, randomUUID, randomUUIDv7 } from './random.ts';

/** `node:crypto`: random values, hashes, and keys from passwords. There is no encryption and there are no signatures. */

interface WebCrypto {
  readonly subtle: object;
  getRandomValues(array: unknown): unknown;
}
const web = (): WebCrypto => (globalThis as unknown as { crypto: WebCrypto }).crypto;

export const crypto: Record<string, unknown> = {
  Hash,
  Hmac,
  KeyObject,
  constants: {},
  createHash: (algorithm: string, options?: object) => new Hash(algorithm, options),
  createHmac: (algorithm: string, key: unknown, options?: object) => new Hmac(algorithm, key, options),
  createSecretKey,
  getCiphers: () => [],
  getCurves: () => [],
  getFips: () => 0,
  getHashes: hashNames,
  getRandomValues: (array: unknown) => web().getRandomValues(array),
  hash,
  hkdf: withCallback(hkdfSync),
  hkdfSync,
  pbkdf2: withCallback(pbkdf2Sync),
  pbkdf2Sync,
  pseudoRandomBytes: randomBytes,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  randomUUIDv7,
  scrypt: withCallback(scryptSync),
  scryptSync,
  timingSafeEqual,
};
lazyProperty(crypto, 'webcrypto', web);
lazyProperty(crypto, 'subtle', () => web().subtle);

const missing = [
  ...['createCipheriv', 'createDecipheriv', 'createSign', 'createVerify', 'sign', 'verify', 'createDiffieHellman'],
  ...['createECDH', 'diffieHellman', 'createPrivateKey', 'createPublicKey', 'generateKey', 'generateKeySync'],
  ...['generateKeyPair', 'generateKeyPairSync', 'generatePrime', 'generatePrimeSync', 'checkPrime', 'checkPrimeSync'],
  ...['privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'publicEncrypt', 'argon2', 'argon2Sync'],
];
for (const name of missing) {
  crypto[name] = refused(
    name,
    `crypto.${name} is not available: this runtime has hashes, HMAC, key derivation and random values, no ciphers and no signatures.`,
  );
}
