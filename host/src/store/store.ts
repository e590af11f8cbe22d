import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ExecError } from '../errors.ts';
import type { Executor, Session } from '../executor/index.ts';
import { makeFolder } from '../node/make-folder.ts';
import type { SessionImage } from '../types.ts';
import { StoreError, storeError, systemCode } from './errors.ts';
import { HeldSession, imageName } from './held-session.ts';
import { folderName, idOfFolder, newId } from './ids.ts';
import { factsOf, infoOf, type SessionInfo } from './info.ts';
import { SessionLock } from './lock.ts';
import { checkStoreOptions, checkTtl, type SessionStoreOptions, type StoreSettings } from './options.ts';
import {
  type FileRecord,
  readSession,
  readSessionRecord,
  syncFolder,
  unfinished,
  writeSession,
} from './session-file.ts';
import { Space } from './space.ts';

/** A session as the store holds it. */
export interface StoredSession {
  readonly info: SessionInfo;
  readonly image: SessionImage;
}

/** One line of a listing: a session, or the reason why it cannot be read. */
export type ListedSession = SessionInfo | { readonly id: string; readonly problem: string };

/** What {@link SessionStore.prune} removed, or would remove. */
export interface PruneResult {
  readonly removed: readonly { readonly id: string; readonly expires: string; readonly bytes: number }[];
  /** Bytes on disk that this gives back; what a crash had left counts too. */
  readonly reclaimedBytes: number;
  /** Expired sessions that another process has just now. */
  readonly inUse: readonly string[];
}

/** How long to wait for another process that has the session. */
export interface WaitOptions {
  /** Milliseconds; 10,000 when absent. */
  readonly waitMs?: number;
}

/** Options of {@link SessionStore.create}. */
export interface CreateOptions {
  /** Letters, digits and hyphens, at most 64; chosen if absent. */
  readonly id?: string;
  /** Milliseconds without a change after which it expires; `Infinity` or `null`: never. The store's own time when absent. */
  readonly ttlMs?: number | null;
}

/** Beginnings of the names of folders on their way into the store and out of it. */
const coming = '.new-';
const going = '.gone-';
const defaultWaitMs = 10_000;

/**
 * Opens the sessions of a folder. The folder is made by the first session.
 *
 * @throws {InvalidRequestError} for an option or a variable that is not valid.
 *
 * @example
 * const store = openSessionStore({ folder: './sessions' });
 * await using session = await executor.openSession({ language: 'python', persist: 'heap' });
 * const { id } = await store.create(await session.snapshot());
 * const { run } = await store.withSession(executor, id, (session) => session.run({ code: 'print(6 * 7)' }));
 */
export function openSessionStore(options: SessionStoreOptions = {}): SessionStore {
  return new SessionStore(checkStoreOptions(options, process.env));
}

/**
 * Sessions on disk: a folder for each, with its image and its locks. All names in it are made here; what a program
 * calls its files stands inside the image only. All methods throw {@link StoreError}.
 */
export class SessionStore {
  readonly #settings: StoreSettings;
  readonly #space: Space;

  /** @internal Use {@link openSessionStore}. */
  constructor(settings: StoreSettings) {
    this.#settings = settings;
    this.#space = new Space(settings);
  }

  /** Where the sessions are. */
  get folder(): string {
    return this.#settings.folder;
  }

