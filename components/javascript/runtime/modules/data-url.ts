import { typeError } from '../errors.ts';
import { native } from '../native.ts';
import {
  append,
  arrayJoin,
  NativeUint8Array,
  regExpExec,
  stringEndsWith,
  stringIndexOf,
  stringSlice,
  stringTrim,
  toInteger,
  toLowerCase,
  uint8ArrayFromBase64,
} from '../primordials.ts';

/** A `data:` URL taken apart (RFC 2397, and https://fetch.spec.whatwg.org/#data-url-processor). */
export interface DataUrl {
  /** Without parameters, in small letters. */
  readonly type: string;
  readonly text: string;
}

const breaks = /[\t\n\r]/;

/** The URL as it is compared: as the URL parser leaves it, without line breaks and what stands around it. */
export function normalDataUrl(url: string): string {
  if (regExpExec(breaks, url) === null) return stringTrim(url);
  const kept: string[] = [];
  for (let i = 0; i < url.length; i++) if (regExpExec(breaks, url[i] ?? '') === null) append(kept, url[i] ?? '');
  return stringTrim(arrayJoin(kept, ''));
}

/** @throws {TypeError} with code ERR_INVALID_URL. */
export function parseDataUrl(url: string): DataUrl {
  const hash = stringIndexOf(url, '#');
  const whole = hash < 0 ? url : stringSlice(url, 0, hash);
  const comma = stringIndexOf(whole, ',');
  if (comma < 0) throw typeError('ERR_INVALID_URL', 'Invalid URL');
  let head = stringSlice(whole, 5, comma);
  const isBase64 = stringEndsWith(toLowerCase(head), ';base64');
  if (isBase64) head = stringSlice(head, 0, head.length - 7);
  const semicolon = stringIndexOf(head, ';');
  const bytes = withoutEscapes(stringSlice(whole, comma + 1));
  return {
    type: toLowerCase(stringTrim(semicolon < 0 ? head : stringSlice(head, 0, semicolon))),
    text: native.decode(isBase64 ? fromBase64(native.decode(bytes)) : bytes),
  };
}

function fromBase64(text: string): Uint8Array {
  try {
    return uint8ArrayFromBase64(text);
  } catch {
    throw typeError('ERR_INVALID_URL', 'Invalid URL');
  }
}

const pair = /^[0-9a-fA-F]{2}$/;

/** The bytes of a text with its percent escapes taken out; what looks like none stays. */
export function withoutEscapes(text: string): Uint8Array {
  if (stringIndexOf(text, '%') < 0) return native.encode(text);
  const pieces: Uint8Array[] = [];
  let size = 0;
  let from = 0;
  const add = (bytes: Uint8Array): void => {
    append(pieces, bytes);
    size += bytes.length;
  };
  for (let at = stringIndexOf(text, '%'); at >= 0; at = stringIndexOf(text, '%', at + 1)) {
    const digits = stringSlice(text, at + 1, at + 3);
    if (regExpExec(pair, digits) === null) continue;
    add(native.encode(stringSlice(text, from, at)));
    const one = new NativeUint8Array(1);
    one[0] = toInteger(digits, 16);
    add(one);
    from = at + 3;
  }
  add(native.encode(stringSlice(text, from)));
  const all = new NativeUint8Array(size);
  let to = 0;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] as Uint8Array;
    for (let j = 0; j < piece.length; j++) all[to++] = piece[j] ?? 0;
  }
  return all;
}
