import { native } from '../../native.ts';
import { random } from '../../random.ts';
import { joinBytes } from '../bytes.ts';
import { blobBytes, ownedFile } from './blob.ts';
import { FormData, formEntries } from './form-data.ts';

/** HTML §4.10.22.8: `multipart/form-data`, written and read (RFC 7578). */

function escapeName(name: string): string {
  return name.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');
}

function unescapeName(name: string): string {
  return name.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%22/g, '"');
}

export function newBoundary(): string {
  let digits = '';
  for (let i = 0; i < 12; i++) digits += Math.floor(random() * 10);
  return `----formdata-golem-0${digits}`;
}

export function encodeForm(form: FormData, boundary: string): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  for (const [name, value] of formEntries(form)) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name.replace(/\r?\n|\r/g, '\r\n'))}"`;
    if (typeof value === 'string') {
      pieces.push(native.encode(`${head}\r\n\r\n${value.replace(/\r?\n|\r/g, '\r\n')}\r\n`));
    } else {
      const type = value.type === '' ? 'application/octet-stream' : value.type;
      pieces.push(native.encode(`${head}; filename="${escapeName(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`));
      pieces.push(blobBytes(value), native.encode('\r\n'));
    }
  }
  pieces.push(native.encode(`--${boundary}--\r\n`));
  return joinBytes(pieces);
}

function find(bytes: Uint8Array, what: Uint8Array, from: number): number {
  const first = what[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < what.length && bytes[at + same] === what[same]) same++;
    if (same === what.length) return at;
  }
  return -1;
}

function startsWith(bytes: Uint8Array, what: Uint8Array, at: number): boolean {
  for (let i = 0; i < what.length; i++) if (bytes[at + i] !== what[i]) return false;
  return true;
}

/** @throws {TypeError} when the bytes are no form with this boundary. */
export function decodeForm(bytes: Uint8Array<ArrayBuffer>, boundary: string): FormData {
  const form = new FormData();
  const invalid = (): Error => new TypeError('Failed to parse body as FormData.');
  const dashes = native.encode(`--${boundary}`);
  const delimiter = native.encode(`\r\n--${boundary}`);
  const blank = native.encode('\r\n\r\n');
  const lineEnd = native.encode('\r\n');
  const end = native.encode('--');
  let at = startsWith(bytes, dashes, 0) ? 0 : find(bytes, delimiter, 0) + 2;
  if (!startsWith(bytes, dashes, at)) throw invalid();
  for (;;) {
    at += dashes.length;
    if (startsWith(bytes, end, at)) return form;
    if (!startsWith(bytes, lineEnd, at)) throw invalid();
    const bodyAt = find(bytes, blank, at);
    if (bodyAt < 0) throw invalid();
    const head = native.decode(bytes.subarray(at + 2, bodyAt));
    const next = find(bytes, delimiter, bodyAt + 2);
    if (next < 0) throw invalid();
    const body = bytes.slice(bodyAt + 4, Math.max(next, bodyAt + 4));
    const disposition = /^content-disposition:\s*form-data\s*((?:;.*)?)$/im.exec(head)?.[1];
    const name = disposition === undefined ? undefined : /;\s*name="([^"]*)"/i.exec(disposition)?.[1];
    if (disposition === undefined || name === undefined) throw invalid();
    const fileName = /;\s*filename="([^"]*)"/i.exec(disposition)?.[1];
    const type = /^content-type:\s*(.*?)\s*$/im.exec(head)?.[1];
    if (fileName === undefined) form.append(unescapeName(name), native.decode(body));
    else form.append(unescapeName(name), ownedFile(body, unescapeName(fileName), type ?? 'text/plain'));
    at = next + 2;
  }
}
