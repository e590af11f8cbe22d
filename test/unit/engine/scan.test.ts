import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScan, scanBytes } from '../../../host/src/engine/scan.ts';

const pageBytes = 65_536;

function memories(pages: number) {
  const memory = new WebAssembly.Memory({ initial: pages });
  const image = new WebAssembly.Memory({ initial: pages });
  const bytes = new Uint8Array(memory.buffer);
  const like = new Uint8Array(image.buffer);
  for (let at = 0; at < bytes.length; at++) bytes[at] = like[at] = (at * 31 + (at >> 8)) & 0xff;
  return { bytes, like, scan: createScan(memory, image) };
}

const last = pageBytes - scanBytes;
const writes = fc.array(fc.tuple(fc.nat(pageBytes - 1), fc.integer({ min: 1, max: 255 })), { maxLength: 40 });

test('a memory is made as its image is, wherever it was written to', () => {
  const { bytes, like, scan } = memories(1);
  fc.assert(
    fc.property(writes, (changes) => {
      for (const [at, by] of changes) bytes[at] = (bytes[at] ?? 0) ^ by;
      scan.restore(0, last);
      expect(Buffer.compare(bytes, like)).toBe(0);
    }),
  );
});

test('the first block that differs is found, and none where none is', () => {
  const { bytes, like, scan } = memories(1);
  fc.assert(
    fc.property(writes, fc.nat(last / scanBytes), (changes, block) => {
      for (const [at, by] of changes) bytes[at] = (bytes[at] ?? 0) ^ by;
      const from = block * scanBytes;
      const differs = bytes.findIndex((byte, at) => at >= from && byte !== like[at]);
      expect(scan.nextDifferent(from, last)).toBe(differs === -1 ? -1 : differs - (differs % scanBytes));
      bytes.set(like);
    }),
  );
});

test('a part is made zero, and what is around it is left alone', () => {
  const { bytes, like, scan } = memories(1);
  scan.clear(1024, 4096 - scanBytes);
  expect(bytes.subarray(1024, 4096).every((byte) => byte === 0)).toBe(true);
  expect(Buffer.compare(bytes.subarray(0, 1024), like.subarray(0, 1024))).toBe(0);
  expect(Buffer.compare(bytes.subarray(4096), like.subarray(4096))).toBe(0);
  expect(scan.nextSet(1024, 4096 - scanBytes)).toBe(-1);
  bytes[4095] = 1;
  expect(scan.nextSet(1024, 4096 - scanBytes)).toBe(4096 - scanBytes);
});

test('the end of a memory of 4 GiB is an end', () => {
  const memory = new WebAssembly.Memory({ initial: 65_536 });
  const scan = createScan(memory, new WebAssembly.Memory({ initial: 0 }));
  const from = 2 ** 32 - pageBytes;
  new Uint8Array(memory.buffer)[2 ** 32 - 1] = 1;
  expect(scan.nextSet(from, 2 ** 32 - scanBytes) >>> 0).toBe(2 ** 32 - scanBytes);
  scan.clear(from, 2 ** 32 - scanBytes);
  expect(scan.nextSet(from, 2 ** 32 - scanBytes)).toBe(-1);
});
