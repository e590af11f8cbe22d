import { invalidArgument } from '../errors.ts';
import { Buffer, encodingOr, textOf } from '../parts/buffer.ts';
import { NativeUint8Array } from '../primordials.ts';
import { TextDecoder } from '../web/encoding.ts';

type Encoding = ReturnType<typeof encodingOr>;

/** `node:string_decoder`: text of bytes that come in pieces, with characters cut wherever a piece ends. */
export class StringDecoder {
  readonly encoding: string;
  readonly #kind: Encoding;
  readonly #utf8: TextDecoder | undefined;
  /** Bytes that wait for the rest of their character, or of their group of Base64. */
  #kept: Uint8Array = new NativeUint8Array(0);

  constructor(encoding?: unknown) {
    this.#kind = encodingOr(encoding);
    this.encoding = this.#kind;
    if (this.#kind === 'utf8') this.#utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  }

  write(piece: unknown): string {
    if (typeof piece === 'string') return piece;
    if (!ArrayBuffer.isView(piece))
      throw invalidArgument('buf', 'an instance of Buffer, TypedArray, or DataView', piece);
    const bytes = new NativeUint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
    if (this.#utf8 !== undefined) return this.#utf8.decode(bytes, { stream: true });
    const all = this.#kept.length === 0 ? bytes : Buffer.concat([this.#kept, bytes]);
    const keep = this.#incomplete(all);
    this.#kept = all.slice(all.length - keep);
    return textOf(all.subarray(0, all.length - keep), this.#kind);
  }

  #incomplete(bytes: Uint8Array): number {
    switch (this.#kind) {
      case 'base64':
      case 'base64url':
        return bytes.length % 3;
      case 'utf16le': {
        if (bytes.length % 2 === 1) return bytes.length === 1 ? 1 : 1 + this.#incomplete(bytes.subarray(0, -1));
        const high = bytes[bytes.length - 1] ?? 0;
        return high >= 0xd8 && high <= 0xdb && bytes.length > 0 ? 2 : 0;
      }
      default:
        return 0;
    }
  }

  end(piece?: unknown): string {
    const text = piece === undefined ? '' : this.write(piece);
    if (this.#utf8 !== undefined) return text + this.#utf8.decode();
    const rest = textOf(this.#kept, this.#kind);
    this.#kept = new NativeUint8Array(0);
    return text + rest;
  }

  get lastNeed(): number {
    return this.#kept.length;
  }
}

export const stringDecoder = { StringDecoder };
