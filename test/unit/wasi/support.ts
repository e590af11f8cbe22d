import type * as Environment from '@bytecodealliance/preview2-shim/interfaces/wasi-cli-environment';
import type * as Exit from '@bytecodealliance/preview2-shim/interfaces/wasi-cli-exit';
import type * as Stderr from '@bytecodealliance/preview2-shim/interfaces/wasi-cli-stderr';
import type * as Stdin from '@bytecodealliance/preview2-shim/interfaces/wasi-cli-stdin';
import type * as Stdout from '@bytecodealliance/preview2-shim/interfaces/wasi-cli-stdout';
import type * as MonotonicClock from '@bytecodealliance/preview2-shim/interfaces/wasi-clocks-monotonic-clock';
import type * as WallClock from '@bytecodealliance/preview2-shim/interfaces/wasi-clocks-wall-clock';
import type * as Preopens from '@bytecodealliance/preview2-shim/interfaces/wasi-filesystem-preopens';
import type * as Filesystem from '@bytecodealliance/preview2-shim/interfaces/wasi-filesystem-types';
import type * as Poll from '@bytecodealliance/preview2-shim/interfaces/wasi-io-poll';
import type * as Streams from '@bytecodealliance/preview2-shim/interfaces/wasi-io-streams';
import type * as Random from '@bytecodealliance/preview2-shim/interfaces/wasi-random-random';
import {
  type ByteSink,
  type ByteSource,
  createWasiWorld,
  FileTree,
  type FileTreeOptions,
  type Platform,
  type Tenant,
  type WasiWorld,
} from '../../../host/src/wasi/index.ts';

/** The interfaces under test, with the types that a transpiled component is generated against. */
export interface Interfaces {
  readonly 'wasi:cli/environment': typeof Environment;
  readonly 'wasi:cli/exit': typeof Exit & { exitWithCode(code: number): void };
  readonly 'wasi:cli/stdin': typeof Stdin;
  readonly 'wasi:cli/stdout': typeof Stdout;
  readonly 'wasi:cli/stderr': typeof Stderr;
  readonly 'wasi:clocks/monotonic-clock': typeof MonotonicClock;
  readonly 'wasi:clocks/wall-clock': typeof WallClock;
  readonly 'wasi:filesystem/preopens': typeof Preopens;
  readonly 'wasi:filesystem/types': typeof Filesystem;
  readonly 'wasi:io/poll': typeof Poll;
  readonly 'wasi:io/streams': typeof Streams;
  readonly 'wasi:random/random': typeof Random;
}

export function interfacesOf(world: WasiWorld): Interfaces {
  return world.imports as unknown as Interfaces;
}

/** A platform whose clock stands still but for `wait`, which takes no time. */
export class TestPlatform implements Platform {
  now = 1_000n;
  readonly waits: bigint[] = [];

  monotonicNow(): bigint {
    return this.now;
  }

  wallClock() {
    return { seconds: 1_800_000_000n, nanoseconds: 7 };
  }

  wait(untilNs: bigint): void {
    this.waits.push(untilNs);
    this.now = untilNs;
  }

  random(length: number): Uint8Array {
    return new Uint8Array(length).fill(length % 251);
  }
}

/** A sink that keeps what it was given as text. */
export class TextSink implements ByteSink {
  text = '';

  write(bytes: Uint8Array): void {
    this.text += new TextDecoder().decode(bytes);
  }
}

/** A source that gives the chunks one by one. */
export function chunks(...texts: string[]): ByteSource {
  const pending = texts.map(utf8);
  return { read: () => pending.shift() ?? null };
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export function tenant(parts: Partial<Tenant> = {}): Tenant {
  return {
    files: new FileTree(),
    stdin: chunks(),
    stdout: new TextSink(),
    stderr: new TextSink(),
    environment: [],
    arguments: [],
    limits: { descriptors: 64 },
    ...parts,
  };
}

/** What a call throws; `undefined` if it returns. An error code is thrown as a bare string. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

const readWrite = { read: true, write: true };

/** A guest with a tree of its own: wasi:filesystem through the preopened `/`, with relative paths. */
export class Guest {
  readonly platform = new TestPlatform();
  readonly world = createWasiWorld(this.platform);
  readonly wasi = interfacesOf(this.world);
  readonly files: FileTree;
  readonly root: Filesystem.Descriptor;

  constructor(options: FileTreeOptions = {}, parts: Partial<Tenant> = {}) {
    this.files = parts.files ?? new FileTree(options);
    this.world.begin(tenant({ ...parts, files: this.files }));
    const [preopen] = this.wasi['wasi:filesystem/preopens'].getDirectories();
    if (preopen === undefined) throw new Error('no preopen');
    this.root = preopen[0];
  }

  open(path: string, flags: Filesystem.OpenFlags = {}, access: Filesystem.DescriptorFlags = readWrite, follow = true) {
    return this.root.openAt({ symlinkFollow: follow }, path, flags, access);
  }

  /** Opens a directory for reading. */
  directory(path: string): Filesystem.Descriptor {
    return this.open(path, { directory: true }, { read: true });
  }

  write(path: string, content: string | Uint8Array, offset = 0): void {
    const file = this.open(path, { create: true }, { write: true });
    try {
      file.write(typeof content === 'string' ? utf8(content) : content, BigInt(offset));
    } finally {
      drop(file);
    }
  }

  read(path: string): string {
    const file = this.open(path, {}, { read: true });
    try {
      return text(file.read(1n << 40n, 0n)[0]);
    } finally {
      drop(file);
    }
  }

  names(path: string): string[] {
    const directory = this.directory(path);
    const entries = directory.readDirectory();
    const names: string[] = [];
    for (let next = entries.readDirectoryEntry(); next !== undefined; next = entries.readDirectoryEntry()) {
      names.push(next.name);
    }
    drop(entries);
    drop(directory);
    return names.sort();
  }

  kind(path: string, follow = false): string {
    return this.root.statAt({ symlinkFollow: follow }, path).type;
  }
}

/** What a transpiled component does when the guest drops a handle. */
export function drop(resource: object): void {
  (resource as Disposable)[Symbol.dispose]();
}
