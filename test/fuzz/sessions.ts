import fc from 'fast-check';
import type { SessionImage } from 'golem-exec';
import { ExecError, InvalidRequestError } from '../../host/src/errors.ts';
import { readSessionImage } from '../../host/src/executor/session-image.ts';
import { decodePrefix, encodeContainer } from '../../host/src/store/container.ts';
import { StoreError } from '../../host/src/store/errors.ts';
import { decodeHeap, encodeHeap } from '../../host/src/store/heap-part.ts';
import { decodeImage } from '../../host/src/store/image-parts.ts';
import { infoOf } from '../../host/src/store/info.ts';
import { encodeJson } from '../../host/src/store/json.ts';
import { contentsOf, decodeTree, encodeTree } from '../../host/src/store/tree-part.ts';
import { FileError, FileTree } from '../../host/src/wasi/index.ts';
import type { FuzzTarget } from './targets.ts';

const hostile = fc.oneof(
  fc.constantFrom(
    -1,
    0,
    1,
    2,
    0.5,
    1e300,
    '__proto__',
    'length',
    'constructor',
    '',
    '.',
    '..',
    'a/b',
    'app',
    'a',
    '\ud800',
  ),
  fc.anything(),
);
const times = fc.oneof(fc.constant([0, 0, 0, 0, 0, 0]), fc.array(hostile, { maxLength: 7 }), hostile);
const row = fc.oneof(
  fc.tuple(fc.constantFrom('d', 'f', 'l', 'h', 'x'), fc.nat(3), fc.constantFrom('a', 'b', 'app', 'c'), times, hostile),
  fc.tuple(fc.constantFrom('d', 'f', 'l', 'h'), hostile, hostile, hostile, hostile),
);
const rows = fc.oneof(
  fc.array(row, { maxLength: 12 }).map((all) => [['d', -1, '', [0, 0, 0, 0, 0, 0]], ...all]),
  fc.array(fc.anything(), { maxLength: 4 }),
  fc.anything(),
);

/** Runs what may fail with one of these errors only. */
function allowing(errors: readonly (new (...args: never[]) => Error)[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!errors.some((kind) => error instanceof kind)) throw error;
  }
}

/** JSON as a stored session may hold it, or nothing where a value has none. */
function jsonOf(value: unknown): Uint8Array {
  try {
    return encodeJson(value ?? null);
  } catch {
    return new Uint8Array(0);
  }
}

const tree = fc.property(rows, fc.uint8Array({ maxLength: 20 }), (entries, data) => {
  allowing([StoreError, FileError], () => {
    const decoded = decodeTree(jsonOf(entries), data);
    const files = FileTree.fromImage(decoded.tree);
    // What was taken is a tree like any other.
    const image = files.toImage();
    const contents = Buffer.concat(contentsOf(image));
    FileTree.fromImage(decodeTree(encodeTree(image), contents).tree);
  });
});

const head = fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(), fc.boolean(), (bytes, size, named) => {
  if (named) new TextEncoder().encodeInto('golemses\u0002\u0000\u0000\u0000', bytes);
  allowing([StoreError], () => decodePrefix(bytes, size));
});

const u32 = fc.oneof(fc.nat(4), fc.nat(0xffff_ffff));
const words = fc.array(u32, { maxLength: 20 }).map((all) => new Uint8Array(Uint32Array.from(all).buffer));
const parts = { maxLength: 40 } as const;

/** A container whose checksums hold and whose parts are anything. */
const container = fc.property(
  fc.oneof(fc.anything(), fc.record({ persist: fc.constant('heap'), stored: fc.anything() })),
  rows,
  fc.oneof(words, fc.uint8Array(parts)),
  fc.uint8Array(parts),
  (record, entries, heap, data) => {
    const whole = { record: jsonOf(record), tree: jsonOf(entries), heap, data: [data], component: 'ab'.repeat(32) };
    allowing([StoreError, InvalidRequestError, ExecError, FileError], () => {
      readSessionImage(decodeImage(Buffer.concat(encodeContainer(whole))));
    });
    allowing([StoreError], () => infoOf((record ?? {}) as never, 0, { now: 0, ttlMs: 1 }));
  },
);

const heap = fc.property(fc.oneof(words, fc.uint8Array(parts)), fc.nat(2), (bytes, blocks) => {
  allowing([StoreError], () => {
    const data = new Uint8Array(blocks * 4096);
    const decoded = decodeHeap(bytes, data, 'ab'.repeat(32));
    // What was taken is what was written; a number that is none may be written in more ways than one.
    decodeHeap(encodeHeap(decoded), data, decoded.component);
  });
});

const fields = ['version', 'language', 'persist', 'workingDir', 'limits', 'env', 'files'] as const;
const image = fc.property(fc.constantFrom(...fields), fc.anything(), (field, value) => {
  const whole = { version: 1, language: 'python', persist: 'workspace', workingDir: '/app', limits: {}, env: [] };
  allowing([InvalidRequestError, ExecError, FileError], () => {
    const { begin } = readSessionImage({ ...whole, files: new FileTree().toImage(), [field]: value } as SessionImage);
    FileTree.fromImage(begin.files);
  });
});

export const sessionTargets: readonly FuzzTarget[] = [
  { name: 'a stored tree is refused, or a tree', property: tree },
  { name: 'the head of a stored session is refused, or read', property: head },
  { name: 'an image in a sound container is refused, or taken', property: container },
  { name: 'a stored heap is refused, or read', property: heap },
  { name: 'an image of a session is refused, or taken', property: image },
];
