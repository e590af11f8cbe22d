import type { ErrorType, KnownPackage, RunFacts } from './types.ts';
import type { UncaughtException } from './uncaught.ts';

/** The class of a failure, and what was found about it. */
export interface Classified {
  readonly type: ErrorType;
  /** The name or path that the failure is about, as the program has it. */
  readonly subject?: string;
  /** The line of the program that it is about, where that is not the one where it happened. */
  readonly line?: number;
}

/** Modules that need the network, by their top-level name. */
const networkModules: ReadonlySet<string> = new Set(
  'net http https http2 tls dgram dns ssl _ssl socket _socket'.split(' '),
);
/** Modules that start processes or threads. */
const processModules: ReadonlySet<string> = new Set(
  'child_process cluster worker_threads fcntl pwd resource termios pty _posixsubprocess'.split(' '),
);
/** Exceptions of HTTP clients. */
const networkErrors: ReadonlySet<string> = new Set(
  'urllib.error.URLError requests.exceptions.ConnectionError httpx.ConnectError socket.gaierror ConnectionRefusedError ConnectionError'.split(
    ' ',
  ),
);
const readOnlyMounts = ['/data/', '/data_js/'];
const allowedFolders = ['/app', '/tmp', '/data', '/data_js', '/usr/lib/python3.14', '/dev'];

/** The class of a run that did not succeed: by how the host saw it end, then by the exception that ended it. */
export function classify(run: RunFacts, exception: UncaughtException | undefined): Classified {
  const { failure } = run;
  if (failure === undefined) return { type: 'NonZeroExit' };
  const reason = String(failure.details['reason'] ?? '');
  switch (failure.tag) {
    case 'timeout':
      return { type: 'Timeout' };
    case 'compilation-failed':
      return { type: 'SyntaxError' };
    case 'resource-exceeded':
      if (reason === 'fuel') return { type: 'OutOfFuel' };
      return reason === 'memory' ? { type: 'MemoryExhausted' } : { type: 'QuotaExceeded', subject: reason };
    case 'internal':
      return {
        type: reason === 'cancelled' ? 'Cancelled' : reason.startsWith('session') ? 'InvalidSessionState' : 'HostError',
      };
    case 'unsupported-language':
      return { type: 'HostError' };
    case 'runtime-failed':
      if (reason === 'trap') return { type: 'Trap' };
      return exception === undefined ? { type: 'UncaughtException' } : ofException(exception, run);
  }
}

function ofException(exception: UncaughtException, run: RunFacts): Classified {
  // A program may give its own exceptions any name.
  if (exception.own) return { type: 'UncaughtException', subject: exception.name };
  return (
    ofNetwork(exception) ??
    ofProcesses(exception) ??
    ofModule(exception, run) ??
    ofFiles(exception) ??
    ofDatabase(exception, run) ??
    ofRecursion(exception) ??
    ofTuple(exception, run) ?? { type: 'UncaughtException', subject: exception.name }
  );
}

function ofNetwork({ name, message, code, path, stack }: UncaughtException): Classified | undefined {
  const missing = unusableModule(message);
  if (missing !== undefined && networkModules.has(missing.split('.')[0] ?? ''))
    return { type: 'NetworkDenied', subject: missing };
  if (networkErrors.has(name)) return { type: 'NetworkDenied', subject: name };
  // Python's sockets are refused by the host: a PermissionError about no file.
  const ofSockets =
    /File "[^"]*\/(socket|asyncio\/base_events|http\/client|ssl)\.py"/.test(stack) || /_socket|getaddrinfo/.test(stack);
  if (
    (name === 'PermissionError' || name === 'OSError') &&
    path === undefined &&
    (ofSockets || /no network/.test(message))
  ) {
    return { type: 'NetworkDenied', subject: 'socket' };
  }
  if (name === 'AttributeError' && /module '(http\.client|ssl|socket)' has no attribute/.test(message)) {
    return { type: 'NetworkDenied', subject: 'http' };
  }
  if (name === 'ReferenceError' && /^(fetch|WebSocket|XMLHttpRequest|EventSource) is not defined/.test(message)) {
    return { type: 'NetworkDenied', subject: message.split(' ')[0] ?? 'fetch' };
  }
  const denied =
    (code === 'ERR_UNSUPPORTED_ESM_URL_SCHEME' && message.includes('network')) ||
    (code === 'ERR_ACCESS_DENIED' && message.includes('network')) ||
    code === 'ENETUNREACH' ||
    code === 'ECONNREFUSED' ||
    code === 'ENOTFOUND';
  if (denied || (name === 'TypeError' && /^(fetch failed|network)/i.test(message)))
    return { type: 'NetworkDenied', subject: 'fetch' };
  return undefined;
}

function ofProcesses({ name, message }: UncaughtException): Classified | undefined {
  const missing = unusableModule(message);
  if (missing !== undefined && processModules.has(missing)) {
    return { type: 'UnsupportedOperation', subject: missing === 'worker_threads' ? 'threads' : missing };
  }
  const refused =
    /does not support processes|can't start new thread|not supported on (wasi|this platform)|no processes can be started|cannot start other processes/.test(
      message,
    );
  const absent =
    name === 'AttributeError' &&
    /^module '(os|posix)' has no attribute '(fork|system|popen|exec\w*|spawn\w*|kill)'/.test(message);
  const threads = /thread/.test(message);
  return refused || absent ? { type: 'UnsupportedOperation', subject: threads ? 'threads' : name } : undefined;
}

