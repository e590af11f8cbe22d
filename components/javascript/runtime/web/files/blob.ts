import { invalidArgument, typeError } from '../../errors.ts';
import { native } from '../../native.ts';
import { lazyPart } from '../../parts.ts';
import { invalidThis } from '../brand.ts';
import { bytesOf, copyOf, isBufferSource, joinBytes } from '../bytes.ts';
import { platformClasses } from '../platform-objects.ts';
import { expose, needArguments, showAs } from '../shape.ts';

/** File API §3 and §4: Blob and File. */

const streams = lazyPart<typeof import('../../parts/streams.ts')>('streams');

/** Bytes of one piece of `stream()`. */
const pieceBytes = 65536;

let bytesIn: (blob: Blob) => Uint8Array<ArrayBuffer>;
let hasBytes: (value: object) => boolean;

/** Lets the runtime make blobs of bytes that nobody else has. */
class Owned {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;

  constructor(bytes: Uint8Array<ArrayBuffer>, type: string) {
    this.bytes = bytes;
    this.type = type;
  }
}

function nativeEndings(text: string): string {
  return text.replace(/\r\n?|\n/g, '\n');
}

function pieceOf(part: unknown, endings: string): Uint8Array {
  if (isBufferSource(part)) return bytesOf(part);
  if (isBlob(part)) return bytesIn(part);
  const text = `${part as string}`;
  return native.encode(endings === 'native' ? nativeEndings(text) : text);
}

function normalType(type: unknown): string {
  const text = `${type as string}`;
  return /[^\x20-\x7e]/.test(text) ? '' : text.toLowerCase();
}

/** An index of `slice`, counted from the end when it is negative. */
function clampIndex(value: unknown, fallback: number, size: number): number {
  if (value === undefined) return fallback;
  const index = Math.trunc(Number(value)) || 0;
  return index < 0 ? Math.max(size + index, 0) : Math.min(index, size);
}

interface BlobInit {
  readonly type?: unknown;
  readonly endings?: unknown;
}

export class Blob {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #type: string;

  static {
    bytesIn = (blob) => {
      if (typeof blob !== 'object' || blob === null || !(#bytes in blob)) throw invalidThis('Blob');
      return blob.#bytes;
    };
    hasBytes = (value) => #bytes in value;
  }

  constructor(parts: unknown = [], options: unknown = {}) {
    if (parts instanceof Owned) {
      this.#bytes = parts.bytes;
      this.#type = parts.type;
      return;
    }
    if (typeof parts !== 'object' || parts === null || typeof (parts as never)[Symbol.iterator] !== 'function')
      throw typeError('ERR_INVALID_ARG_TYPE', 'Value cannot be converted to sequence.');
    if (options !== null && options !== undefined && typeof options !== 'object' && typeof options !== 'function')
      throw invalidArgument('options', 'of type object', options);
    const { type = '', endings = 'transparent' } = (options ?? {}) as BlobInit;
    const ends = `${endings as string}`;
    if (ends !== 'transparent' && ends !== 'native')
      throw typeError('ERR_INVALID_ARG_VALUE', `The property 'options.endings' is invalid. Received '${ends}'`);
    this.#type = normalType(type);
    const pieces: Uint8Array[] = [];
    for (const part of parts as Iterable<unknown>) pieces.push(pieceOf(part, ends));
    this.#bytes = joinBytes(pieces);
  }

  get size(): number {
    return bytesIn(this).length;
  }

  get type(): string {
    return bytesIn(this) && this.#type;
  }

  slice(start?: unknown, end?: unknown, contentType: unknown = ''): Blob {
    const bytes = bytesIn(this);
    const from = clampIndex(start, 0, bytes.length);
    const to = clampIndex(end, bytes.length, bytes.length);
    return ownedBlob(bytes.subarray(from, Math.max(from, to)), normalType(contentType));
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return copyOf(bytesIn(this)).buffer;
  }

  async bytes(): Promise<Uint8Array> {
    return copyOf(bytesIn(this));
  }

  async text(): Promise<string> {
    return native.decode(bytesIn(this)).replace(/^\ufeff/, '');
  }

  stream(): object {
    return streamOfBytes(bytesIn(this));
  }
}

/** A byte stream of bytes that do not change. */
export function streamOfBytes(bytes: Uint8Array<ArrayBuffer>): object {
  let at = 0;
  return new (streams().ReadableStream)({
    type: 'bytes',
    pull(controller: {
      enqueue(chunk: Uint8Array): void;
      close(): void;
      byobRequest: { respond(n: number): void } | null;
    }) {
      if (at < bytes.length) {
        controller.enqueue(copyOf(bytes.subarray(at, at + pieceBytes)));
        at += pieceBytes;
      }
      if (at < bytes.length) return;
      controller.close();
      controller.byobRequest?.respond(0);
    },
  });
}

export function isBlob(value: unknown): value is Blob {
  return typeof value === 'object' && value !== null && hasBytes(value);
}

/** The bytes of a blob; nobody may change them. */
export function blobBytes(blob: Blob): Uint8Array<ArrayBuffer> {
  return bytesIn(blob);
}

/** A blob of bytes that nobody else changes. */
export function ownedBlob(bytes: Uint8Array<ArrayBuffer>, type: string): Blob {
  return new Blob(new Owned(bytes, type));
}

expose(Blob, 'Blob');
showAs(Blob, ({ size, type }) => ({ size, type }));

interface FileInit extends BlobInit {
  readonly lastModified?: unknown;
}

let isFileObject: (value: object) => boolean;

export class File extends Blob {
  readonly #name: string;
  readonly #lastModified: number;

  static {
    isFileObject = (value) => #name in value;
  }

  constructor(bits: unknown, name: unknown, options: unknown = {}) {
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    needArguments(arguments, 'fileBits', 'fileName');
    super(bits, options);
    const { lastModified } = (options ?? {}) as FileInit;
    this.#name = `${name as string}`.toWellFormed();
    this.#lastModified =
      lastModified === undefined ? Math.floor(native.wallTime()) : Math.trunc(Number(lastModified)) || 0;
  }

  get name(): string {
    return this.#name;
  }

  get lastModified(): number {
    return this.#lastModified;
  }

  get webkitRelativePath(): string {
    return '';
  }
}

export function isFile(value: unknown): value is File {
  return typeof value === 'object' && value !== null && isFileObject(value);
}

/** A file with another's bytes and type, under a name. */
export function ownedFile(bytes: Uint8Array<ArrayBuffer>, name: string, type: string, lastModified?: number): File {
  return new File(new Owned(bytes, type), name, lastModified === undefined ? undefined : { lastModified });
}

expose(File, 'File');
showAs(File, ({ size, type, name, lastModified }) => ({ size, type, name, lastModified }));

platformClasses.push({
  has: isBlob,
  clone: (value) =>
    isFile(value)
      ? ownedFile(bytesIn(value), value.name, value.type, value.lastModified)
      : ownedBlob(bytesIn(value as Blob), (value as Blob).type),
});
