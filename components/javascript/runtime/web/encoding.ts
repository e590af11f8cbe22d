import { native } from '../native.ts';
import { isBufferView, NativeRangeError, NativeTypeError, NativeUint8Array } from '../primordials.ts';

/** Encoding Standard: the UTF-8, UTF-16LE and windows-1252 (latin1, ascii) coders. */

const labels: Record<string, string> = {
  __proto__: null as unknown as string,
  utf8: 'utf-8',
  'utf-8': 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  utf16le: 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16': 'utf-16le',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  ascii: 'windows-1252',
  'us-ascii': 'windows-1252',
  'windows-1252': 'windows-1252',
};

export class TextEncoder {
  get encoding(): string {
    return 'utf-8';
  }

  encode(text: unknown = ''): Uint8Array {
    return native.encode(`${text as string}`);
  }

  encodeInto(text: unknown, into: Uint8Array): { read: number; written: number } {
    const source = `${text as string}`;
    let read = 0;
    let written = 0;
    for (const letter of source) {
      const bytes = native.encode(letter);
      if (written + bytes.length > into.length) break;
      into.set(bytes, written);
      written += bytes.length;
      read += letter.length;
    }
    return { read, written };
  }
}

function bytesOf(input: unknown): Uint8Array {
  if (input === undefined) return new NativeUint8Array(0);
  if (isBufferView(input)) return new NativeUint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (native.classOf(input) === 'ArrayBuffer' || native.classOf(input) === 'SharedArrayBuffer')
    return new NativeUint8Array(input as ArrayBuffer);
  throw new NativeTypeError('The "input" argument must be an instance of ArrayBuffer or ArrayBufferView.');
}

export class TextDecoder {
  readonly #encoding: string;
  readonly #fatal: boolean;
  readonly #ignoreBOM: boolean;
  /** Bytes of a character that the next piece continues. */
  #pending = new NativeUint8Array(0);
  #bomSeen = false;

  constructor(label: unknown = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const encoding = labels[`${label as string}`.trim().toLowerCase()];
    if (encoding === undefined) throw new NativeRangeError(`The "${label as string}" encoding is not supported`);
    this.#encoding = encoding;
    this.#fatal = Boolean(options.fatal);
    this.#ignoreBOM = Boolean(options.ignoreBOM);
  }

  get encoding(): string {
    return this.#encoding;
  }
  get fatal(): boolean {
    return this.#fatal;
  }
  get ignoreBOM(): boolean {
    return this.#ignoreBOM;
  }

  decode(input?: unknown, options: { stream?: boolean } = {}): string {
    const piece = bytesOf(input);
    const bytes = new NativeUint8Array(this.#pending.length + piece.length);
    bytes.set(this.#pending);
    bytes.set(piece, this.#pending.length);
    const keep = options.stream ? this.#incomplete(bytes) : 0;
    this.#pending = bytes.slice(bytes.length - keep);
    let text = this.#convert(bytes.subarray(0, bytes.length - keep));
    if (!this.#bomSeen && text.length > 0) {
      if (!this.#ignoreBOM && this.#encoding !== 'windows-1252' && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
      this.#bomSeen = true;
    }
    if (!options.stream) this.#bomSeen = false;
    return text;
  }

  /** How many bytes at the end may still become a character. */
  #incomplete(bytes: Uint8Array): number {
    if (this.#encoding === 'utf-16le') return bytes.length % 2;
    if (this.#encoding !== 'utf-8') return 0;
    for (let back = 1; back <= 3 && back <= bytes.length; back++) {
      const byte = bytes[bytes.length - back] ?? 0;
      if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
      if (byte < 0x80) return 0;
    }
    return 0;
  }

  #convert(bytes: Uint8Array): string {
    if (this.#encoding === 'utf-8') {
      if (this.#fatal && native.validPrefix(bytes) < bytes.length) throw this.#invalid();
      return native.decode(bytes);
    }
    let text = '';
    if (this.#encoding === 'windows-1252') {
      for (let i = 0; i < bytes.length; i++) text += windows1252(bytes[i] ?? 0);
      return text;
    }
    for (let i = 0; i + 1 < bytes.length; i += 2)
      text += String.fromCharCode((bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8));
    if (this.#fatal && (bytes.length % 2 === 1 || !text.isWellFormed())) throw this.#invalid();
    return (bytes.length % 2 === 1 ? `${text}\ufffd` : text).toWellFormed();
  }

  #invalid(): Error {
    const error = new NativeTypeError(`The encoded data was not valid for encoding ${this.#encoding}`);
    (error as Error & { code: string }).code = 'ERR_ENCODING_INVALID_ENCODED_DATA';
    return error;
  }
}

const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windows1252(byte: number): string {
  return byte >= 0x80 && byte <= 0x9f ? (upper[byte - 0x80] ?? '') : String.fromCharCode(byte);
}
