import { fail } from './codes.ts';

/** Bytes of one name, as NAME_MAX on Linux. */
const maxNameBytes = 255;
/** Bytes of a path, and of the absolute path of every node, as PATH_MAX on Linux. */
export const maxPathBytes = 4096;
/** Symbolic links followed in one resolution, as on Linux. */
export const maxLinks = 40;
/** No UTF-16 code unit takes more bytes than this in UTF-8. */
const maxBytesPerUnit = 3;

/** The length of `text` in UTF-8, in bytes. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // Each half of a surrogate pair stands for two of its four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

function exceeds(text: string, bytes: number): boolean {
  if (text.length * maxBytesPerUnit <= bytes) return false;
  return text.length > bytes || utf8Length(text) > bytes;
}

/** Fails with `name-too-long` if `name` cannot be the name of a node. */
export function checkName(name: string): void {
  if (exceeds(name, maxNameBytes)) fail('name-too-long');
}

/** Fails if `path` (or the target of a symbolic link) is empty, longer than {@link maxPathBytes} or holds NUL. */
export function checkPath(path: string): void {
  if (path.length === 0) fail('no-entry');
  if (exceeds(path, maxPathBytes - 1)) fail('name-too-long');
  if (path.includes('\0')) fail('invalid');
}
