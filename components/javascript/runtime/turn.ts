import { beginImmediates, hasImmediates, runImmediate } from './immediates.ts';
import { native } from './native.ts';
import { max } from './primordials.ts';
import { hasTimers, nextDue, runTimer } from './timers.ts';

/**
 * The event loop in Node's phases: all timers that were due when the turn began, then all immediates that waited when
 * the timers had run. Ticks and microtasks run between any two (engine/program.c).
 */
let phase: 'begin' | 'timers' | 'immediates' = 'begin';
/** The instant at which the turn began. */
let now = 0;

/**
 * Runs one callback.
 *
 * @returns milliseconds to wait before the next call; 0 to come again at once, -1 when nothing is left.
 */
export function turn(): number {
  if (phase === 'begin') {
    if (isIdle()) return -1;
    // Asking for the time is a call of the host, which most programs do not need.
    now = nextDue() === undefined ? 0 : native.now();
    phase = 'timers';
  }
  if (phase === 'timers') {
    if (runTimer(now)) return 0;
    phase = 'immediates';
    beginImmediates();
  }
  if (runImmediate()) return 0;
  phase = 'begin';
  const due = nextDue();
  if (due === undefined || hasImmediates() || !hasTimers()) return 0;
  // A wait that ends a little early, by the conversion to nanoseconds, is followed by another.
  return max(0, due - native.now());
}

/** Whether nothing keeps the program running. */
export function isIdle(): boolean {
  return !hasTimers() && !hasImmediates();
}
