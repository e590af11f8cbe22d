import { native } from '../../native.ts';
import { TextDecoder } from '../encoding.ts';
import { expose, showAs } from '../shape.ts';
import { type ReadableStream, TransformStream } from './index.ts';

/** Encoding Standard §7: TextDecoderStream and TextEncoderStream. */

interface Controller {
  enqueue(chunk: unknown): void;
}

export class TextEncoderStream {
  readonly #transform: { readonly readable: ReadableStream; readonly writable: object };

  constructor() {
    /** The first half of a pair that a chunk ended in. */
    let high = '';
    this.#transform = new TransformStream({
      transform(chunk: unknown, controller: Controller) {
        let text = `${high}${chunk as string}`;
        const last = text.charCodeAt(text.length - 1);
        high = last >= 0xd800 && last <= 0xdbff ? text.slice(-1) : '';
        if (high !== '') text = text.slice(0, -1);
        if (text !== '') controller.enqueue(native.encode(text));
      },
      flush(controller: Controller) {
        if (high !== '') controller.enqueue(native.encode('\ufffd'));
      },
    });
  }

  get encoding(): string {
    return this.#transform && 'utf-8';
  }
  get readable(): ReadableStream {
    return this.#transform.readable;
  }
  get writable(): object {
    return this.#transform.writable;
  }
}

export class TextDecoderStream {
  readonly #decoder: TextDecoder;
  readonly #transform: { readonly readable: ReadableStream; readonly writable: object };

  constructor(label: unknown = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const decoder = new TextDecoder(label, options);
    this.#decoder = decoder;
    this.#transform = new TransformStream({
      transform(chunk: unknown, controller: Controller) {
        const text = decoder.decode(chunk, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller: Controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
  }

  get encoding(): string {
    return this.#decoder.encoding;
  }
  get fatal(): boolean {
    return this.#decoder.fatal;
  }
  get ignoreBOM(): boolean {
    return this.#decoder.ignoreBOM;
  }
  get readable(): ReadableStream {
    return this.#transform.readable;
  }
  get writable(): object {
    return this.#transform.writable;
  }
}

expose(TextEncoderStream, 'TextEncoderStream');
expose(TextDecoderStream, 'TextDecoderStream');
showAs(TextEncoderStream, ({ encoding, readable, writable }) => ({ encoding, readable, writable }));
showAs(TextDecoderStream, ({ encoding, fatal, ignoreBOM, readable, writable }) => {
  return { encoding, fatal, ignoreBOM, readable, writable };
});
