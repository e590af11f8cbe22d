import type { EnginePlatform } from '../engine/index.ts';
import { RunStopped, type StopReason, stopReason } from '../engine/index.ts';
import { clockMs, flag, type SharedControl } from '../pool/index.ts';
import { readPack } from './read-pack.ts';

const reasons = new Map<number, StopReason>(
  (Object.keys(stopReason) as StopReason[]).map((reason) => [stopReason[reason], reason]),
);

/** A worker thread of Node as the engine's platform: it blocks on shared memory, so that a stop wakes it. */
export class NodeWorkerPlatform implements EnginePlatform {
  readonly #control: SharedControl;
  /** Of the run under way; between runs nothing is stopped. */
  #deadline: bigint | undefined;

  constructor(control: SharedControl) {
    this.#control = control;
  }

  beginRun(timeMs: number): void {
    this.#deadline = this.monotonicNow() + BigInt(timeMs) * 1_000_000n;
    Atomics.store(this.#control.flags, flag.began, clockMs());
  }

  endRun(): void {
    this.#deadline = undefined;
    Atomics.store(this.#control.flags, flag.began, 0);
  }

  monotonicNow(): bigint {
    return process.hrtime.bigint();
  }

  wallClock(): { seconds: bigint; nanoseconds: number } {
    const now = performance.timeOrigin + performance.now();
    const seconds = Math.floor(now / 1000);
    return { seconds: BigInt(seconds), nanoseconds: Math.floor((now - seconds * 1000) * 1e6) };
  }

  wait(untilNs: bigint): void {
    const { flags } = this.#control;
    for (;;) {
      const now = this.#checkStop();
      if (now >= untilNs) return;
      const end = this.#deadline !== undefined && this.#deadline < untilNs ? this.#deadline : untilNs;
      Atomics.wait(flags, flag.stop, 0, Number(end - now) / 1e6);
    }
  }

  waitForReader(readSeen: number): void {
    const { flags } = this.#control;
    const now = this.#checkStop();
    const most = this.#deadline === undefined ? undefined : Number(this.#deadline - now) / 1e6;
    Atomics.wait(flags, flag.read, readSeen, most);
    this.#checkStop();
  }

  readonly readPack = readPack;

  random(length: number): Uint8Array {
    // Loaded when it is needed: a thread starts sooner without.
    return process.getBuiltinModule('node:crypto').randomFillSync(new Uint8Array(length));
  }

  checkStop(): void {
    this.#checkStop();
  }

  /** Throws when the run must stop; else the time. */
  #checkStop(): bigint {
    const now = this.monotonicNow();
    if (this.#deadline === undefined) return now;
    const reason = reasons.get(Atomics.load(this.#control.flags, flag.stop));
    if (reason !== undefined) throw new RunStopped(reason);
    if (now >= this.#deadline) throw new RunStopped('timeout');
    return now;
  }
}
