import type { Limits } from '../limits.ts';
import { openPack, type ReadPack } from '../vendor/index.ts';
import {
  type ByteSink,
  createWasiWorld,
  FileTree,
  type Platform,
  type SharedTree,
  type WasiWorld,
} from '../wasi/index.ts';
import {
  abortedForMemory,
  believed,
  type Classified,
  completed,
  type Ending,
  failed,
  type ReturnedText,
  withValue,
} from './classify.ts';
import {
  type ComponentExports,
  type ComponentFiles,
  type GuestSession,
  type LoweredLimits,
  loadTranspiled,
  type SessionConstructor,
  sessionConstructor,
  type TranspiledModule,
} from './component.ts';
import { InstanceControl } from './control.ts';
import { type HeapImage, holdsTooMuch } from './heap.ts';
import { InstanceImage } from './image.ts';
import type { EngineJob } from './job.ts';
import { type RunOutcome, RunStopped } from './outcome.ts';
import { CutSink } from './sink.ts';
import { emptyJob, nowhere, tenantOf } from './tenant.ts';
import { globalsOf, type Program, remainsOf, workspaceOf } from './workspace.ts';

/** What the engine's thread lends it: the platform of the WASI world, and the control over the run under way. */
export interface EnginePlatform extends Platform {
  /** Marks the beginning of a run; from then on the platform stops the guest `timeMs` later. */
  beginRun(timeMs: number): void;
  /** Marks its end: nothing is stopped until the next one. */
  endRun(): void;
  /** Reads a part of the file of the vendored packages. */
  readonly readPack: ReadPack;
  /** Throws `RunStopped` when the run must end: its deadline passed, or it was cancelled. */
  checkStop(): void;
}

interface Instance {
  readonly exports: ComponentExports;
  readonly Session: SessionConstructor;
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
  /** What every run finds mounted: one tree for all of them. */
  readonly #mounts: ReadonlyMap<string, SharedTree>;
  #ready: Instance | undefined;
  /** The instance of the last run, where it may be put back. */
  #used: Instance | undefined;
  /** Whether a new instance makes a session before its image is taken. */
  #warms = true;
  #instantiated = false;

