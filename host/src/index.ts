/** golem-exec for Node: runs untrusted JavaScript and Python programs in WebAssembly. */
import { availableParallelism } from 'node:os';
import { InvalidRequestError } from './errors.ts';
import { Executor, environmentLimits } from './executor/index.ts';
import { checkLimits, type Limits } from './limits.ts';
import { componentLoader } from './node/components.ts';
import { spawnWorker } from './node/spawn.ts';
import { Pool } from './pool/index.ts';

export { type ErrorDetails, ExecError, type ExecErrorTag, InvalidRequestError } from './errors.ts';
export type { Executor, Session } from './executor/index.ts';
export { defaultLimits, type LimitRow, type Limits, limitTable } from './limits.ts';
export type {
  Encoding,
  EnvironmentInput,
  ExecEvent,
  ExecRequest,
  ExecResult,
  FileInput,
  LanguageKind,
  Persistence,
  RunReport,
  SessionImage,
  SessionOptions,
  SessionRunRequest,
  StageResult,
} from './types.ts';

export interface ExecutorOptions {
  /** The most worker threads; as many as the machine has cores when absent. They start when work asks for them. */
  readonly workers?: number;
  /** Limits where a request names none. They come before those of the environment variables `EXEC_*`. */
  readonly limits?: Partial<Limits>;
  /**
   * Paths of component files that take the place of the built ones: any component that exports `golem:exec/executor` and
   * `golem:exec/sessions`. They come before those of `EXEC_JS_QUICKJS_PATH` and `EXEC_PYTHON_WASI_PATH`. A file that is no
   * such component makes the runs of its language fail with `internal`.
   */
  readonly components?: { readonly javascript?: string; readonly python?: string };
}

/**
 * Makes an executor. Nothing is loaded before the first run of a language.
 *
 * @throws {InvalidRequestError} for an option that is not valid, or an `EXEC_*` variable that is not.
 */
export function createExecutor(options: ExecutorOptions = {}): Executor {
  const workers = options.workers ?? availableParallelism();
  if (!Number.isSafeInteger(workers) || workers < 1) {
    throw new InvalidRequestError('workers', 'expected a positive integer');
  }
  const limits = { ...environmentLimits(process.env), ...checkLimits(options.limits, 'limits') };
  const component = componentLoader(options.components, process.env);
  return new Executor(new Pool({ workers, spawn: spawnWorker, component }), limits);
}
