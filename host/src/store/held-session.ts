import { join } from 'node:path';
import type { RunCounts, SessionImage } from '../types.ts';
import { storeError } from './errors.ts';
import { factsOf, infoOf, type SessionInfo } from './info.ts';
import type { SessionLock } from './lock.ts';
import { readSession, writeSession } from './session-file.ts';

/** Name of a session's file in its folder. */
export const imageName = 'image';

/** What a held session needs of its store. */
export interface StoreClock {
  readonly ttlMs: number;
  now(): number;
  /** Renames a file of so many bytes over one of `before` bytes, if the store has room for it. */
  commit(rename: () => Promise<void>, size: number, before: number): Promise<void>;
}

/** A session that only its holder may change, until it is disposed of. */
export class HeldSession {
  readonly #store: StoreClock;
  readonly #folder: string;
  readonly #lock: SessionLock;
  #info: SessionInfo;

  /** @internal Use `SessionStore.open`. */
  constructor(store: StoreClock, folder: string, lock: SessionLock, info: SessionInfo) {
    this.#store = store;
    this.#folder = folder;
    this.#lock = lock;
    this.#info = info;
  }

  /** What is known of it; as {@link save} left it. */
  get info(): SessionInfo {
    return this.#info;
  }

  /** The session as it was saved last. */
  async load(): Promise<SessionImage> {
    const { id } = this.#info;
    const { image } = await readSession(this.#path, id).catch((error: unknown) => {
      throw storeError(error, `read session ${id}`);
    });
    return image;
  }

  /**
   * Replaces what is stored. A crash at any point leaves the old state or the new one.
   *
   * @param runs those since it was saved last.
   * @throws {StoreError} `in-use` when another process took this one, long silent, for dead; `full`; `unusable`.
   */
  async save(image: SessionImage, runs: RunCounts = { completed: 0, failed: 0 }): Promise<SessionInfo> {
    const { id, created, ttlMs, runs: before, storedBytes } = this.#info;
    const now = this.#store.now();
    const facts = factsOf(image, {
      id,
      created,
      updated: new Date(now).toISOString(),
      ...(ttlMs === undefined ? {} : { ttlMs }),
      runs: { completed: before.completed + runs.completed, failed: before.failed + runs.failed },
    });
    const size = await writeSession(this.#path, image, facts, async (rename, size) => {
      await this.#store.commit(
        async () => {
          await this.#lock.check();
          await rename();
        },
        size,
        storedBytes,
      );
    });
    const { language, persist, workingDir, limits, env } = image;
    const record = { language, persist, workingDir, limits, env, stored: facts };
    this.#info = infoOf(record, size, { now, ttlMs: this.#store.ttlMs });
    return this.#info;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lock.release();
  }

  get #path(): string {
    return join(this.#folder, imageName);
  }
}
