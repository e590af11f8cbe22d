import { Buffer } from '../parts/buffer.ts';
import { NativeError } from '../primordials.ts';

/** `node:querystring`. */

const kept = /[A-Za-z0-9\-_.!~*'()]/;

function escapeText(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'object' ? String(value) : `${value as string}`;
  let result = '';
  for (const letter of text) {
    if (letter.length === 1 && kept.test(letter)) result += letter;
    else if (letter.isWellFormed())
      for (const byte of Buffer.from(letter)) result += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    else throw Object.assign(new URIError('URI malformed'), { code: 'ERR_INVALID_URI' });
  }
  return result;
}

function unescapeBuffer(text: string): Buffer {
  const bytes: number[] = [];
  const source = Buffer.from(text);
  for (let i = 0; i < source.length; i++) {
    const pair = source[i] === 37 ? source.toString('latin1', i + 1, i + 3) : '';
    if (/^[0-9a-fA-F]{2}$/.test(pair)) {
      bytes.push(Number.parseInt(pair, 16));
      i += 2;
    } else bytes.push(source[i] as number);
  }
  return Buffer.from(bytes);
}

function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text).toString();
  }
}

function primitive(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : '';
  if (typeof value === 'bigint' || typeof value === 'boolean') return `${value}`;
  return '';
}

interface Options {
  encodeURIComponent?: (text: string) => string;
  decodeURIComponent?: (text: string) => string;
  maxKeys?: number;
}

function stringify(object: unknown, separator = '&', equals = '=', options?: Options | null): string {
  const encode = options?.encodeURIComponent ?? querystring.escape;
  if (typeof object !== 'object' || object === null) return '';
  const fields: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    const name = encode(primitive(key)) + equals;
    if (Array.isArray(value)) for (const one of value) fields.push(name + encode(primitive(one)));
    else fields.push(name + encode(primitive(value)));
  }
  return fields.join(separator || '&');
}

function parse(
  text: unknown,
  separator?: string | null,
  equals?: string | null,
  options?: Options | null,
): Record<string, string | string[]> {
  const result = Object.create(null) as Record<string, string | string[]>;
  if (typeof text !== 'string' || text === '') return result;
  const most = options?.maxKeys ?? 1000;
  const decode = options?.decodeURIComponent ?? querystring.unescape;
  const decoded = (part: string): string => {
    const spaced = part.replaceAll('+', ' ');
    if (!spaced.includes('%')) return spaced;
    try {
      return decode(spaced);
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      return unescapeText(spaced);
    }
  };
  let count = 0;
  for (const field of text.split(separator || '&')) {
    if (field === '') continue;
    if (most > 0 && count++ >= most) break;
    const mark = equals || '=';
    const at = field.indexOf(mark);
    const name = decoded(at < 0 ? field : field.slice(0, at));
    const value = at < 0 ? '' : decoded(field.slice(at + mark.length));
    const before = result[name];
    if (before === undefined) result[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else result[name] = [before, value];
  }
  return result;
}

export const querystring = {
  unescapeBuffer,
  unescape: unescapeText,
  escape: escapeText,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
};
