import type { Encoding } from '../types.ts';

/** Text that is not valid in its encoding; `offset` counts characters (encoded text) or bytes (utf8) from 0. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError';
  readonly encoding: Encoding;
  readonly offset: number;

  constructor(encoding: Encoding, offset: number, problem: string) {
    super(`not valid ${encoding} at offset ${offset}: ${problem}`);
    this.encoding = encoding;
    this.offset = offset;
  }
}

const encoder = new TextEncoder();

/**
 * Decodes file content strictly. Bytes without an encoding are taken as they are.
 *
 * @throws {EncodingError} where the text is not valid in its encoding.
 */
export function decodeContent(content: string | Uint8Array, encoding: Encoding | undefined): Uint8Array {
  switch (encoding) {
    case 'base64':
      return decodeBase64(digitsOf(content));
    case 'hex':
      return decodeHex(digitsOf(content));
    case 'utf8':
      return typeof content === 'string' ? encodeUtf8(content) : checkUtf8(content);
    default:
      return typeof content === 'string' ? encodeUtf8(content) : content;
  }
}

/** Encoded text; bytes become one character each, so that offsets count bytes. No digit is beyond ASCII. */
function digitsOf(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : latin1(content);
}

function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return parts.join('');
}

function encodeUtf8(text: string): Uint8Array {
  if (!text.isWellFormed()) {
    const offset = text.search(/\p{Surrogate}/u);
    throw new EncodingError('utf8', offset, 'a surrogate without its partner cannot be encoded');
  }
  return encoder.encode(text);
}

function checkUtf8(bytes: Uint8Array): Uint8Array {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return bytes;
  } catch {
    const offset = invalidUtf8Offset(bytes);
    throw new EncodingError('utf8', offset, `byte 0x${(bytes[offset] ?? 0).toString(16).padStart(2, '0')}`);
  }
}

/** Offset of the first byte of the first sequence that is not well-formed (Unicode 16, table 3-7). */
function invalidUtf8Offset(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  const second = bytes[at + 1] ?? 0;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (length === 0 || second < lowest || second > highest) return 0;
  for (let i = 2; i < length; i++) {
    if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

const hexDigits = '0123456789abcdef';
const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function digitTable(digits: string): Int8Array {
  const table = new Int8Array(128).fill(-1);
  for (let value = 0; value < digits.length; value++) table[digits.charCodeAt(value)] = value;
  return table;
}

const hexValues = digitTable(hexDigits);
for (let value = 10; value < 16; value++) hexValues['ABCDEF'.charCodeAt(value - 10)] = value;
const base64Values = digitTable(base64Digits);

function decodeHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  for (let offset = 0; offset < text.length; offset++) {
    const value = hexValues[text.charCodeAt(offset)] ?? -1;
    if (value < 0) throw new EncodingError('hex', offset, `${JSON.stringify(text[offset])} is not a hex digit`);
    bytes[offset >> 1] = ((bytes[offset >> 1] ?? 0) << 4) | value;
  }
  if (text.length % 2 === 1) throw new EncodingError('hex', text.length, 'the last digit has no partner');
  return bytes;
}

/** RFC 4648 §4 with its padding; line breaks are not part of it. */
function decodeBase64(text: string): Uint8Array {
  const end = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length;
  const bytes = new Uint8Array((end * 3) >> 2);
  let bits = 0;
  let count = 0;
  let written = 0;
  for (let offset = 0; offset < end; offset++) {
    const value = base64Values[text.charCodeAt(offset)] ?? -1;
    if (value < 0) {
      throw new EncodingError('base64', offset, `${JSON.stringify(text[offset])} is not a base64 character`);
    }
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[written++] = (bits >> count) & 0xff;
    }
  }
  if (text.length % 4 !== 0) {
    throw new EncodingError('base64', text.length, 'the length is not a multiple of four; padding with = is missing');
  }
  if ((bits & ((1 << count) - 1)) !== 0) {
    throw new EncodingError('base64', end - 1, 'the last character has bits that no byte holds');
  }
  return bytes;
}
