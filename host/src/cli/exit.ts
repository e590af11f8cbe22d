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

/** Parts of a request, and what of a command line they were made of. */
const fieldFlags: readonly (readonly [field: RegExp, flag: string])[] = [
  [/^env[[.][^:]*/, '--env'],
  [/^(timeout|memory|fuel|file-size|limit|lang|persist|ttl|wait|stdin|env|module|mount|json)(?![\w-])/, '--$1'],
  [/^language(?!\w)/, '--lang'],
  [/^code(?!\w)/, '-e'],
  [/^args\[(\d+)\]/, 'ARGS[$1]'],
  [/^files\[0\][.\w]*/, 'FILE'],
  [/^files\[\d+\][.\w]*/, '--module'],
  [/^file\.\w+/, 'NAME'],
  [/^mounts\[\d+\][^:]*/, '--mount'],
  [/^image[.\w[\]]*/, 'FILE'],
  [/^entrypoint(?!\w)/, 'FILE'],
];

/** What is wrong, in the command line's words: its options stand for the fields and limits of the library's messages. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InvalidRequestError)) return inFlags(message);
  const [pattern, flag] = fieldFlags.find(([field]) => field.test(error.field)) ?? [];
  if (pattern === undefined || flag === undefined || !message.startsWith(error.field)) return inFlags(message);
  return inFlags(error.field.replace(pattern, flag) + message.slice(error.field.length));
}

function inFlags(message: string): string {
  return message.replace(/\blimits\.(\w+)/g, (whole, name: string) => {
    if (!Object.hasOwn(limitTable, name)) return whole;
    return `${limitFlags[name] ?? `--limit ${name}=N`} (${whole})`;
  });
}

/** The line that `--json` prints for a failure. */
export function failureJson(error: unknown): object {
  if (error instanceof InvalidRequestError) {
    return { ok: false, error: { tag: 'invalid-request', val: messageOf(error), field: error.field } };
  }
  if (!(error instanceof ExecError)) {
    return { ok: false, error: { tag: 'internal', val: error instanceof Error ? error.message : String(error) } };
  }
  const { tag, val, compile, run, timeMs, memoryBytes, fuel, stdoutTruncated, stderrTruncated, details } = error;
  return {
    ok: false,
    error: { tag, val },
    message: messageOf(error),
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
