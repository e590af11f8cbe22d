import type { ComponentFiles } from '../engine/index.ts';
import { type EngineJob, type RunOutcome, type StopReason, stopReason } from '../engine/index.ts';
import { ExecError } from '../errors.ts';
import { defaultLimits } from '../limits.ts';
import type { LanguageKind } from '../types.ts';
import { readMessage } from './messages.ts';
import type { WorkerListener, WorkerSetup, WorkerThread } from './protocol.ts';
import { clockMs, createRing, createSharedControl, flag, type OutputChunk, RingReader } from './ring.ts';

/** Takes a program's output; a returned promise holds back what comes next, and with it the program. */
export type OutputConsumer = (chunk: OutputChunk) => void | Promise<void>;

/** Milliseconds after the deadline in which a worker stops its run by itself, before it is told to. */
const deadlineSlackMs = 50;
/** Milliseconds that a program which was told to stop has to do so, before its worker is terminated. */
const stopGraceMs = 250;
/** Milliseconds that the host's own work before and after a program may take: making an instance, handing over files. */
const mostHostMs = 60_000;

/**
 * Milliseconds that one program's output may take the main thread for without a break. A program that writes byte by byte
 * fills its ring as fast as it is emptied, and timers, requests and other runs would wait for its end.
 */
const mostDrainMs = 10;

/** Lets everything else happen that waits. */
function othersTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

interface CurrentRun {
  readonly id: number;
  readonly job: EngineJob;
  readonly consume: OutputConsumer;
  readonly settle: (outcome: RunOutcome) => void;
  /** Ends the wait for the consumer of the chunk that was handed over last. */
  letGo: (() => void) | undefined;
  readonly startedAt: number;
  stopped: StopReason | undefined;
  /** Whether the outcome is there: nothing is left to stop. */
  over: boolean;
  timer: ReturnType<typeof setTimeout>;
}

/** One worker thread, seen from the main thread: at most one run at a time. */
export class WorkerHandle implements WorkerListener {
  readonly #thread: WorkerThread;
  readonly #control = createSharedControl(defaultLimits.bufferedBytes);
  readonly #reader = new RingReader(this.#control);
  readonly #loaded = new Map<LanguageKind, { promise: Promise<void>; done: (error?: Error) => void }>();
  readonly #onExit: (handle: WorkerHandle) => void;
  #current: CurrentRun | undefined;
  #draining: Promise<void> | undefined;
  #alive = true;
  /** Why the thread was ended, if not by a call. */
  #fault: Error | undefined;
  #runs = 0;

  constructor(
    spawn: (setup: WorkerSetup, listener: WorkerListener) => WorkerThread,
    onExit: (handle: WorkerHandle) => void,
    keepReady: boolean,
  ) {
    this.#onExit = onExit;
    this.#thread = spawn({ control: this.#control, keepReady }, this);
  }

  /** Whether a component was handed to this worker. */
  has(language: LanguageKind): boolean {
    return this.#loaded.has(language);
  }

  /**
   * Hands a component to the worker; resolves when an instance of it is ready.
   *
   * @throws {ExecError} `internal` when it cannot be loaded.
   */
  async load(component: ComponentFiles): Promise<void> {
    if (!this.#alive) throw new ExecError('internal', 'the worker ended before it was given its component; run again');
    let entry = this.#loaded.get(component.language);
    if (entry === undefined) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      // A failed load is reported to those who wait for it; without any, it must not end the process.
      promise.catch(() => undefined);
      const done = (error?: Error): void => {
        if (error === undefined) resolve();
        else {
          // The next run tries again: what failed may pass.
          this.#loaded.delete(component.language);
          reject(new ExecError('internal', `${component.origin} cannot be loaded: ${error.message}`));
        }
      };
      entry = { promise, done };
      this.#loaded.set(component.language, entry);
      this.#thread.post({ kind: 'load', component });
    }
    await entry.promise;
  }

