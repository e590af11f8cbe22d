import { availableParallelism } from 'node:os';
import type { ComponentFiles } from '../engine/index.ts';
import { InvalidRequestError } from '../errors.ts';
import { checkFields, Executor, environmentLimits } from '../executor/index.ts';
import { checkLimits, type Limits } from '../limits.ts';
import { Pool } from '../pool/index.ts';
import type { LanguageKind } from '../types.ts';
import { componentLoader } from './components.ts';
import { sharedPack } from './packages.ts';
import { spawnWorker } from './spawn.ts';
import { componentIsCompiled } from './tiering.ts';
import { nodeTooOld } from './version.ts';

export interface ExecutorOptions {
  /** The most worker threads; as many as the machine has cores when absent. They start when work asks for them. */
  readonly workers?: number;
  /** The most runs that may wait for a worker (10,000); one more fails with `resource-exceeded`. */
  readonly queue?: number;
  /** Limits where a request names none. They come before those of the environment variables `EXEC_*`. */
  readonly limits?: Partial<Limits>;
  /**
   * Paths of component files that take the place of the built ones: any component that exports `golem:exec/executor` and
   * `golem:exec/sessions`. They come before those of `EXEC_JS_QUICKJS_PATH` and `EXEC_PYTHON_WASI_PATH`. A file that is no
   * such component makes the runs of its language fail with `internal`.
   */
  readonly components?: { readonly javascript?: string; readonly python?: string };
  /**
   * Whether programs find the vendored packages of their language, read-only at `/data/site-packages` (Python) and
   * `/data_js/vendor` (JavaScript). They do when absent.
   */
  readonly packages?: boolean;
  /**
   * Whether a worker makes an instance ready for its next run as soon as one has ended. It does when absent; a process
   * that runs one program has no use for that.
   */
  readonly keepReady?: boolean;
}

const optionFields = [
  'workers',
  'queue',
  'limits',
  'components',
  'packages',
  'keepReady',
] as const satisfies (keyof ExecutorOptions)[];

/**
 * Makes an executor. Nothing is loaded before the first run of a language.
 *
 * @throws {InvalidRequestError} for an option that is not valid, or an `EXEC_*` variable that is not.
 * @throws {Error} on a Node.js that is too old.
 */
export function createExecutor(options: ExecutorOptions = {}): Executor {
  const tooOld = nodeTooOld();
  if (tooOld !== undefined) throw new Error(tooOld);
  checkFields(options, optionFields);
  const workers = checkCount(options.workers ?? availableParallelism(), 'workers');
  const queue = checkCount(options.queue ?? 10_000, 'queue');
  const limits = { ...environmentLimits(process.env), ...checkLimits(options.limits, 'limits') };
  const load = componentLoader(options.components, process.env);
  const lends = options.packages ?? true;
  if (typeof lends !== 'boolean') throw new InvalidRequestError('packages', 'expected true or false');
  const keepReady = options.keepReady ?? true;
  if (typeof keepReady !== 'boolean') throw new InvalidRequestError('keepReady', 'expected true or false');
  const component = async (language: LanguageKind): Promise<ComponentFiles> => {
    const [files, packages] = await Promise.all([load(language), lends ? sharedPack(language) : undefined]);
    componentIsCompiled();
    return packages === undefined ? files : { ...files, packages };
  };
  return new Executor(new Pool({ workers, queue, spawn: spawnWorker, component, keepReady }), limits);
}

function checkCount(value: number, field: string): number {
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidRequestError(field, 'expected a positive integer');
  return value;
}
