import { ExecError, emptyReport } from '../errors.ts';
import type { Executor, Session } from '../executor/index.ts';
import {
  analyse,
  exceptionOf,
  type KnownPackages,
  type RunFacts,
  structuredContent,
  wantsFacts,
} from '../guidance/index.ts';
import { StoreError } from '../store/index.ts';
import type { ExecEvent, FileInfo, FileInput, LanguageKind, SessionRunRequest } from '../types.ts';
import type { Backing } from './backing.ts';
import type { CheckedPolicy } from './policy.ts';
import { type EndedExecution, resultOf, type SandboxResult } from './result.ts';

/** A piece of a program's output while it runs. */
export interface OutputPiece {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
}

/** Options of one `execute`. */
export interface ExecuteOptions {
  /** Seconds, in place of the policy's. */
  readonly timeoutSeconds?: number;
  /** Stops the program; the result then says `host_error`, and holds what was printed. */
  readonly signal?: AbortSignal | undefined;
  /** Is given the output while the program runs. While it has not returned, the program may have to wait. */
  readonly onOutput?: ((piece: OutputPiece) => void | Promise<void>) | undefined;
}

/** What a sandbox is made of. */
export interface SandboxParts {
  readonly executor: Executor;
  readonly backing: Backing;
  readonly runtime: LanguageKind;
  readonly sessionId: string;
  readonly policy: CheckedPolicy;
  readonly autoPersistGlobals: boolean;
  /** The packages that guidance can name. */
  readonly packages: () => Promise<KnownPackages | undefined>;
}

/**
 * A workspace in which programs of one language run, each in a fresh interpreter (seeds 000 and 003). Its calls are
 * carried out in the order they came. After any failure it is usable.
 */
export class Sandbox {
  readonly runtime: LanguageKind;
  readonly sessionId: string;
  readonly #parts: SandboxParts;

  /** @internal Use `createSandbox`. */
  constructor(parts: SandboxParts) {
    this.#parts = parts;
    this.runtime = parts.runtime;
    this.sessionId = parts.sessionId;
  }