  /** Runs a job whose component was loaded. Never rejects: whatever happens is an outcome. */
  run(job: EngineJob, consume: OutputConsumer, live: boolean): Promise<RunOutcome> {
    return new Promise((resolve) => {
      const id = ++this.#runs;
      const timer = setTimeout(() => this.#deadline(), job.limits.timeMs + deadlineSlackMs);
      const startedAt = performance.now();
      const nothingYet = { letGo: undefined, stopped: undefined, over: false };
      this.#current = { id, job, consume, settle: resolve, startedAt, ...nothingYet, timer };
      if (!this.#alive) {
        this.#finish(lostOutcome(this.#current, undefined));
        return;
      }
      Atomics.store(this.#control.flags, flag.stop, 0);
      Atomics.store(this.#control.flags, flag.began, 0);
      const { bufferedBytes } = job.limits;
      // For this run alone: what is large is not kept.
      const ring = bufferedBytes > this.#control.ring.length ? createRing(bufferedBytes) : undefined;
      this.#reader.begin(ring);
      this.#thread.post({ kind: 'run', id, job, live, ...(ring === undefined ? {} : { ring }) });
    });
  }

  /** Stops the run under way: at the program's next checkpoint, or by ending the thread. */
  stop(reason: StopReason): void {
    const run = this.#current;
    if (run === undefined || run.over || run.stopped !== undefined) return;
    run.stopped = reason;
    clearTimeout(run.timer);
    const { flags } = this.#control;
    Atomics.store(flags, flag.stop, stopReason[reason]);
    Atomics.notify(flags, flag.stop);
    Atomics.notify(flags, flag.read);
    run.timer = setTimeout(() => this.#lastResort(run, performance.now()), stopGraceMs);
  }

  /**
   * The program had its time to stop. If it is not running at all the worker is not stuck: it makes the instance, or hands
   * over the files of a session, which are not to be lost.
   */
  #lastResort(run: CurrentRun, since: number): void {
    const running = Atomics.load(this.#control.flags, flag.began) !== 0;
    if (running || performance.now() - since > mostHostMs) void this.terminate();
    else run.timer = setTimeout(() => this.#lastResort(run, since), stopGraceMs);
  }

  /** Ends the thread; a run under way ends with it. */
  async terminate(): Promise<void> {
    await this.#thread.terminate();
  }

  message(received: unknown): void {
    const message = readMessage(received);
    if (message === undefined) {
      this.#distrust(new Error('it sent what no worker sends'));
      return;
    }
    switch (message.kind) {
      case 'loaded':
        this.#loaded.get(message.language)?.done();
        break;
      case 'load-failed':
        this.#loaded.get(message.language)?.done(new Error(message.message));
        break;
      case 'output':
        this.#reader.acknowledge();
        void this.#drain();
        break;
      case 'outcome':
        if (this.#current?.id === message.id) this.#finish(message.outcome);
        break;
    }
  }

  exit(reason: Error | undefined): void {
    const error = this.#fault ?? reason;
    this.#alive = false;
    for (const entry of this.#loaded.values()) {
      entry.done(new Error(`the worker ended while it started: ${error?.message ?? 'terminated'}`));
    }
    if (this.#current !== undefined) this.#finish(lostOutcome(this.#current, error));
    this.#onExit(this);
  }

  /** Ends a thread that is not to be used any more. */
  #distrust(fault: Error): void {
    this.#fault ??= fault;
    void this.terminate();
  }

  get alive(): boolean {
    return this.#alive;
  }

  /**
   * The run's time may be over. It counts from when the program began: before that an instance may have to be made.
   */
  #deadline(): void {
    const run = this.#current;
    if (run === undefined) return;
    const most = run.job.limits.timeMs + deadlineSlackMs;
    const began = Atomics.load(this.#control.flags, flag.began);
    const left = began === 0 ? run.startedAt + mostHostMs - performance.now() : most - (clockMs() - began);
    if (left <= 0) this.stop('timeout');
    else run.timer = setTimeout(() => this.#deadline(), Math.min(left, most));
  }

  #finish(outcome: RunOutcome): void {
    const run = this.#current;
    if (run === undefined) return;
    run.over = true;
    clearTimeout(run.timer);
    // The output that was printed before the outcome is still in the ring, even if the thread is gone. It is
    // handed over whole, so that a consumer that stands still does not hold the worker.
    run.letGo?.();
    void this.#drain().then(() => {
      this.#current = undefined;
      run.settle(outcome);
    });
  }

  /** Hands the ring's content to the run's consumer, in order; while the run goes on it may hold that back. */
  async #drain(): Promise<void> {
    while (this.#draining !== undefined) await this.#draining;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#draining = promise;
    try {
      let since = performance.now();
      for (let chunk = this.#reader.next(); chunk !== undefined; chunk = this.#reader.next()) {
        const run = this.#current;
        const pending = run?.consume(chunk);
        if (run !== undefined && pending !== undefined) await taken(run, pending);
        this.#reader.release();
        if (performance.now() - since < mostDrainMs) continue;
        await othersTurn();
        since = performance.now();
      }
    } catch (error) {
      // A damaged ring or a consumer that failed: the worker is not to be used any more.
      this.#distrust(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.#draining = undefined;
      resolve();
    }
  }
}

/**
 * Resolves when the consumer has a chunk, or the run has ended: from then on its output waits for nobody. Not a race with one
 * promise for the whole run, which would keep something of every chunk until then.
 */
function taken(run: CurrentRun, pending: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    pending.then(resolve, reject);
    if (run.over) resolve();
    else run.letGo = resolve;
  });
}

/** The outcome of a run whose thread ended under it. */
function lostOutcome(run: CurrentRun, error: Error | undefined): RunOutcome {
  const timeMs = performance.now() - run.startedAt;
  const common = { compiled: false, timeMs, memoryBytes: 0, stdoutTruncated: false, stderrTruncated: false };
  if (run.stopped === 'timeout') return { ...common, tag: 'timeout', compiled: true, signal: 'SIGKILL' };
  if (run.stopped === 'cancelled') return { ...common, tag: 'internal', message: 'the run was cancelled' };
  const outOfMemory = error !== undefined && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (outOfMemory) {
    return { ...common, tag: 'resource-exceeded', signal: 'SIGKILL', details: { reason: 'memory' } };
  }
  return {
    ...common,
    tag: 'internal',
    message: `the worker ended during the run: ${error?.message ?? 'no reason given'}`,
  };
}
