import { InvalidRequestError } from '../errors.ts';
import { checkEnv, checkFields } from '../executor/index.ts';
import { type Limits, limitTable } from '../limits.ts';

/** What a sandbox allows each run. A field that is absent has its default. */
export interface SandboxPolicy {
  /** Units of fuel, about one a WebAssembly instruction; 10 billion. */
  readonly fuelBudget?: number;
  /** Linear memory of the interpreter, in bytes; 128 MiB. */
  readonly memoryBytes?: number;
  /** Wall-clock time in seconds, fractions allowed; 30. */
  readonly timeoutSeconds?: number;
  /** Bytes kept of standard output; 2 MiB. */
  readonly stdoutMaxBytes?: number;
  /** Bytes kept of standard error; 2 MiB. */
  readonly stderrMaxBytes?: number;
  /** Environment variables of the programs. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A policy with every field; the time in the unit of the limits. */
export interface CheckedPolicy {
  readonly limits: Pick<Limits, 'fuel' | 'memoryBytes' | 'timeMs' | 'outputBytes' | 'stdoutBytes' | 'stderrBytes'>;
  readonly env: readonly (readonly [string, string])[];
}

const MiB = 1024 * 1024;
const fields = [
  'fuelBudget',
  'memoryBytes',
  'timeoutSeconds',
  'stdoutMaxBytes',
  'stderrMaxBytes',
  'env',
] as const satisfies (keyof SandboxPolicy)[];

/** The values of a policy that names none (seed 003 §5.2). */
export const defaultPolicy = Object.freeze({
  fuelBudget: 10_000_000_000,
  memoryBytes: 128 * MiB,
  timeoutSeconds: 30,
  stdoutMaxBytes: 2 * MiB,
  stderrMaxBytes: 2 * MiB,
});

/**
 * Checks a policy from outside.
 *
 * @throws {InvalidRequestError} that names the field, as `policy.fuelBudget`, and what it may be.
 */
export function checkPolicy(policy: unknown): CheckedPolicy {
  const given = policy === undefined ? {} : policy;
  try {
    checkFields(given, fields);
  } catch (error) {
    throw inPolicy(error);
  }
  const { fuelBudget, memoryBytes, timeoutSeconds, stdoutMaxBytes, stderrMaxBytes, env }: SandboxPolicy = given;
  const stdoutBytes = count(stdoutMaxBytes, 'stdoutMaxBytes', 'stdoutBytes');
  const stderrBytes = count(stderrMaxBytes, 'stderrMaxBytes', 'stderrBytes');
  const limits = {
    fuel: count(fuelBudget, 'fuelBudget', 'fuel'),
    memoryBytes: count(memoryBytes, 'memoryBytes', 'memoryBytes'),
    timeMs: milliseconds(timeoutSeconds === undefined ? defaultPolicy.timeoutSeconds : timeoutSeconds),
    outputBytes: Math.max(stdoutBytes, stderrBytes),
    stdoutBytes,
    stderrBytes,
  };
  try {
    return { limits, env: checkEnv(env) };
  } catch (error) {
    throw inPolicy(error);
  }
}

function count(given: number | undefined, field: keyof typeof defaultPolicy, limit: keyof Limits): number {
  const value: unknown = given === undefined ? defaultPolicy[field] : given;
  const { minimum, maximum, unit } = limitTable[limit];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value;
  const range = `an integer from ${minimum} to ${maximum}${unit === 'bytes' ? ' (bytes)' : ''}`;
  throw new InvalidRequestError(`policy.${field}`, `expected ${range}, got ${shown(value)}`);
}

function milliseconds(value: unknown): number {
  const { maximum } = limitTable.timeMs;
  if (typeof value === 'number' && value > 0 && value <= maximum / 1000) return Math.ceil(value * 1000);
  const range = `a number of seconds above 0 and up to ${maximum / 1000}`;
  throw new InvalidRequestError('policy.timeoutSeconds', `expected ${range}, got ${shown(value)}`);
}

function shown(value: unknown): string {
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : typeof value;
}

function inPolicy(error: unknown): unknown {
  if (!(error instanceof InvalidRequestError)) return error;
  const problem = error.message.slice(error.field.length + 2);
  return new InvalidRequestError(error.field === 'request' ? 'policy' : `policy.${error.field}`, problem);
}
