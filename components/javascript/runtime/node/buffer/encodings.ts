import { invalidArgument, typeError } from '../../errors.ts';
import { native } from '../../native.ts';
import { NativeUint8Array, stringSlice, uint8ArrayToBase64 } from '../../primordials.ts';

/** The encodings of Node's Buffer: bytes of a text, text of bytes. */

export type Encoding = 'utf8' | 'utf16le' | 'latin1' | 'ascii' | 'base64' | 'base64url' | 'hex';

const names: Record<string, Encoding> = {
  __proto__: null as unknown as Encoding,
  utf8: 'utf8',
  'utf-8': 'utf8',
  ucs2: 'utf16le',
  'ucs-2': 'utf16le',
  utf16le: 'utf16le',
  'utf-16le': 'utf16le',
  latin1: 'latin1',
  binary: 'latin1',
  ascii: 'ascii',
  base64: 'base64',
  base64url: 'base64url',
  hex: 'hex',
};

/** The encoding of a name, in whatever case; undefined where there is none. */
export function encodingNamed(name: unknown): Encoding | undefined {
  if (typeof name !== 'string') return undefined;
  return names[name] ?? names[name.toLowerCase()];
}

/** The encoding an argument names: 'utf8' where it is left out. */
export function encodingOr(name: unknown): Encoding {
  if (name === undefined || name === null || name === '') return 'utf8';
  const found = encodingNamed(name);
  if (found === undefined) throw unknownEncoding(name);
  return found;
}

export function unknownEncoding(name: unknown): Error {
  return typeError('ERR_UNKNOWN_ENCODING', `Unknown encoding: ${name as string}`);
}

interface Hex {
  toHex(): string;
}

export function textOf(bytes: Uint8Array, encoding: Encoding): string {
  switch (encoding) {
    case 'utf8':
      return native.decode(bytes);
    case 'hex':
      return (bytes as unknown as Hex).toHex();
    case 'base64':
      return uint8ArrayToBase64(bytes);
    case 'base64url': {
      const text = uint8ArrayToBase64(bytes);
      let end = text.length;
      while (end > 0 && text[end - 1] === '=') end--;
      return stringSlice(text, 0, end).replaceAll('+', '-').replaceAll('/', '_');
    }
    case 'latin1':
      return fromCodes(bytes.length, (i) => bytes[i] ?? 0);
    case 'ascii':
      return fromCodes(bytes.length, (i) => (bytes[i] ?? 0) & 0x7f);
    case 'utf16le':
      return fromCodes(bytes.length >> 1, (i) => (bytes[2 * i] ?? 0) | ((bytes[2 * i + 1] ?? 0) << 8));
  }
}

const { fromCharCode } = String;

/** Text of code units, some hundred at a time. */
function fromCodes(count: number, unit: (index: number) => number): string {
  let text = '';
  for (let from = 0; from < count; from += 512) {
    const units: number[] = [];
    for (let i = from; i < from + 512 && i < count; i++) units.push(unit(i));
    text += fromCharCode(...units);
  }
  return text;
}

export function bytesOf(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case 'utf8':
      return native.encode(text);
    case 'latin1':
    case 'ascii': {
      const bytes = new NativeUint8Array(text.length);
      for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
      return bytes;
    }
    case 'utf16le': {
      const bytes = new NativeUint8Array(text.length * 2);
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        bytes[2 * i] = unit;
        bytes[2 * i + 1] = unit >> 8;
      }
      return bytes;
    }
    case 'hex':
      return fromHex(text);
    default:
      return fromBase64(text);
  }
}

/** Pairs of digits, up to the first that is none. */
function fromHex(text: string): Uint8Array {
  const bytes = new NativeUint8Array(text.length >> 1);
  for (let i = 0; i < bytes.length; i++) {
    const high = digit(text.charCodeAt(2 * i));
    const low = digit(text.charCodeAt(2 * i + 1));
    if (high < 0 || low < 0) return bytes.slice(0, i);
    bytes[i] = high * 16 + low;
  }
  return bytes;
}

function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** Both alphabets of Base64; what belongs to neither is passed over, as Node does. The first `=` ends it. */
function fromBase64(text: string): Uint8Array {
  const bytes = new NativeUint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let pending = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 61) break;
    const value = sextet(code);
    if (value < 0) continue;
    bits = (bits << 6) | value;
    pending += 6;
    if (pending < 8) continue;
    pending -= 8;
    bytes[length++] = bits >> pending;
    bits &= (1 << pending) - 1;
  }
  return bytes.slice(0, length);
}

function sextet(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 43 || code === 45) return 62;
  return code === 47 || code === 95 ? 63 : -1;
}

/** Bytes that a text takes. */
export function byteLength(data: unknown, encoding?: unknown): number {
  if (ArrayBuffer.isView(data)) return data.byteLength;
  if (native.classOf(data) === 'ArrayBuffer' || native.classOf(data) === 'SharedArrayBuffer')
    return (data as ArrayBuffer).byteLength;
  if (typeof data !== 'string')
    throw invalidArgument('string', 'of type string or an instance of Buffer or ArrayBuffer', data);
  const known = encodingNamed(encoding) ?? 'utf8';
  switch (known) {
    case 'latin1':
    case 'ascii':
      return data.length;
    case 'utf16le':
      return data.length * 2;
    case 'hex':
      return data.length >>> 1;
    case 'base64':
    case 'base64url': {
      let end = data.length;
      if (end > 1 && data.charCodeAt(end - 1) === 61) end--;
      if (end > 1 && data.charCodeAt(end - 1) === 61) end--;
      return (end * 3) >>> 2;
    }
    default:
      return native.encode(data).length;
  }
}
