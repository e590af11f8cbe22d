/** structuredClone, and what messages are copied with. */
export { cloneWithTransfer, structuredClone } from '../web/clone.ts';
