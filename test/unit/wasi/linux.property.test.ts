import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileTree } from '../../../host/src/wasi/index.ts';
import { drop, Guest, text, utf8 } from './support.ts';

/** One operation of a program on files; paths are relative to the directory both sides start in. */
type Operation =
  | {
      readonly do: 'mkdir' | 'rmdir' | 'unlink' | 'read' | 'readdir' | 'stat' | 'lstat' | 'readlink';
      readonly path: string;
    }
  | { readonly do: 'rename' | 'link'; readonly path: string; readonly to: string }
  | { readonly do: 'symlink'; readonly target: string; readonly path: string }
  | { readonly do: 'write'; readonly path: string; readonly bytes: string; readonly offset: number }
  | { readonly do: 'append' | 'create-new'; readonly path: string; readonly bytes: string }
  | { readonly do: 'truncate'; readonly path: string; readonly size: number };

/** The error codes that the operations can end in, by the name Linux has for them. */
const codes: Record<string, string> = {
  EBUSY: 'busy',
  EEXIST: 'exist',
  EINVAL: 'invalid',
  EISDIR: 'is-directory',
  ELOOP: 'loop',
  ENOENT: 'no-entry',
  ENOTDIR: 'not-directory',
  ENOTEMPTY: 'not-empty',
  EPERM: 'not-permitted',
};

const name = fc.constantFrom('a', 'b', 'c', '__proto__');
const path = fc
  .tuple(
    fc.array(fc.oneof({ weight: 9, arbitrary: name }, { weight: 1, arbitrary: fc.constant('.') }), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom('', '', '', '/'),
  )
  .map(([parts, end]) => parts.join('/') + end);
const content = fc.constantFrom('', 'x', 'hello', 'z'.repeat(100));
const target = fc.oneof(path, fc.constantFrom('a', 'b', './c', 'a/b'));

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    do: fc.constantFrom('mkdir', 'mkdir', 'rmdir', 'unlink', 'read', 'readdir', 'stat', 'lstat', 'readlink'),
    path,
  }),
  fc.record({ do: fc.constantFrom('rename', 'link'), path, to: path }),
  fc.record({ do: fc.constant('symlink'), target, path }),
  fc.record({ do: fc.constant('write'), path, bytes: content, offset: fc.nat(50) }),
  fc.record({ do: fc.constantFrom('append', 'create-new'), path, bytes: content }),
  fc.record({ do: fc.constant('truncate'), path, size: fc.nat(60) }),
);

/** What the operation answers on the machine's own file system. */
function onLinux(base: string, op: Operation): unknown {
  const at = (relative: string) => `${base}/${relative}`;
  const full = at(op.path);
  const withFile = <T>(flags: number, use: (file: number) => T): T => {
    const file = fs.openSync(full, flags, 0o644);
    try {
      return use(file);
    } finally {
      fs.closeSync(file);
    }
  };
  const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } = fs.constants;
  const describe = (stat: fs.Stats) => [
    kindOf(stat),
    stat.isDirectory() ? 0 : stat.size,
    stat.isDirectory() ? 1 : stat.nlink,
  ];
  switch (op.do) {
    case 'mkdir':
      return fs.mkdirSync(full);
    case 'rmdir':
      return fs.rmdirSync(full);
    case 'unlink':
      return fs.unlinkSync(full);
    case 'read':
      return withFile(O_RDONLY, (file) => fs.readFileSync(file, 'utf8'));
    case 'readdir':
      return fs.readdirSync(full).sort();
    case 'stat':
      return describe(fs.statSync(full));
    case 'lstat':
      return describe(fs.lstatSync(full));
    case 'readlink':
      return fs.readlinkSync(full);
    case 'rename':
      return fs.renameSync(full, at(op.to));
    case 'link':
      return fs.linkSync(full, at(op.to));
    case 'symlink':
      return fs.symlinkSync(op.target, full);
    case 'write':
      return withFile(O_WRONLY | O_CREAT, (file) => void fs.writeSync(file, utf8(op.bytes), 0, null, op.offset));
    case 'append':
      return withFile(O_WRONLY | O_CREAT | O_APPEND, (file) => void fs.writeSync(file, op.bytes));
    case 'create-new':
      return withFile(O_WRONLY | O_CREAT | O_EXCL, (file) => void fs.writeSync(file, op.bytes));
    case 'truncate':
      return withFile(O_WRONLY, (file) => fs.ftruncateSync(file, op.size));
  }
}

function kindOf(stat: fs.Stats): string {
  if (stat.isDirectory()) return 'directory';
  return stat.isSymbolicLink() ? 'symbolic-link' : 'regular-file';
}

