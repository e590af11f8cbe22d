import { describe, expect, test } from 'vitest';
import { FileError, FileTree, type TreeImage } from '../../../host/src/wasi/index.ts';
import { Guest, text, thrownBy, utf8 } from './support.ts';

const at = [1, 2, 3, 4, 5, 6] as const;
const top = { parent: -1, name: '', kind: 'directory', times: at } as const;

describe('a shared tree', () => {
  const lent = (): FileTree => FileTree.ofLent([{ path: 'pkg/m.py', size: 5, fetch: () => utf8('x = 1') }]);

  test('is opened when somebody looks into it, once', () => {
    let opened = 0;
    const open = (): FileTree => {
      opened++;
      return lent();
    };
    const files = new FileTree({ mounts: new Map([['/data/lib', open]]) });
    files.write('/app/f', utf8('x'));
    const copy = files.copy();
    const image = files.toImage();
    expect(files.list('/').map(({ name }) => name)).toEqual(['app', 'data', 'tmp']);
    expect(opened).toBe(0);
    expect(text(files.read('/data/lib/pkg/m.py'))).toBe('x = 1');
    expect(text(copy.read('/data/lib/pkg/../pkg/m.py'))).toBe('x = 1');
    expect(opened).toBe(1);
    expect(FileTree.fromImage(image).exists('/data')).toBe(false);
  });

  test('counts against no limit, and is in no image', () => {
    const limits = { files: 1, workspaceBytes: 1, fileSizeBytes: 1 };
    const mounts = new Map([['/data/lib', lent()]]);
    const files = new FileTree({ limits, mounts });
    files.write('/app/f', utf8('x'));
    expect(files.usage()).toEqual({ bytes: 1, files: 1 });
    expect(text(files.read('/data/lib/pkg/m.py'))).toBe('x = 1');
    for (const image of [files.toImage(), files.toSharedImage()]) {
      expect(image.entries.map(({ name }) => name)).toEqual(['', 'app', 'tmp', 'f']);
      const again = FileTree.fromImage(image, { limits, mounts });
      expect(text(again.read('/data/lib/pkg/m.py'))).toBe('x = 1');
    }
  });

  test('hides what an image says of its place', () => {
    const forged = new FileTree({ writable: ['/data/lib'] });
    forged.write('/data/lib/pkg/m.py', utf8('forged'));
    const files = FileTree.fromImage(forged.toImage(), { mounts: new Map([['/data/lib', lent()]]) });
    expect(text(files.read('/data/lib/pkg/m.py'))).toBe('x = 1');
  });
});

