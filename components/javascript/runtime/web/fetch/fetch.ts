import { plainError } from '../../errors.ts';
import { native } from '../../native.ts';
import { define, uint8ArrayFromBase64 } from '../../primordials.ts';
import { Headers } from './headers.ts';
import { Request, requestAddress } from './request.ts';
import { fetched, type Response } from './response.ts';

/** Fetch Standard §5.6: fetch. The network is not lent to programs; `data:` URLs need none. */

/** What a program gets that asks for the network. */
export function networkRefused(api: string, resource: string): Error {
  const error = plainError(
    'ERR_ACCESS_DENIED',
    `${api}: access to ${resource} is not permitted: programs here have no network. ` +
      'Give the data as a file, on stdin or in the environment instead.',
  );
  define(error, 'permission', 'Net');
  define(error, 'resource', resource);
  return error;
}

/** Percent-decodes to bytes. */
function percentDecode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = native.encode(text);
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const pair = bytes[i] === 0x25 ? String.fromCharCode(bytes[i + 1] ?? 0, bytes[i + 2] ?? 0) : '';
    if (/^[0-9a-f]{2}$/i.test(pair)) {
      decoded[length++] = Number.parseInt(pair, 16);
      i += 2;
    } else {
      decoded[length++] = bytes[i] ?? 0;
    }
  }
  return decoded.slice(0, length);
}

interface DataUrl {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Fetch Standard §6, "data: URL processor"; undefined when the URL is not a valid one. */
export function readDataUrl(address: string): DataUrl | undefined {
  const comma = address.indexOf(',');
  if (comma < 0) return undefined;
  let type = address.slice('data:'.length, comma).trim();
  let bytes = percentDecode(address.slice(comma + 1));
  if (/;\x20*base64$/i.test(type)) {
    type = type.replace(/;\x20*base64$/i, '');
    const text = native.decode(bytes).replace(/[\t\n\f\r ]/g, '');
    try {
      bytes = uint8ArrayFromBase64(text) as Uint8Array<ArrayBuffer>;
    } catch {
      return undefined;
    }
  }
  if (type.startsWith(';')) type = `text/plain${type}`;
  const isValid = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+\/[!#$%&'*+\-.^_`|~0-9A-Za-z]+\s*(?:;.*)?$/.test(type);
  return { type: isValid ? type : 'text/plain;charset=US-ASCII', bytes };
}

export async function fetch(input: unknown, init: unknown = undefined): Promise<Response> {
  // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
  if (arguments.length === 0) throw new TypeError('fetch: 1 argument required, but 0 found.');
  const request = new Request(input, init);
  if (request.signal.aborted) throw request.signal.reason;
  const address = requestAddress(request);
  const scheme = address.slice(0, address.indexOf(':'));
  if (scheme === 'data') {
    const data = readDataUrl(address);
    if (data === undefined) throw new TypeError('fetch failed', { cause: new Error('invalid data: URL') });
    return fetched(address, new Headers([['content-type', data.type]]), data.bytes);
  }
  if (scheme !== 'http' && scheme !== 'https')
    throw new TypeError('fetch failed', {
      cause: new Error(scheme === 'file' ? 'not implemented... yet...' : 'unknown scheme'),
    });
  throw networkRefused('fetch', address);
}
define(fetch, 'name', 'fetch', false);
