import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FileError, FileTree } from '../../../host/src/wasi/index.ts';
import { drop, Guest, utf8 } from './support.ts';

const part = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', '..', '.', '', 'app', 'tmp', 'lib', 'etc', 'secret', 'inner') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\0', '__proto__', 'constructor', '💥', 'x'.repeat(255), 'x'.repeat(256), '\\'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 5 }) },
);
const path = fc.array(part, { maxLength: 6 }).map((parts) => parts.join('/'));
const absolute = path.map((relative) => `/${relative}`);

/** Calls of a guest with any path, through the preopened top or through `/app`. */
const call = fc.record({
  method: fc.constantFrom(
    'open',
    'create',
    'mkdir',
    'rmdir',
    'unlink',
    'rename',
    'link',
    'symlink',
    'times',
    'read',
    'list',
  ),
  path,
  other: fc.oneof(path, absolute),
  inApp: fc.boolean(),
});

function attempt(action: () => void): void {
  try {
    action();
  } catch (thrown) {
    // A code, or the error of a host-side method; never anything that would trap.
    if (typeof thrown !== 'string' && !(thrown instanceof FileError)) throw thrown;
  }
}

function makeTree() {
  const shared = new FileTree({ writable: [] });
  shared.write('/inner/file', utf8('shared'));
  shared.symlink('/etc/secret', '/out');
  shared.symlink('../../../../etc', '/up');
  const files = new FileTree();
  files.mount('/lib', shared);
  files.mount('/app/lib', shared);
  files.write('/etc/secret', utf8('secret'));
  return { files, shared };
}

/** All that the guest may not change. */
function outside(files: FileTree, shared: FileTree): unknown {
  const image = files.toImage();
  const kept = new Map<number, string>([[0, '/']]);
  for (const [index, entry] of image.entries.entries()) {
    const parent = kept.get(entry.parent);
    if (parent === undefined) continue;
    const full = `${parent}${entry.name}/`;
    if (full !== '/app/' && full !== '/tmp/') kept.set(index, full);
  }
  return [[...kept.keys()].map((index) => image.entries[index]), shared.toImage()];
}

describe('confinement', () => {
  test('whatever a guest calls, only /app and /tmp change', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 30, size: 'max' }), (calls) => {
        const { files, shared } = makeTree();
        const before = outside(files, shared);
        const guest = new Guest({}, { files });
        const app = guest.directory('app');
        for (const { method, path: name, other, inApp } of calls) {
          const base = inApp ? app : guest.root;
          attempt(() => {
            if (method === 'open')
              drop(base.openAt({ symlinkFollow: true }, name, { truncate: true }, { write: true }));
            if (method === 'create')
              drop(base.openAt({ symlinkFollow: true }, name, { create: true }, { write: true }));
            if (method === 'mkdir') base.createDirectoryAt(name);
            if (method === 'rmdir') base.removeDirectoryAt(name);
            if (method === 'unlink') base.unlinkFileAt(name);
            if (method === 'rename') base.renameAt(name, guest.root, other);
            if (method === 'link') base.linkAt({ symlinkFollow: true }, name, guest.root, other);
            if (method === 'symlink') base.symlinkAt(other, name);
            if (method === 'times') base.setTimesAt({ symlinkFollow: true }, name, { tag: 'now' }, { tag: 'now' });
            if (method === 'read') base.readlinkAt(name);
            if (method === 'list') base.statAt({ symlinkFollow: true }, name);
          });
        }
        expect(outside(files, shared)).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  test('whatever links a guest left, uploads of the host change only /app and /tmp too', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(path, fc.oneof(path, absolute))), fc.array(path), (links, uploads) => {
        const { files, shared } = makeTree();
        const guest = new Guest({}, { files });
        for (const [name, target] of links) attempt(() => guest.root.symlinkAt(target, `app/${name}`));
        const before = outside(files, shared);
        for (const name of uploads.filter((upload) => !upload.split('/').includes('..'))) {
          attempt(() => files.write(`/app/${name}`, utf8('new')));
          attempt(() => files.mkdirp(`/app/${name}/d`));
          attempt(() => files.remove(`/app/${name}`));
          attempt(() => files.clear(`/app/${name}`));
        }
        expect(outside(files, shared)).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });
});
