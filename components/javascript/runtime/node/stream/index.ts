import promises from 'readable-stream/lib/stream/promises.js';
import streams from 'readable-stream/lib/stream.js';
import { define } from '../../primordials.ts';
import { setUpgrade } from '../stdio.ts';
import * as consumers from './consumers.ts';
import { duplexPair } from './pair.ts';
import { standardStreams } from './standard.ts';
import type { StreamModule } from './types.ts';
import { addWebForms } from './web.ts';

/** `node:stream`: the package `readable-stream`, which is Node's own code, with what has been added to Node since. */
const stream = streams as unknown as StreamModule & Record<string, unknown>;

// Node's present default, in bytes.
(stream['setDefaultHighWaterMark'] as (ofObjects: boolean, mark: number) => void)(false, 64 << 10);
Object.defineProperty(stream, 'promises', { value: promises, enumerable: true, configurable: true, writable: true });
stream['duplexPair'] = () => duplexPair(stream);
// The package's own files ask for these.
for (const name of ['_uint8ArrayToBuffer', '_isUint8Array']) define(stream, name, stream[name], false);
addWebForms(stream);

interface Reading {
  readonly objectMode: boolean;
  readonly decoder: unknown;
  readonly buffer: { readonly length: number; first(): { readonly length: number } };
}

// Bytes are read as they were written, one chunk at a time (Node 26); the package joins what has gathered.
const reader = (stream as unknown as { Readable: { prototype: { read(size?: number): unknown } } }).Readable.prototype;
const { read: readAll } = reader;
reader.read = function read(this: { readonly _readableState: Reading }, size?: number): unknown {
  const { objectMode, decoder, buffer } = this._readableState;
  const one = size === undefined && !objectMode && !decoder && buffer.length > 1;
  return readAll.call(this as never, one ? buffer.first().length : size);
};

const { becomeWritable, createInput } = standardStreams(stream);
setUpgrade(becomeWritable, createInput);

/** `node:stream/web`: the web's own classes, which are globals too. */
export function web(): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const name of webNames) found[name] = (globalThis as unknown as Record<string, unknown>)[name];
  return found;
}

const webNames = [
  'ByteLengthQueuingStrategy',
  'CompressionStream',
  'CountQueuingStrategy',
  'DecompressionStream',
  'ReadableByteStreamController',
  'ReadableStream',
  'ReadableStreamBYOBReader',
  'ReadableStreamBYOBRequest',
  'ReadableStreamDefaultController',
  'ReadableStreamDefaultReader',
  'TextDecoderStream',
  'TextEncoderStream',
  'TransformStream',
  'TransformStreamDefaultController',
  'WritableStream',
  'WritableStreamDefaultController',
  'WritableStreamDefaultWriter',
];

export { consumers, promises, stream };
