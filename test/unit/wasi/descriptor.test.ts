import { describe, expect, test } from 'vitest';
import { FileTree } from '../../../host/src/wasi/index.ts';
import { drop, Guest, thrownBy, utf8 } from './support.ts';

const now = { tag: 'now' } as const;
const unchanged = { tag: 'no-change' } as const;

describe('paths', () => {
  test('absolute paths and paths out of the base descriptor are not permitted', () => {
    const guest = new Guest();
    guest.root.createDirectoryAt('app/sub');
    const sub = guest.directory('app/sub');
    expect(thrownBy(() => guest.root.statAt({}, '/app'))).toBe('not-permitted');
    expect(thrownBy(() => sub.statAt({}, '../sub'))).toBe('not-permitted');
    expect(thrownBy(() => sub.statAt({}, 'x/../..'))).toBe('no-entry');
    expect(sub.statAt({}, '.').type).toBe('directory');
  });

  test('.. of the top is the top', () => {
    const guest = new Guest();
    guest.write('app/f', 'x');
    expect(guest.read('../../app/../../app/f')).toBe('x');
  });

  test('links resolve inside the tree: absolute targets from its top, .. physically', () => {
    const guest = new Guest();
    guest.root.createDirectoryAt('app/deep');
    guest.write('tmp/f', 'found');
    guest.root.symlinkAt('/tmp', 'app/deep/abs');
    guest.root.symlinkAt('../../../../../tmp/f', 'app/deep/up');
    expect(guest.read('app/deep/abs/f')).toBe('found');
    expect(guest.read('app/deep/up')).toBe('found');
    expect(guest.kind('app/deep/abs/../app')).toBe('directory');
    const deep = guest.directory('app/deep');
    expect(deep.statAt({ symlinkFollow: true }, 'abs').type).toBe('directory');
    expect(thrownBy(() => deep.statAt({}, 'abs/../..'))).toBe(undefined);
  });

  test('forty links are followed, forty-one are a loop', () => {
    const guest = new Guest();
    guest.write('app/l0', 'end');
    for (let index = 1; index <= 41; index++) guest.root.symlinkAt(`l${index - 1}`, `app/l${index}`);
    expect(guest.read('app/l40')).toBe('end');
    expect(thrownBy(() => guest.read('app/l41'))).toBe('loop');
  });

  test('links that multiply end in an error soon', () => {
    const guest = new Guest();
    guest.root.symlinkAt('.', 'app/l0');
    for (let index = 1; index < 30; index++) guest.root.symlinkAt(`l${index - 1}/l${index - 1}`, `app/l${index}`);
    expect(thrownBy(() => guest.kind('app/l29/x'))).toBe('loop');
  });

  test('names of 255 bytes are the longest, in any script', () => {
    const guest = new Guest();
    for (const name of [
      'n'.repeat(255),
      `${'é'.repeat(127)}n`,
      `${'💥'.repeat(63)}abc`,
      '__proto__',
      'constructor',
      '\\',
      ' ',
    ]) {
      guest.write(`app/${name}`, name);
      expect(guest.read(`app/${name}`)).toBe(name);
    }
    for (const name of ['n'.repeat(256), 'é'.repeat(128), '💥'.repeat(64)]) {
      expect(thrownBy(() => guest.write(`app/${name}`, ''))).toBe('name-too-long');
      expect(thrownBy(() => guest.kind(`app/${name}`))).toBe('name-too-long');
    }
    expect(thrownBy(() => guest.write('app/a\0b', ''))).toBe('invalid');
    expect(thrownBy(() => guest.kind(''))).toBe('no-entry');
  });

  test('no node gets an absolute path of 4096 bytes, by whatever way', () => {
    const guest = new Guest();
    let directory = guest.directory('app');
    let made = 0;
    for (; made < 100; made++) {
      const name = 'd'.repeat(100);
      if (thrownBy(() => directory.createDirectoryAt(name)) === 'name-too-long') break;
      directory = directory.openAt({}, name, { directory: true }, { read: true });
    }
    expect(made).toBe(40);
    expect(thrownBy(() => guest.kind(`${'./'.repeat(2048)}app`))).toBe('name-too-long');
    guest.root.createDirectoryAt('tmp/x');
    guest.root.createDirectoryAt(`tmp/x/${'y'.repeat(200)}`);
    expect(thrownBy(() => guest.root.renameAt('tmp/x', directory, 'x'))).toBe('name-too-long');
    expect(guest.files.list('/', { recursive: true }).every(({ path }) => path.length < 4096)).toBe(true);
  });
});

