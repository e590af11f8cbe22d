/**
 * Takes payment for what the host does in a call of the guest, in units of fuel, so that such work meets checkpoints as
 * the guest's own does. May throw an Error to end the guest: whoever pays has changed nothing yet.
 */
export type Pay = (units: number) => void;

/** For work that is nobody's: the host's own. */
export const unpaid: Pay = () => undefined;

/** Units for one call of the host. */
export const callUnits = 100;
/** Units for one step of a path, one name of a folder, one node that is looked at. */
export const stepUnits = 32;
/** Bytes that are moved for a unit: as many as the rewriter counts for copies inside the instance's memory. */
const bytesPerUnit = 64;
/** Bytes that are moved between two payments: a few milliseconds. */
const pieceBytes = 8 * 1024 * 1024;

/** Units for moving so many bytes. */
export function unitsOfBytes(bytes: number): number {
  return Math.ceil(bytes / bytesPerUnit);
}

/** Copies all of `from` to the beginning of `to`, which nobody looks at yet. */
export function copyPaid(from: Uint8Array, to: Uint8Array, pay: Pay): void {
  for (let at = 0; at < from.length; at += pieceBytes) {
    const piece = from.subarray(at, at + pieceBytes);
    pay(unitsOfBytes(piece.length));
    to.set(piece, at);
  }
}

/** Makes bytes zero that nobody looks at. */
export function clearPaid(bytes: Uint8Array, pay: Pay): void {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    pay(unitsOfBytes(piece.length));
    piece.fill(0);
  }
}

/** Walks through something of any length and pays for its steps, some at a time. */
export function* stepsPaid<T>(steps: Iterable<T>, pay: Pay): Generator<T, void, void> {
  let taken = 0;
  for (const step of steps) {
    if (taken++ % stepsAtOnce === 0) pay(stepsAtOnce * stepUnits);
    yield step;
  }
}

const stepsAtOnce = 256;
