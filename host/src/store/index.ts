/** Sessions on disk: crash-safe, checksummed, one writer at a time. For Node. */
export { StoreError } from './errors.ts';
export { defaultSessionsFolder } from './folder.ts';
export type { SessionRecord } from './format.ts';
export type { StoredSession } from './session-file.ts';
export { type HeldSession, type ListedSession, SessionStore } from './store.ts';
