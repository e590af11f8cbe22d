import { passing } from './ends.ts';
import { never, Pollable } from './io/index.ts';
import type { Seat } from './tenancy.ts';

/** What the clocks tell of their own resolution: one microsecond. */
const resolutionNs = 1_000;

/** The interfaces of wasi:clocks. */
export function clockImports(seat: Seat): Record<string, object> {
  const { platform } = seat;
  const now = () => passing(() => platform.monotonicNow());
  return {
    'wasi:clocks/monotonic-clock': {
      now,
      resolution: () => BigInt(resolutionNs),
      subscribeInstant: (instant: bigint) => new Pollable(seat, instant),
      subscribeDuration(duration: bigint) {
        const instant = now() + duration;
        // An instant is a u64; what lies beyond never comes.
        if (instant > never) return new Pollable(seat, never);
        return new Pollable(seat, instant);
      },
    },
    'wasi:clocks/wall-clock': {
      now: () => passing(() => platform.wallClock()),
      resolution: () => ({ seconds: 0n, nanoseconds: resolutionNs }),
    },
  };
}
