/** The part of `error-code` of wasi:filesystem/types that this file system answers with. */
export type ErrorCode =
  | 'bad-descriptor'
  | 'busy'
  | 'cross-device'
  | 'exist'
  | 'file-too-large'
  | 'illegal-byte-sequence'
  | 'insufficient-space'
  | 'invalid'
  | 'is-directory'
  | 'loop'
  | 'name-too-long'
  | 'no-entry'
  | 'not-directory'
  | 'not-empty'
  | 'not-permitted'
  | 'quota'
  | 'read-only'
  | 'too-many-links';

/**
 * Ends an operation with an error code. The bare string is thrown, not an Error: that is how a transpiled
 * component takes the error arm of a `result`, and a failing stat (Python's imports make hundreds) must not
 * pay for a stack trace.
 */
export function fail(code: ErrorCode): never {
  throw code;
}

const reasons: Record<ErrorCode, string> = {
  'bad-descriptor': 'Bad file descriptor',
  busy: 'Resource busy',
  'cross-device': 'Cross-device link',
  exist: 'File exists',
  'file-too-large': 'File too large',
  'illegal-byte-sequence': 'Name is not well-formed text',
  'insufficient-space': 'No space left on device',
  invalid: 'Invalid argument',
  'is-directory': 'Is a directory',
  loop: 'Too many levels of symbolic links',
  'name-too-long': 'File name too long',
  'no-entry': 'No such file or directory',
  'not-directory': 'Not a directory',
  'not-empty': 'Directory not empty',
  'not-permitted': 'Operation not permitted',
  quota: 'Quota exceeded',
  'read-only': 'Read-only file system',
  'too-many-links': 'Too many links',
};

/** What the host-side methods of a {@link FileTree} throw. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: ErrorCode;
  /** The guest path the operation was asked for. */
  readonly path: string;
  /** The text of the code, without the path: `No such file or directory`. */
  readonly reason: string;

  constructor(code: ErrorCode, path: string) {
    super(`${path}: ${reasons[code]}`);
    this.code = code;
    this.path = path;
    this.reason = reasons[code];
  }
}

/** Whether a thrown value is a code from {@link fail}. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(reasons, value);
}

/** Runs `operation` for the host: a thrown code becomes a {@link FileError} that names `path`. */
export function named<T>(path: string, operation: () => T): T {
  try {
    return operation();
  } catch (thrown) {
    throw isErrorCode(thrown) ? new FileError(thrown, path) : thrown;
  }
}
