import { ExecError, InvalidRequestError } from '../errors.ts';
import { limitTable } from '../limits.ts';

/** Exit statuses of the command line (BSD sysexits, and timeout(1)'s 124). */
export const exitStatus = {
  usage: 64,
  compilation: 65,
  internal: 70,
  store: 74,
  inUse: 75,
  timeout: 124,
  resource: 137,
} as const;

const signalStatus: Readonly<Record<string, number>> = { SIGABRT: 134, SIGSEGV: 139, SIGKILL: 137 };

/** By `details.reason`, for what the store of the sessions could not do. */
const storeStatus: Readonly<Record<string, number>> = {
  'in-use': exitStatus.inUse,
  damaged: exitStatus.store,
  version: exitStatus.store,
  full: exitStatus.store,
  unusable: exitStatus.store,
  mount: exitStatus.store,
};

/** The process's exit status for a failed run. */
export function statusOf(error: unknown): number {
  if (error instanceof InvalidRequestError) return exitStatus.usage;
  if (!(error instanceof ExecError)) return exitStatus.internal;
  switch (error.tag) {
    case 'unsupported-language':
      return exitStatus.usage;
    case 'compilation-failed':
      return exitStatus.compilation;
    case 'runtime-failed':
      return error.run.exitCode ?? signalStatus[error.run.signal ?? ''] ?? 1;
    case 'timeout':
      return exitStatus.timeout;
    case 'resource-exceeded':
      return exitStatus.resource;
    case 'internal':
      return storeStatus[String(error.details['reason'])] ?? exitStatus.internal;
  }
}

/** The options that set a limit; the others are set by `--limit`. */
const limitFlags: Readonly<Record<string, string>> = {
  timeMs: '--timeout',
  memoryBytes: '--memory',
  fuel: '--fuel',
  fileSizeBytes: '--file-size',
};

/** A message of the library with the command line's options beside the names of limits. */
export function inFlags(message: string): string {
  return message.replace(/\blimits\.(\w+)/g, (whole, name: string) => {
    if (!Object.hasOwn(limitTable, name)) return whole;
    return `${limitFlags[name] ?? `--limit ${name}=N`} (${whole})`;
  });
}

/** The line that `--json` prints for a failure. */
export function failureJson(error: unknown): object {
  if (error instanceof InvalidRequestError) {
    return { ok: false, error: { tag: 'invalid-request', val: inFlags(error.message), field: error.field } };
  }
  if (!(error instanceof ExecError)) {
    return { ok: false, error: { tag: 'internal', val: error instanceof Error ? error.message : String(error) } };
  }
  const { tag, val, compile, run, timeMs, memoryBytes, fuel, stdoutTruncated, stderrTruncated, details } = error;
  return {
    ok: false,
    error: { tag, val },
    message: inFlags(error.message),
    ...(compile === undefined ? {} : { compile }),
    run,
    timeMs,
    memoryBytes,
    fuel,
    stdoutTruncated,
    stderrTruncated,
    details,
  };
}
