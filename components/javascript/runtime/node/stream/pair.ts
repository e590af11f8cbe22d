import { define } from '../../primordials.ts';
import type { StreamModule, Transform } from './types.ts';

interface Side extends Transform {
  /** Whose reading end gets what is written here. */
  other: Side;
  /** Called when what was last written has been read. */
  taken?: (() => void) | undefined;
}

/** `stream.duplexPair`: two streams, each of which reads what is written to the other. */
export function duplexPair({ Duplex }: StreamModule): [Transform, Transform] {
  const make = (): Side =>
    new Duplex({
      read(this: Side) {
        const { taken } = this;
        this.taken = undefined;
        taken?.();
      },
      write(this: Side, chunk: Uint8Array, _encoding: string, done: () => void) {
        if (chunk.length === 0) {
          done();
          return;
        }
        this.other.taken = done;
        this.other.push(chunk);
      },
      final(this: Side, done: () => void) {
        this.other.on('end', done);
        this.other.push(null);
      },
    }) as Side;
  const [a, b] = [make(), make()];
  define(a, 'other', b, false);
  define(b, 'other', a, false);
  return [a, b];
}
