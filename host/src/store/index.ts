/** Sessions on disk: crash-safe, checksummed, one writer at a time. For Node. */
export { StoreError, type StoreErrorCode } from './errors.ts';
export { defaultSessionsFolder } from './folder.ts';
export type { HeldSession } from './held-session.ts';
export { decodeImage, encodeImage } from './image-parts.ts';
export type { SessionInfo } from './info.ts';
export type { SessionStoreOptions } from './options.ts';
export {
  type CreateOptions,
  type ListedSession,
  openSessionStore,
  type PruneResult,
  type SessionStore,
  type StoredSession,
  type WaitOptions,
} from './store.ts';
