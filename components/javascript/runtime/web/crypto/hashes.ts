import { sha1, sha256, sha384, sha512 } from '../../parts/hashes.ts';

/** The hash functions of Web Cryptography (§30), by their names there. */
export const digests: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  __proto__: null as never,
  'SHA-1': sha1,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
};
