import { describe, expect, test } from 'vitest';
import { headerBytes, openPack, readHeader, type SharedPack, writePack } from '../../../host/src/vendor/index.ts';
import { text, utf8 } from '../wasi/support.ts';

const files = new Map([
  ['pkg/__init__.py', utf8('x = 1')],
  ['pkg/data/é.txt', utf8('')],
  ['one.py', utf8('one')],
]);

function shared(bytes: Uint8Array, header = readHeader(bytes, bytes.length)): SharedPack {
  return {
    mountPoint: '/data/site-packages',
    handle: 7,
    header,
    bytes: new SharedArrayBuffer(bytes.length),
    present: new SharedArrayBuffer(header.files + 1),
  };
}

/** A platform whose file is `bytes`; what was read of it is noted. */
function platform(bytes: Uint8Array) {
  const reads: [handle: number, position: number, length: number][] = [];
  return {
    reads,
    read: (handle: number, position: number, into: Uint8Array) => {
      reads.push([handle, position, into.length]);
      into.set(bytes.subarray(position, position + into.length));
    },
  };
}

describe('a pack', () => {
  test('gives back its files, in whatever order they came', () => {
    const bytes = writePack(files);
    expect(writePack(new Map([...files].reverse()))).toEqual(bytes);
    const tree = openPack(shared(bytes), platform(bytes).read);
    expect(tree.list('/', { recursive: true }).map(({ path, size }) => [path, size])).toEqual([
      ['/one.py', 3],
      ['/pkg', 0],
      ['/pkg/__init__.py', 5],
      ['/pkg/data', 0],
      ['/pkg/data/é.txt', 0],
    ]);
    for (const [path, content] of files) expect(text(tree.read(`/${path}`))).toBe(text(content));
  });

  test('is read no further than it is looked at, and once for all threads', () => {
    const bytes = writePack(files);
    const pack = shared(bytes);
    const first = platform(bytes);
    const tree = openPack(pack, first.read);
    expect(tree.stat('/one.py')).toMatchObject({ size: 3, modified: { seconds: 315_532_800n } });
    expect(first.reads).toEqual([[7, headerBytes, pack.header.indexBytes]]);
    tree.read('/one.py');
    tree.read('/one.py');
    expect(first.reads).toHaveLength(2);
    const second = platform(bytes);
    expect(text(openPack(pack, second.read).read('/one.py'))).toBe('one');
    expect(second.reads).toEqual([]);
  });

  test.each([
    ['another file', () => readHeader(utf8('PK34567890123456'), 16), 'it does not begin as a pack does'],
    ['a file that ends early', () => readHeader(utf8('golempak'), 8), 'it does not begin as a pack does'],
    ['a pack that is cut off', () => open(writePack(files).subarray(0, -1)), 'the pack is cut off'],
    ['an index of other files', () => open(patched(12, 9)), 'its index is damaged'],
    ['an index of fewer files', () => open(patched(12, 2)), 'its index is damaged'],
    ['more files than its index has room for', () => open(patched(15, 0xff)), 'its index is damaged'],
    ['an index longer than the pack', () => open(patched(11, 0xff)), 'the pack is cut off'],
    ['an index that is no JSON', () => open(patched(headerBytes, 0x21)), 'its index is damaged'],
    ['a file that takes bytes away', () => open(indexed('["a",9,"b",-5]', 2, 4)), 'its index is damaged'],
    ['sizes that are no numbers', () => open(indexed('["a","4"]', 1, 4)), 'its index is damaged'],
    ['sizes beyond the pack', () => open(indexed('["a",4e15]', 1, 4)), 'the pack is cut off'],
    ['paths that leave it', () => open(writePack(new Map([['../x', utf8('')]]))), '/: Invalid argument'],
    [
      'a folder that is a file',
      () =>
        open(
          writePack(
            new Map([
              ['a', utf8('')],
              ['a/b', utf8('')],
            ]),
          ),
        ),
      '/: File exists',
    ],
  ])('%s is refused', (_, call, message) => {
    expect(call).toThrow(message);
  });

  test('any damage to its first bytes is refused in words, or leads to nothing outside of it', () => {
    const whole = writePack(files);
    const content = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    const refused = /^(it does not begin as a pack does|the pack is cut off|its index is damaged|\/.*: [A-Z][a-z ]+)$/;
    let opened = 0;
    for (let at = 0; at < whole.length - content; at++) {
      for (const value of [0, 0x22, 0x2c, 0x2d, 0x2f, 0x39, 0x5d, 0x65, 0x80, 0xff]) {
        const bytes = whole.slice();
        bytes[at] = value;
        const reader = platform(bytes);
        try {
          const tree = openPack(shared(bytes), reader.read);
          for (const { path, kind } of tree.list('/', { recursive: true }))
            if (kind === 'regular-file') tree.read(path);
          opened++;
        } catch (error) {
          expect((error as Error).message, `${value} at ${at}`).toMatch(refused);
        }
        for (const [, position, length] of reader.reads) {
          expect(position).toBeGreaterThanOrEqual(0);
          expect(position + length).toBeLessThanOrEqual(bytes.length);
        }
      }
    }
    // Names may change without anything being wrong.
    expect(opened).toBeGreaterThan(10);
  });
});

function open(bytes: Uint8Array): unknown {
  return openPack(shared(bytes), platform(bytes).read);
}

/** A pack with an index of one's own. */
function indexed(index: string, count: number, contentBytes: number): Uint8Array {
  const bytes = new Uint8Array(headerBytes + index.length + contentBytes);
  bytes.set(utf8('golempak'));
  new DataView(bytes.buffer).setUint32(8, index.length, true);
  new DataView(bytes.buffer).setUint32(12, count, true);
  bytes.set(utf8(index), headerBytes);
  return bytes;
}

function patched(offset: number, value: number): Uint8Array {
  const bytes = writePack(files);
  bytes[offset] = value;
  return bytes;
}
