import type { Executor, Session } from '../executor/index.ts';
import type { LanguageKind, SessionOptions } from '../types.ts';

/** Where the session of a sandbox lives: in memory, or in a store on disk. */
export interface Backing {
  /**
   * Carries out `work` on the session; calls are carried out one after the other.
   *
   * @param language of the program that runs in it; absent for work on files.
   */
  use<T>(language: LanguageKind | undefined, work: (session: Session) => Promise<T>): Promise<T>;
  /** Carries out `work` that changes nothing; it does not wait for a program that runs, and sees the files as they were before it. */
  look<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Forgets the session with all its files. */
  remove(): Promise<void>;
  close(): Promise<void>;
}

/** A session in this process's memory. Sandboxes of both languages may share one: its files are the same to each. */
export class MemoryBacking implements Backing {
  readonly #executor: Executor;
  readonly #options: Omit<SessionOptions, 'language'>;
  #session: Session | undefined;
  /** The session as it was before the program that runs. */
  #before: Session | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(executor: Executor, options: Omit<SessionOptions, 'language'>) {
    this.#executor = executor;
    this.#options = options;
  }

  async use<T>(language: LanguageKind | undefined, work: (session: Session) => Promise<T>): Promise<T> {
    return await this.#inOrder(async () => {
      const session = await this.#sessionOf(language);
      if (language === undefined) return await work(session);
      // Its files are shared, not copied.
      this.#before = await session.fork();
      try {
        return await work(session);
      } finally {
        // Not closed: somebody may be looking at it. It holds nothing but memory.
        this.#before = undefined;
      }
    });
  }

  async look<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const before = this.#before;
    return before === undefined ? await this.use(undefined, work) : await work(before);
  }

  async remove(): Promise<void> {
    await this.#inOrder(() => this.close());
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
  }

  /** The session; one of another language goes on in this one, with its files. */
  async #sessionOf(wanted: LanguageKind | undefined): Promise<Session> {
    const before = this.#session;
    const language = wanted ?? before?.language ?? 'python';
    if (before?.language === language) return before;
    this.#session =
      before === undefined
        ? await this.#executor.openSession({ ...this.#options, language })
        : await this.#executor.restore({ ...(await before.snapshot()), language });
    await before?.close();
    return this.#session;
  }

  #inOrder<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#last.then(call);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
