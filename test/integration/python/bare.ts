import { randomFillSync } from 'node:crypto';
import { InstanceControl } from '../../../host/src/engine/control.ts';
import type { ComponentFiles } from '../../../host/src/engine/index.ts';
import { loadBuiltComponent } from '../../../host/src/node/components.ts';
import { createWasiWorld, FileTree } from '../../../host/src/wasi/index.ts';

/** The component in one instance that is never put back: what any host of `golem:exec` gets. */
export interface BareInstance {
  readonly executor: { run(...request: RunArguments): LiftedResult };
  readonly sessions: { readonly Session: new (language: Language) => GuestSession };
  readonly pullStreaming: {
    run(...request: RunArguments): EventStream;
    sessionRun(session: GuestSession, ...run: Parameters<GuestSession['run']>): EventStream;
  };
  readonly run: { run(): void };
  /** The files it was lent; undefined when none were. */
  readonly files: FileTree | undefined;
  /** What went to wasi:cli's streams. */
  readonly output: () => { stdout: string; stderr: string };
}

export interface Language {
  readonly kind: 'python' | 'javascript';
}
export interface GuestFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly encoding?: 'utf8' | 'base64' | 'hex';
}
export type RunArguments = [
  lang: Language,
  files: readonly GuestFile[],
  stdin: string | undefined,
  args: readonly string[],
  env: readonly (readonly [string, string])[],
  constraints: { readonly timeMs?: bigint; readonly memoryBytes?: bigint } | undefined,
];
export interface Stage {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode?: number;
}
export interface LiftedResult {
  readonly compile?: Stage;
  readonly run: Stage;
  readonly timeMs?: bigint;
}
export interface EventStream {
  next(): { readonly tag: string; readonly val: unknown } | undefined;
}
export interface GuestSession {
  upload(file: GuestFile): void;
  run(
    entrypoint: string,
    args: readonly string[],
    stdin: string | undefined,
    env: readonly (readonly [string, string])[],
    constraints: undefined,
  ): LiftedResult;
  download(path: string): Uint8Array;
  listFiles(dir: string): string[];
  setWorkingDir(path: string): void;
  close(): void;
}

export interface BareOptions {
  /** The component's own environment. */
  readonly environment?: readonly (readonly [string, string])[];
  readonly arguments?: readonly string[];
  readonly stdin?: string;
  /** Whether a file system is lent. */
  readonly files?: boolean;
}

const blocked = new Int32Array(new SharedArrayBuffer(4));

interface Transpiled {
  instantiate(
    module: (path: string) => WebAssembly.Module,
    imports: object,
    instantiate: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance,
  ): Omit<BareInstance, 'files' | 'output'>;
}

/** What makes instances. Deep recursion is not for them: they live on the stack of the test's own thread. */
export async function bareInstances(language: Language['kind']): Promise<(options?: BareOptions) => BareInstance> {
  const component = await loadBuiltComponent(language);
  const transpiled = (await import(component.moduleUrl)) as Transpiled;
  return (options = {}) => instanceOf(component, transpiled, options);
}

/** Makes an instance of the Python component. */
export const bareInstance = await bareInstances('python');

function instanceOf(component: ComponentFiles, transpiled: Transpiled, options: BareOptions): BareInstance {
  const world = createWasiWorld({
    monotonicNow: () => process.hrtime.bigint(),
    wallClock: () => ({ seconds: BigInt(Math.floor(Date.now() / 1000)), nanoseconds: 0 }),
    wait: (until) => {
      Atomics.wait(blocked, 0, 0, Math.max(0, Number(until - process.hrtime.bigint()) / 1e6));
    },
    random: (length) => randomFillSync(new Uint8Array(length)),
  });
  const control = new InstanceControl(() => undefined);
  const exports = transpiled.instantiate(
    (path) => {
      const module = component.modules[path];
      if (module === undefined) throw new Error(`no core module ${path}`);
      return module;
    },
    world.imports,
    (module, imports) => control.instantiate(module, imports),
  );
  const files = options.files === false ? undefined : new FileTree({ writable: ['/app', '/tmp'] });
  const stdin = new TextEncoder().encode(options.stdin ?? '');
  let read = false;
  const written = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({
    write: (bytes: Uint8Array) => {
      written[name] += Buffer.from(bytes).toString();
    },
  });
  world.begin({
    files: files ?? new FileTree({ writable: [] }),
    stdin: {
      read: () => {
        const first = !read && stdin.length > 0;
        read = true;
        return first ? stdin : null;
      },
    },
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    environment: options.environment ?? [],
    arguments: options.arguments ?? [],
    ...(files === undefined ? {} : { initialCwd: '/app' }),
    limits: { descriptors: 1024 },
  });
  const { executor, sessions, pullStreaming, run } = exports;
  return { executor, sessions, pullStreaming, run, files, output: () => ({ ...written }) };
}

/** What a call threw: the arm of the contract's `error`. */
export function armOf(call: () => unknown): { tag: string; val?: unknown } {
  try {
    call();
  } catch (thrown) {
    const arm = thrown instanceof Error && 'payload' in thrown ? thrown.payload : thrown;
    if (typeof arm === 'object' && arm !== null && 'tag' in arm) return arm as { tag: string };
    throw thrown;
  }
  return { tag: 'ok' };
}
