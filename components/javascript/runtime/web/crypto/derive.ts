import type { sha256 } from '../../parts/hashes.ts';
import { hkdf, pbkdf2 } from '../../parts/hashes-more.ts';
import { copyOf } from '../bytes.ts';
import { domError } from '../dom-exception.ts';
import { hashes, needKey } from './ciphers.ts';
import type { KeyParts } from './key.ts';
import { imported, keyShape } from './keys.ts';
import { Parameters } from './parameters.ts';

/** Web Cryptography §32 and §33: keys out of passwords and out of other keys. */

export function deriveBits(
  usage: 'deriveBits' | 'deriveKey',
  algorithm: unknown,
  key: KeyParts,
  length: unknown,
): Uint8Array<ArrayBuffer> {
  const parameters = new Parameters(algorithm, ['PBKDF2', 'HKDF'], 'Params');
  const salt = parameters.bytes('salt');
  const info = parameters.name === 'HKDF' ? parameters.bytes('info') : undefined;
  const iterations = info === undefined ? parameters.integer('iterations') : 0;
  const hash = hashes[parameters.hash()] as typeof sha256;
  needKey(key, parameters.name, usage, `baseKey does not have ${usage} usage`);
  if (length === null) throw domError('OperationError', 'length cannot be null');
  const bits = Math.trunc(Number(length));
  if (bits % 8 !== 0) throw domError('OperationError', 'length must be a multiple of 8');
  const size = bits / 8;
  if (info === undefined && iterations === 0) throw domError('OperationError', 'iterations cannot be zero');
  if (!(size >= 0 && size < 2 ** 29) || (info !== undefined && size > 255 * hash.outputLen))
    throw domError('OperationError', 'length is too large');
  if (size === 0) return new Uint8Array(0);
  return copyOf(
    info === undefined
      ? pbkdf2(hash, key.bytes, salt, { c: iterations, dkLen: size })
      : hkdf(hash, key.bytes, salt, info, size),
  );
}

export function deriveKey(
  algorithm: unknown,
  base: KeyParts,
  type: unknown,
  extractable: boolean,
  usages: readonly string[],
): KeyParts {
  const shape = keyShape(type);
  const bytes = deriveBits('deriveKey', algorithm, base, shape.length);
  return imported('raw', bytes, undefined, type, extractable, usages);
}