/** What the operation answers in a guest. */
function inGuest(guest: Guest, op: Operation): unknown {
  const { root } = guest;
  const at = (relative: string) => `app/${relative}`;
  const full = at(op.path);
  const describe = (follow: boolean) => {
    const stat = root.statAt({ symlinkFollow: follow }, full);
    return [stat.type, Number(stat.size), Number(stat.linkCount)];
  };
  switch (op.do) {
    case 'mkdir':
      return root.createDirectoryAt(full);
    case 'rmdir':
      return root.removeDirectoryAt(full);
    case 'unlink':
      return root.unlinkFileAt(full);
    case 'read':
      return guest.read(full);
    case 'readdir':
      return guest.names(full);
    case 'stat':
      return describe(true);
    case 'lstat':
      return describe(false);
    case 'readlink':
      return root.readlinkAt(full);
    case 'rename':
      return root.renameAt(full, root, at(op.to));
    case 'link':
      return root.linkAt({}, full, root, at(op.to));
    case 'symlink':
      return root.symlinkAt(op.target, full);
    case 'write':
      return guest.write(full, op.bytes, op.offset);
    case 'append':
    case 'create-new': {
      const file = guest.open(full, { create: true, exclusive: op.do === 'create-new' }, { write: true });
      const stream = file.appendViaStream();
      stream.blockingWriteAndFlush(utf8(op.bytes));
      drop(stream);
      return drop(file);
    }
    case 'truncate': {
      const file = guest.open(full, {}, { write: true });
      file.setSize(BigInt(op.size));
      return drop(file);
    }
  }
}

/** The answer, or the error code in wasi's spelling. */
function outcome(call: () => unknown): unknown {
  try {
    return { ok: call() ?? null };
  } catch (thrown) {
    if (typeof thrown === 'string') return { error: thrown };
    const code = (thrown as { code?: string }).code ?? '';
    if (codes[code] === undefined) throw thrown;
    return { error: codes[code] };
  }
}

/** All that is below a real directory, in the form of a tree's listing. */
function listLinux(base: string): unknown[] {
  const found: unknown[] = [];
  const visit = (relative: string) => {
    for (const child of fs.readdirSync(join(base, relative)).sort()) {
      const inner = `${relative}/${child}`;
      const stat = fs.lstatSync(base + inner);
      found.push([inner, kindOf(stat), stat.isDirectory() ? 0 : stat.size]);
      if (stat.isDirectory()) visit(inner);
    }
  };
  visit('');
  return found;
}

describe.skipIf(process.platform !== 'linux')('wasi:filesystem', () => {
  let scratch = '';
  beforeAll(() => {
    scratch = fs.mkdtempSync(join(tmpdir(), 'golem-exec-'));
  });
  afterAll(() => {
    fs.rmSync(scratch, { recursive: true, force: true });
  });

  test('answers any sequence of operations as Linux does', () => {
    let round = 0;
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40, size: 'max' }), (operations) => {
        const base = join(scratch, String(round++));
        fs.mkdirSync(base);
        const guest = new Guest();
        for (const op of operations) {
          expect([op, outcome(() => inGuest(guest, op))]).toEqual([op, outcome(() => onLinux(base, op))]);
        }
        const listed = guest.files.list('/app', { recursive: true });
        expect(listed.map(({ path: full, kind, size }) => [full.slice('/app'.length), kind, size])).toEqual(
          listLinux(base),
        );
        checkAccount(guest.files);
        checkCopies(guest.files);
        expect(guest.world.end()).toEqual({ intact: true, leaked: 1 });
      }),
      { numRuns: 500 },
    );
  });
});

/** The account must be what a count from scratch gives. */
function checkAccount(files: FileTree): void {
  const image = files.toImage();
  let bytes = 0;
  for (const entry of image.entries) {
    if (entry.kind === 'regular-file') bytes += entry.bytes.length;
    if (entry.kind === 'symbolic-link') bytes += utf8(entry.target).length;
  }
  // The top, /app and /tmp do not count.
  expect(files.usage()).toEqual({ bytes, files: image.entries.length - 3 });
}

/** Restoring and copying give the same tree, and one that is separate. */
function checkCopies(files: FileTree): void {
  const image = files.toImage();
  const restored = FileTree.fromImage(structuredClone(image));
  const copy = files.copy();
  for (const twin of [restored, copy]) {
    expect(twin.toImage().entries.length).toBe(image.entries.length);
    expect(twin.list('/', { recursive: true })).toEqual(files.list('/', { recursive: true }));
    expect(twin.usage()).toEqual(files.usage());
  }
  expect(restored.toImage()).toEqual(image);
  for (const { path: file, kind } of copy.list('/app', { recursive: true })) {
    if (kind === 'regular-file') copy.write(file, utf8('changed'));
  }
  expect(files.toImage()).toEqual(image);
  expect(text(utf8(''))).toBe('');
}