describe('the host’s side of a tree', () => {
  test('write creates parents and copies both ways', () => {
    const files = new FileTree();
    const bytes = utf8('first');
    files.write('/app/a/b/c.txt', bytes);
    bytes.fill(0);
    expect(text(files.read('/app/a/b/c.txt'))).toBe('first');
    files.read('/app/a/b/c.txt').fill(0);
    expect(text(files.read('/app/a/b/c.txt'))).toBe('first');
    files.write('/app/a/b/c.txt', utf8('2nd'));
    expect(text(files.read('/app/a/b/c.txt'))).toBe('2nd');
    expect(files.usage()).toEqual({ bytes: 3, files: 3 });
  });

  test('failures name the path, the code and the reason', () => {
    const files = new FileTree();
    files.write('/app/f', utf8(''));
    const failures: [string, () => unknown][] = [
      ['no-entry', () => files.read('/app/missing')],
      ['is-directory', () => files.read('/app')],
      ['is-directory', () => files.write('/app', utf8(''))],
      ['is-directory', () => files.write('/app/x/', utf8(''))],
      ['not-directory', () => files.write('/app/f/x', utf8(''))],
      ['not-directory', () => files.mkdirp('/app/f')],
      ['not-directory', () => files.list('/app/f')],
      ['no-entry', () => files.remove('/app/missing')],
      ['busy', () => files.remove('/app')],
      ['invalid', () => files.write('relative', utf8(''))],
      ['invalid', () => files.mkdirp('relative')],
      ['invalid', () => files.stat('/app/\0')],
      ['illegal-byte-sequence', () => files.write('/app/\ud800', utf8(''))],
      ['illegal-byte-sequence', () => files.symlink('\ud800', '/app/l')],
      ['name-too-long', () => files.mkdirp(`/app/${'n'.repeat(256)}`)],
      ['busy', () => files.mount('/', new FileTree())],
      ['not-empty', () => files.mount('/app', new FileTree())],
    ];
    for (const [code, call] of failures) {
      const thrown = thrownBy(call);
      expect(thrown).toBeInstanceOf(FileError);
      expect(thrown).toMatchObject({ code });
    }
    expect(thrownBy(() => files.read('/app/missing'))).toMatchObject({
      message: '/app/missing: No such file or directory',
      path: '/app/missing',
      reason: 'No such file or directory',
    });
    expect(files.usage()).toEqual({ bytes: 0, files: 1 });
  });

  test('list is sorted, typed and, if asked, recursive; it enters neither links nor mounts', () => {
    const files = new FileTree();
    const shared = new FileTree({ writable: [] });
    shared.write('/inside', utf8(''));
    files.write('/app/b/2', utf8('22'));
    files.write('/app/b/1', utf8('1'));
    files.write('/app/a', utf8(''));
    files.symlink('b', '/app/c');
    files.mount('/app/d', shared);
    expect(files.list('/app').map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    expect(files.list('/app/', { recursive: true })).toMatchObject([
      { path: '/app/a', name: 'a', kind: 'regular-file', size: 0 },
      { path: '/app/b', name: 'b', kind: 'directory', size: 0 },
      { path: '/app/b/1', name: '1', kind: 'regular-file', size: 1 },
      { path: '/app/b/2', name: '2', kind: 'regular-file', size: 2 },
      { path: '/app/c', name: 'c', kind: 'symbolic-link', size: 1 },
      { path: '/app/d', name: 'd', kind: 'directory', size: 0 },
    ]);
    expect(files.list('/app/d').map(({ path }) => path)).toEqual(['/app/d/inside']);
    expect(files.list('/').map(({ path }) => path)).toEqual(['/app', '/tmp']);
  });

  test('remove takes a whole directory, clear what is in it; links go and not their targets', () => {
    const files = new FileTree();
    files.mount('/tmp/m', new FileTree());
    files.write('/app/keep', utf8('kept'));
    files.write('/tmp/d/e/f', utf8('gone'));
    files.symlink('/app', '/tmp/d/link');
    files.remove('/tmp/d');
    expect(files.exists('/tmp/d')).toBe(false);
    files.symlink('/app/keep', '/tmp/link');
    files.clear('/tmp');
    expect(files.list('/tmp').map(({ name }) => name)).toEqual(['m']);
    expect(text(files.read('/app/keep'))).toBe('kept');
    expect(files.usage()).toEqual({ bytes: 4, files: 1 });
    expect(thrownBy(() => files.clear('/tmp/m'))).toMatchObject({ code: 'read-only' });
  });

  test('the host does not reach through a guest’s link where the guest may not', () => {
    const files = new FileTree();
    files.write('/etc/conf', utf8('host'));
    const guest = new Guest({}, { files });
    guest.root.symlinkAt('/etc', 'app/etc');
    guest.root.symlinkAt('/etc/conf', 'app/conf');
    guest.root.symlinkAt('/tmp/made', 'app/made');
    for (const path of ['/app/etc/new', '/app/etc/conf', '/app/conf', '/app/etc/d/e']) {
      expect(thrownBy(() => files.write(path, utf8('x')))).toMatchObject({ code: 'read-only' });
    }
    expect(thrownBy(() => files.remove('/app/etc/conf'))).toMatchObject({ code: 'read-only' });
    expect(thrownBy(() => files.clear('/app/etc'))).toMatchObject({ code: 'read-only' });
    files.write('/app/made', utf8('x'));
    expect(text(files.read('/tmp/made'))).toBe('x');
    files.remove('/app/conf');
    expect(text(files.read('/etc/conf'))).toBe('host');
    guest.root.symlinkAt('loop', 'app/loop');
    expect(thrownBy(() => files.write('/app/loop', utf8('')))).toMatchObject({ code: 'loop' });
    expect(files.exists('/app/loop')).toBe(false);
    expect(files.stat('/app/loop', { follow: false })).toMatchObject({ kind: 'symbolic-link', size: 4 });
  });

  test('writable directories are the ones named, and only they', () => {
    const guest = new Guest({ writable: ['/home/me/work'] });
    guest.write('home/me/work/f', 'x');
    expect(thrownBy(() => guest.write('home/me/f', 'x'))).toBe('read-only');
    expect(guest.files.exists('/app')).toBe(false);
  });
});

describe('copies and images', () => {
  test('a copy shares nothing that can be seen, in both directions', () => {
    const files = new FileTree();
    files.write('/app/f', utf8('0123456789'));
    const copy = files.copy();
    const guest = new Guest({}, { files });
    const twin = new Guest({}, { files: copy });
    guest.write('app/f', 'A', 0);
    twin.write('app/f', 'B', 9);
    guest.open('app/f').setSize(5n);
    guest.open('app/f').setSize(7n);
    expect(guest.read('app/f')).toBe('A1234\0\0');
    expect(twin.read('app/f')).toBe('012345678B');
    twin.root.unlinkFileAt('app/f');
    expect(guest.read('app/f')).toBe('A1234\0\0');
  });

  test('hard links, mounts and what is writable survive a copy', () => {
    const shared = new FileTree({ writable: [] });
    shared.write('/s', utf8('shared'));
    const files = new FileTree();
    files.mount('/lib', shared);
    files.write('/etc/f', utf8('host'));
    const first = new Guest({}, { files });
    first.write('app/a', 'x');
    first.root.linkAt({}, 'app/a', first.root, 'tmp/b');
    const guest = new Guest({}, { files: files.copy() });
    guest.write('app/a', 'yy');
    expect(guest.read('tmp/b')).toBe('yy');
    expect(first.read('tmp/b')).toBe('x');
    expect(guest.read('lib/s')).toBe('shared');
    expect(thrownBy(() => guest.write('lib/s', 'x'))).toBe('read-only');
    expect(thrownBy(() => guest.write('etc/f', 'x'))).toBe('read-only');
    expect(thrownBy(() => guest.root.removeDirectoryAt('tmp'))).toBe('read-only');
  });

  test('an image is plain data and restores into the given skeleton', () => {
    const files = new FileTree();
    files.write('/app/__proto__/f', utf8('x'));
    const image = structuredClone(files.toImage());
    const restored = FileTree.fromImage(image, { limits: { files: 2, workspaceBytes: 1 } });
    expect(restored.toImage()).toEqual(files.toImage());
    const guest = new Guest({}, { files: restored });
    guest.write('app/__proto__/f', 'y');
    expect(text(FileTree.fromImage(image).read('/app/__proto__/f'))).toBe('x');
    for (const limits of [{ files: 1 }, { workspaceBytes: 0 }, { fileSizeBytes: 0 }]) {
      expect(thrownBy(() => FileTree.fromImage(image, { limits }))).toBeInstanceOf(FileError);
    }
  });

  test('bytes of an image may be a Node Buffer, whose slice is no copy', () => {
    const bytes = Buffer.from('0123456789');
    const file = { parent: 0, name: 'f', kind: 'regular-file', times: at, bytes } as const;
    const files = FileTree.fromImage({ version: 1, entries: [top, file] }, { writable: ['/'] });
    files.read('/f').fill(0);
    new Guest({}, { files }).open('f').setSize(3n);
    new Guest({}, { files }).write('f', 'xyz');
    expect(bytes.toString()).toBe('0123456789');
  });

  test('a malformed image is refused', () => {
    const file = { parent: 0, name: 'f', kind: 'regular-file', times: at, bytes: utf8('') } as const;
    const malformed: unknown[] = [
      null,
      { version: 1, entries: [null] },
      { version: 1, entries: [top, null] },
      { version: 2, entries: [top] },
      { version: 1, entries: {} },
      { version: 1, entries: [{ ...top, parent: 0 }] },
      { version: 1, entries: [file] },
      ...['', '.', '..', 'a/b', 'a\0', '\ud800', 7, 'n'.repeat(256)].map((name) => ({
        version: 1,
        entries: [top, { ...file, name }],
      })),
      ...[
        [file, file],
        [{ ...file, parent: 1 }],
        [{ ...file, parent: 'length' }],
        [file, { ...file, parent: 1 }],
        [{ ...file, bytes: [1] }],
        [{ ...file, kind: 'socket' }],
        [{ ...file, times: [1, 2, 3, 4, 5] }],
        [{ ...file, times: [-1, 2, 3, 4, 5, 6] }],
        [{ ...file, times: [1, 1e9, 3, 4, 5, 6] }],
        [{ ...file, times: [1.5, 1, 3, 4, 5, 6] }],
        [{ parent: 0, name: 'l', kind: 'symbolic-link', times: at, target: '' }],
        [{ parent: 0, name: 'l', kind: 'symbolic-link', times: at, target: 5 }],
        [{ parent: 0, name: 'h', kind: 'hard-link', to: 0 }],
        [{ parent: 0, name: 'h', kind: 'hard-link', to: 9 }],
        [top],
      ].map((entries) => ({ version: 1, entries: [top, ...entries] })),
    ];
    for (const image of malformed) {
      expect(
        thrownBy(() => FileTree.fromImage(image as TreeImage)),
        JSON.stringify(image),
      ).toBeInstanceOf(FileError);
    }
    FileTree.fromImage({ version: 1, entries: [top, file] });
  });
});
