import { passing, WasiTrap } from '../ends.ts';
import { callUnits } from '../files/index.ts';
import type { Platform, Readiness } from '../platform.ts';
import { Resource, type Seat } from '../tenancy.ts';

/** wasi:io/poll pollable: ready at once, at a point of time, or when a source is. */
export class Pollable extends Resource {
  /** What it waits for; absent once its tenant is gone. */
  private condition: Condition | undefined;

  constructor(seat: Seat, condition: Condition) {
    super(seat);
    this.condition = condition;
  }

  /** Monotonic time in nanoseconds, a source, or neither: always ready. */
  get awaited(): Condition {
    return this.condition ?? unknownHandle();
  }

  /** The platform to wait with. */
  get platform(): Platform {
    return this.seat?.platform ?? unknownHandle();
  }

  ready(): boolean {
    this.pay(callUnits);
    return isReady(this.awaited, this.platform);
  }

  block(): void {
    waitForAny([this]);
  }

  override sever(): void {
    this.condition = undefined;
  }
}

/** What makes a pollable ready. */
export type Condition = bigint | Readiness | 'always';

function unknownHandle(): never {
  throw new WasiTrap('pollable: unknown handle');
}

function isReady(condition: Condition, platform: Platform): boolean {
  if (condition === 'always') return true;
  return typeof condition === 'bigint' ? platform.monotonicNow() >= condition : condition.ready();
}

/** wasi:io/poll §poll: blocks until at least one is ready, and tells which. */
export function poll(pollables: readonly Pollable[]): Uint32Array {
  if (pollables.length === 0) throw new WasiTrap('poll: the list is empty');
  return waitForAny(pollables);
}

function waitForAny(pollables: readonly Pollable[]): Uint32Array {
  for (;;) {
    const ready: number[] = [];
    for (const [index, pollable] of pollables.entries()) if (pollable.ready()) ready.push(index);
    if (ready.length > 0) return Uint32Array.from(ready);
    sleep(pollables);
  }
}

/** Blocks until something may have changed. */
function sleep(pollables: readonly Pollable[]): void {
  let deadline: bigint | undefined;
  let source: Readiness | undefined;
  let platform: Platform | undefined;
  for (const { awaited, platform: own } of pollables) {
    platform = own;
    if (typeof awaited === 'bigint') deadline = deadline === undefined || awaited < deadline ? awaited : deadline;
    else if (awaited !== 'always') source = awaited;
  }
  if (source !== undefined) source.wait(deadline);
  else if (deadline === undefined || deadline >= never) throw new WasiTrap('poll: nothing here can become ready');
  else passing(() => platform?.wait(deadline));
}

/** The end of the monotonic clock (u64): an instant that does not come. */
export const never = 2n ** 64n - 1n;
