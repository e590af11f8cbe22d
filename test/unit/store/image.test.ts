import fc from 'fast-check';
import { decodeImage, encodeImage, type SessionImage, StoreError } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { imageOf } from './support.ts';

const component = 'ab'.repeat(32);

/** The image of a session that persists its heap. */
function heapImage(blocks: readonly number[], globals: readonly (number | bigint)[]): SessionImage {
  const bytes = new Uint8Array(blocks.length * 4096).map((_, at) => at % 251);
  const memory = { size: 65_536 * 4, blocks: Uint32Array.from(blocks), bytes };
  const empty = { size: 0, blocks: new Uint32Array(0), bytes: new Uint8Array(0) };
  return {
    ...imageOf({ '/app/f': 'some content', '/app/d/g': new Uint8Array(300).fill(7) }),
    persist: 'heap',
    heap: { version: 1, component, memories: [memory, empty], globals, handles: [1, 2, 3] },
  };
}

const image = heapImage([0, 3, 63], [1, -1.5, Number.NaN, -0, 2n ** 63n - 1n, -(2n ** 63n), 0n]);

describe('an image', () => {
  test('comes back from its bytes as it was, with its heap and without', () => {
    expect(decodeImage(encodeImage(image))).toEqual(image);
    const { heap: _heap, ...without } = image;
    expect(decodeImage(encodeImage(without))).toEqual(without);
    const bytes = encodeImage(image);
    // The same wherever it stands: in a larger buffer, in shared memory.
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length + 3), 3);
    shared.set(bytes);
    const decoded = decodeImage(shared);
    shared.fill(0);
    expect(decoded).toEqual(image);
  });

  test('is what a session gave: anything else is told so', () => {
    for (const none of [null, undefined, 'image', {}, { ...image, files: 5 }, { ...image, files: {} }]) {
      expect(() => encodeImage(none as never)).toThrow(
        expect.objectContaining({ name: 'InvalidRequestError', field: 'image' }),
      );
    }
  });

  test('any heap comes back', () => {
    const numbers = fc.oneof(fc.double(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(63), { maxLength: 20 }), fc.array(numbers), (blocks, globals) => {
        const any = heapImage(
          blocks.sort((a, b) => a - b),
          globals,
        );
        expect(decodeImage(encodeImage(any))).toEqual(any);
      }),
    );
  });

  test('with a byte changed is refused, whichever it is', () => {
    const bytes = encodeImage(image);
    for (let at = 0; at < bytes.length; at += at < 1_200 ? 1 : 53) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect(() => decodeImage(changed), `byte ${at}`).toThrow(StoreError);
    }
  });

  test('that is cut, added to, or of another version is refused with the reason', () => {
    const bytes = encodeImage(image);
    const at = fc.nat(bytes.length - 1);
    fc.assert(fc.property(at, (end) => void expect(() => decodeImage(bytes.subarray(0, end))).toThrow(StoreError)));
    expect(() => decodeImage(bytes.subarray(0, 100))).toThrow('it is cut');
    expect(() => decodeImage(bytes.subarray(0, -1))).toThrow('cut or has something added');
    expect(() => decodeImage(Uint8Array.of(...bytes, 0))).toThrow('cut or has something added');
    expect(() => decodeImage(new TextEncoder().encode('PK'))).toThrow('does not begin as an image');
    const later = bytes.slice();
    later[8] = 9;
    expect(() => decodeImage(later)).toThrow(
      expect.objectContaining({ code: 'version', message: expect.stringContaining('a later one') }),
    );
    expect(() => decodeImage('text' as never)).toThrow(expect.objectContaining({ field: 'bytes' }));
  });

  test('whose lengths lie is refused before they are believed', () => {
    for (const [at, width] of [
      [12, 4],
      [16, 4],
      [20, 4],
      [24, 8],
    ] as const) {
      const bytes = encodeImage(image);
      bytes.fill(0xff, at, at + width);
      expect(() => decodeImage(bytes)).toThrow(/lengths are wrong|cut or has something added/);
    }
  });

  test('that is malformed is not encoded', () => {
    const { heap } = image;
    if (heap === undefined) throw new Error('no heap');
    for (const bad of [
      { ...heap, component: 'no hash' },
      { ...heap, memories: [{ size: -1 }] },
      { ...heap, globals: ['1'] },
    ]) {
      expect(() => encodeImage({ ...image, heap: bad as never })).toThrow(
        expect.objectContaining({ field: 'image.heap' }),
      );
    }
    const files = { version: 1, entries: [{ kind: 'regular-file', parent: 0, name: 'f', bytes: 'text' }] };
    expect(() => encodeImage({ ...image, files: files as never })).toThrow(
      expect.objectContaining({ field: 'image.files' }),
    );
  });
});
