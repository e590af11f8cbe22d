import { passing, WasiTrap } from './ends.ts';
import { callUnits } from './files/index.ts';
import type { Platform } from './platform.ts';
import type { Seat } from './tenancy.ts';

/** Bytes a guest may ask for in one call: it must have memory of its own to hold them. */
const maxBytes = 64 * 1024 * 1024;

/** Bytes the platform is asked for at once. */
const chunk = 65_536;

/** Random bytes for a unit of fuel. */
const bytesPerUnit = 4;

function randomBytes({ platform, tenancy }: Seat, length: bigint): Uint8Array {
  if (length > maxBytes) throw new WasiTrap('get-random-bytes: too many bytes for one call');
  const total = Number(length);
  tenancy?.pay(callUnits);
  if (total <= chunk) return passing(() => platform.random(total));
  const bytes = new Uint8Array(total);
  for (let at = 0; at < total; at += chunk) {
    tenancy?.pay(chunk / bytesPerUnit);
    bytes.set(
      passing(() => platform.random(Math.min(chunk, total - at))),
      at,
    );
  }
  return bytes;
}

function randomU64(platform: Platform): bigint {
  const bytes = passing(() => platform.random(8));
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
}

/** The interfaces of wasi:random. The insecure ones are as good as the secure one; nothing is ever frozen. */
export function randomImports(seat: Seat): Record<string, object> {
  const bytes = (length: bigint) => randomBytes(seat, length);
  const u64 = () => randomU64(seat.platform);
  return {
    'wasi:random/random': { getRandomBytes: bytes, getRandomU64: u64 },
    'wasi:random/insecure': { getInsecureRandomBytes: bytes, getInsecureRandomU64: u64 },
    'wasi:random/insecure-seed': { insecureSeed: () => [u64(), u64()] },
  };
}
