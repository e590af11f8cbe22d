import { nextTick } from '../ticks.ts';
import { needArguments } from './shape.ts';

/** HTML §8.1.4.6: what is reported ends the program as an uncaught exception does, once the code in progress is done. */
export function reportError(error: unknown): void {
  // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
  needArguments(arguments, 'e');
  nextTick(() => {
    throw error;
  });
}