function ofModule({ name, message, code }: UncaughtException, run: RunFacts): Classified | undefined {
  const missing = missingModule(message);
  if (missing?.startsWith('/') === true || missing?.startsWith('.') === true)
    return { type: 'FileNotFound', subject: missing };
  if (missing !== undefined) {
    const known = packageOf(missing, run.packages?.[run.language]);
    // It is there, under its vendored name.
    if (known !== undefined && run.language === 'javascript') return { type: 'MissingRequireVendor', subject: missing };
    return { type: 'MissingVendoredPackage', subject: missing };
  }
  const vendored = /(?:vendored package|requireVendor)\D{0,40}?['"]([^'"]+)['"]/.exec(message)?.[1];
  if (vendored !== undefined || code === 'ERR_VENDOR_NOT_FOUND')
    return { type: 'MissingVendoredPackage', subject: vendored ?? '' };
  const undefinedName = name === 'ReferenceError' ? /^([\w$]+) is not defined/.exec(message)?.[1] : undefined;
  if (undefinedName === 'requireVendor') return { type: 'MissingRequireVendor', subject: undefinedName };
  if (undefinedName !== undefined && packageOf(undefinedName, run.packages?.javascript) !== undefined) {
    return { type: 'MissingRequireVendor', subject: undefinedName };
  }
  return undefined;
}

/** The module that an import did not find. */
function missingModule(message: string): string | undefined {
  const found =
    /^No module named '([^']+)'/.exec(message) ??
    /^(?:Cannot find (?:module|package) '|No such built-in module: )(?:node:)?([\w@/.-]+)/.exec(message);
  return found?.[1];
}

/** The module that is missing, or is there only to say why it cannot work. */
function unusableModule(message: string): string | undefined {
  return missingModule(message) ?? /^node:(\w+) \S+ is not available: /.exec(message)?.[1];
}

/** The package that a program means by a name: `csv`, `stringUtils`, `vendor:csv`. */
export function packageOf(name: string, packages: readonly KnownPackage[] = []): KnownPackage | undefined {
  const wanted = folded(name.replace(/^vendor:/, '').split('.')[0] ?? '');
  return packages.find((known) => [known.name, ...known.importNames].some((one) => folded(one) === wanted));
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

function ofFiles({ name, code, message, path }: UncaughtException): Classified | undefined {
  if (path === undefined) return undefined;
  const absolute = absolutePath(path);
  const readOnly =
    code === 'EROFS' ||
    code === 'Read-only file system' ||
    code === 'EACCES' ||
    code === 'EPERM' ||
    name === 'PermissionError';
  const missing = code === 'ENOENT' || code === 'No such file or directory' || name === 'FileNotFoundError';
  if (readOnly && readOnlyMounts.some((mount) => `${absolute}/`.startsWith(mount)))
    return { type: 'ReadOnlyMount', subject: path };
  if (
    (readOnly || missing) &&
    (/^[A-Za-z]:[\\/]|^~\//.test(path) ||
      !allowedFolders.some((folder) => absolute === folder || absolute.startsWith(`${folder}/`)))
  ) {
    return { type: 'PathRestriction', subject: path };
  }
  if (missing) return { type: 'FileNotFound', subject: path };
  return readOnly || /Read-only/.test(message) ? { type: 'ReadOnlyMount', subject: path } : undefined;
}

/** SQLite does not say which file it cannot open; the program does. */
function ofDatabase({ message }: UncaughtException, { facts }: RunFacts): Classified | undefined {
  if (!message.startsWith(noDatabase)) return undefined;
  const outside = facts?.paths.find(({ path }) => path.startsWith('/') && !/^\/(app|tmp)\//.test(path));
  return outside === undefined ? undefined : { type: 'PathRestriction', subject: outside.path };
}

/** A path as a program that stayed in `/app` means it. */
function absolutePath(path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `/app/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function ofRecursion({ name, message }: UncaughtException): Classified | undefined {
  const deep =
    name === 'RecursionError' ||
    (name === 'RangeError' && /call stack/i.test(message)) ||
    /stack overflow/.test(message);
  return deep ? { type: 'RecursionLimit' } : undefined;
}

/** A TypeError of a program that takes what QuickJS's functions return for something else. */
function ofTuple({ name, stack }: UncaughtException, { language, facts }: RunFacts): Classified | undefined {
  if (language !== 'javascript' || name !== 'TypeError') return undefined;
  const lines = [...stack.matchAll(/\/app\/[^\n:]*:(\d+)/g)].map((match) => Number(match[1]));
  // A statement may go on for some lines; of some the engine tells no line.
  const misuse = facts?.quickjs.misuses.find(
    ({ line }) => lines.length === 0 || lines.some((at) => at >= line && at <= line + 3),
  );
  return misuse === undefined
    ? undefined
    : { type: 'QuickJSTupleDestructuring', subject: misuse.name, line: misuse.line };
}

/** How SQLite says that it cannot open a file. */
const noDatabase = 'unable to open database file';

/** Whether the program's text can tell more about such an end. */
export function wantsFacts(run: RunFacts, exception: UncaughtException | undefined): boolean {
  const { failure } = run;
  if (failure === undefined) return run.fuelConsumed >= run.fuelBudget * 0.75;
  if (failure.tag === 'resource-exceeded' || failure.tag === 'timeout') return true;
  if (failure.tag !== 'runtime-failed') return false;
  return run.language === 'javascript'
    ? exception?.name === 'TypeError'
    : exception?.message.startsWith(noDatabase) === true;
}
