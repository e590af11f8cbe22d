import { defaultLimits, type Limits } from '../limits.ts';
import { type ByteSink, createWasiWorld, FileTree, type Platform, type Tenant, type WasiWorld } from '../wasi/index.ts';
import { type Classified, completed, failed } from './classify.ts';
import {
  type ComponentExports,
  type ComponentFiles,
  type LoweredLimits,
  loadTranspiled,
  type TranspiledModule,
} from './component.ts';
import { InstanceControl } from './control.ts';
import { InstanceImage } from './image.ts';
import type { EngineJob } from './job.ts';
import type { RunOutcome } from './outcome.ts';
import { CutSink } from './sink.ts';

/** What the engine's thread lends it: the platform of the WASI world, and the control over the run under way. */
export interface EnginePlatform extends Platform {
  /** Marks the beginning of a run; from then on the platform stops the guest `timeMs` later. */
  beginRun(timeMs: number): void;
  /** Marks its end: nothing is stopped until the next one. */
  endRun(): void;
  /** Throws `RunStopped` when the run must end: its deadline passed, or it was cancelled. */
  checkStop(): void;
}

/** The component's own configuration (wit/worlds.wit): the program's streams are the world's, live. */
const componentEnvironment = [['EXEC_STDIO', 'inherit']] as const;

interface Instance {
  readonly exports: ComponentExports;
  readonly world: WasiWorld;
  readonly control: InstanceControl;
  /** The instance as it was before its first run. */
  readonly image: InstanceImage | undefined;
}

/**
 * One language in one thread: a component with one instance, which is put back to its start-up image after each
 * run. An instance that cannot be put back is dropped for a new one.
 */
export class Engine {
  readonly #component: ComponentFiles;
  readonly #module: TranspiledModule;
  readonly #platform: EnginePlatform;
  #ready: Instance | undefined;
  /** The instance of the last run, where it may be put back. */
  #used: Instance | undefined;

  private constructor(component: ComponentFiles, module: TranspiledModule, platform: EnginePlatform) {
    this.#component = component;
    this.#module = module;
    this.#platform = platform;
  }

  /** Loads a component; the first instance is made with it. */
  static async load(component: ComponentFiles, platform: EnginePlatform): Promise<Engine> {
    const engine = new Engine(component, await loadTranspiled(component), platform);
    engine.prepare();
    return engine;
  }

  /** Makes the instance of the next run, so that the run does not wait for it. Throws what instantiation throws. */
  prepare(): void {
    if (this.#used?.image?.restore() === true) this.#ready ??= this.#used;
    this.#used = undefined;
    this.#ready ??= this.#instantiate();
  }

  /** Runs one program in an instance of its own. Never throws: whatever happens is an outcome. */
  run(job: EngineJob, stdout: ByteSink, stderr: ByteSink): RunOutcome {
    const out = new CutSink(stdout, job.limits.outputBytes);
    const err = new CutSink(stderr, job.limits.outputBytes);
    let began = this.#platform.monotonicNow();
    let instance: Instance | undefined;
    let files: FileTree | undefined;
    let classified: Classified;
    try {
      instance = this.#take();
      files = workspaceOf(job);
      began = this.#platform.monotonicNow();
      this.#platform.beginRun(job.limits.timeMs);
      instance.world.begin(tenantOf(job, files, out, err));
      instance.control.begin(job.limits);
      const session = new instance.exports.sessions.Session({ kind: job.language, version: undefined });
      try {
        if (job.folder !== '/app') session.setWorkingDir(job.folder);
        classified = completed(session.run(job.entrypoint, job.args, undefined, job.env, lowerLimits(job.limits)));
      } catch (thrown) {
        classified = failed(thrown);
      }
      // Not left to the collector: it would enter the instance at a time of its own choosing.
      if (classified.reusable) session[Symbol.dispose]();
    } catch (thrown) {
      classified = failed(thrown);
    }
    this.#platform.endRun();
    const remains = instance?.world.end();
    if (classified.reusable && remains?.intact === true) this.#used = instance;
    const timeMs = Number(this.#platform.monotonicNow() - began) / 1e6;
    return {
      ...classified.ending,
      ...(files === undefined ? {} : remainsOf(job, files)),
      timeMs,
      memoryBytes: instance?.control.memoryBytes ?? 0,
      ...(instance === undefined ? {} : { fuel: instance.control.spent }),
      stdoutTruncated: out.truncated,
      stderrTruncated: err.truncated,
    };
  }

  #take(): Instance {
    this.prepare();
    const instance = this.#ready;
    this.#ready = undefined;
    if (instance === undefined) throw new Error('prepare makes an instance or throws');
    return instance;
  }

  #instantiate(): Instance {
    const world = createWasiWorld(this.#platform);
    const control = new InstanceControl(() => this.#platform.checkStop());
    const exports = this.#module.instantiate(
      (path) => {
        const module = this.#component.modules[path];
        if (module === undefined) throw new Error(`the component has no core module ${path}; build it again`);
        return module;
      },
      world.imports,
      (module, imports) => control.instantiate(module, imports),
    );
    // The first call of an export makes CPython's bindings initialise themselves. What they do then is part of the
    // image; no program has run yet.
    world.begin(tenantOf(emptyJob, new FileTree(), nowhere, nowhere));
    const session = new exports.sessions.Session({ kind: this.#component.language, version: undefined });
    session.close();
    session[Symbol.dispose]();
    const { intact } = world.end();
    const image = intact ? InstanceImage.take(control, exports.$handles) : undefined;
    return { exports, world, control, image };
  }
}

const nowhere: ByteSink = { write: () => undefined };

const emptyJob = { stdin: new Uint8Array(0), limits: defaultLimits } as const;

function workspaceOf({ workspace, limits }: EngineJob): FileTree {
  const options = { writable: ['/app', '/tmp'], limits };
  if (workspace.kind === 'image') return FileTree.fromImage(workspace.image, options);
  const files = new FileTree(options);
  for (const { path, bytes } of workspace.files) files.write(path, bytes);
  return files;
}

/** What a run says of its files. `/tmp` belongs to the run and ends with it. */
function remainsOf(job: EngineJob, files: FileTree): Pick<RunOutcome, 'workspace' | 'exceededLimit'> {
  const { exceededLimit } = files;
  if (job.keepWorkspace) files.clear('/tmp');
  return {
    ...(exceededLimit === undefined ? {} : { exceededLimit }),
    ...(job.keepWorkspace ? { workspace: files.toSharedImage() } : {}),
  };
}

function tenantOf(
  job: Pick<EngineJob, 'stdin' | 'limits'>,
  files: FileTree,
  stdout: ByteSink,
  stderr: ByteSink,
): Tenant {
  return {
    files,
    stdin: bytesSource(job.stdin),
    stdout,
    stderr,
    environment: componentEnvironment,
    arguments: [],
    initialCwd: '/app',
    limits: { descriptors: job.limits.descriptors },
  };
}

function bytesSource(bytes: Uint8Array): Tenant['stdin'] {
  let at = 0;
  return {
    read: (most) => {
      if (at >= bytes.length) return null;
      const piece = bytes.subarray(at, at + most);
      at += piece.length;
      return piece;
    },
  };
}

function lowerLimits(limits: Limits): LoweredLimits {
  return {
    timeMs: BigInt(limits.timeMs),
    memoryBytes: BigInt(limits.memoryBytes),
    fileSizeBytes: BigInt(limits.fileSizeBytes),
    maxProcesses: limits.maxProcesses,
  };
}
