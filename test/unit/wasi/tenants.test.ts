import { describe, expect, test } from 'vitest';
import { createWasiWorld, FileTree, WasiTrap } from '../../../host/src/wasi/index.ts';
import { chunks, drop, interfacesOf, TestPlatform, TextSink, tenant, text, thrownBy, utf8 } from './support.ts';

function makeWorld() {
  const world = createWasiWorld(new TestPlatform());
  return { world, wasi: interfacesOf(world) };
}

function treeWith(content: string): FileTree {
  const files = new FileTree();
  files.write('/app/f', utf8(content));
  return files;
}

describe('tenants of one world', () => {
  test('handles from the start-up serve each tenant in turn', () => {
    const { world, wasi } = makeWorld();
    const stdin = wasi['wasi:cli/stdin'].getStdin();
    const stdout = wasi['wasi:cli/stdout'].getStdout();
    const [preopen] = wasi['wasi:filesystem/preopens'].getDirectories();
    for (const who of ['one', 'two']) {
      const sink = new TextSink();
      world.begin(tenant({ stdin: chunks(who), stdout: sink, files: treeWith(who) }));
      stdout.write(stdin.blockingRead(10n));
      expect(sink.text).toBe(who);
      const file = preopen?.[0].openAt({}, 'app/f', {}, { read: true });
      expect(text(file?.read(10n, 0n)[0] ?? utf8(''))).toBe(who);
      expect(world.end()).toEqual({ intact: true, leaked: 1 });
    }
  });

  test('what was one tenant’s answers errors afterwards, whoever is there', () => {
    const { world, wasi } = makeWorld();
    const old = treeWith('old');
    world.begin(tenant({ files: old }));
    const preopen = wasi['wasi:filesystem/preopens'].getDirectories()[0]?.[0];
    const file = preopen?.openAt({}, 'app/f', {}, { read: true, write: true });
    const directory = preopen?.openAt({}, 'app', {}, { read: true });
    const entries = directory?.readDirectory();
    const input = file?.readViaStream(0n);
    const output = file?.writeViaStream(0n);
    const pollable = wasi['wasi:clocks/monotonic-clock'].subscribeDuration(0n);
    const stdinReady = wasi['wasi:cli/stdin'].getStdin().subscribe();
    world.end();

    const useOld = () => {
      for (const call of [
        () => file?.read(1n, 0n),
        () => file?.write(utf8('x'), 0n),
        () => file?.stat(),
        () => file?.readViaStream(0n),
        () => directory?.openAt({}, 'f', {}, { read: true }),
        () => directory?.statAt({}, 'f'),
        () => entries?.readDirectoryEntry(),
      ]) {
        expect(thrownBy(call)).toBe('bad-descriptor');
      }
      expect(thrownBy(() => input?.read(1n))).toEqual({ tag: 'closed' });
      expect(thrownBy(() => output?.checkWrite())).toEqual({ tag: 'closed' });
      expect(thrownBy(() => output?.write(utf8('x')))).toEqual({ tag: 'closed' });
      expect(thrownBy(() => pollable.ready())).toBeInstanceOf(WasiTrap);
      expect(thrownBy(() => stdinReady.block())).toBeInstanceOf(WasiTrap);
    };
    useOld();
    expect(thrownBy(() => preopen?.statAt({}, 'app'))).toBe('bad-descriptor');
    world.begin(tenant({ files: treeWith('new') }));
    useOld();
    expect(text(old.read('/app/f'))).toBe('old');
    expect(preopen?.statAt({}, 'app').type).toBe('directory');
  });

  test('a tenant that drops a handle from before it leaves the instance unfit', () => {
    const { world, wasi } = makeWorld();
    const stdout = wasi['wasi:cli/stdout'].getStdout();
    world.begin(tenant());
    drop(wasi['wasi:cli/stdout'].getStdout());
    expect(world.end()).toEqual({ intact: true, leaked: 0 });
    world.begin(tenant());
    drop(stdout);
    expect(world.end()).toEqual({ intact: false, leaked: 0 });
  });

  test('the end gives back what open files held', () => {
    const { world, wasi } = makeWorld();
    const files = treeWith('12345');
    world.begin(tenant({ files }));
    const preopen = wasi['wasi:filesystem/preopens'].getDirectories()[0]?.[0];
    const file = preopen?.openAt({}, 'app/f', {}, { read: true });
    file?.readViaStream(0n);
    preopen?.unlinkFileAt('app/f');
    expect(files.usage().bytes).toBe(5);
    world.end();
    expect(files.usage().bytes).toBe(0);
  });

  test('without a tenant streams are closed, files bad, the environment empty; clocks work', () => {
    const { world, wasi } = makeWorld();
    expect(world.end()).toEqual({ intact: true, leaked: 0 });
    expect(wasi['wasi:cli/environment'].getEnvironment()).toEqual([]);
    expect(thrownBy(() => wasi['wasi:cli/stdout'].getStdout().checkWrite())).toEqual({ tag: 'closed' });
    expect(thrownBy(() => wasi['wasi:cli/stdin'].getStdin().read(1n))).toEqual({ tag: 'closed' });
    expect(thrownBy(() => wasi['wasi:filesystem/preopens'].getDirectories()[0]?.[0].stat())).toBe('bad-descriptor');
    expect(wasi['wasi:clocks/wall-clock'].now()).toEqual({ seconds: 1_800_000_000n, nanoseconds: 7 });
    expect(wasi['wasi:clocks/monotonic-clock'].subscribeDuration(0n).ready()).toBe(true);
  });

  test('handles cannot be piled up without end', () => {
    const { world, wasi } = makeWorld();
    world.begin(tenant({ limits: { descriptors: 16 } }));
    const pile = () => {
      for (let count = 0; count < 1000; count++) wasi['wasi:clocks/monotonic-clock'].subscribeDuration(0n);
    };
    expect(thrownBy(pile)).toBeInstanceOf(WasiTrap);
    expect(world.end().leaked).toBeLessThan(200);
  });

  test('a handle that the component made up answers errors', () => {
    const { world, wasi } = makeWorld();
    world.begin(tenant());
    const made = <T extends object>(prototype: T): T => Object.create(prototype) as T;
    const descriptor = made(wasi['wasi:filesystem/types'].Descriptor.prototype);
    expect(thrownBy(() => descriptor.statAt({}, 'app'))).toBe('bad-descriptor');
    expect(thrownBy(() => descriptor.read(1n, 0n))).toBe('bad-descriptor');
    expect(thrownBy(() => descriptor.openAt({}, 'app', {}, {}))).toBe('bad-descriptor');
    const { InputStream, OutputStream } = wasi['wasi:io/streams'];
    expect(thrownBy(() => made(InputStream.prototype).read(1n))).toEqual({ tag: 'closed' });
    expect(thrownBy(() => made(OutputStream.prototype).write(utf8('x')))).toEqual({ tag: 'closed' });
    expect(thrownBy(() => made(InputStream.prototype).subscribe())).toBeInstanceOf(WasiTrap);
    expect(thrownBy(() => made(wasi['wasi:io/poll'].Pollable.prototype).block())).toBeInstanceOf(WasiTrap);
    drop(descriptor);
    expect(world.end().intact).toBe(true);
  });

  test('one tenant at a time', () => {
    const { world } = makeWorld();
    world.begin(tenant());
    expect(() => world.begin(tenant())).toThrow('call end first');
  });
});