describe('what is not the guest’s', () => {
  function withMount() {
    const shared = new FileTree({ writable: [] });
    shared.write('/pkg/mod.py', utf8('x = 1'));
    shared.symlink('pkg/mod.py', '/alias');
    const files = new FileTree();
    files.mount('/data/lib', shared);
    files.mount('/app/vendor', shared);
    return new Guest({}, { files });
  }

  test('the top, mount parents and mounts are read-only', () => {
    const guest = withMount();
    for (const path of ['new', 'data/new', 'data/lib/new', 'data/lib/pkg/new', 'app/vendor/new']) {
      expect(thrownBy(() => guest.root.createDirectoryAt(path))).toBe('read-only');
      expect(thrownBy(() => guest.write(path, 'x'))).toBe('read-only');
      expect(thrownBy(() => guest.root.symlinkAt('x', path))).toBe('read-only');
    }
    const file = 'data/lib/pkg/mod.py';
    expect(thrownBy(() => guest.write(file, 'x'))).toBe('read-only');
    expect(thrownBy(() => guest.open(file, { truncate: true }, { read: true }))).toBe('read-only');
    expect(thrownBy(() => guest.root.unlinkFileAt(file))).toBe('read-only');
    expect(thrownBy(() => guest.root.setTimesAt({}, file, now, now))).toBe('read-only');
    expect(thrownBy(() => guest.root.renameAt(file, guest.root, 'app/x'))).toBe('cross-device');
    expect(thrownBy(() => guest.root.linkAt({}, file, guest.root, 'app/x'))).toBe('cross-device');
    expect(thrownBy(() => guest.root.removeDirectoryAt('app'))).toBe('read-only');
    expect(thrownBy(() => guest.root.renameAt('app', guest.root, 'tmp/app'))).toBe('read-only');
    expect(thrownBy(() => guest.root.setTimesAt({}, '.', now, now))).toBe('read-only');
    expect(thrownBy(() => guest.root.setTimes(now, now))).toBe('read-only');
  });

  test('a mount point inside /app can be neither removed, renamed nor replaced', () => {
    const guest = withMount();
    guest.root.createDirectoryAt('app/d');
    expect(thrownBy(() => guest.root.removeDirectoryAt('app/vendor'))).toBe('busy');
    expect(thrownBy(() => guest.root.renameAt('app/vendor', guest.root, 'app/v'))).toBe('busy');
    expect(thrownBy(() => guest.root.renameAt('app/d', guest.root, 'app/vendor'))).toBe('busy');
    expect(thrownBy(() => guest.root.renameAt('app/d', guest.root, 'app/vendor/d'))).toBe('cross-device');
  });

  test('mounts are read like anything else, through .. and links too', () => {
    const guest = withMount();
    expect(guest.read('data/lib/alias')).toBe('x = 1');
    expect(guest.names('data/lib')).toEqual(['alias', 'pkg']);
    expect(guest.names('data')).toEqual(['lib']);
    expect(guest.read('app/vendor/pkg/../../vendor/pkg/mod.py')).toBe('x = 1');
    expect(guest.names('data/lib/..')).toEqual(['lib']);
  });

  test('mkdir of what exists says so even where nothing may be made', () => {
    const guest = withMount();
    expect(thrownBy(() => guest.root.createDirectoryAt('data'))).toBe('exist');
    expect(thrownBy(() => guest.root.createDirectoryAt('data/lib/pkg'))).toBe('exist');
  });

  test('the same file seen through two mounts has two inode numbers, each stable', () => {
    const guest = withMount();
    const hash = (path: string) => guest.root.metadataHashAt({}, path).lower;
    expect(hash('data/lib/pkg')).not.toBe(hash('app/vendor/pkg'));
    expect(hash('data/lib/pkg')).toBe(hash('data/lib/pkg/.'));
    expect(guest.directory('data/lib/pkg').metadataHash().lower).toBe(hash('data/lib/pkg'));
  });
});

