import type { ComponentFiles, EngineJob, RunOutcome } from '../engine/index.ts';
import { ExecError, emptyReport } from '../errors.ts';
import type { LanguageKind } from '../types.ts';
import type { WorkerListener, WorkerSetup, WorkerThread } from './protocol.ts';
import { type OutputConsumer, WorkerHandle } from './worker-handle.ts';

export interface PoolOptions {
  /** The most worker threads; they are started when work asks for them. */
  readonly workers: number;
  /** The most runs that may wait for a worker. */
  readonly queue: number;
  readonly spawn: (setup: WorkerSetup, listener: WorkerListener) => WorkerThread;
  /** The compiled component of a language; called when the language is first asked for. */
  readonly component: (language: LanguageKind) => Promise<ComponentFiles>;
  /** Whether a worker makes the instance of its next run when a run has ended (true), or when the next one comes. */
  readonly keepReady?: boolean;
}

interface Waiting {
  readonly language: LanguageKind;
  readonly take: (worker: WorkerHandle) => void;
  readonly fail: (error: Error) => void;
}

/**
 * The worker threads of an executor. Runs wait in the order they came.
 *
 * DEVIATION D14: threads that share nothing but the output ring, where seed 002 has state behind locks.
 */
export class Pool {
  readonly #options: PoolOptions;
  readonly #all = new Set<WorkerHandle>();
  readonly #idle = new Set<WorkerHandle>();
  readonly #queue: Waiting[] = [];
  readonly #components = new Map<LanguageKind, Promise<ComponentFiles>>();
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /**
   * Runs a job on the next free worker.
   *
   * @param consume takes the program's output as it comes.
   * @param options.signal stops the run, or takes it out of the queue.
   * @param options.live whether the output is wanted while the program runs; else it may come when it has ended.
   * @returns how the run ended; a run that the signal stopped is `internal`.
   * @throws the signal's reason when it was aborted before the run began; an ExecError when the pool is closed or the component cannot be loaded.
   */
  async run(
    job: EngineJob,
    consume: OutputConsumer,
    { signal, live }: { readonly signal?: AbortSignal | undefined; readonly live: boolean },
  ): Promise<RunOutcome> {
    signal?.throwIfAborted();
    // Compiled while the worker starts.
    const component = this.#component(job.language);
    component.catch(() => undefined);
    const worker = await this.#acquire(job.language, signal);
    const stop = (): void => worker.stop('cancelled');
    try {
      await worker.load(await component);
      signal?.throwIfAborted();
      signal?.addEventListener('abort', stop, { once: true });
      const outcome = await worker.run(job, consume, live);
      if (this.#closed && outcome.tag === 'internal') throw closedError();
      return outcome;
    } catch (error) {
      throw this.#closed ? closedError() : error;
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#release(worker);
    }
  }

  /**
   * Makes an instance of a language ready in a free worker; where all are busy, the language's component at least.
   *
   * @throws {ExecError} `internal` when the component cannot be loaded, or the pool is closed.
   */
  async warm(language: LanguageKind): Promise<void> {
    if (this.#closed) throw closedError();
    const component = this.#component(language);
    component.catch(() => undefined);
    const worker = this.#pick(language);
    // It stays free: a run that takes it waits for the rest.
    if (worker !== undefined) this.#idle.add(worker);
    const files = await component;
    await worker?.load(files);
  }

  /** Ends all workers; what still waits fails. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#queue.splice(0)) waiting.fail(closedError());
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #component(language: LanguageKind): Promise<ComponentFiles> {
    let component = this.#components.get(language);
    if (component === undefined) {
      component = this.#options.component(language);
      this.#components.set(language, component);
      // A failure may pass (a path was wrong, a build was missing): the next run tries again.
      component.catch(() => this.#components.delete(language));
    }
    return component;
  }

  #acquire(language: LanguageKind, signal: AbortSignal | undefined): Promise<WorkerHandle> {
    if (this.#closed) throw closedError();
    const worker = this.#pick(language);
    if (worker !== undefined) {
      this.#idle.delete(worker);
      return Promise.resolve(worker);
    }
    const most = this.#options.queue;
    if (this.#queue.length >= most) throw queueFull(most);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const at = this.#queue.indexOf(waiting);
        if (at >= 0) this.#queue.splice(at, 1);
        reject(signal?.reason);
      };
      const settled = (): void => signal?.removeEventListener('abort', leave);
      const waiting: Waiting = {
        language,
        take: (worker) => {
          settled();
          resolve(worker);
        },
        fail: (error) => {
          settled();
          reject(error);
        },
      };
      this.#queue.push(waiting);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** An idle worker that has the language, else a new one while there is room, else any idle one. */
  #pick(language: LanguageKind): WorkerHandle | undefined {
    for (const worker of this.#idle) {
      if (worker.has(language)) return worker;
    }
    if (this.#all.size < this.#options.workers) {
      const { spawn, keepReady = true } = this.#options;
      const left = (gone: WorkerHandle): void => {
        this.#all.delete(gone);
        this.#idle.delete(gone);
        this.#serve();
      };
      const worker = new WorkerHandle(spawn, left, keepReady);
      this.#all.add(worker);
      return worker;
    }
    return this.#idle.values().next().value;
  }

  #release(worker: WorkerHandle): void {
    if (worker.alive && !this.#closed) this.#idle.add(worker);
    this.#serve();
  }

  #serve(): void {
    while (this.#queue.length > 0 && !this.#closed) {
      const next = this.#queue[0];
      const worker = next && this.#pick(next.language);
      if (next === undefined || worker === undefined) return;
      this.#queue.shift();
      this.#idle.delete(worker);
      next.take(worker);
    }
  }
}

function queueFull(most: number): ExecError {
  const message = `${most} runs are waiting already; wait for some to end, or raise the executor's queue or workers`;
  return new ExecError('resource-exceeded', message, emptyReport, { reason: 'queue', limit: most });
}

function closedError(): ExecError {
  return new ExecError('internal', 'the executor is closed; create another one');
}
