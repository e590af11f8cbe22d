import type { HeapImage } from './engine/index.ts';
import type { ExecError } from './errors.ts';
import type { Limits } from './limits.ts';
import type { TreeImage } from './wasi/index.ts';

/** The languages a program can be written in; `language-kind` of `golem:exec/types`. */
export type LanguageKind = 'javascript' | 'python';

/** How `content` is written: `utf8` (the default) as it is, `base64` and `hex` as encoded text. */
export type Encoding = 'utf8' | 'base64' | 'hex';

/** A file for the working directory. */
export interface FileInput {
  /** Relative to the working directory, or absolute inside `/app`. Parent folders are made. */
  readonly name: string;
  /** Text (encoded as UTF-8) or bytes. With `base64` and `hex` this is the encoded text. */
  readonly content: string | Uint8Array;
  readonly encoding?: Encoding;
}

/** Environment variables: a record or `[name, value]` pairs; of a repeated name the last value holds. */
export type EnvironmentInput = Readonly<Record<string, string>> | readonly (readonly [string, string])[];

/** Files that a program finds in a folder of their own and can read, not change. They are the run's, and not kept. */
export interface MountInput {
  /** Absolute path of the folder, such as `/data`: not `/app` or `/tmp` themselves, and nothing in `/app` that has files. */
  readonly path: string;
  /** Their names are relative to `path`. */
  readonly files: readonly FileInput[];
}

/** One stateless run. */
export interface ExecRequest {
  readonly language: LanguageKind;
  /** Accepted and ignored: each component holds one engine. */
  readonly version?: string;
  /** The first file is the program; the others are its modules and data. */
  readonly files: readonly FileInput[];
  /** What the program reads from standard input; nothing when absent. */
  readonly stdin?: string | Uint8Array;
  readonly args?: readonly string[];
  readonly env?: EnvironmentInput;
  /** Folders that the program can read and not change. */
  readonly mounts?: readonly MountInput[];
  readonly limits?: Partial<Limits>;
  /** Stops the run; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What one stage of a program left behind; `stage-result` of `golem:exec/types`. */
export interface StageResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Low 8 bits of the exit code; absent when a signal ended the stage. */
  readonly exitCode?: number;
  /** `SIGABRT` or `SIGSEGV` for a trap, `SIGKILL` for a run that was stopped. */
  readonly signal?: string;
}

/** What every run reports, whether it succeeded or not. */
export interface RunReport {
  /** The parse/bytecode stage; absent when the run never came to it. */
  readonly compile?: StageResult;
  /** The run stage as far as it came. */
  readonly run: StageResult;
  /** Wall-clock time of the run in milliseconds. */
  readonly timeMs: number;
  /** Linear memory of the instance at the end of the run, in bytes, its image included. */
  readonly memoryBytes: number;
  /** Units of fuel spent; absent where the component is not metered. */
  readonly fuel?: number;
  /** Whether standard output was cut at `outputBytes` or `stdoutBytes`. */
  readonly stdoutTruncated: boolean;
  /** Whether standard error was cut at `outputBytes` or `stderrBytes`. */
  readonly stderrTruncated: boolean;
  /** In a session, where the request asks for it: what the run did to the files. */
  readonly changes?: FileChanges;
  /** In a session that persists its globals, after a completed run: the names of values that could not be saved. */
  readonly stateSkipped?: readonly string[];
}

/** Files and links that differ before and after a run: absolute paths, sorted. */
export interface FileChanges {
  readonly created: readonly string[];
  /** Written, or given other times. */
  readonly modified: readonly string[];
  readonly removed: readonly string[];
}

/** A file, folder or link of a workspace. */
export interface FileInfo {
  /** Absolute guest path. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link';
  /** Bytes of a file, or of a link's target; 0 for a folder. */
  readonly size: number;
  /** Milliseconds since 1970; a program can set it. */
  readonly modifiedMs: number;
}

/** A completed run, whatever its exit code; `result` of `golem:exec/types`. */
export type ExecResult = RunReport;

