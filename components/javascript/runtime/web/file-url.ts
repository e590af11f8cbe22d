import { typeError } from '../errors.ts';
import { native } from '../native.ts';
import {
  NativeUint8Array,
  numberToString,
  regExpExec,
  stringCharCodeAt,
  stringPadStart,
  stringSlice,
  stringStartsWith,
} from '../primordials.ts';

/** `file:` URLs and paths, without the URL class: module loading needs no more. */

const plain = /^[A-Za-z0-9\-_.!~*'()/:@&=+$,]$/;
const allPlain = /^[A-Za-z0-9\-_.!~*'()/:@&=+$,]*$/;

/** The `file:` URL of an absolute path. */
export function toFileUrl(path: string): string {
  if (regExpExec(allPlain, path) !== null) return `file://${path}`;
  const bytes = native.encode(path);
  let url = 'file://';
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    const letter = byte < 0x80 ? asciiLetter(byte) : '';
    if (letter !== '' && regExpExec(plain, letter) !== null) url += letter;
    else url += `%${hexByte(byte)}`;
  }
  return url;
}

function asciiLetter(code: number): string {
  const one = new NativeUint8Array(1);
  one[0] = code;
  return native.decode(one);
}

function hexByte(byte: number): string {
  const text = stringPadStart(numberToString(byte, 16), 2, '0');
  let upper = '';
  for (let i = 0; i < 2; i++)
    upper += stringCharCodeAt(text, i) >= 97 ? 'ABCDEF'[stringCharCodeAt(text, i) - 97] : text[i];
  return upper;
}

const hexPair = /^[0-9a-fA-F]{2}$/;

/**
 * The absolute path that a `file:` URL names; its query and fragment are dropped.
 *
 * @throws {TypeError} when the URL names another host, or its path holds an encoded `/`.
 */
export function fromFileUrl(url: string): string {
  if (!stringStartsWith(url, 'file:')) throw typeError('ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  let rest = stringSlice(url, 5);
  if (stringStartsWith(rest, '//localhost/')) rest = stringSlice(rest, 11);
  else if (stringStartsWith(rest, '///')) rest = stringSlice(rest, 2);
  else if (stringStartsWith(rest, '//'))
    throw typeError('ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  const bytes = native.encode(rest);
  const path = new NativeUint8Array(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === 0x3f || byte === 0x23) break;
    const pair = byte === 0x25 ? asciiLetter(bytes[i + 1] ?? 0) + asciiLetter(bytes[i + 2] ?? 0) : '';
    if (pair !== '' && regExpExec(hexPair, pair) !== null) {
      const code = +`0x${pair}`;
      if (code === 0x2f)
        throw typeError('ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
      path[length++] = code;
      i += 2;
    } else {
      path[length++] = byte;
    }
  }
  const exact = new NativeUint8Array(length);
  for (let i = 0; i < length; i++) exact[i] = path[i] ?? 0;
  return native.decode(exact);
}
