import { Buffer } from '../../parts/buffer.ts';

/** `node:stream/consumers`: all that a stream or another async iterable gives, as one value. */

type Source = AsyncIterable<unknown> | Iterable<unknown>;

export async function buffer(source: Source): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(typeof piece === 'string' ? Buffer.from(piece) : (piece as Uint8Array));
  return Buffer.concat(pieces);
}

export async function bytes(source: Source): Promise<Uint8Array> {
  const all = await buffer(source);
  return new Uint8Array(all.buffer, all.byteOffset, all.length);
}

export async function arrayBuffer(source: Source): Promise<ArrayBufferLike> {
  const all = await buffer(source);
  return all.buffer.slice(all.byteOffset, all.byteOffset + all.length);
}

export async function blob(source: Source): Promise<unknown> {
  const { Blob } = globalThis as unknown as { Blob: new (parts: unknown[]) => unknown };
  return new Blob([await buffer(source)]);
}

export async function text(source: Source): Promise<string> {
  const decoder = new TextDecoder();
  let result = '';
  for await (const piece of source)
    result += typeof piece === 'string' ? piece : decoder.decode(piece as Uint8Array, { stream: true });
  return result + decoder.decode();
}

export async function json(source: Source): Promise<unknown> {
  return JSON.parse(await text(source)) as unknown;
}
