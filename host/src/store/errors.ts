/**
 * What went wrong with a stored session: `invalid-id`; `not-found`; `exists`; `in-use` by another process; `expired`; `full`
 * where the store holds as much as it may; `replaced` by another session of the same id; `damaged` for bytes that are not as they were written, `version` for those of
 * another format; `unusable` where the disk or its permissions refuse.
 */
export type StoreErrorCode =
  | 'invalid-id'
  | 'not-found'
  | 'exists'
  | 'in-use'
  | 'expired'
  | 'full'
  | 'replaced'
  | 'damaged'
  | 'version'
  | 'unusable';

/** A store's answer to a call that it cannot carry out. What was stored before is as it was. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The code of a system error such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Turns what the file system refused into an error that says what to do. What is no such refusal passes as it is. */
export function storeError(error: unknown, action: string): unknown {
  if (error instanceof StoreError || systemCode(error) === undefined) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const advice = 'check the folder, or choose another one with --dir or EXEC_SESSIONS_DIR';
  return new StoreError('unusable', `cannot ${action}: ${reason}; ${advice}`);
}
