import { inherits } from './inherits.ts';
import { native } from './native.ts';
import { apply, NativeRangeError } from './primordials.ts';

/** A `write` of process.stdout or process.stderr. */
type Write = (data: string) => unknown;

/** The two standard streams as programs see them, and the `write` functions that are the runtime's own. */
const streams: { [fd in 1 | 2]?: { write: unknown } } = {};
const own: unknown[] = [];

export function setStandard(fd: 1 | 2, stream: { write: unknown }): void {
  streams[fd] = stream;
}

/** Says of a `write` that it does nothing but hand the text to the host. */
export function trustWrite(write: unknown): void {
  own[own.length] = write;
}

function isOwn(write: unknown): boolean {
  for (let i = 0; i < own.length; i++) if (own[i] === write) return true;
  return false;
}

/** Writes to a standard stream: through its `write` where a program put one in its place, which may fail in silence. */
export function writeStandard(fd: 1 | 2, text: string): void {
  let write: unknown;
  try {
    write = streams[fd]?.write;
  } catch {
    return;
  }
  if (write === undefined || isOwn(write)) {
    native.print(fd, text);
    return;
  }
  try {
    apply(write as Write, streams[fd], [text]);
  } catch (error) {
    // As Node: a stream that fails does not fail the program, but a `write` that calls `console.log` must end.
    if (inherits(error, NativeRangeError.prototype)) throw error;
  }
}
