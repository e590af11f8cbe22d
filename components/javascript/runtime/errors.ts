import { constructorName } from './inspect/error.ts';
import { inspect } from './inspect/index.ts';
import {
  define,
  NativeError,
  NativeRangeError,
  NativeTypeError,
  numberToString,
  objectIs,
  stringEndsWith,
  stringIncludes,
  stringIndexOf,
  stringSlice,
} from './primordials.ts';

/** An error with Node's `code`; Node shows the code in the stack's first line, and so do we. */
export interface CodedError extends Error {
  code: string;
}

type ErrorConstructorLike = new (message: string) => Error;

function coded(Constructor: ErrorConstructorLike, name: string, code: string, message: string): CodedError {
  const error = new Constructor(message) as CodedError;
  define(error, 'code', code);
  const stack = `${error.stack}`;
  const at = stringIndexOf(stack, '\n    at ');
  define(error, 'stack', `${name} [${code}]: ${message}${at < 0 ? '' : stringSlice(stack, at)}`, false);
  return error;
}

/** A TypeError as Node's argument checks throw it. */
export function typeError(code: string, message: string): CodedError {
  return coded(NativeTypeError, 'TypeError', code, message);
}

/** A RangeError with a code. */
export function rangeError(code: string, message: string): CodedError {
  return coded(NativeRangeError, 'RangeError', code, message);
}

/** An Error with a code. */
export function plainError(code: string, message: string): CodedError {
  return coded(NativeError, 'Error', code, message);
}

/** "argument" or, for a name with a dot, "property". */
function kindOf(name: string): string {
  return stringIncludes(name, '.') ? 'property' : 'argument';
}

/** The error for something that is no longer, or not yet, what a call needs. */
export function invalidState(message: string, syscall?: string): CodedError {
  const error = plainError(syscall === undefined ? 'ERR_INVALID_STATE' : 'EBADF', message);
  if (syscall !== undefined) define(error, 'syscall', syscall);
  return error;
}

/** The error for an argument of a wrong type; `expected` completes "must be …". */
export function invalidArgument(name: string, expected: string, actual: unknown): CodedError {
  const what = stringEndsWith(name, ' argument') ? `${name}` : `"${name}" ${kindOf(name)}`;
  return typeError('ERR_INVALID_ARG_TYPE', `The ${what} must be ${expected}. Received ${received(actual)}`);
}

/** The error for an argument of the right type with a value that will not do. */
export function invalidValue(name: string, actual: unknown, reason = 'is invalid'): CodedError {
  let shown = inspect(actual);
  if (shown.length > 128) shown = `${stringSlice(shown, 0, 128)}...`;
  return typeError('ERR_INVALID_ARG_VALUE', `The ${kindOf(name)} '${name}' ${reason}. Received ${shown}`);
}

/** The error for a number beyond its limits; `range` completes "It must be …". */
export function outOfRange(name: string, range: string, actual: unknown): CodedError {
  let shown: string;
  if (typeof actual === 'number' && actual % 1 === 0 && (actual > 2 ** 32 || actual < -(2 ** 32)))
    shown = grouped(numberToString(actual, 10));
  else if (typeof actual === 'bigint')
    shown = `${actual > 2n ** 32n || actual < -(2n ** 32n) ? grouped(`${actual}`) : actual}n`;
  else shown = inspect(actual);
  return rangeError(
    'ERR_OUT_OF_RANGE',
    `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`,
  );
}

/** Digits in groups of three. */
function grouped(digits: string): string {
  const start = digits[0] === '-' ? 1 : 0;
  let result = '';
  let end = digits.length;
  for (; end >= start + 4; end -= 3) result = `_${stringSlice(digits, end - 3, end)}${result}`;
  return stringSlice(digits, 0, end) + result;
}

/** Node's words for what was given instead. */
function received(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') {
    const name = constructorName(value);
    return name === undefined ? inspect(value, { depth: -1 }) : `an instance of ${name}`;
  }
  let shown = typeof value === 'number' && objectIs(value, -0) ? '-0' : inspect(value);
  if (shown.length > 28) shown = `${stringSlice(shown, 0, 25)}...`;
  return `type ${typeof value} (${shown})`;
}

// ---- what arguments must be

export function requireFunction(value: unknown, name: string): asserts value is (...args: never[]) => unknown {
  if (typeof value !== 'function') throw invalidArgument(name, 'of type function', value);
}

export function requireString(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string') throw invalidArgument(name, 'of type string', value);
}

export function requireBoolean(value: unknown, name: string): asserts value is boolean {
  if (typeof value !== 'boolean') throw invalidArgument(name, 'of type boolean', value);
}

export function requireObject(value: unknown, name: string): asserts value is object {
  if (typeof value !== 'object' || value === null) throw invalidArgument(name, 'of type object', value);
}

/** An integer within limits, both included. */
export function requireInteger(
  value: unknown,
  name: string,
  low: number = Number.MIN_SAFE_INTEGER,
  high: number = Number.MAX_SAFE_INTEGER,
): asserts value is number {
  if (typeof value !== 'number') throw invalidArgument(name, 'of type number', value);
  if (value % 1 !== 0) throw outOfRange(name, 'an integer', value);
  if (value < low || value > high) throw outOfRange(name, `>= ${low} && <= ${high}`, value);
}

