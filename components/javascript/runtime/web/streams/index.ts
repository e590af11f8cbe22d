import * as streams from 'web-streams-polyfill';
import { platformClasses } from '../platform-objects.ts';
import { showAs } from '../shape.ts';
import { hideState } from './names.ts';

/** Streams Standard, by `web-streams-polyfill`; what programs see of the objects is Node's. */

export interface StreamState {
  readonly _state: string;
  readonly _storedError: unknown;
  readonly _disturbed: boolean;
  readonly _readableStreamController: object;
}

export const {
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  ReadableByteStreamController,
  ReadableStream,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
} = streams;

export type ReadableStream = streams.ReadableStream;

for (const Interface of Object.values(streams) as unknown[]) {
  if (typeof Interface === 'function') hideState(Interface as { readonly prototype: object } & (() => unknown));
}

const stateOf = (stream: object): StreamState => stream as unknown as StreamState;

showAs(ReadableStream, (stream) => ({
  locked: stream.locked,
  state: stateOf(stream)._state,
  supportsBYOB: stateOf(stream)._readableStreamController instanceof ReadableByteStreamController,
}));
showAs(WritableStream, (stream) => ({ locked: stream.locked, state: stateOf(stream)._state }));
showAs(TransformStream, (stream) => ({
  readable: stream.readable,
  writable: stream.writable,
  backpressure: (stream as unknown as { _backpressure: boolean })._backpressure,
}));
showAs(CountQueuingStrategy, ({ highWaterMark }) => ({ highWaterMark }));
showAs(ByteLengthQueuingStrategy, ({ highWaterMark }) => ({ highWaterMark }));
showAs(ReadableStreamDefaultReader, (reader) => ({
  stream: (reader as unknown as { _ownerReadableStream: object })._ownerReadableStream,
  readRequests: (reader as unknown as { _readRequests: { length: number } })._readRequests.length,
  close: reader.closed,
}));
showAs(WritableStreamDefaultWriter, (writer) => ({
  stream: (writer as unknown as { _ownerWritableStream: object })._ownerWritableStream,
  close: writer.closed,
  ready: writer.ready,
  desiredSize: writer.desiredSize,
}));

export function isReadableStream(value: unknown): value is ReadableStream {
  return value instanceof ReadableStream;
}

/** Whether anything was ever read from it, or it was cancelled. */
export function isDisturbed(stream: ReadableStream): boolean {
  return stateOf(stream)._disturbed === true;
}

/** What a stream that failed failed with. */
export function failureOf(stream: object): { error: unknown } | undefined {
  const { _state, _storedError } = stateOf(stream);
  return _state === 'errored' ? { error: _storedError } : undefined;
}

platformClasses.push({
  has: (value) =>
    value instanceof ReadableStream || value instanceof WritableStream || value instanceof TransformStream,
});
