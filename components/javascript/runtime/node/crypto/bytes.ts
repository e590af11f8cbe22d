import { invalidArgument } from '../../errors.ts';
import { native } from '../../native.ts';
import { Buffer } from '../../parts/buffer.ts';
import { NativeUint8Array } from '../../primordials.ts';

export type Data = string | ArrayBufferView | ArrayBuffer;

const kinds = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView';

/** Bytes of text, of a view, or of an ArrayBuffer. */
export function bytesOf(data: unknown, name: string, encoding?: string, expected = kinds): Uint8Array {
  if (typeof data === 'string') return plain(Buffer.from(data, encoding === 'buffer' ? 'utf8' : encoding));
  if (ArrayBuffer.isView(data)) return new NativeUint8Array(data.buffer, data.byteOffset, data.byteLength);
  const kind = native.classOf(data);
  if (kind === 'ArrayBuffer' || kind === 'SharedArrayBuffer') return new NativeUint8Array(data as ArrayBuffer);
  throw invalidArgument(name, expected, data);
}

/** Without Buffer's methods, which libraries may take for Uint8Array's. */
function plain(buffer: Uint8Array): Uint8Array {
  return new NativeUint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

/** A result as Buffer, or as text of an encoding. */
export function output(bytes: Uint8Array, encoding?: string): Buffer | string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return encoding === undefined || encoding === 'buffer' ? buffer : buffer.toString(encoding);
}
