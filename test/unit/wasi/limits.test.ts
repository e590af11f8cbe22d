import { describe, expect, test } from 'vitest';
import { FileError, FileTree } from '../../../host/src/wasi/index.ts';
import { drop, Guest, thrownBy, utf8 } from './support.ts';

describe('limits of a tree', () => {
  test('the workspace is full at its last byte', () => {
    const guest = new Guest({ limits: { workspaceBytes: 10 } });
    guest.write('app/a', '123456');
    guest.write('app/b', '1234');
    expect(thrownBy(() => guest.write('app/b', '5', 4))).toBe('insufficient-space');
    expect(thrownBy(() => guest.root.symlinkAt('x', 'app/l'))).toBe('insufficient-space');
    guest.write('app/b', '4321');
    expect(guest.files.exceededLimit).toBe('workspaceBytes');
    guest.root.unlinkFileAt('app/a');
    guest.root.symlinkAt('123456', 'app/l');
    expect(guest.files.usage()).toEqual({ bytes: 10, files: 2 });
  });

  test('holes count', () => {
    const guest = new Guest({ limits: { workspaceBytes: 100 } });
    guest.write('app/a', 'x', 99);
    expect(guest.files.usage().bytes).toBe(100);
    expect(thrownBy(() => guest.write('app/b', 'x'))).toBe('insufficient-space');
  });

  test('a file is too large one byte after its limit, and keeps what it had', () => {
    const guest = new Guest({ limits: { fileSizeBytes: 5 } });
    guest.write('app/a', '12345');
    const file = guest.open('app/a');
    expect(thrownBy(() => file.write(utf8('6'), 5n))).toBe('file-too-large');
    expect(thrownBy(() => file.setSize(6n))).toBe('file-too-large');
    expect(guest.read('app/a')).toBe('12345');
    expect(guest.files.exceededLimit).toBe('fileSizeBytes');
    guest.files.setLimits({ fileSizeBytes: 6 });
    expect(guest.files.exceededLimit).toBeUndefined();
    file.write(utf8('6'), 5n);
    expect(guest.read('app/a')).toBe('123456');
  });

  test('entries of every kind count, the skeleton does not', () => {
    const files = new FileTree({ limits: { files: 4 }, writable: ['/app', '/tmp', '/var/a/b/c/d'] });
    const guest = new Guest({}, { files });
    guest.root.createDirectoryAt('app/d');
    guest.write('app/f', '');
    guest.root.linkAt({}, 'app/f', guest.root, 'app/g');
    guest.root.symlinkAt('f', 'app/l');
    expect(thrownBy(() => guest.write('app/x', ''))).toBe('insufficient-space');
    expect(thrownBy(() => guest.root.createDirectoryAt('app/x'))).toBe('insufficient-space');
    expect(thrownBy(() => guest.root.linkAt({}, 'app/f', guest.root, 'app/x'))).toBe('insufficient-space');
    expect(files.exceededLimit).toBe('files');
    guest.root.renameAt('app/f', guest.root, 'app/x');
    files.mount('/data/lib', new FileTree());
    expect(files.usage().files).toBe(4);
    guest.root.renameAt('app/x', guest.root, 'app/l');
    expect(files.usage().files).toBe(3);
  });

  test('a stream reports a full disk as its last operation, with the code behind it', () => {
    const guest = new Guest({ limits: { workspaceBytes: 3 } });
    const file = guest.open('app/f', { create: true });
    const stream = file.writeViaStream(0n);
    stream.blockingWriteAndFlush(utf8('123'));
    const thrown = thrownBy(() => stream.write(utf8('4'))) as { tag: string; val: never };
    expect(thrown.tag).toBe('last-operation-failed');
    expect(guest.wasi['wasi:filesystem/types'].filesystemErrorCode(thrown.val)).toBe('insufficient-space');
    drop(stream);
    drop(file);
  });

  test('what the host writes counts too; a write that does not fit leaves the file as it was', () => {
    const files = new FileTree({ limits: { workspaceBytes: 8 } });
    files.write('/app/f', utf8('12345'));
    expect(thrownBy(() => files.write('/app/f', utf8('123456789')))).toMatchObject({ code: 'insufficient-space' });
    expect(files.read('/app/f')).toEqual(utf8('12345'));
    files.write('/app/f', utf8('12345678'));
    expect(files.usage().bytes).toBe(8);
    expect(thrownBy(() => files.write('/app/g', utf8('1')))).toBeInstanceOf(FileError);
  });

  test('a copy may hold more than limits lowered since allow', () => {
    const files = new FileTree();
    files.write('/app/f', utf8('12345'));
    files.setLimits({ workspaceBytes: 2, files: 1 });
    const copy = files.copy();
    expect(copy.usage()).toEqual({ bytes: 5, files: 1 });
    expect(thrownBy(() => copy.write('/app/g', utf8('1')))).toMatchObject({ code: 'insufficient-space' });
  });
});
