import type { LanguageKind } from '../types.ts';
import type { SharedPack } from '../vendor/index.ts';

/** A transpiled component as plain data that threads can share. */
export interface ComponentFiles {
  readonly language: LanguageKind;
  /** How messages name the component. */
  readonly origin: string;
  /** Tells its versions apart: heap images are tied to it. */
  readonly id: string;
  /** Of a component in place of the built one: the interfaces it imports, without versions. */
  readonly replacement?: { readonly imports: readonly string[] };
  /** The packages that its programs find mounted. */
  readonly packages?: SharedPack;
  /** URL of the JavaScript module that jco made (`instantiation: 'sync'`). */
  readonly moduleUrl: string;
  /** The compiled core modules by the file names that module asks for. */
  readonly modules: Readonly<Record<string, WebAssembly.Module>>;
}

type Payload<T> = T | undefined;

/** `stage-result` as jco lifts it. */
export interface LiftedStage {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: Payload<number>;
  readonly signal: Payload<string>;
}

/** `result` as jco lifts it. */
export interface LiftedResult {
  readonly compile: Payload<LiftedStage>;
  readonly run: LiftedStage;
  readonly timeMs: Payload<bigint>;
  readonly memoryBytes: Payload<bigint>;
}

/** `error` as jco lifts it; it is thrown. */
export type LiftedError =
  | { readonly tag: 'unsupported-language' | 'timeout' | 'resource-exceeded'; readonly val?: undefined }
  | { readonly tag: 'compilation-failed' | 'runtime-failed'; readonly val: LiftedStage }
  | { readonly tag: 'internal'; readonly val: string };

/** `limits` as jco lowers it. */
export interface LoweredLimits {
  readonly timeMs: Payload<bigint>;
  readonly memoryBytes: Payload<bigint>;
  readonly fileSizeBytes: Payload<bigint>;
  readonly maxProcesses: Payload<number>;
}

/** The `session` resource of an instance. */
export interface GuestSession {
  run(
    entrypoint: string,
    args: readonly string[],
    stdin: string | undefined,
    env: readonly (readonly [string, string])[],
    constraints: LoweredLimits | undefined,
  ): LiftedResult;
  setWorkingDir(path: string): void;
  close(): void;
  [Symbol.dispose](): void;
}

/**
 * A table of resource handles, the host's objects by their representation, and the last representation that was given
 * out (`exposeHandles` of the transpiler).
 */
export type HandleTable = readonly [
  handles: number[] & { _createdReps: Set<number> },
  objects: Map<number, object>,
  last: { value: number },
];

/** The interface of a component that the engine calls. */
const sessionsInterface = 'golem:exec/sessions@1.0.0';

/** The interfaces that a component must export to be one. */
export const requiredExports: readonly string[] = ['golem:exec/executor@1.0.0', sessionsInterface];

/** Makes a session in an instance. */
export type SessionConstructor = new (lang: {
  readonly kind: LanguageKind;
  readonly version: string | undefined;
}) => GuestSession;

/** The exports of an instantiated component that the engine uses. */
export interface ComponentExports {
  readonly $handles?: readonly HandleTable[];
  readonly [sessionsInterface]?: { readonly Session?: SessionConstructor };
}

/** @throws {Error} for a component that exports another interface under that name. */
export function sessionConstructor(exports: ComponentExports): SessionConstructor {
  const Session = exports[sessionsInterface]?.Session;
  const calls = ['run', 'setWorkingDir', 'close'] as const;
  if (typeof Session !== 'function' || calls.some((name) => typeof Session.prototype[name] !== 'function')) {
    throw new Error(`its ${sessionsInterface} is not the contract's: there is no resource session with run`);
  }
  return Session;
}

/** The module that jco makes of a component. */
export interface TranspiledModule {
  instantiate(
    getCoreModule: (path: string) => WebAssembly.Module,
    imports: Readonly<Record<string, object>>,
    instantiateCore: (module: WebAssembly.Module, imports?: WebAssembly.Imports) => WebAssembly.Instance,
  ): ComponentExports;
}

/** Loads the JavaScript part of a component. */
export async function loadTranspiled(component: ComponentFiles): Promise<TranspiledModule> {
  const module: unknown = await import(component.moduleUrl);
  if (typeof module !== 'object' || module === null || !('instantiate' in module)) {
    throw new Error('its JavaScript module is not a transpiled component');
  }
  return module as TranspiledModule;
}