  private constructor(component: ComponentFiles, module: TranspiledModule, platform: EnginePlatform) {
    this.#component = component;
    this.#module = module;
    this.#platform = platform;
    const { packages } = component;
    let tree: FileTree | undefined;
    this.#mounts = new Map(packages && [[packages.mountPoint, () => (tree ??= openPack(packages, platform.readPack))]]);
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
    let files: FileTree;
    let program: Program;
    let instance: Instance;
    try {
      ({ files, program } = workspaceOf(job, this.#mounts));
      instance = this.#take();
      if (job.heap !== undefined && instance.image === undefined) instance = withImage(instance);
      if (job.evaluates === true && this.#component.replacement !== undefined) {
        throw new Error(`${this.#component.origin} cannot evaluate; run the code and let it print what is wanted`);
      }
    } catch (thrown) {
      const { ending, returned } = failed(thrown, false);
      if (returned !== undefined) stderr.write(new TextEncoder().encode(returned.stderr));
      return { ...ending, ...nothingRan };
    }
    const globals = globalsOf(job, files);
    const { control, world } = instance;
    if (control.memoryBytes > job.limits.memoryBytes) {
      this.#ready = instance;
      const message = `the interpreter alone takes ${control.memoryBytes} bytes of memory; raise limits.memoryBytes`;
      return { tag: 'resource-exceeded', message, details: { reason: 'memory' }, ...nothingRan };
    }
    const out = new CutSink(stdout, Math.min(job.limits.outputBytes, job.limits.stdoutBytes));
    const err = new CutSink(stderr, Math.min(job.limits.outputBytes, job.limits.stderrBytes));
    const began = this.#platform.monotonicNow();
    this.#platform.beginRun(job.limits.timeMs);
    const classified = this.#enter(instance, job, program, files, out, err);
    const timeMs = Number(this.#platform.monotonicNow() - began) / 1e6;
    this.#platform.endRun();
    const { intact } = world.end();
    if (classified.reusable && intact) this.#used = instance;
    const ending = this.#endingOf(classified, { timeMs, limits: job.limits, control, files });
    // A run that was stopped in the middle leaves the heap as the run before it did.
    const inOrder = job.heap !== undefined && endedInOrder(ending);
    const state = inOrder ? this.#used?.image?.difference() : undefined;
    const kept = state !== undefined && !holdsTooMuch(state);
    const heap = kept ? ({ version: 1, component: this.#component.id, ...state } as const) : undefined;
    return {
      ...(kept || state === undefined ? ending : tooManyHandles),
      ...remainsOf(job, program, files, globals),
      ...(heap === undefined ? {} : { heap }),
      ...(classified.value === undefined ? {} : { value: classified.value }),
      timeMs,
      memoryBytes: control.memoryBytes,
      fuel: control.spent,
      stdoutTruncated: out.truncated,
      stderrTruncated: err.truncated,
    };
  }

  /** The part of a run that is inside the guest. */
  #enter(
    instance: Instance,
    job: EngineJob,
    program: Program,
    files: FileTree,
    out: CutSink,
    err: CutSink,
  ): Classified {
    try {
      instance.world.begin(tenantOf(job, files, out, err, instance.control.pay));
      instance.control.begin(job.limits);
      if (typeof job.heap === 'object') this.#restoreHeap(instance, job.heap, job.limits);
      const session = new instance.Session({ kind: job.language, version: undefined });
      let classified: Classified;
      try {
        if (job.folder !== '/app') session.setWorkingDir(job.folder);
        const stdin = this.#stdinArgument(job);
        classified = completed(session.run(program.entrypoint, job.args, stdin, job.env, lowerLimits(job)));
        if (job.evaluates === true) classified = withValue(classified);
      } catch (thrown) {
        classified = abortedForMemory(failed(thrown, true), instance.control.refusedGrowth);
      }
      if (classified.returned !== undefined) passOn(classified.returned, out, err);
      // Not left to the collector: it would enter the instance at a time of its own choosing.
      if (classified.reusable && !disposed(session)) return { ...classified, reusable: false };
      return classified;
    } catch (thrown) {
      return failed(thrown, false);
    }
  }

  /** A component in place of ours was chosen by the user, and is believed. */
  #endingOf(
    { ending, claimed }: Classified,
    seen: { timeMs: number; limits: Limits; control: InstanceControl; files: FileTree },
  ): Ending {
    if (this.#component.replacement !== undefined) {
      return ending.tag === 'unsupported-language' ? { ...ending, ...this.#otherLanguage() } : ending;
    }
    if (claimed !== true) return ending;
    return believed(ending, {
      ...seen,
      refusedGrowth: seen.control.refusedGrowth,
      refusedFile: seen.files.exceededLimit !== undefined,
    });
  }

  /** Puts a session's heap into a new instance. */
  #restoreHeap({ image }: Instance, heap: HeapImage, limits: Limits): void {
    const { id, origin } = this.#component;
    if (image === undefined) throw new Error(`${origin} does not let its state be saved; use persist "workspace"`);
    if (heap.component !== id) {
      const advice = 'use the build that made it, or download the files and begin a new session';
      throw new Error(`the heap of the session is of another component than ${origin}; ${advice}`);
    }
    if (heap.memories.reduce((total, { size }) => total + size, 0) > limits.memoryBytes) throw new RunStopped('memory');
    image.apply(heap);
  }

  #take(): Instance {
    this.prepare();
    const instance = this.#ready;
    this.#ready = undefined;
    if (instance === undefined) throw new Error('prepare makes an instance or throws');
    return instance;
  }

  #instantiate(): Instance {
    const instance = this.#create();
    if (!this.#warms) return instance;
    try {
      const intact = this.#warm(instance);
      // The first instance serves the first run only, which would wait for its image; the next one is made afterwards.
      const first = !this.#instantiated;
      this.#instantiated = true;
      return intact && !first ? withImage(instance) : instance;
    } catch (error) {
      // The contract does not say that a session which runs nothing can be made: a component in place of ours that
      // does not bear it gets a new instance for each run.
      if (this.#component.replacement === undefined) throw error;
      this.#warms = false;
      return this.#create();
    }
  }

  #create(): Instance {
    const world = createWasiWorld(this.#platform);
    const missing = this.#component.replacement?.imports.filter((name) => !Object.hasOwn(world.imports, name)) ?? [];
    if (missing.length > 0) throw new Error(`it imports what this host does not lend: ${missing.join(', ')}`);
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
    return { exports, Session: sessionConstructor(exports), world, control, image: undefined };
  }

  /**
   * The first call of an export makes CPython's bindings initialise themselves: what they do then is part of the image.
   * No program has run yet.
   *
   * @returns whether an image of the instance can be put back.
   */
  #warm({ Session, world }: Instance): boolean {
    world.begin(tenantOf(emptyJob, new FileTree(), nowhere, nowhere));
    const session = new Session({ kind: this.#component.language, version: undefined });
    session.close();
    session[Symbol.dispose]();
    return world.end().intact;
  }

  /**
   * A component in place of ours may know only the contract's argument and not wasi:cli's stream. Text that is not
   * UTF-8 cannot travel that way.
   */
  #stdinArgument({ stdin }: EngineJob): string | undefined {
    if (this.#component.replacement === undefined || stdin.length === 0) return undefined;
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(stdin);
    } catch {
      return undefined;
    }
  }

  /** The request's language is one that this component was loaded for: it is the wrong component. */
  #otherLanguage(): Pick<RunOutcome, 'tag' | 'message'> {
    const { origin, language } = this.#component;
    return { tag: 'internal', message: `${origin} does not run ${language}: it is a component of another language` };
  }
}

/** The end of a run after which the heap cannot be kept: it stays as it was before. */
const tooManyHandles = {
  tag: 'resource-exceeded',
  compiled: true,
  exitCode: 1,
  message: 'the programs of the session left too many files open; close them, or begin a new session',
  details: { reason: 'handles' },
} as const;

/** What is reported of a run that did not come to begin. */
const nothingRan = {
  compiled: false,
  timeMs: 0,
  memoryBytes: 0,
  stdoutTruncated: false,
  stderrTruncated: false,
} as const;

/** Ends a session; false when its instance must not be entered again. */
function disposed(session: GuestSession): boolean {
  try {
    session.close();
    session[Symbol.dispose]();
    return true;
  } catch {
    return false;
  }
}

/** Output that a component returned counts as written, unless it wrote to that stream itself. */
function passOn({ stdout, stderr }: ReturnedText, out: CutSink, err: CutSink): void {
  const encoder = new TextEncoder();
  if (!out.used) out.write(encoder.encode(stdout));
  if (!err.used) err.write(encoder.encode(stderr));
}

function endedInOrder({ tag, signal }: Ending): boolean {
  return signal === undefined && (tag === 'ok' || tag === 'runtime-failed' || tag === 'compilation-failed');
}

/** The instance with its image; without one where not all of its state is within reach. */
function withImage(instance: Instance): Instance {
  return { ...instance, image: InstanceImage.take(instance.control, instance.exports.$handles) };
}

/**
 * The memory limit is the host's own affair: it refuses to grow the memory. CPython is told of it too, to tell a
 * MemoryError that has this reason from others.
 */
function lowerLimits({ language, limits }: EngineJob): LoweredLimits {
  return {
    timeMs: BigInt(limits.timeMs),
    memoryBytes: language === 'python' ? BigInt(limits.memoryBytes) : undefined,
    // Our own file system enforces it, and knows afterwards that it did.
    fileSizeBytes: undefined,
    maxProcesses: limits.maxProcesses,
  };
}
