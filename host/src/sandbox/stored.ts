import { randomUUID } from 'node:crypto';
import { ExecError } from '../errors.ts';
import type { Executor, Session } from '../executor/index.ts';
import { type SessionInfo, type SessionStore, StoreError } from '../store/index.ts';
import type { LanguageKind, Persistence } from '../types.ts';
import type { Backing } from './backing.ts';
import { type CheckedPolicy, defaultPolicy } from './policy.ts';

/** A new id, unlikely to be anybody else's. */
export function newSessionId(): string {
  return randomUUID();
}

/** What a session is made with that is not there yet. */
export interface NewSession {
  readonly language: LanguageKind;
  readonly persist: Persistence;
  readonly policy: CheckedPolicy;
  /** Milliseconds without a change after which it expires; the store's own time when absent. */
  readonly ttlMs?: number | null;
}

/** A session in a store on disk. Each call holds it alone, among all processes, and saves what it has become. */
export class StoreBacking implements Backing {
  readonly #executor: Executor;
  readonly #store: SessionStore;
  readonly #id: string;
  /** Tells this session from another of its name. */
  readonly #created: string;
  readonly #closing = new AbortController();
  /** The session as it was when the backing was opened; absent for one that was made then. */
  readonly found: SessionInfo | undefined;
  #session: Session | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(executor: Executor, store: SessionStore, info: SessionInfo, found: SessionInfo | undefined) {
    this.#executor = executor;
    this.#store = store;
    this.#id = info.id;
    this.#created = info.created;
    this.found = found;
  }

  /**
   * Opens the session of that id, or makes it.
   *
   * @throws {StoreError} for a session that has expired or is damaged, and for a store that is full or cannot be used.
   */
  static async open(executor: Executor, store: SessionStore, id: string, fresh: NewSession): Promise<StoreBacking> {
    const found = await store.info(id).catch((error: unknown) => {
      if (error instanceof StoreError && error.code === 'not-found') return undefined;
      throw error;
    });
    const info = found ?? (await createStored(executor, store, id, fresh));
    return new StoreBacking(executor, store, info, found);
  }

  /** A session of the store that is there. */
  static async existing(executor: Executor, store: SessionStore, id: string): Promise<StoreBacking> {
    const found = await store.info(id);
    return new StoreBacking(executor, store, found, found);
  }

  /** The policy that the session was made with. */
  get policy(): CheckedPolicy {
    return policyOf(this.found);
  }

  async use<T>(_language: LanguageKind | undefined, work: (session: Session) => Promise<T>): Promise<T> {
    return await this.#inOrder(async () => {
      if (this.#closing.signal.aborted) throw new ExecError('internal', 'the sandbox is closed');
      return await this.#store.withSession(this.#executor, this.#id, async (session, { created }) => {
        // It may be of another language, and have other limits.
        if (created !== this.#created) {
          const problem = `session ${this.#id} was removed, and there is another of its name now; open it again`;
          throw new StoreError('replaced', problem);
        }
        this.#session = session;
        try {
          return await work(session);
        } finally {
          this.#session = undefined;
        }
      });
    });
  }

  /** On the session as it was saved last; needs no lock, and works for one that has expired. */
  async look<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const { image } = await this.#store.load(this.#id);
    await using session = await this.#executor.restore(image);
    return await work(session);
  }

  async remove(): Promise<void> {
    await this.#inOrder(() => this.#store.remove(this.#id));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#session?.close();
    await this.#last;
  }

  #inOrder<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#last.then(call);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** Makes an empty session in a store. */
export async function createStored(
  executor: Executor,
  store: SessionStore,
  id: string | undefined,
  { language, persist, policy, ttlMs }: NewSession,
): Promise<SessionInfo> {
  await using session = await executor.openSession({ language, persist, limits: policy.limits, env: policy.env });
  return await store.create(await session.snapshot(), {
    ...(id === undefined ? {} : { id }),
    ...(ttlMs === undefined ? {} : { ttlMs }),
  });
}

/** The policy that a stored session was made with; its limits stand in it, the rest has the defaults. */
export function policyOf(info: SessionInfo | undefined): CheckedPolicy {
  const { fuelBudget, memoryBytes, timeoutSeconds, stdoutMaxBytes, stderrMaxBytes } = defaultPolicy;
  const { limits = {}, env = [] } = info ?? {};
  const stdoutBytes = limits.stdoutBytes ?? limits.outputBytes ?? stdoutMaxBytes;
  const stderrBytes = limits.stderrBytes ?? limits.outputBytes ?? stderrMaxBytes;
  return {
    limits: {
      fuel: limits.fuel ?? fuelBudget,
      memoryBytes: limits.memoryBytes ?? memoryBytes,
      timeMs: limits.timeMs ?? timeoutSeconds * 1000,
      outputBytes: Math.max(stdoutBytes, stderrBytes),
      stdoutBytes,
      stderrBytes,
    },
    env,
  };
}