  /**
   * Runs a program. A program that fails is a result, not an exception; so is one that ran and left what cannot be saved.
   *
   * @throws {InvalidRequestError} for code or options that are malformed.
   * @throws {StoreError} when the sandbox's session on disk cannot be used.
   */
  async execute(code: string, options: ExecuteOptions = {}): Promise<SandboxResult> {
    const { timeoutSeconds, signal, onOutput } = options;
    const { limits } = this.#parts.policy;
    const timeMs = timeoutSeconds === undefined ? limits.timeMs : Math.ceil(timeoutSeconds * 1000);
    const policy = { ...this.#parts.policy, limits: { ...limits, timeMs } };
    let ran: EndedExecution | undefined;
    const saved = this.#parts.backing.use(this.runtime, async (session) => {
      const request = { code, limits: policy.limits, env: policy.env, trackFiles: true };
      ran = await runToEnd(session, request, signal, onOutput);
      return ran;
    });
    const ended = await saved.catch((error: unknown) => {
      // What it printed must not be lost with it.
      if (ran === undefined || !(error instanceof StoreError)) throw error;
      return unsaved(ran, error);
    });
    const result = resultOf(ended, { ...this.#parts, policy });
    return { ...result, structuredContent: structuredContent(await this.#factsOf(code, ended, result)) };
  }

  /** All files and folders below `dir`. */
  async listFiles(dir = '.'): Promise<FileInfo[]> {
    return await this.#parts.backing.look((session) => session.listTree(dir));
  }

  /** The bytes of a file. */
  async readFile(path: string): Promise<Uint8Array> {
    return await this.#parts.backing.look((session) => session.download(path));
  }

  /** Writes a file, in place of one of that name; parent folders are made. */
  async writeFile(path: string, content: string | Uint8Array, encoding?: FileInput['encoding']): Promise<void> {
    await this.#use((session) =>
      session.upload({ name: path, content, ...(encoding === undefined ? {} : { encoding }) }),
    );
  }

  /** Removes a file, a link, or a folder with all that is in it. */
  async deletePath(path: string): Promise<void> {
    await this.#use((session) => session.remove(path));
  }

  /** Removes all files, and with `autoPersistGlobals` the variables, which are in one. The sandbox stays usable. */
  async deleteWorkspace(): Promise<void> {
    await this.#use((session) => session.clear());
  }

  /** Ends the sandbox; a run under way ends. What is kept on disk stays there. */
  async close(): Promise<void> {
    await this.#parts.backing.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return await this.#parts.backing.use(undefined, work);
  }

  async #factsOf(
    code: string,
    { error }: EndedExecution,
    result: Omit<SandboxResult, 'structuredContent'>,
  ): Promise<RunFacts> {
    const { executor } = this.#parts;
    const { metadata, success, exitCode, stderr, fuelConsumed, fuelBudget } = result;
    const known: RunFacts = {
      ...{ language: this.runtime, success, exitCode, stderr, fuelConsumed, fuelBudget },
      memoryLimitBytes: metadata.memoryLimitBytes,
      timeoutSeconds: metadata.timeoutSeconds,
      ...(error === undefined ? {} : { failure: failureOf(error) }),
    };
    if (success && fuelConsumed < fuelBudget * 0.75) return known;
    const packages = await this.#parts.packages();
    const named = { ...known, code, ...(packages === undefined ? {} : { packages }) };
    if (!wantsFacts(named, exceptionOf(named))) return named;
    return { ...named, facts: await analyse(code, this.runtime, executor) };
  }
}

/** A run whose session could not be saved afterwards. The store's own words may name folders that are not for everybody. */
function unsaved({ report }: EndedExecution, cause: StoreError): EndedExecution {
  const full = cause.code === 'full';
  const why = full ? 'the store of sessions is full' : 'the store of sessions cannot be written';
  const message = `the program ran, and what it left in its session could not be saved: ${why}; the session is as before it`;
  const details = { reason: full ? 'store' : `store-${cause.code}` };
  const error = new ExecError(full ? 'resource-exceeded' : 'internal', message, report, details);
  error.cause = cause;
  // Nothing of it is there.
  const { changes: _, ...rest } = report;
  return { report: rest, error };
}

function failureOf({ tag, message, run, details }: ExecError): NonNullable<RunFacts['failure']> {
  return { tag, message, details, ...(run.signal === undefined ? {} : { signal: run.signal }) };
}

/** Runs a program to its end, whatever that is; an abort is an end, too, and what was printed before is kept. */
async function runToEnd(
  session: Session,
  request: SessionRunRequest,
  signal: AbortSignal | undefined,
  onOutput: ExecuteOptions['onOutput'],
): Promise<EndedExecution> {
  if (signal === undefined && onOutput === undefined) {
    return await session.run(request).then(
      (report) => ({ report }),
      (error: unknown) => {
        if (error instanceof ExecError) return { report: error, error };
        throw error;
      },
    );
  }
  const text = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const printed = { stdout: '', stderr: '' };
  try {
    const events: AsyncIterable<ExecEvent> = session.runStreaming(
      signal === undefined ? request : { ...request, signal },
    );
    for await (const event of events) {
      if (event.tag === 'finished') return { report: event.val };
      if (event.tag === 'failed') {
        if (signal?.aborted === true && event.val.tag === 'internal') break;
        return { report: event.val, error: event.val };
      }
      const stream = event.tag === 'stdout-chunk' ? 'stdout' : 'stderr';
      printed[stream] += text[stream].decode(event.val, { stream: true });
      await onOutput?.({ stream, bytes: event.val });
    }
    if (signal?.aborted !== true) throw new Error('a stream of events ends with finished or failed');
  } catch (thrown) {
    if (signal?.aborted !== true || thrown instanceof TypeError) throw thrown;
  }
  const report = { ...emptyReport, run: { ...printed, signal: 'SIGKILL' } };
  return { report, error: new ExecError('internal', 'the run was cancelled', report, { reason: 'cancelled' }) };
}
