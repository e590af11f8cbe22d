import { ExecError } from '../errors.ts';
import type { OutputChunk, OutputConsumer } from '../pool/index.ts';
import type { ExecEvent, ExecResult } from '../types.ts';
import { type EndedRun, OutputText, toResult } from './outcome.ts';

/** The stream of a run that fails before it begins. */
export async function* failedStream(error: ExecError): AsyncGenerator<ExecEvent, void, void> {
  yield { tag: 'failed', val: error };
}

/** Begins a run; its output goes to `consume` (at once if `live`), and `signal` stops it. */
export type StartRun = (
  consume: OutputConsumer,
  options: { readonly signal?: AbortSignal | undefined; readonly live: boolean },
) => Promise<EndedRun>;

/**
 * Runs a job and yields its events. While the run goes on, at most one chunk is held here: what the consumer does
 * not take stays in the worker's ring, and when that is full the program waits.
 */
export function streamRun(start: StartRun, signal: AbortSignal | undefined): AsyncGenerator<ExecEvent, void, void> {
  const left = new AbortController();
  const events = runEvents(start, signal, left);
  const leave = (): void => left.abort(new Error('the consumer left the stream'));
  return {
    next: () => events.next(),
    // Not left to the generator: it would wait for the next event before it stops the program.
    return: (value) => {
      leave();
      return events.return(value);
    },
    throw: (error) => {
      leave();
      return events.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return();
    },
  };
}

async function* runEvents(
  start: StartRun,
  signal: AbortSignal | undefined,
  left: AbortController,
): AsyncGenerator<ExecEvent, void, void> {
  const queue = new ChunkQueue();
  const text = new OutputText();
  const consume = (chunk: OutputChunk): Promise<void> => {
    text.add(chunk);
    return queue.put(chunk);
  };
  const stop = signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]);
  const ended = start(consume, { signal: stop, live: true });
  // Whatever the end is, it is looked at below, after the last chunk.
  ended.then(
    () => queue.close(),
    () => queue.close(),
  );
  try {
    for (let chunk = await queue.take(); chunk !== undefined; chunk = await queue.take()) {
      yield { tag: chunk.stream === 1 ? 'stdout-chunk' : 'stderr-chunk', val: chunk.bytes };
    }
    const last = await finalEvent(async () => toResult(await ended, text)).catch((error: unknown) => {
      // What the stop made of the run is of no interest to a consumer that has left.
      if (left.signal.aborted) return undefined;
      throw error;
    });
    if (last !== undefined) yield last;
  } finally {
    left.abort(new Error('the consumer left the stream'));
    queue.close();
    await ended.catch(() => undefined);
  }
}

async function finalEvent(result: () => Promise<ExecResult>): Promise<ExecEvent> {
  try {
    return { tag: 'finished', val: await result() };
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    return { tag: 'failed', val: error };
  }
}

/** Chunks on their way to the consumer: `put` resolves when all of them were taken. */
class ChunkQueue {
  readonly #chunks: OutputChunk[] = [];
  #drained: (() => void) | undefined;
  #arrived: (() => void) | undefined;
  #closed = false;

  put(chunk: OutputChunk): Promise<void> {
    this.#chunks.push(chunk);
    this.#arrived?.();
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#drained = resolve;
    });
  }

  /** The next chunk, or nothing once the queue is closed and empty. */
  async take(): Promise<OutputChunk | undefined> {
    if (this.#chunks.length === 0 && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
    const chunk = this.#chunks.shift();
    if (this.#chunks.length === 0) this.#drained?.();
    return chunk;
  }

  close(): void {
    this.#closed = true;
    this.#drained?.();
    this.#arrived?.();
  }
}
