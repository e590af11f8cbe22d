import { InvalidRequestError } from './errors.ts';

/** The limits of one run. Every value is a positive integer. */
export interface Limits {
  /** Wall-clock time of a run, in milliseconds. */
  readonly timeMs: number;
  /** Units of fuel of a run: about one a WebAssembly instruction, counted at function entries and loops. */
  readonly fuel: number;
  /** Linear memory of the instance, its image included, in bytes. Files do not count. */
  readonly memoryBytes: number;
  /** Size of a single file, in bytes (logical: holes count). */
  readonly fileSizeBytes: number;
  /** Bytes of all files of the workspace together (logical: holes count). */
  readonly workspaceBytes: number;
  /** Files and folders of the workspace together. */
  readonly files: number;
  /** Bytes kept of each of standard output and standard error. */
  readonly outputBytes: number;
  /** Bytes kept of standard output, where that is less than `outputBytes`. */
  readonly stdoutBytes: number;
  /** Bytes kept of standard error, where that is less than `outputBytes`. */
  readonly stderrBytes: number;
  /** Bytes of a streaming run's output, on both streams together, that were printed and not yet taken by the consumer. */
  readonly bufferedBytes: number;
  /** Bytes of all that a request brings: files, stdin, arguments and environment. */
  readonly inputBytes: number;
  /** Descriptors open at the same time. */
  readonly descriptors: number;
  /** Accepted and ignored: a program cannot start processes at all. */
  readonly maxProcesses: number;
}

/** One row of the table of limits. */
export interface LimitRow {
  readonly unit: 'ms' | 'bytes' | 'count';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  /** What happens at the limit, and which part of the system sees to it. */
  readonly enforcedBy: string;
}

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/** Every limit with its unit, default, range and enforcement. `docs/LIMITS.md` shows the same table. */
export const limitTable: { readonly [name in keyof Limits]: LimitRow } = {
  timeMs: {
    unit: 'ms',
    default: 5_000,
    minimum: 1,
    maximum: 24 * 60 * 60 * 1000,
    enforcedBy: 'the pool: a deadline that stops the program; the run fails with `timeout`',
  },
  fuel: {
    unit: 'count',
    default: Number.MAX_SAFE_INTEGER,
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    enforcedBy: 'the engine, at the checkpoints of the rewritten component: `resource-exceeded` with reason `fuel`',
  },
  memoryBytes: {
    unit: 'bytes',
    default: 256 * MiB,
    minimum: 64 * KiB,
    maximum: 4 * GiB,
    enforcedBy:
      'the engine: the maximum of the instance’s memory; MemoryError or out of memory in the program, else `resource-exceeded`',
  },
  fileSizeBytes: {
    unit: 'bytes',
    default: 64 * MiB,
    minimum: 1,
    maximum: 2 * GiB,
    enforcedBy: 'the file system: EFBIG in the program',
  },
  workspaceBytes: {
    unit: 'bytes',
    default: 256 * MiB,
    minimum: 1,
    maximum: 8 * GiB,
    enforcedBy: 'the file system: ENOSPC in the program',
  },
  files: {
    unit: 'count',
    default: 10_000,
    minimum: 1,
    maximum: 10_000_000,
    enforcedBy: 'the file system: ENOSPC in the program',
  },
  outputBytes: {
    unit: 'bytes',
    default: 2 * MiB,
    minimum: 1,
    maximum: 256 * MiB,
    enforcedBy: 'the output streams: the head is kept, the rest dropped and flagged; the program goes on',
  },
  stdoutBytes: {
    unit: 'bytes',
    default: 256 * MiB,
    minimum: 1,
    maximum: 256 * MiB,
    enforcedBy: 'the output streams, as `outputBytes`; of the two the smaller one holds',
  },
  stderrBytes: {
    unit: 'bytes',
    default: 256 * MiB,
    minimum: 1,
    maximum: 256 * MiB,
    enforcedBy: 'the output streams, as `outputBytes`; of the two the smaller one holds',
  },
  bufferedBytes: {
    unit: 'bytes',
    default: 256 * KiB,
    minimum: 1 * KiB,
    maximum: 256 * MiB,
    enforcedBy: 'the ring of output, while a run is streamed: the program waits until its consumer has taken some',
  },
  inputBytes: {
    unit: 'bytes',
    default: 64 * MiB,
    minimum: 1,
    maximum: 2 * GiB,
    enforcedBy: 'the executor, before the run: `resource-exceeded`',
  },
  descriptors: {
    unit: 'count',
    default: 1_024,
    minimum: 16,
    maximum: 1_000_000,
    enforcedBy: 'the file system: EMFILE in the program',
  },
  maxProcesses: {
    unit: 'count',
    default: 1,
    minimum: 1,
    maximum: 2 ** 32 - 1,
    enforcedBy: 'nothing to enforce: a program cannot start processes',
  },
};

const names = Object.keys(limitTable) as (keyof Limits)[];

/** The defaults of the table. */
export const defaultLimits: Limits = Object.freeze(
  Object.fromEntries(names.map((name) => [name, limitTable[name].default])) as unknown as Limits,
);

/**
 * Checks a partial set of limits as it came from outside.
 *
 * @param field the request's name for the set, used in messages (`limits`).
 * @throws {InvalidRequestError} for an unknown name, or a value that is not an integer of the limit's range.
 */
export function checkLimits(input: unknown, field: string): Partial<Limits> {
  if (input === undefined) return {};
  if (typeof input !== 'object' || input === null || Array.isArray(input) || input instanceof Map) {
    throw new InvalidRequestError(field, `expected an object with any of ${names.join(', ')}`);
  }
  const checked: { -readonly [name in keyof Limits]?: number } = {};
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    if (!isLimitName(name)) {
      throw new InvalidRequestError(`${field}.${name}`, `there is no such limit; the limits are ${names.join(', ')}`);
    }
    checked[name] = checkLimit(name, value, `${field}.${name}`);
  }
  return checked;
}

function checkLimit(name: keyof Limits, value: unknown, field: string): number {
  const { unit, minimum, maximum } = limitTable[name];
  const range = `an integer from ${minimum} to ${maximum} (${unit})`;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < minimum || value > maximum) {
    throw new InvalidRequestError(field, `expected ${range}, got ${describe(value)}`);
  }
  return value;
}

function describe(value: unknown): string {
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : typeof value;
}

function isLimitName(name: string): name is keyof Limits {
  return Object.hasOwn(limitTable, name);
}
