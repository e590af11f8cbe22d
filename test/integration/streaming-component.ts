import { randomFillSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { paths } from '../../build/lib/paths.ts';
import { createWasiWorld, FileTree } from '../../host/src/wasi/index.ts';

/** An event of `stream<exec-event>`, as jco lifts it. */
export type LiftedEvent =
  | { readonly tag: 'stdout-chunk' | 'stderr-chunk'; readonly val: Uint8Array }
  | { readonly tag: 'finished'; readonly val: { readonly run: Stage } }
  | { readonly tag: 'failed'; readonly val: { readonly tag: string; readonly val?: unknown } };
interface Stage {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode?: number;
}
interface GuestFile {
  readonly name: string;
  readonly content: Uint8Array;
}
type Program = readonly [
  stdin: string | undefined,
  args: readonly string[],
  env: readonly [],
  limits: Limits | undefined,
];
interface Limits {
  readonly timeMs?: bigint;
}
type RunArguments = readonly [language: { readonly kind: string }, files: readonly GuestFile[], ...Program];

interface StreamingExports {
  readonly executor: {
    run(...request: RunArguments): { readonly run: Stage } | Promise<{ readonly run: Stage }>;
    runStreaming(...request: RunArguments): Promise<AsyncIterable<LiftedEvent>>;
  };
  readonly sessions: {
    readonly Session: new (language: {
      readonly kind: string;
    }) => {
      upload(file: GuestFile): void;
      listFiles(dir: string): string[];
      close(): void;
      runStreaming(entrypoint: string, ...program: SessionProgram): Promise<AsyncIterable<LiftedEvent>>;
    };
  };
}
type SessionProgram = readonly [
  args: readonly string[],
  stdin: string | undefined,
  env: readonly [],
  limits: undefined,
];

/** Time that passes when a test says so. A guest that waits leaves the thread to the test. */
export class ManualClock {
  // A whole millisecond: timers count in them.
  nowNs = 1_000_000n;
  readonly #sleepers = new Set<() => void>();
  readonly #onSleep = new Set<() => void>();

  advance(milliseconds: number): void {
    this.nowNs += BigInt(milliseconds) * 1_000_000n;
    for (const wake of this.#sleepers) wake();
  }

  /** Settles once the guest waits. */
  async asleep(): Promise<void> {
    if (this.#sleepers.size === 0) await new Promise<void>((resolve) => this.#onSleep.add(resolve));
  }

  async sleepUntil(instantNs: bigint): Promise<void> {
    while (this.nowNs < instantNs) {
      for (const tell of this.#onSleep) tell();
      this.#onSleep.clear();
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#sleepers.delete(wake);
          resolve();
        };
        this.#sleepers.add(wake);
      });
    }
  }
}

/** wasi:clocks and wasi:io/poll over a clock, with a `block` that suspends the guest and not the thread. */
function waitingImports(clock: ManualClock): Record<string, object> {
  class Pollable {
    readonly #instantNs: bigint;
    constructor(instantNs: bigint) {
      this.#instantNs = instantNs;
    }
    ready(): boolean {
      return clock.nowNs >= this.#instantNs;
    }
    block(): Promise<void> {
      return clock.sleepUntil(this.#instantNs);
    }
  }
  return {
    'wasi:io/poll': { Pollable },
    'wasi:clocks/monotonic-clock': {
      now: () => clock.nowNs,
      subscribeInstant: (instantNs: bigint) => new Pollable(instantNs),
    },
  };
}

/** A component with `run-streaming` as a host with WASI 0.3 has it; jco and JSPI make one of Node. */
export class StreamingComponent implements AsyncDisposable {
  readonly #folder: string;
  readonly #modules: ReadonlyMap<string, WebAssembly.Module>;

  readonly #suspends: boolean;

  private constructor(folder: string, modules: ReadonlyMap<string, WebAssembly.Module>, suspends: boolean) {
    this.#folder = folder;
    this.#modules = modules;
    this.#suspends = suspends;
  }

  /** With `suspends` a program that waits leaves the thread to the test; without, its waiting takes no time. */
  static async load(language: string, { suspends }: { readonly suspends: boolean }): Promise<StreamingComponent> {
    const component = await readFile(join(paths.components, `exec-${language}-streaming.wasm`));
    const { files } = await transpileBytes(component, {
      name: 'streaming',
      instantiation: 'async',
      base64Cutoff: 0,
      emitTypescriptDeclarations: false,
      asyncMode: 'jspi',
      asyncImports: suspends ? ['wasi:io/poll#[method]pollable.block'] : [],
      // Not asynchronous in WIT, but their programs wait too.
      asyncExports: suspends ? ['golem:exec/executor#run', 'golem:exec/sessions#[method]session.run'] : [],
    });
    const folder = await mkdtemp(join(tmpdir(), 'golem-exec-streaming-'));
    const modules = new Map<string, WebAssembly.Module>();
    for (const [file, bytes] of Object.entries(files)) {
      if (file.endsWith('.wasm')) modules.set(file, await WebAssembly.compile(Buffer.from(bytes)));
      else await writeFile(join(folder, file.replace(/\.js$/, '.mjs')), bytes);
    }
    return new StreamingComponent(folder, modules, suspends);
  }

  /** A new instance with a world of its own. */
  async instantiate(clock: ManualClock): Promise<StreamingExports & { readonly files: FileTree }> {
    const world = createWasiWorld({
      monotonicNow: () => clock.nowNs,
      wallClock: () => ({ seconds: 0n, nanoseconds: 0 }),
      wait: (untilNs) => {
        if (this.#suspends) throw new Error('the guest would block the thread');
        clock.nowNs = untilNs;
      },
      random: (length) => randomFillSync(new Uint8Array(length)),
    });
    const files = new FileTree({ writable: ['/app', '/tmp'] });
    const closed = { write: () => {} };
    world.begin({
      files,
      stdin: { read: () => null },
      stdout: closed,
      stderr: closed,
      environment: [],
      arguments: [],
      initialCwd: '/app',
      limits: { descriptors: 1024 },
    });
    const { instantiate } = (await import(pathToFileURL(join(this.#folder, 'streaming.mjs')).href)) as {
      instantiate(
        module: (path: string) => WebAssembly.Module | undefined,
        imports: object,
        instantiateCore: (module: WebAssembly.Module, imports: WebAssembly.Imports) => Promise<WebAssembly.Instance>,
      ): Promise<StreamingExports>;
    };
    const exports = await instantiate(
      (path) => this.#modules.get(path),
      { ...world.imports, ...(this.#suspends ? waitingImports(clock) : {}) },
      (module, imports) => WebAssembly.instantiate(module, imports),
    );
    return { executor: exports.executor, sessions: exports.sessions, files };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
