/** Secret keys of `crypto.subtle`: HMAC, AES, PBKDF2 and HKDF. */
export { cipher, sign, unwrap, verify, wrap } from '../web/crypto/ciphers.ts';
export { deriveBits, deriveKey } from '../web/crypto/derive.ts';
export { bytesOfJwk, exported, generate, imported } from '../web/crypto/keys.ts';
export { usageNames } from '../web/crypto/parameters.ts';
