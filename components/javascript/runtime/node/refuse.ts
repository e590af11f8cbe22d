import { plainError } from '../errors.ts';
import { define } from '../primordials.ts';

/** Under this key a function says that it is there only to say why it is not (build/docs reads it). */
const refusedKey = Symbol.for('golem-exec.refused');

/** A function, or a class, that throws whatever it is given. */
export function refused(name: string, message: string): () => never {
  // biome-ignore lint/complexity/useArrowFunction: `new` reaches the message too
  const refuse = function (): never {
    throw plainError('ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', message);
  };
  define(refuse, 'name', name, false);
  define(refuse, refusedKey, true, false);
  return refuse;
}
