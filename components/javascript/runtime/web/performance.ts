import { native } from '../native.ts';
import { define } from '../primordials.ts';
import { state } from '../state.ts';

/** High Resolution Time: `now` and `timeOrigin` of the run, not of the image that it started from. */
let origin: number | undefined;

/** Milliseconds since 1970 when the program began; asked for only when a program does. */
function timeOrigin(): number {
  origin ??= native.wallTime() - (native.now() - state.startedAt);
  return origin;
}

export const performance = {
  now: (): number => native.now() - state.startedAt,
  toJSON: (): object => ({ timeOrigin: timeOrigin() }),
};
Reflect.defineProperty(performance, 'timeOrigin', { get: timeOrigin, enumerable: true, configurable: true });
define(performance, Symbol.toStringTag, 'Performance', false);