/** One event of a streaming run; `exec-event` of `golem:exec/types`. The last one is `finished` or `failed`. */
export type ExecEvent =
  | { readonly tag: 'stdout-chunk'; readonly val: Uint8Array }
  | { readonly tag: 'stderr-chunk'; readonly val: Uint8Array }
  | { readonly tag: 'finished'; readonly val: ExecResult }
  | { readonly tag: 'failed'; readonly val: ExecError };

/**
 * What of a session lives on from run to run. `workspace`: the files; each run gets a fresh interpreter. `globals`: also
 * Python's module globals and JavaScript's `_state`, as far as JSON can hold them, in `/app/.session_state.json`; a run
 * that does not complete leaves them as they were. `heap`: the
 * interpreter too, with its variables, functions and classes, as in a notebook; files that a program left open are
 * closed, and random numbers begin anew. A run that was stopped leaves the heap as the run before it did.
 */
export type Persistence = 'workspace' | 'globals' | 'heap';

/** How to open a session. */
export interface SessionOptions {
  readonly language: LanguageKind;
  /** Accepted and ignored: each component holds one engine. */
  readonly version?: string;
  /** `workspace` when absent. */
  readonly persist?: Persistence;
  /** Limits of each run where it names none. */
  readonly limits?: Partial<Limits>;
  /** Environment of each run; the run's own variables come before these. */
  readonly env?: EnvironmentInput;
}

/**
 * A session as plain data, for structured clone and storage: `Session.snapshot` makes it, `Executor.restore` opens
 * sessions with it. Treat it as immutable, for its bytes are not copied.
 */
export interface SessionImage {
  readonly version: 1;
  readonly language: LanguageKind;
  readonly persist: Persistence;
  /** Absolute path inside `/app`. */
  readonly workingDir: string;
  /** The limits that the session was opened with; the executor's hold for the others. */
  readonly limits: Partial<Limits>;
  /** Environment of each run. */
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly files: TreeImage;
  /** The interpreter of a session that persists its heap; absent before its first run. Of one component only. */
  readonly heap?: HeapImage;
}

/** How many runs a session had. */
export interface RunCounts {
  /** Runs that completed, whatever their exit code. */
  readonly completed: number;
  /** Runs that ended with an error. */
  readonly failed: number;
}

/** One run in a session: a file of its workspace, or code. */
export interface SessionRunRequest {
  /** Path of the program, relative to the session's working directory. */
  readonly entrypoint?: string;
  /** The program itself, in place of `entrypoint`. */
  readonly code?: string;
  readonly stdin?: string | Uint8Array;
  readonly args?: readonly string[];
  readonly env?: EnvironmentInput;
  /** Folders that the program can read and not change. */
  readonly mounts?: readonly MountInput[];
  readonly limits?: Partial<Limits>;
  /** Whether the result tells which files the run created, modified and removed (`changes`). */
  readonly trackFiles?: boolean;
  /** Stops the run; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Code to evaluate in a session. */
export type EvaluateRequest = Omit<SessionRunRequest, 'entrypoint' | 'code'>;

/**
 * A value as data: what JSON holds, and for what it lacks an object with `$type` and `value`, in the conventions of
 * docs/SESSIONS.md (`{ $type: 'bigint', value: '0xff' }`).
 */
export type DataValue =
  | null
  | boolean
  | number
  | string
  | readonly DataValue[]
  | { readonly [name: string]: DataValue };

/** What an expression came to: data, or text where it has no form as data, which `reason` tells. */
export type EvaluatedValue =
  | { readonly kind: 'data'; readonly data: DataValue }
  /** At most 10,000 characters: what `repr` gives in Python, `util.inspect` in JavaScript. */
  | { readonly kind: 'text'; readonly text: string; readonly reason: string };

/** A completed run with the value of its last expression. */
export interface EvaluateResult extends ExecResult {
  /** `None` (as null) or `undefined` where the code does not end with an expression; absent where it ended before. */
  readonly value?: EvaluatedValue;
}