  /**
   * Stores a new session.
   *
   * @throws {StoreError} `invalid-id`, `exists`, `full`, `unusable`.
   * @throws {InvalidRequestError} for a time to live that is none.
   */
  async create(image: SessionImage, { id = newId(), ttlMs }: CreateOptions = {}): Promise<SessionInfo> {
    const target = join(this.folder, folderName(id));
    const own = ttlMs === undefined || ttlMs === null ? ttlMs : checkTtl(ttlMs, 'ttlMs');
    const now = this.#settings.now();
    const at = new Date(now).toISOString();
    const facts = factsOf(image, {
      id,
      created: at,
      updated: at,
      ...(own === undefined ? {} : { ttlMs: own === Number.POSITIVE_INFINITY ? null : own }),
      runs: { completed: 0, failed: 0 },
    });
    const fresh = join(this.folder, coming + randomUUID());
    try {
      await makeFolder(this.folder);
      await this.#space.removeAbandoned([coming, going], false);
      if (await isThere(target)) throw alreadyThere(id);
      await mkdir(fresh, { mode: 0o700 });
      const size = await writeSession(join(fresh, imageName), image, facts, (rename) => rename());
      await this.#space.enter(size, async () => {
        await rename(fresh, target).catch((error: unknown) => {
          // Another process was faster.
          throw systemCode(error) === 'ENOTEMPTY' || systemCode(error) === 'EEXIST' ? alreadyThere(id) : error;
        });
      });
      await syncFolder(this.folder);
      const { language, persist, workingDir, limits, env } = image;
      const record = { language, persist, workingDir, limits, env, stored: facts };
      return this.#infoOf({ record, size });
    } catch (error) {
      await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
      throw storeError(error, `make session ${id} in ${this.folder}`);
    }
  }

  /** Reads a session as it was saved last, an expired one too; needs no lock. */
  async load(id: string): Promise<StoredSession> {
    return await this.#about(id, async (folder) => {
      const file = await readSession(join(folder, imageName), id);
      return { info: this.#infoOf(file), image: file.image };
    });
  }

  /** What is known of a session without reading its files; needs no lock. */
  async info(id: string): Promise<SessionInfo> {
    return await this.#about(id, async (folder) => this.#infoOf(await readSessionRecord(join(folder, imageName), id)));
  }

  /** All sessions, sorted by id; expired and damaged ones too. */
  async list(): Promise<ListedSession[]> {
    const listed: ListedSession[] = [];
    for (const id of await this.#ids()) {
      try {
        listed.push(await this.info(id));
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        // Removed meanwhile.
        if (error.code !== 'not-found') listed.push({ id, problem: error.message });
      }
    }
    return listed;
  }

  /**
   * Takes the exclusive right to change a session, among the processes of all machines that share the folder.
   *
   * @throws {StoreError} `in-use` when another one has it for longer than `waitMs`; `expired`; `damaged`.
   */
  async open(id: string, { waitMs = defaultWaitMs }: WaitOptions = {}): Promise<HeldSession> {
    return await this.#about(id, async (folder) => {
      const lock = await SessionLock.acquire(folder, waitMs);
      try {
        for (const name of await readdir(folder)) {
          if (name.endsWith(unfinished)) await rm(join(folder, name), { force: true });
        }
        const info = this.#infoOf(await readSessionRecord(join(folder, imageName), id));
        if (info.expired) throw expired(info);
        const { ttlMs, now } = this.#settings;
        const commit = this.#space.commit.bind(this.#space);
        return new HeldSession({ ttlMs, now, commit }, folder, lock, info);
      } catch (error) {
        await lock.release();
        throw error;
      }
    });
  }

  /**
   * Runs `work` in a session of the executor that begins as the stored one is, and stores what it has become; no other process can
   * have it meanwhile. When `work` throws an {@link ExecError} (a run that failed) it is stored too; when it throws anything
   * else, it stays as it was.
   *
   * @returns what `work` returns.
   * @throws {StoreError} as {@link open}, and where the session cannot be saved; its `cause` is then the error of `work`, if
   * there was one.
   */
  async withSession<T>(
    executor: Pick<Executor, 'restore'>,
    id: string,
    work: (session: Session, info: SessionInfo) => Promise<T>,
    options: WaitOptions = {},
  ): Promise<T> {
    await using held = await this.open(id, options);
    await using session = await executor.restore(await held.load());
    const save = async (): Promise<void> => {
      await held.save(await session.snapshot(), session.runCounts);
    };
    let result: T;
    try {
      result = await work(session, held.info);
    } catch (failure) {
      if (!(failure instanceof ExecError)) throw failure;
      await save().catch((error: unknown) => {
        throw error instanceof StoreError ? new StoreError(error.code, error.message, { cause: failure }) : error;
      });
      throw failure;
    }
    await save();
    return result;
  }

  /** Removes a session with all its files; also an expired or a damaged one. */
  async remove(id: string, { waitMs = defaultWaitMs }: WaitOptions = {}): Promise<void> {
    await this.#about(id, async (folder) => {
      await this.#removeHeld(folder, await SessionLock.acquire(folder, waitMs));
    });
  }

  /**
   * Removes the sessions that have expired, and what crashes left. Those that another process has, and damaged ones, stay.
   *
   * @param options.dryRun only tells what it would remove.
   */
  async prune({ dryRun = false }: { readonly dryRun?: boolean } = {}): Promise<PruneResult> {
    const removed: PruneResult['removed'][number][] = [];
    const inUse: string[] = [];
    for (const listed of await this.list()) {
      if ('problem' in listed || !listed.expired) continue;
      const { id } = listed;
      try {
        const info = dryRun ? listed : await this.#removeExpired(id);
        if (info?.expires !== undefined) removed.push({ id, expires: info.expires, bytes: info.storedBytes });
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        if (error.code === 'in-use') inUse.push(id);
        // Removed, or damaged, meanwhile.
        else if (error.code !== 'not-found' && error.code !== 'damaged') throw error;
      }
    }
    const left = await this.#space.removeAbandoned([coming, going], dryRun);
    return { removed, reclaimedBytes: removed.reduce((sum, { bytes }) => sum + bytes, left), inUse };
  }

  /** Removes a session if it has expired still, now that nobody else can use it. */
  async #removeExpired(id: string): Promise<SessionInfo | undefined> {
    return await this.#about(id, async (folder) => {
      const lock = await SessionLock.acquire(folder, 0);
      let info: SessionInfo;
      try {
        info = this.#infoOf(await readSessionRecord(join(folder, imageName), id));
      } catch (error) {
        await lock.release();
        throw error;
      }
      if (info.expired) await this.#removeHeld(folder, lock);
      else await lock.release();
      return info.expired ? info : undefined;
    });
  }

  async #removeHeld(folder: string, lock: SessionLock): Promise<void> {
    const gone = join(this.folder, going + randomUUID());
    try {
      await rename(folder, gone);
    } finally {
      await lock.release();
    }
    await syncFolder(this.folder);
    await rm(gone, { recursive: true, force: true });
  }

  #infoOf({ record, size }: FileRecord): SessionInfo {
    const { now, ttlMs } = this.#settings;
    return infoOf(record, size, { now: now(), ttlMs });
  }

  async #ids(): Promise<string[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return [];
      throw storeError(error, `read ${this.folder}`);
    });
    return names.flatMap((name) => idOfFolder(name) ?? []).sort();
  }

  async #about<T>(id: string, work: (folder: string) => Promise<T>, again = true): Promise<T> {
    const folder = join(this.folder, folderName(id));
    try {
      // Locks are written there, and what was not finished is removed: nowhere else, whoever put a link in its place.
      if ((await lstat(folder)).isSymbolicLink()) {
        throw new StoreError('damaged', `${folder} is a symbolic link and no session’s folder; move it away`);
      }
      return await work(folder);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') {
        if (!(await isThere(folder))) {
          throw new StoreError(
            'not-found',
            `there is no session ${id} in ${this.folder}; session list shows those there are`,
          );
        }
        // It was removed and made anew under our feet.
        if (again) return await this.#about(id, work, false);
      }
      throw storeError(error, `use session ${id} in ${this.folder}`);
    }
  }
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

function expired({ id, expires }: SessionInfo): StoreError {
  return new StoreError(
    'expired',
    `session ${id} expired at ${expires}; its files can be downloaded, session fork goes on with it under another id, ` +
      'and session prune removes it',
  );
}
