/** What the runtime itself warns of goes through `process.emitWarning`, which hands itself over here. */
type Warn = (warning: unknown, type?: unknown, code?: unknown) => void;

let warn: Warn | undefined;

export function setWarn(by: Warn): void {
  warn = by;
}

export function emitWarning(warning: unknown, type?: unknown, code?: unknown): void {
  warn?.(warning, type, code);
}
