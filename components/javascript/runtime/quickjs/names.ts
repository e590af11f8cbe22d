import { native } from '../native.ts';
import { NativeUint8Array } from '../primordials.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz012345';

/** Six letters for the name of a temporary file. */
export function randomLetters(): string {
  const bytes = new NativeUint8Array(6);
  native.random(bytes);
  let name = '';
  for (let i = 0; i < bytes.length; i++) name += letters[(bytes[i] ?? 0) & 31];
  return name;
}
