import type { Time } from './files/index.ts';

/** What differs between the threads that guests run in: clocks, entropy, and the only way to block. */
export interface Platform {
  /** Nanoseconds of a clock that never goes back. */
  monotonicNow(): bigint;
  wallClock(): Time;
  /**
   * Blocks the thread until the monotonic clock reaches `untilNs`. It may return early: callers look at the clock
   * again. May throw an Error to end the guest.
   */
  wait(untilNs: bigint): void;
  /** `length` (at most 65,536) bytes fit for cryptography. */
  random(length: number): Uint8Array;
}

/** Where a guest's standard input comes from. */
export interface ByteSource {
  /**
   * At least one and at most `max` bytes; `null` at the end. Blocks, by its own means, while there are none. May
   * throw an Error to end the guest.
   */
  read(max: number): Uint8Array | null;
  /** For a source that may have to block. Without it, reading counts as never blocking. */
  readonly readiness?: Readiness;
}

/** What poll must know of a source that may have to block. */
export interface Readiness {
  /** Whether `read` would answer at once (the end is an answer too). */
  ready(): boolean;
  /** Blocks until it is ready, at most until the monotonic clock reaches `untilNs`. May return early. */
  wait(untilNs: bigint | undefined): void;
}

/** Where a guest's output goes. */
export interface ByteSink {
  /** Takes all of `bytes`, blocking while it cannot; they may be the guest's memory, and are not valid after the call. May throw an Error to end the guest. */
  write(bytes: Uint8Array): void;
}
