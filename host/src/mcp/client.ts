import { setTimeout as delay } from 'node:timers/promises';
import { ExecError } from '../errors.ts';
import type { Executor } from '../executor/index.ts';
import type { KnownPackages } from '../guidance/index.ts';
import { checkPolicy, createStored, MemoryBacking, policyOf, Sandbox, StoreBacking } from '../sandbox/index.ts';
import { type SessionInfo, type SessionStore, StoreError } from '../store/index.ts';
import type { LanguageKind } from '../types.ts';
import { ToolFailure } from './failures.ts';
import { Metrics } from './metrics.ts';
import { KeptOutputs } from './outputs.ts';

/** The name of the session that a call means which names none. */
export const defaultSession = 'default';

/** Milliseconds that programs which were stopped have to save what they wrote before their connection is gone. */
const closingMs = 5_000;

/** A program that runs for a client, or waits to. */
interface Execution {
  readonly session: string;
  readonly request: string | number | undefined;
  readonly stop: AbortController;
  /** Resolves when it has ended, and what it left is saved. */
  readonly ended: Promise<void>;
}

/** What the server lends a client. */
export interface ClientParts {
  readonly executor: Executor;
  readonly store: SessionStore;
  readonly packages: () => Promise<KnownPackages | undefined>;
  /** Is told of faults of the server. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/**
 * One connection: its default session, which lives in memory and ends with it; its sessions on disk; the programs that
 * run for it. Nothing here is shared with another connection.
 */
export class Client {
  readonly metrics = new Metrics();
  readonly outputs = new KeptOutputs();
  /** Calls of tools that are being answered. */
  calls = 0;
  readonly #parts: ClientParts;
  readonly #executions = new Set<Execution>();
  readonly #runs = new Map<string, number>();
  /** Open sandboxes by session; the calls of each are carried out in order. */
  readonly #open = new Map<string, Promise<Sandbox>>();
  #default: MemoryBacking;
  readonly #created = Date.now();
  #used = Date.now();

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.#default = new MemoryBacking(parts.executor, {});
  }

  get executor(): Executor {
    return this.#parts.executor;
  }

  /** Whether a program of this client runs or waits. */
  get busy(): boolean {
    return this.#executions.size > 0;
  }

  packages(): Promise<KnownPackages | undefined> {
    return this.#parts.packages();
  }

  /**
   * The sandbox of a session.
   *
   * @param language of the program that is to run in it; absent for work on its files.
   * @throws {ToolFailure} for a session of another language; {StoreError} for one that cannot be used.
   */
  async sandbox(id: string, language?: LanguageKind): Promise<Sandbox> {
    if (id === defaultSession) return this.#defaultSandbox(language ?? 'python');
    const opening = this.#open.get(id) ?? this.#opened(id);
    const sandbox = await opening;
    if (language !== undefined && sandbox.runtime !== language) {
      throw new ToolFailure(
        'InvalidSessionState',
        `session ${JSON.stringify(id)} runs ${sandbox.runtime}, not ${language}`,
        [
          `Give language="${sandbox.runtime}" with this session_id.`,
          `For ${language}, create another session: create_session(language="${language}"), or leave session_id out.`,
        ],
      );
    }
    return sandbox;
  }

  #defaultSandbox(runtime: LanguageKind): Sandbox {
    const { executor, packages } = this.#parts;
    const common = { executor, packages, sessionId: defaultSession, autoPersistGlobals: false };
    return new Sandbox({ ...common, backing: this.#default, runtime, policy: checkPolicy(undefined) });
  }

  #opened(id: string): Promise<Sandbox> {
    const opening = this.#openStored(id);
    this.#open.set(id, opening);
    // What cannot be opened now may be another time.
    opening.catch(() => this.#open.delete(id));
    return opening;
  }

  async #openStored(id: string): Promise<Sandbox> {
    const { executor, store, packages } = this.#parts;
    const backing = await StoreBacking.existing(executor, store, id);
    const { found } = backing;
    if (found === undefined) throw new StoreError('not-found', id);
    const { language: runtime, persist } = found;
    return new Sandbox({
      ...{ executor, backing, packages, runtime, sessionId: id },
      policy: policyOf(found),
      autoPersistGlobals: persist === 'globals',
    });
  }

