import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionImage } from '../types.ts';
import { StoreError, storeError, systemCode } from './errors.ts';
import type { SessionRecord } from './format.ts';
import { folderName, idOfFolder, newId } from './ids.ts';
import { SessionLock } from './lock.ts';
import {
  readSession,
  readSessionRecord,
  type StoredSession,
  syncFolder,
  unfinished,
  writeSession,
} from './session-file.ts';

/** One line of a listing: a session, or the reason why it cannot be read. */
export type ListedSession = SessionRecord | { readonly id: string; readonly problem: string };

const imageName = 'image';
/** Beginnings of the names of folders on their way into the store and out of it. */
const coming = '.new-';
const going = '.gone-';
/** Milliseconds after which such a folder is what a crash has left. */
const abandonedMs = 60 * 60 * 1000;

/**
 * Sessions on disk: a folder for each, with its image and its locks. All names in it are made here; what a program
 * calls its files stands inside the image only. All methods throw {@link StoreError}.
 */
export class SessionStore {
  readonly folder: string;

  /** @param folder is made by the first {@link create}, for its user only. */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** Stores a new session. */
  async create(image: SessionImage, id: string = newId()): Promise<SessionRecord> {
    const target = join(this.folder, folderName(id));
    const now = new Date().toISOString();
    const record = recordOf(image, { id, created: now, updated: now });
    const fresh = join(this.folder, coming + randomUUID());
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await this.#removeAbandoned();
      if (await isThere(target)) throw alreadyThere(id);
      await mkdir(fresh, { mode: 0o700 });
      await writeSession(join(fresh, imageName), record, image.files, async () => undefined);
      await rename(fresh, target).catch((error: unknown) => {
        // Another process was faster.
        throw systemCode(error) === 'ENOTEMPTY' || systemCode(error) === 'EEXIST' ? alreadyThere(id) : error;
      });
      await syncFolder(this.folder);
      return record;
    } catch (error) {
      await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
      throw storeError(error, `make session ${id} in ${this.folder}`);
    }
  }

  /** Reads a session as it was saved last; needs no lock. */
  async load(id: string): Promise<StoredSession> {
    return await this.#about(id, (folder) => readSession(join(folder, imageName), id));
  }

  /** All sessions, sorted by id. */
  async list(): Promise<ListedSession[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return [];
      throw storeError(error, `read ${this.folder}`);
    });
    const ids = names.flatMap((name) => idOfFolder(name) ?? []).sort();
    const listed: ListedSession[] = [];
    for (const id of ids) {
      try {
        listed.push(await this.#about(id, (folder) => readSessionRecord(join(folder, imageName), id)));
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        // Removed meanwhile.
        if (error.code !== 'not-found') listed.push({ id, problem: error.message });
      }
    }
    return listed;
  }

  /**
   * Takes the exclusive right to change a session.
   *
   * @param waitMs how long to wait for another process that has it.
   */
  async hold(id: string, waitMs: number): Promise<HeldSession> {
    return await this.#about(id, async (folder) => {
      const lock = await SessionLock.acquire(folder, waitMs);
      try {
        for (const name of await readdir(folder)) {
          if (name.endsWith(unfinished)) await rm(join(folder, name), { force: true });
        }
        return new HeldSession(id, folder, lock);
      } catch (error) {
        await lock.release();
        throw error;
      }
    });
  }

  /** Removes a session with all its files; also a damaged one. */
  async remove(id: string, waitMs: number): Promise<void> {
    await this.#about(id, async (folder) => {
      const lock = await SessionLock.acquire(folder, waitMs);
      const gone = join(this.folder, going + randomUUID());
      try {
        await rename(folder, gone);
      } finally {
        await lock.release();
      }
      await syncFolder(this.folder);
      await rm(gone, { recursive: true, force: true });
    });
  }

  async #about<T>(id: string, work: (folder: string) => Promise<T>): Promise<T> {
    const folder = join(this.folder, folderName(id));
    try {
      return await work(folder);
    } catch (error) {
      if (systemCode(error) === 'ENOENT' && !(await isThere(folder))) {
        throw new StoreError('not-found', `there is no session ${id} in ${this.folder}; make one with session create`);
      }
      throw storeError(error, `use session ${id} in ${this.folder}`);
    }
  }

  async #removeAbandoned(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (!name.startsWith(coming) && !name.startsWith(going)) continue;
      const path = join(this.folder, name);
      const info = await stat(path).catch(() => undefined);
      if (info !== undefined && Date.now() - info.mtimeMs > abandonedMs) {
        await rm(path, { recursive: true, force: true });
      }
    }
  }
}

/** A session that only its holder may change, until it is disposed of. */
export class HeldSession {
  readonly id: string;
  readonly #folder: string;
  readonly #lock: SessionLock;

  constructor(id: string, folder: string, lock: SessionLock) {
    this.id = id;
    this.#folder = folder;
    this.#lock = lock;
  }

  async load(): Promise<StoredSession> {
    return await readSession(this.#path, this.id).catch((error: unknown) => {
      throw storeError(error, `read session ${this.id}`);
    });
  }

  /** Replaces what is stored. A crash at any point leaves the old state or the new one. */
  async save(image: SessionImage): Promise<SessionRecord> {
    const { created } = await readSessionRecord(this.#path, this.id).catch((error: unknown) => {
      throw storeError(error, `save session ${this.id}`);
    });
    const record = recordOf(image, { id: this.id, created, updated: new Date().toISOString() });
    await writeSession(this.#path, record, image.files, () => this.#lock.check());
    return record;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lock.release();
  }

  get #path(): string {
    return join(this.#folder, imageName);
  }
}

function recordOf(
  { language, persist, workingDir, limits, env, files }: SessionImage,
  about: Pick<SessionRecord, 'id' | 'created' | 'updated'>,
): SessionRecord {
  if (persist === 'heap') throw new StoreError('unusable', 'a session that persists its heap cannot be stored on disk');
  let bytes = 0;
  let count = 0;
  for (const entry of files.entries) {
    if (entry.kind === 'regular-file') bytes += entry.bytes.length;
    // The top, /app and /tmp are not the program's.
    if (!(entry.kind === 'directory' && (entry.parent === -1 || isFixed(entry)))) count++;
  }
  return { ...about, language, persist, workingDir, limits, env, bytes, files: count };
}

function isFixed({ parent, name }: { readonly parent: number; readonly name: string }): boolean {
  return parent === 0 && (name === 'app' || name === 'tmp');
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

function alreadyThere(id: string): StoreError {
  return new StoreError('exists', `there is a session ${id} already; use it, remove it, or choose another id`);
}
