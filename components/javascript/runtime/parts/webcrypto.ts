/** `crypto`: random values and digests. */
export { Crypto, CryptoKey, crypto, SubtleCrypto } from '../web/crypto/crypto.ts';
