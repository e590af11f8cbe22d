import type { EngineJob } from '../engine/index.ts';
import { ExecError } from '../errors.ts';
import { defaultLimits, type Limits } from '../limits.ts';
import type { Pool } from '../pool/index.ts';
import type { ExecEvent, ExecRequest, ExecResult, LanguageKind, SessionImage, SessionOptions } from '../types.ts';
import { checkLanguage } from './fields.ts';
import { OutputText, toResult } from './outcome.ts';
import { prepareRun } from './request.ts';
import { Session } from './session.ts';
import { readSessionImage } from './session-image.ts';
import { failedStream, type StartRun, streamRun } from './streaming.ts';

/**
 * Runs untrusted programs, each in a pristine WebAssembly instance of its own.
 *
 * @example
 * await using executor = createExecutor();
 * const { run } = await executor.run({
 *   language: 'python',
 *   files: [{ name: 'main.py', content: 'print(6 * 7)' }],
 * });
 * console.log(run.stdout); // 42
 */
export class Executor {
  readonly #pool: Pool;
  readonly #limits: Limits;

  /** @internal Use `createExecutor`. */
  constructor(pool: Pool, limits: Partial<Limits>) {
    this.#pool = pool;
    this.#limits = { ...defaultLimits, ...limits };
  }

  /**
   * Runs one program to its end.
   *
   * @returns the result of a completed run, whatever its exit code.
   * @throws {InvalidRequestError} for a malformed request.
   * @throws {ExecError} when the run does not complete; it carries what was printed so far.
   * @throws the reason of `request.signal` when it is aborted.
   */
  async run(request: ExecRequest): Promise<ExecResult> {
    const job = prepareRun(request, this.#limits);
    const output = new OutputText();
    const outcome = await this.#pool.run(job, (chunk) => output.add(chunk), { signal: request.signal, live: false });
    request.signal?.throwIfAborted();
    return toResult({ job, outcome }, output);
  }

  /**
   * Runs one program and hands out its output while it runs. A consumer that reads slowly slows the program down;
   * leaving the loop early stops it.
   *
   * @returns the events in order; exactly one `finished` or `failed` comes last. The iterator throws the reason of
   * `request.signal` when that is aborted.
   * @throws {InvalidRequestError} for a malformed request.
   *
   * @example
   * for await (const event of executor.runStreaming(request)) {
   *   if (event.tag === 'stdout-chunk') process.stdout.write(event.val);
   * }
   */
  runStreaming(request: ExecRequest): AsyncGenerator<ExecEvent, void, void> {
    let job: EngineJob;
    try {
      job = prepareRun(request, this.#limits);
    } catch (error) {
      if (!(error instanceof ExecError)) throw error;
      return failedStream(error);
    }
    const start: StartRun = async (consume, { signal, live }) => {
      const outcome = await this.#pool.run(job, consume, { signal, live });
      signal?.throwIfAborted();
      return { job, outcome };
    };
    return streamRun(start, request.signal);
  }

  /**
   * Opens a session: files, a working directory and limits that persist from run to run.
   *
   * @throws {InvalidRequestError} for a malformed option.
   * @throws {ExecError} `unsupported-language`.
   */
  async openSession(options: SessionOptions): Promise<Session> {
    return new Session(this.#pool, options, this.#limits);
  }

  /**
   * Opens a session that begins as another one was when its image was taken. An image may be restored any number of
   * times; the sessions know nothing of each other. Files of an image that are more than the limits allow stay; only
   * more of them is refused.
   *
   * @throws {InvalidRequestError} for a malformed image.
   * @throws {ExecError} `unsupported-language`.
   */
  async restore(image: SessionImage): Promise<Session> {
    const { options, begin } = readSessionImage(image);
    return new Session(this.#pool, options, this.#limits, begin);
  }

  /**
   * Loads the component of a language and makes an instance of it ready, so that the first run waits for neither.
   * Without it that begins with the first run.
   *
   * @throws {ExecError} `unsupported-language`; `internal` when the component cannot be loaded.
   */
  async warm(language: LanguageKind): Promise<void> {
    await this.#pool.warm(checkLanguage(language));
  }

  /** Ends the workers. Runs under way end with an error. */
  async close(): Promise<void> {
    await this.#pool.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
