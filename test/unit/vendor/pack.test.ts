import { describe, expect, test } from 'vitest';
import { headerBytes, openPack, readHeader, type SharedPack, writePack } from '../../../host/src/vendor/index.ts';
import { text, utf8 } from '../wasi/support.ts';

const files = new Map([
  ['pkg/__init__.py', utf8('x = 1')],
  ['pkg/data/é.txt', utf8('')],
  ['one.py', utf8('one')],
]);

function shared(bytes: Uint8Array, header = readHeader(bytes)): SharedPack {
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
    ['another file', () => readHeader(utf8('PK34567890123456')), 'it does not begin as a pack does'],
    ['a file that ends early', () => readHeader(utf8('golempak')), 'it does not begin as a pack does'],
    ['a pack that is cut off', () => open(writePack(files).subarray(0, -1)), 'the pack is cut off'],
    ['an index of other files', () => open(patched(12, 9)), 'its index is damaged'],
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
});

function open(bytes: Uint8Array): unknown {
  return openPack(shared(bytes), platform(bytes).read);
}

function patched(offset: number, value: number): Uint8Array {
  const bytes = writePack(files);
  bytes[offset] = value;
  return bytes;
}
