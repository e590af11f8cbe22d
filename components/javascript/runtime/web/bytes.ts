import { native } from '../native.ts';
import { NativeUint8Array } from '../primordials.ts';

/** Bytes as the web's interfaces take them: Web IDL's BufferSource. */

export function isBufferSource(value: unknown): value is ArrayBuffer | ArrayBufferView {
  const name = native.classOf(value);
  return name === 'ArrayBuffer' || name === 'SharedArrayBuffer' || ArrayBuffer.isView(value);
}

/** The bytes themselves, not a copy. */
export function bytesOf(source: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (!ArrayBuffer.isView(source)) return new NativeUint8Array(source);
  return new NativeUint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength);
}

/** A copy that nobody else has. */
export function copyOf(source: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(source);
  const copy = new NativeUint8Array(bytes.length);
  copy.set(bytes);
  return copy;
}

export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const piece of pieces) length += piece.length;
  const joined = new NativeUint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
