import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from './errors.ts';
import { imageName } from './held-session.ts';
import { idOfFolder } from './ids.ts';
import { SessionLock } from './lock.ts';
import type { StoreSettings } from './options.ts';

/** Milliseconds after which a folder on its way in or out is what a crash has left. */
const abandonedMs = 60 * 60 * 1000;
/** Milliseconds to wait for another process that adds something; it counts and renames, no more. */
const waitMs = 30_000;

/**
 * What a store may hold: how many sessions, and how many bytes of images. Whoever adds to it counts and renames under a lock of
 * the whole folder, so that two processes do not both take the last room.
 */
export class Space {
  readonly #settings: StoreSettings;

  constructor(settings: StoreSettings) {
    this.#settings = settings;
  }

  /** Adds a session of so many bytes. */
  async enter(size: number, rename: () => Promise<void>): Promise<void> {
    await this.#counting(async () => {
      const { sessions, bytes } = await this.#held();
      const { maxSessions, maxBytes } = this.#settings;
      if (sessions >= maxSessions) throw full(`it holds ${sessions} sessions, and ${maxSessions} is the most`);
      if (bytes + size > maxBytes) throw fullOfBytes(bytes + size, maxBytes);
      await rename();
    });
  }

  /** Puts a file of so many bytes in the place of one of `before` bytes. */
  async commit(rename: () => Promise<void>, size: number, before: number): Promise<void> {
    if (size <= before) {
      await rename();
      return;
    }
    await this.#counting(async () => {
      const { bytes } = await this.#held();
      const { maxBytes } = this.#settings;
      if (bytes - before + size > maxBytes) throw fullOfBytes(bytes - before + size, maxBytes);
      await rename();
    });
  }

  /**
   * Removes folders on their way in or out that crashes left.
   *
   * @param dryRun only counts.
   * @returns their bytes.
   */
  async removeAbandoned(beginnings: readonly string[], dryRun: boolean): Promise<number> {
    const { folder } = this.#settings;
    let bytes = 0;
    for (const name of await readdir(folder).catch(() => [])) {
      if (!beginnings.some((beginning) => name.startsWith(beginning))) continue;
      const path = join(folder, name);
      const info = await stat(path).catch(() => undefined);
      // By the real clock, which is the one of the files' times.
      if (info === undefined || Date.now() - info.mtimeMs <= abandonedMs) continue;
      for (const file of await readdir(path).catch(() => [])) bytes += await sizeOf(join(path, file));
      if (!dryRun) await rm(path, { recursive: true, force: true });
    }
    return bytes;
  }

  async #counting(work: () => Promise<void>): Promise<void> {
    const lock = await SessionLock.acquire(this.#settings.folder, waitMs).catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
      throw new StoreError('in-use', 'other processes are adding to the store all the time; try again');
    });
    try {
      await work();
    } finally {
      await lock.release();
    }
  }

  async #held(): Promise<{ readonly sessions: number; readonly bytes: number }> {
    const { folder } = this.#settings;
    const names = (await readdir(folder)).filter((name) => idOfFolder(name) !== undefined);
    const sizes = await Promise.all(names.map((name) => sizeOf(join(folder, name, imageName))));
    return { sessions: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  }
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function fullOfBytes(needed: number, most: number): StoreError {
  return full(`its sessions would take ${needed} bytes, and ${most} is the most`);
}

function full(reason: string): StoreError {
  const advice = 'remove sessions (session prune, session rm), or raise EXEC_SESSIONS_MAX or EXEC_SESSIONS_MAX_MB';
  return new StoreError('full', `the store of sessions is full: ${reason}; ${advice}`);
}
