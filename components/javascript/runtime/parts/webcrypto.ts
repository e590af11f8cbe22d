/** `crypto`: random values, digests and keys. */
export { Crypto, crypto } from '../web/crypto/crypto.ts';
export { CryptoKey } from '../web/crypto/key.ts';
export { SubtleCrypto } from '../web/crypto/subtle.ts';