  /** Makes a session on disk. */
  async create(
    id: string | undefined,
    language: LanguageKind,
    options: { autoPersistGlobals: boolean; fuelBudget: number; memoryBytes: number },
  ): Promise<SessionInfo> {
    if (id === defaultSession) {
      throw new ToolFailure(
        'InvalidSessionState',
        `"${defaultSession}" is the name of the default session, which is always there`,
        ['Leave session_id out in execute_code to use it.', 'Choose another session_id.'],
      );
    }
    const { fuelBudget, memoryBytes } = options;
    const policy = checkPolicy({ fuelBudget, memoryBytes });
    const persist = options.autoPersistGlobals ? 'globals' : 'workspace';
    const { executor, store } = this.#parts;
    const info = await createStored(executor, store, id, { language, persist, policy });
    this.metrics.created++;
    return info;
  }

  /** Tells whoever runs the server of a fault, of which the client learns no more than that there was one. */
  report(error: unknown): void {
    this.#parts.onFault?.(error);
  }

  /** Forgets how a session was opened: the next call opens it again. */
  forget(id: string): void {
    this.#open.delete(id);
  }

  /** The sessions on disk, damaged and expired ones too. */
  async stored(): Promise<Awaited<ReturnType<SessionStore['list']>>> {
    return await this.#parts.store.list();
  }

  async info(id: string): Promise<SessionInfo> {
    return await this.#parts.store.info(id);
  }

  /** Removes a session; the default one is emptied. Programs that run in it are stopped. */
  async destroy(id: string): Promise<number> {
    const stopped = this.cancel(id);
    if (id === defaultSession) {
      const before = this.#default;
      this.#default = new MemoryBacking(this.#parts.executor, {});
      await before.close();
    } else {
      await this.#parts.store.remove(id);
      this.#open.delete(id);
    }
    this.#runs.delete(id);
    this.metrics.destroyed++;
    return stopped;
  }

  /** Registers a program for as long as it runs; `work` is given the signal that stops it. */
  async running<T>(
    session: string,
    request: string | number | undefined,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const execution = { session, request, stop: new AbortController(), ended };
    this.#executions.add(execution);
    this.#used = Date.now();
    try {
      return await work(AbortSignal.any([signal, execution.stop.signal]));
    } finally {
      resolve();
      this.#executions.delete(execution);
      this.#used = Date.now();
      this.#runs.set(session, (this.#runs.get(session) ?? 0) + 1);
    }
  }

  /** Stops the programs of a session, those that wait too. */
  cancel(session: string): number {
    return this.#stop((execution) => execution.session === session);
  }

  /** Stops the program of a request whose answer nobody can take any more. */
  cancelRequest(request: string | number): number {
    return this.#stop((execution) => execution.request === request);
  }

  /** How often programs ran in a session, and how many do now. */
  counts(session: string): { executions: number; running: number } {
    const running = [...this.#executions].filter((execution) => execution.session === session).length;
    return { executions: this.#runs.get(session) ?? 0, running };
  }

  /** When the default session began and was used last; milliseconds since 1970. */
  get times(): { created: number; used: number } {
    return { created: this.#created, used: this.#used };
  }

  /** Stops everything, and waits until what ran is saved; the default session is gone, the others stay on disk. */
  async close(): Promise<void> {
    const ended = [...this.#executions].map((execution) => execution.ended);
    this.#stop(() => true);
    // One that waits for another process may wait for long.
    const enough = new AbortController();
    await Promise.race([Promise.all(ended), delay(closingMs, undefined, { signal: enough.signal })]);
    enough.abort();
    await this.#default.close();
  }

  #stop(which: (execution: Execution) => boolean): number {
    const stopped = [...this.#executions].filter(which);
    for (const { stop } of stopped) stop.abort(new ExecError('internal', 'the run was cancelled'));
    return stopped.length;
  }
}
