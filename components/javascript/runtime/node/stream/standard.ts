import { setImmediate } from '../../immediates.ts';
import { native } from '../../native.ts';
import { Buffer } from '../../parts/buffer.ts';
import { assign, define, NativeUint8Array, setPrototypeOf } from '../../primordials.ts';
import { trustWrite } from '../../standard.ts';
import { type LightOutput, writeTo } from '../stdio.ts';
import type { Callback, Readable, StreamModule } from './types.ts';

/** Bytes that one read of stdin asks for. */
const pieceBytes = 64 << 10;

interface Made {
  becomeWritable(output: LightOutput): void;
  createInput(): Readable;
}

/** The standard streams as streams of this module. */
export function standardStreams({ Readable, Writable }: StreamModule): Made {
  trustWrite(Writable.prototype.write);

  const prototype = Object.create(Writable.prototype) as object;
  assign(prototype, {
    getColorDepth: () => 1,
    hasColors: () => false,
    // Stdio outlives the program's own streams: ending and destroying it closes nothing.
    _destroy: (error: unknown, done: Callback) => done(error),
  });

  class StandardInput extends Readable {
    readonly fd = 0;

    constructor() {
      super({ highWaterMark: pieceBytes });
    }

    /** In a turn of its own, so that other work goes on between two pieces. */
    _read(): void {
      setImmediate(() => {
        const bytes = new NativeUint8Array(pieceBytes);
        const count = native.readStdin(bytes);
        this.push(count === 0 ? null : Buffer.from(bytes.buffer, 0, count));
      });
    }

    ref(): this {
      return this;
    }
    unref(): this {
      return this;
    }
  }

  return {
    becomeWritable(output) {
      const { fd } = output;
      setPrototypeOf(output, prototype);
      (Writable as unknown as { call(self: unknown, options: object): void }).call(output, {
        decodeStrings: false,
        write(chunk: unknown, encoding: string, done: Callback) {
          writeTo(fd, chunk, typeof chunk === 'string' && encoding !== 'utf8' ? encoding : undefined);
          done();
        },
      });
      define(output, '_type', 'fs');
    },
    createInput: () => new StandardInput(),
  };
}
