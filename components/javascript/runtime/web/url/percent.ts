import { native } from '../../native.ts';

/**
 * What `whatwg-url` takes from `@exodus/bytes`, for the one encoding that programs can ask of a URL, UTF-8; the
 * package has those of old web pages, and their tables.
 *
 * URL Standard §1.3, "percent-encode after encoding".
 */
export function percentEncodeAfterEncoding(
  _encoding: string,
  input: string,
  percentEncodeSet: string,
  spaceAsPlus = false,
): string {
  let result = '';
  for (const byte of native.encode(input)) {
    const letter = String.fromCharCode(byte);
    if (byte === 0x20 && spaceAsPlus) result += '+';
    else if (byte < 0x20 || byte > 0x7e || percentEncodeSet.includes(letter))
      result += `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
    else result += letter;
  }
  return result;
}
