import type { Buffer } from '../parts/buffer.ts';
import { lazyPart } from '../parts.ts';

/** Buffer for the core of the runtime, which works with Uint8Array wherever no program sees it. */

const part = lazyPart<typeof import('../parts/buffer.ts')>('buffer');
let loaded = false;

export function bufferModule(): typeof import('../parts/buffer.ts') {
  loaded = true;
  return part();
}

/** Its prototype; undefined while no program can have a Buffer. */
export function bufferPrototype(): Buffer | undefined {
  return loaded ? part().Buffer.prototype : undefined;
}
