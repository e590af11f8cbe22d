import { createHash } from 'node:crypto';
import { transpilerVersion } from '../transpiler/version.ts';

/** What a heap image is tied to: the component, and what the transpiler makes of it. A SHA-256, in hex. */
export function componentId(component: Uint8Array): string {
  return createHash('sha256').update(`${transpilerVersion}\0`).update(component).digest('hex');
}