describe('open files', () => {
  test('a removed file works until it is closed', () => {
    const guest = new Guest();
    guest.write('app/f', 'content');
    const file = guest.open('app/f');
    const stream = file.readViaStream(3n);
    guest.root.unlinkFileAt('app/f');
    expect(file.stat()).toMatchObject({ linkCount: 0n, size: 7n });
    drop(file);
    expect(guest.files.usage()).toEqual({ bytes: 7, files: 0 });
    expect(stream.read(100n)).toEqual(utf8('tent'));
    drop(stream);
    expect(guest.files.usage()).toEqual({ bytes: 0, files: 0 });
  });

  test('nothing is created in a removed directory', () => {
    const guest = new Guest();
    guest.root.createDirectoryAt('app/d');
    const directory = guest.directory('app/d');
    guest.root.removeDirectoryAt('app/d');
    expect(thrownBy(() => directory.createDirectoryAt('x'))).toBe('no-entry');
    expect(thrownBy(() => directory.openAt({}, 'x', { create: true }, { write: true }))).toBe('no-entry');
    guest.write('app/f', '');
    expect(thrownBy(() => guest.root.renameAt('app/f', directory, 'f'))).toBe('no-entry');
    expect(guest.read('app/f')).toBe('');
  });

  test('a directory that is changed while it is read comes to its end', () => {
    const guest = new Guest();
    for (const name of ['a', 'b', 'c']) guest.write(`app/${name}`, '');
    const entries = guest.directory('app').readDirectory();
    expect(entries.readDirectoryEntry()).toEqual({ type: 'regular-file', name: 'a' });
    for (const name of ['a', 'b', 'c']) guest.root.renameAt(`app/${name}`, guest.root, `app/${name}${name}`);
    expect(entries.readDirectoryEntry()?.name).toBe('aa');
    expect(entries.readDirectoryEntry()?.name).toBe('bb');
    expect(entries.readDirectoryEntry()).toBeUndefined();
  });

  test('entries that are renamed or removed as they come are each met once', () => {
    const guest = new Guest();
    for (const name of ['a', 'b', 'c']) guest.write(`app/${name}`, '');
    const met: (string | undefined)[] = [];
    const entries = guest.directory('app').readDirectory();
    for (let entry = entries.readDirectoryEntry(); entry; entry = entries.readDirectoryEntry()) {
      met.push(entry.name);
      guest.root.renameAt(`app/${entry.name}`, guest.root, `app/${entry.name}${entry.name}`);
    }
    expect(met).toEqual(['a', 'b', 'c']);
    const again = guest.directory('app').readDirectory();
    for (let entry = again.readDirectoryEntry(); entry; entry = again.readDirectoryEntry()) {
      guest.root.unlinkFileAt(`app/${entry.name}`);
      met.push(entry.name);
    }
    expect(met).toEqual(['a', 'b', 'c', 'aa', 'bb', 'cc']);
  });

  test('read tells the end; holes are zeros; sizes and offsets may be absurd', () => {
    const guest = new Guest({ limits: { fileSizeBytes: 1000 } });
    const file = guest.open('app/f', { create: true });
    file.write(utf8('ab'), 3n);
    expect(file.read(100n, 0n)).toEqual([new Uint8Array([0, 0, 0, 97, 98]), true]);
    expect(file.read(2n, 0n)).toEqual([new Uint8Array(2), false]);
    expect(file.read(2n, 3n)).toEqual([utf8('ab'), true]);
    expect(file.read(2n ** 64n - 1n, 2n ** 64n - 1n)).toEqual([new Uint8Array(0), true]);
    expect(file.read(0n, 1n)).toEqual([new Uint8Array(0), true]);
    for (const absurd of [1001n, 2n ** 53n, 2n ** 64n - 1n]) {
      expect(thrownBy(() => file.setSize(absurd))).toBe('file-too-large');
      expect(thrownBy(() => file.write(utf8('x'), absurd))).toBe('file-too-large');
    }
    file.setSize(4n);
    file.setSize(6n);
    expect(file.read(100n, 0n)[0]).toEqual(new Uint8Array([0, 0, 0, 97, 0, 0]));
  });

  test('without limits an impossible size is a full disk, not a crash', () => {
    const guest = new Guest();
    const file = guest.open('app/f', { create: true });
    expect(thrownBy(() => file.setSize(2n ** 45n))).toBe('insufficient-space');
    expect(guest.files.usage().bytes).toBe(0);
  });

  test('access follows the flags of the descriptor', () => {
    const guest = new Guest();
    guest.write('app/f', 'x');
    const reader = guest.open('app/f', {}, { read: true });
    const writer = guest.open('app/f', {}, { write: true });
    expect(thrownBy(() => reader.write(utf8('y'), 0n))).toBe('bad-descriptor');
    expect(thrownBy(() => reader.setSize(0n))).toBe('bad-descriptor');
    expect(thrownBy(() => reader.appendViaStream())).toBe('bad-descriptor');
    expect(thrownBy(() => writer.read(1n, 0n))).toBe('bad-descriptor');
    expect(thrownBy(() => writer.readDirectory())).toBe('not-directory');
    expect(thrownBy(() => writer.statAt({}, 'x'))).toBe('not-directory');
    expect(thrownBy(() => guest.directory('app').read(1n, 0n))).toBe('is-directory');
    expect(thrownBy(() => guest.open('app', {}, { write: true }))).toBe('is-directory');
    expect(reader.getFlags()).toEqual({ read: true });
    expect(reader.isSameObject(writer)).toBe(true);
  });

  test('the descriptor limit is exact, and dropping makes room', () => {
    const guest = new Guest({}, { limits: { descriptors: 16 } });
    guest.write('app/f', 'x');
    const open = Array.from({ length: 16 }, () => guest.open('app/f'));
    expect(thrownBy(() => guest.open('app/f'))).toBe('quota');
    expect(thrownBy(() => guest.open('app/new', { create: true }))).toBe('quota');
    for (const file of open) drop(file);
    expect(guest.read('app/f')).toBe('x');
    expect(guest.names('app')).toEqual(['f']);
  });

  test('times are kept to the nanosecond', () => {
    const guest = new Guest();
    guest.write('app/f', '');
    const time = { seconds: 12n, nanoseconds: 345 };
    guest.root.setTimesAt({}, 'app/f', { tag: 'timestamp', val: time }, unchanged);
    expect(guest.root.statAt({}, 'app/f').dataAccessTimestamp).toEqual(time);
    const future = { tag: 'timestamp', val: { seconds: 2n ** 64n - 1n, nanoseconds: 0 } } as const;
    guest.root.setTimesAt({}, 'app/f', unchanged, future);
    expect(guest.root.statAt({}, 'app/f').dataModificationTimestamp?.seconds).toBe(2n ** 53n - 1n);
    const wrong = { tag: 'timestamp', val: { seconds: 0n, nanoseconds: 1e9 } } as const;
    expect(thrownBy(() => guest.root.setTimesAt({}, 'app/f', wrong, unchanged))).toBe('invalid');
  });
});
