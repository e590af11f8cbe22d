import { native } from '../native.ts';
import { define } from '../primordials.ts';
import { state } from '../state.ts';

/** High Resolution Time: `now` and `timeOrigin` of the run, not of the image that it started from. */
export const performance = {
  now: (): number => native.now() - state.startedAt,
  toJSON: (): object => ({ timeOrigin: state.timeOrigin }),
};
Reflect.defineProperty(performance, 'timeOrigin', { get: () => state.timeOrigin, enumerable: true, configurable: true });
define(performance, Symbol.toStringTag, 'Performance', false);
