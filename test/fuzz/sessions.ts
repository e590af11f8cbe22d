import fc from 'fast-check';
import type { SessionImage } from 'golem-exec';
import { ExecError, InvalidRequestError } from '../../host/src/errors.ts';
import { readSessionImage } from '../../host/src/executor/session-image.ts';
import { StoreError } from '../../host/src/store/errors.ts';
import { decodePrefix, decodeRecord, decodeTree, encodeJson, encodeTree } from '../../host/src/store/format.ts';
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
    const files = FileTree.fromImage(decoded);
    // What was taken is a tree like any other.
    const image = files.toImage();
    const contents = image.entries.flatMap((entry) => (entry.kind === 'regular-file' ? [...entry.bytes] : []));
    FileTree.fromImage(decodeTree(encodeTree(image), Uint8Array.from(contents)));
  });
});

const head = fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(), fc.boolean(), (bytes, size, named) => {
  if (named) new TextEncoder().encodeInto('golemses\u0001\u0000\u0000\u0000', bytes);
  allowing([StoreError], () => decodePrefix(bytes, size));
  allowing([StoreError], () => decodeRecord(bytes));
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
  { name: 'an image of a session is refused, or taken', property: image },
];
