import { typeError as codedTypeError, rangeError } from '../errors.ts';
import { native } from '../native.ts';
import { lazyPart } from '../parts.ts';
import { isBufferView, NativeUint8Array } from '../primordials.ts';
import { expose, showAs } from './shape.ts';

/**
 * Encoding Standard: the coders of UTF-8, UTF-16 and windows-1252 (latin1, ascii). Those of older texts come with a
 * part of their own.
 */

const legacy = lazyPart<typeof import('../parts/encodings.ts')>('encodings');

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
    if (native.classOf(into) !== 'Uint8Array')
      throw codedTypeError('ERR_INVALID_ARG_TYPE', 'The "dest" argument must be an instance of Uint8Array.');
    const source = `${text as string}`;
    const room = into.length;
    let read = 0;
    let written = 0;
    while (read < source.length) {
      const point = source.codePointAt(read) ?? 0;
      const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (written + size > room) break;
      written += size;
      read += size === 4 ? 2 : 1;
    }
    into.set(native.encode(source.slice(0, read)));
    return { read, written };
  }
}

function bytesOf(input: unknown): Uint8Array {
  if (input === undefined) return new NativeUint8Array(0);
  if (isBufferView(input)) return new NativeUint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (native.classOf(input) === 'ArrayBuffer' || native.classOf(input) === 'SharedArrayBuffer')
    return new NativeUint8Array(input as ArrayBuffer);
  throw codedTypeError(
    'ERR_INVALID_ARG_TYPE',
    'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.',
  );
}

interface DecoderOptions {
  readonly fatal?: unknown;
  readonly ignoreBOM?: unknown;
}

/** A decoder of the part for older texts. */
interface LegacyDecoder {
  readonly encoding: string;
  decode(input: Uint8Array, options: { stream: boolean }): string;
}

function legacyDecoder(label: string, fatal: boolean, ignoreBOM: boolean): LegacyDecoder {
  try {
    return new (legacy().LegacyDecoder)(label, { fatal, ignoreBOM });
  } catch {
    throw rangeError('ERR_ENCODING_NOT_SUPPORTED', `The "${label}" encoding is not supported`);
  }
}

export class TextDecoder {
  readonly #encoding: string;
  readonly #fatal: boolean;
  readonly #ignoreBOM: boolean;
  readonly #legacy: LegacyDecoder | undefined;
  /** Bytes of a character that the next piece continues. */
  #pending = new NativeUint8Array(0);
  #bomSeen = false;

  constructor(label: unknown = 'utf-8', options: DecoderOptions | null = {}) {
    const text = `${label as string}`;
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
    const known = labels[text.trim().toLowerCase()];
    this.#legacy = known === undefined ? legacyDecoder(text, this.#fatal, this.#ignoreBOM) : undefined;
    this.#encoding = known ?? this.#legacy?.encoding ?? '';
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

  decode(input: unknown = undefined, options: { stream?: unknown } | null = {}): string {
    const piece = bytesOf(input);
    const stream = Boolean(options?.stream);
    if (this.#legacy !== undefined) return this.#decodeLegacy(this.#legacy, piece, stream);
    const bytes = new NativeUint8Array(this.#pending.length + piece.length);
    bytes.set(this.#pending);
    bytes.set(piece, this.#pending.length);
    const keep = stream ? this.#incomplete(bytes) : 0;
    this.#pending = bytes.slice(bytes.length - keep);
    let text = this.#convert(bytes.subarray(0, bytes.length - keep));
    if (!this.#bomSeen && text.length > 0) {
      if (!this.#ignoreBOM && this.#encoding !== 'windows-1252' && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
      this.#bomSeen = true;
    }
    if (!stream) this.#bomSeen = false;
    return text;
  }

  #decodeLegacy(decoder: LegacyDecoder, bytes: Uint8Array, stream: boolean): string {
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      throw this.#invalid();
    }
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
      if (this.#fatal && native.validPrefix(bytes) < bytes.length) {
        this.#pending = new NativeUint8Array(0);
        throw this.#invalid();
      }
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
    return codedTypeError(
      'ERR_ENCODING_INVALID_ENCODED_DATA',
      `The encoded data was not valid for encoding ${this.#encoding}`,
    );
  }
}

const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windows1252(byte: number): string {
  return byte >= 0x80 && byte <= 0x9f ? (upper[byte - 0x80] ?? '') : String.fromCharCode(byte);
}

expose(TextEncoder, 'TextEncoder');
expose(TextDecoder, 'TextDecoder');
showAs(TextDecoder, ({ encoding, fatal, ignoreBOM }) => ({ encoding, fatal, ignoreBOM }));
