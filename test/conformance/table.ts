/**
 * The form of the conformance table (seed 004 §8): cases are data, read by `suite.ts` and carried out by the targets.
 */
import type { Encoding, LanguageKind, Limits } from 'golem-exec';

export const languages: readonly LanguageKind[] = ['python', 'javascript'];

/** What a case is carried out against: the TypeScript host, or a bare component in Wasmtime. */
export type TargetName = 'host' | 'wasmtime';

/** A value of its own for each language. */
export interface Pair<T> {
  readonly python: T;
  readonly javascript: T;
}

/** One value for both languages, or one for each. */
export type Both<T> = T | Pair<T>;

export function pick<T>(value: Both<T>, language: LanguageKind): T {
  return isPair(value) ? value[language] : value;
}

function isPair<T>(value: Both<T>): value is Pair<T> {
  return typeof value === 'object' && value !== null && 'python' in value;
}

export interface FileRow {
  readonly name: Both<string>;
  readonly content: Both<string | Uint8Array>;
  readonly encoding?: Encoding;
}

/** The first file of a request: the program, under its usual name. */
export function main(python: string, javascript: string): FileRow {
  return { name: mainName, content: { python, javascript } };
}

export const mainName: Pair<string> = { python: 'main.py', javascript: 'main.mjs' };

/** What every kind of run can be given. */
export interface RunInput {
  readonly stdin?: string;
  readonly args?: readonly string[];
  readonly env?: readonly (readonly [string, string])[];
  /** Those that the contract does not have are for the host alone. */
  readonly limits?: Partial<Limits>;
}

/** `executor.run`. */
export interface RequestRow extends RunInput {
  readonly files: readonly FileRow[];
  readonly version?: string;
  /** Asks for a language that the target does not speak. */
  readonly foreign?: true;
}

/** `session.run`. */
export interface EntryRow extends RunInput {
  readonly entrypoint: Both<string>;
}

export type Arm =
  | 'ok'
  | 'unsupported-language'
  | 'compilation-failed'
  | 'runtime-failed'
  | 'timeout'
  | 'resource-exceeded'
  | 'internal';

/** What a call must come to. What is not named is checked against what every such call has in common (`check.ts`). */
export interface Expected {
  /** `ok` when absent. */
  readonly arm?: Arm;
  readonly stdout?: Both<string | RegExp>;
  /** Empty for `ok` when absent. */
  readonly stderr?: Both<string | RegExp>;
  /** 0 for `ok` when absent, 1 for a stage that failed. */
  readonly exitCode?: Both<number>;
  /** Of `internal`. */
  readonly message?: string | RegExp;
  /** The part of a malformed request that `internal("invalid request: …")` names, as each target calls it. */
  readonly field?: string | Readonly<Record<TargetName, string>>;
  /** Of the host's `details`. */
  readonly reason?: string;
  /** How often the output of a streamed run goes over from one stream to the other, its beginning included. */
  readonly interleaved?: number;
  /** What `download` gives. */
  readonly bytes?: string | Uint8Array;
  /** What `list-files` gives. */
  readonly names?: Both<readonly string[]>;
}

/** Where a case does not apply, and why. */
export interface Exception {
  readonly target: TargetName;
  readonly language?: LanguageKind;
  readonly because: string;
}

interface Row {
  readonly name: string;
  readonly except?: readonly Exception[];
}

/** The four ways to run a program; a bare component streams through its pull shim. */
export type Way = 'run' | 'stream' | 'session' | 'session-stream';
export const allWays: readonly Way[] = ['run', 'stream', 'session', 'session-stream'];

/** One run. */
export interface RunCase extends Row, RequestRow {
  /** Only `run` when absent. */
  readonly ways?: readonly Way[];
  readonly expect: Expected;
}

/** One call in a session; `in` tells sessions apart. */
export type Step = { readonly in?: string; readonly expect?: Expected } & (
  | { readonly upload: FileRow }
  | { readonly run: EntryRow }
  | { readonly stream: EntryRow }
  | { readonly download: Both<string> }
  | { readonly list: string }
  | { readonly cd: string }
  | { readonly close: true }
  /** `executor.run`, outside all sessions. */
  | { readonly stateless: RequestRow }
);

/** Calls in one or more sessions. Steps in a list of their own are begun together. */
export interface SessionCase extends Row {
  readonly steps: readonly (Step | readonly Step[])[];
}

export type Case = RunCase | SessionCase;

/** Milliseconds that a program which never ends is given. */
export const shortly = 200;
