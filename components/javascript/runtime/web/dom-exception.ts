/** The engine's own DOMException; programs may replace the global. */
export interface DOMException extends Error {
  readonly code: number;
}

type Constructor = new (message?: string, name?: string) => DOMException;

const Native = (globalThis as unknown as { DOMException: Constructor }).DOMException;

/** An error of the web's own kind, such as `AbortError`. */
export function domError(name: string, message: string): DOMException {
  return new Native(message, name);
}