/** Node's AbortError, with the signal's reason as its cause. */
export class AbortError extends NativeError {
  code = 'ABORT_ERR';

  constructor(reason?: unknown, message = 'The operation was aborted') {
    super(message, reason === undefined ? undefined : { cause: reason });
    define(this, 'name', 'AbortError');
  }
}

/**
 * wasi:filesystem `error-code`, in its order: Node's code, Linux' number, Node's words. DEVIATION D30: Python has WASI's
 * numbers.
 */
const systemErrors: readonly (readonly [code: string, errno: number, words: string])[] = [
  ['EACCES', 13, 'permission denied'],
  ['EAGAIN', 11, 'resource temporarily unavailable'],
  ['EALREADY', 114, 'connection already in progress'],
  ['EBADF', 9, 'bad file descriptor'],
  ['EBUSY', 16, 'resource busy or locked'],
  ['EDEADLK', 35, 'resource deadlock avoided'],
  ['EDQUOT', 122, 'disk quota exceeded'],
  ['EEXIST', 17, 'file already exists'],
  ['EFBIG', 27, 'file too large'],
  ['EILSEQ', 84, 'illegal byte sequence'],
  ['EINPROGRESS', 115, 'operation in progress'],
  ['EINTR', 4, 'interrupted system call'],
  ['EINVAL', 22, 'invalid argument'],
  ['EIO', 5, 'i/o error'],
  ['EISDIR', 21, 'illegal operation on a directory'],
  ['ELOOP', 40, 'too many symbolic links encountered'],
  ['EMLINK', 31, 'too many links'],
  ['EMSGSIZE', 90, 'message too long'],
  ['ENAMETOOLONG', 36, 'name too long'],
  ['ENODEV', 19, 'no such device'],
  ['ENOENT', 2, 'no such file or directory'],
  ['ENOLCK', 37, 'no locks available'],
  ['ENOMEM', 12, 'not enough memory'],
  ['ENOSPC', 28, 'no space left on device'],
  ['ENOTDIR', 20, 'not a directory'],
  ['ENOTEMPTY', 39, 'directory not empty'],
  ['ENOTRECOVERABLE', 131, 'state not recoverable'],
  ['ENOTSUP', 95, 'operation not supported on socket'],
  ['ENOTTY', 25, 'inappropriate ioctl for device'],
  ['ENXIO', 6, 'no such device or address'],
  ['EOVERFLOW', 75, 'value too large for defined data type'],
  ['EPERM', 1, 'operation not permitted'],
  ['EPIPE', 32, 'broken pipe'],
  ['EROFS', 30, 'read-only file system'],
  ['ESPIPE', 29, 'invalid seek'],
  ['ETXTBSY', 26, 'text file is busy'],
  ['EXDEV', 18, 'cross-device link not permitted'],
];

const tooManyFiles = ['EMFILE', 24, 'too many open files'] as const;

/** A failed file operation, as Node reports it. */
export interface SystemError extends CodedError {
  errno: number;
  syscall: string;
  path?: string;
  dest?: string;
}

/** What a native's answer says: `undefined` is "too many open files", a negative number an error code. */
export type NativeFailure = number | undefined;

function describe(failure: NativeFailure): readonly [code: string, errno: number, words: string] {
  if (failure === undefined) return tooManyFiles;
  return systemErrors[-1 - failure] ?? ['EIO', 5, 'i/o error'];
}

/** Linux' error number of a native's answer (positive). */
export function errnoOf(failure: NativeFailure): number {
  return describe(failure)[1];
}

/** The code ('ENOENT', …) of a native's answer. */
export function codeOf(failure: NativeFailure): string {
  return describe(failure)[0];
}

/** The words of an error number, as `strerror`. */
export function wordsOf(errno: number): string {
  for (let i = 0; i < systemErrors.length; i++) if (systemErrors[i]?.[1] === errno) return systemErrors[i]?.[2] ?? '';
  return errno === 0 ? 'Success' : `Unknown error ${errno}`;
}

/** Error numbers by code, for `os.constants.errno` and `std.Error`. */
export function errnoTable(): Record<string, number> {
  const table: Record<string, number> = {};
  for (let i = 0; i < systemErrors.length; i++) {
    const entry = systemErrors[i];
    if (entry !== undefined) define(table, entry[0], entry[1]);
  }
  define(table, tooManyFiles[0], tooManyFiles[1]);
  return table;
}

/** An error with Node's message: `ENOENT: no such file or directory, open 'x'`. */
export function systemError(failure: NativeFailure, syscall: string, path?: string, dest?: string): SystemError {
  const [code, errno, words] = describe(failure);
  const where = path === undefined ? '' : dest === undefined ? ` '${path}'` : ` '${path}' -> '${dest}'`;
  const error = new NativeError(`${code}: ${words}, ${syscall}${where}`) as SystemError;
  define(error, 'errno', -errno);
  define(error, 'code', code);
  define(error, 'syscall', syscall);
  if (path !== undefined) define(error, 'path', path);
  if (dest !== undefined) define(error, 'dest', dest);
  return error;
}
