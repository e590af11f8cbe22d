import type { ReadPack } from '../vendor/index.ts';

/** The platform's way to the bytes of a pack. */
export const readPack: ReadPack = (handle, position, into) => {
  // Loaded when it is needed: a thread starts sooner without.
  const { readSync } = process.getBuiltinModule('node:fs');
  for (let at = 0; at < into.length; ) {
    const count = readSync(handle, into, at, into.length - at, position + at);
    if (count === 0) throw new Error('the file of the vendored packages is cut off; build it again');
    at += count;
  }
};
