import { native } from '../../native.ts';
import {
  blobBytes,
  decodeForm,
  encodeForm,
  FormData,
  isBlob,
  isFormData,
  newBoundary,
  ownedBlob,
  streamOfBytes,
} from '../../parts/files.ts';
import { isURLSearchParams, URLSearchParams } from '../../parts/url.ts';
import { lazyPart } from '../../parts.ts';
import { bytesOf, copyOf, isBufferSource, joinBytes } from '../bytes.ts';
import { usvString } from '../shape.ts';

/** Fetch Standard §2.2.4 and §5.3: bodies and what Request and Response share. */

const streams = lazyPart<typeof import('../../parts/streams.ts')>('streams');
type Stream = import('../streams/index.ts').ReadableStream;

export interface Body {
  /** Until a stream is made of them. */
  bytes: Uint8Array<ArrayBuffer> | undefined;
  stream: Stream | undefined;
  used: boolean;
}

export interface ExtractedBody {
  readonly body: Body;
  /** What Content-Type it brings. */
  readonly type: string | undefined;
}

function bodyOfBytes(bytes: Uint8Array<ArrayBuffer>): Body {
  return { bytes, stream: undefined, used: false };
}

/** Fetch Standard, "extract a body". */
export function extractBody(init: unknown): ExtractedBody {
  if (typeof init === 'object' && init !== null) {
    if (isBlob(init)) return { body: bodyOfBytes(blobBytes(init)), type: init.type === '' ? undefined : init.type };
    if (isBufferSource(init)) return { body: bodyOfBytes(copyOf(init)), type: undefined };
    if (isFormData(init)) {
      const boundary = newBoundary();
      return { body: bodyOfBytes(encodeForm(init, boundary)), type: `multipart/form-data; boundary=${boundary}` };
    }
    if (isURLSearchParams(init))
      return {
        body: bodyOfBytes(encodeText(init.toString())),
        type: 'application/x-www-form-urlencoded;charset=UTF-8',
      };
    if (streams().isReadableStream(init)) return { body: bodyOfStream(init), type: undefined };
    if (typeof (init as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === 'function')
      return {
        body: bodyOfStream(streams().ReadableStream.from(init as AsyncIterable<unknown>) as Stream),
        type: undefined,
      };
  }
  return { body: bodyOfBytes(encodeText(usvString(init))), type: 'text/plain;charset=UTF-8' };
}

function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return native.encode(text) as Uint8Array<ArrayBuffer>;
}

function bodyOfStream(stream: Stream): Body {
  if (streams().isDisturbed(stream) || stream.locked)
    throw new TypeError('Response body object should not be disturbed or locked');
  return { bytes: undefined, stream, used: false };
}

export function isUsed(body: Body | undefined): boolean {
  if (body === undefined) return false;
  return body.used || (body.stream !== undefined && streams().isDisturbed(body.stream));
}

function isUnusable(body: Body): boolean {
  return isUsed(body) || body.stream?.locked === true;
}

/** The stream that programs see. */
export function streamOf(body: Body | undefined): Stream | null {
  if (body === undefined) return null;
  if (body.stream === undefined) {
    body.stream = streamOfBytes(body.bytes ?? joinBytes([])) as Stream;
    body.bytes = undefined;
    if (body.used) body.stream.getReader();
  }
  return body.stream;
}

/** The text of a body, piece by piece. */
export function textStreamOf(body: Body | undefined): object {
  if (body !== undefined && isUnusable(body)) throw new TypeError('Body is unusable: Body has already been read');
  const stream = streamOf(body) ?? (streamOfBytes(joinBytes([])) as Stream);
  return stream.pipeThrough(new (streams().TextDecoderStream)() as unknown as Parameters<Stream['pipeThrough']>[0]);
}

/** Two bodies of one. */
export function cloneBody(body: Body, what: string): Body {
  if (isUnusable(body)) throw new TypeError(`${what}.clone: Body has already been consumed.`);
  if (body.stream === undefined) return { ...body };
  const [kept, given] = body.stream.tee();
  body.stream = kept as Stream;
  return { bytes: undefined, stream: given as Stream, used: false };
}

async function readAll(body: Body | undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (body === undefined) return joinBytes([]);
  if (isUnusable(body)) throw new TypeError('Body is unusable: Body has already been read');
  body.used = true;
  if (body.stream === undefined) return body.bytes ?? joinBytes([]);
  const reader = body.stream.getReader();
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { done, value } = (await reader.read()) as { done: boolean; value: unknown };
    if (done) return joinBytes(pieces);
    if (native.classOf(value) !== 'Uint8Array') throw new TypeError('Received non-Uint8Array chunk');
    pieces.push(bytesOf(value as Uint8Array));
  }
}

/** UTF-8 without its mark. */
function decodeText(bytes: Uint8Array): string {
  return native.decode(bytes).replace(/^\ufeff/, '');
}

/** What Request and Response are to their bodies. */
export interface BodyOwner {
  readonly body: Body | undefined;
  readonly contentType: string | null;
}

export const readers = {
  arrayBuffer: async ({ body }: BodyOwner): Promise<ArrayBuffer> => copyOf(await readAll(body)).buffer,
  bytes: async ({ body }: BodyOwner): Promise<Uint8Array> => copyOf(await readAll(body)),
  text: async ({ body }: BodyOwner): Promise<string> => decodeText(await readAll(body)),
  json: async ({ body }: BodyOwner): Promise<unknown> => JSON.parse(decodeText(await readAll(body))),
  blob: async ({ body, contentType }: BodyOwner): Promise<object> =>
    ownedBlob(await readAll(body), essenceWithParameters(contentType)),
  async formData({ body, contentType }: BodyOwner): Promise<FormData> {
    const type = contentType ?? '';
    const boundary = /^\s*multipart\/form-data\s*;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
    const isEncoded = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type);
    if (boundary === null && !isEncoded)
      throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
    const bytes = await readAll(body);
    if (boundary !== null) return decodeForm(bytes, boundary[1] ?? boundary[2] ?? '');
    const form = new FormData();
    for (const [name, value] of new URLSearchParams(`&${decodeText(bytes)}`).entries()) form.append(name, value);
    return form;
  },
} as const;

/** The type in small letters, as a Blob has it. */
function essenceWithParameters(contentType: string | null): string {
  if (contentType === null) return '';
  const [essence = '', ...parameters] = contentType.split(';');
  const rest = parameters.map((parameter) => {
    const [name = '', ...value] = parameter.trim().split('=');
    return `;${name.toLowerCase()}=${value.join('=')}`;
  });
  return `${essence.trim().toLowerCase()}${rest.join('')}`;
}
