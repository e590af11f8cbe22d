/** What few programs hash with: SHA-3, BLAKE2, and the functions that derive keys. */
export { blake2b, blake2s } from '@noble/hashes/blake2.js';
export { hkdf } from '@noble/hashes/hkdf.js';
export { pbkdf2 } from '@noble/hashes/pbkdf2.js';
export { scrypt } from '@noble/hashes/scrypt.js';
export { sha3_224, sha3_256, sha3_384, sha3_512, shake128, shake256 } from '@noble/hashes/sha3.js';
