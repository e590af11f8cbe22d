import { typeError } from '../../errors.ts';
import { native } from '../../native.ts';
import { TransformStream } from '../../parts/streams.ts';
import { Engine, finish } from '../../parts/zlib.ts';
import { define, NativeUint8Array } from '../../primordials.ts';
import { expose, showAs } from '../shape.ts';
import type { ReadableStream } from './index.ts';

/** Compression Standard: CompressionStream and DecompressionStream, over the engine of `node:zlib`. */

interface Controller {
  enqueue(chunk: unknown): void;
}

interface Pair {
  readonly readable: ReadableStream;
  readonly writable: object;
}

type Mode = ConstructorParameters<typeof Engine>[0];

/** The formats, with what `node:zlib` calls one way and the other. Brotli is not built in. */
const formats: Readonly<Record<string, readonly [there: Mode, back: Mode]>> = {
  __proto__: null as never,
  deflate: ['deflate', 'inflate'],
  'deflate-raw': ['deflateRaw', 'inflateRaw'],
  gzip: ['gzip', 'gunzip'],
};

function modesOf(format: unknown, name: string): readonly [there: Mode, back: Mode] {
  const modes = formats[`${format as string}`];
  if (modes !== undefined) return modes;
  throw typeError(
    'ERR_INVALID_ARG_VALUE',
    `Failed to construct '${name}': 1st argument '${format as string}' is not a valid enum value of type CompressionFormat.`,
  );
}

function bytesOf(chunk: unknown): Uint8Array {
  if (ArrayBuffer.isView(chunk)) return new NativeUint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (native.classOf(chunk) === 'ArrayBuffer') return new NativeUint8Array(chunk as ArrayBuffer);
  throw typeError(
    'ERR_INVALID_ARG_TYPE',
    `A chunk must be an ArrayBuffer, a TypedArray or a DataView, not ${chunk === null ? 'null' : `of type ${typeof chunk}`}`,
  );
}

/** Runs bytes through an engine; what comes out goes on. */
function pair(mode: Mode): Pair {
  const engine = new Engine(mode, {});
  const isBack = mode === 'inflate' || mode === 'inflateRaw' || mode === 'gunzip';
  let given = 0;
  const pass = (input: Uint8Array, flush: number, controller: Controller): void => {
    given += input.length;
    let pieces: Uint8Array[];
    try {
      pieces = engine.process(input, flush, false);
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      const failure = typeError(code, message);
      define(failure, 'cause', error, false);
      throw failure;
    }
    for (const piece of pieces) controller.enqueue(piece);
    if (isBack && given > engine.bytesWritten)
      throw typeError(
        'ERR_TRAILING_JUNK_AFTER_STREAM_END',
        'Trailing junk found after the end of the compressed stream',
      );
  };
  return new TransformStream({
    transform: (chunk: unknown, controller: Controller) => pass(bytesOf(chunk), 0, controller),
    flush(controller: Controller) {
      if (!engine.ended) pass(new NativeUint8Array(0), finish, controller);
    },
  });
}

export class CompressionStream {
  readonly #pair: Pair;

  constructor(format: unknown) {
    this.#pair = pair(modesOf(format, 'CompressionStream')[0]);
  }

  get readable(): ReadableStream {
    return this.#pair.readable;
  }
  get writable(): object {
    return this.#pair.writable;
  }
}

export class DecompressionStream {
  readonly #pair: Pair;

  constructor(format: unknown) {
    this.#pair = pair(modesOf(format, 'DecompressionStream')[1]);
  }

  get readable(): ReadableStream {
    return this.#pair.readable;
  }
  get writable(): object {
    return this.#pair.writable;
  }
}

expose(CompressionStream, 'CompressionStream');
expose(DecompressionStream, 'DecompressionStream');
showAs(CompressionStream, ({ readable, writable }) => ({ readable, writable }));
showAs(DecompressionStream, ({ readable, writable }) => ({ readable, writable }));
