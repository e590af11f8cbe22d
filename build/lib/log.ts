/** An expected failure of the build: its message names what is missing and the next step. Printed without a stack. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}

const started = performance.now();

/** Prints one progress line with the seconds since the build began. */
export function progress(message: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`[${seconds} s] ${message}\n`);
}
