/** Thrown through the guest by wasi:cli/exit: the program ended, with this code. */
export class GuestExit extends Error {
  override readonly name = 'GuestExit';
  /** 0 to 255. */
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`the guest exited with code ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/**
 * A call that no guest in its right mind makes, and that has no error arm to answer with: it ends the guest as a
 * trap of WebAssembly itself would. Being a RuntimeError, it makes the transpiled component refuse to be entered
 * again.
 */
export class WasiTrap extends WebAssembly.RuntimeError {
  override readonly name = 'WasiTrap';
}

/**
 * Calls into the host's own code (sinks, sources, the platform). What it throws must pass through the guest: a
 * transpiled component takes a thrown value for the error arm of a result unless it is an Error without `payload`.
 */
export function passing<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    if (thrown instanceof Error && !Object.hasOwn(thrown, 'payload')) throw thrown;
    throw new Error('the host failed during a call of the guest', { cause: thrown });
  }
}
