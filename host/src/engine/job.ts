import type { Limits } from '../limits.ts';
import type { LanguageKind } from '../types.ts';
import type { TreeImage } from '../wasi/index.ts';
import type { HeapImage } from './heap.ts';

/** A file for the workspace: absolute guest path and bytes. */
export interface JobFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Files that are shown read-only in a folder of their own. */
export interface JobMount {
  /** Absolute guest path of the folder. */
  readonly path: string;
  /** With absolute paths inside that folder, as if it were the top. */
  readonly files: readonly JobFile[];
}

/** A checked run as plain data: all that an engine needs. */
export interface EngineJob {
  readonly language: LanguageKind;
  /** What the workspace holds at first: the files of a stateless run, or the workspace of a session. */
  readonly workspace:
    | { readonly kind: 'files'; readonly files: readonly JobFile[] }
    | { readonly kind: 'image'; readonly image: TreeImage };
  /** What the run finds besides it, read-only. */
  readonly mounts?: readonly JobMount[];
  /** Whether the outcome must hold the workspace as the run left it. */
  readonly keepWorkspace: boolean;
  /**
   * For a program that goes on where the last run of its session ended: the interpreter's heap, or `fresh` for the
   * first run. The outcome then holds the heap after the run.
   */
  readonly heap?: HeapImage | 'fresh';
  /** Whether the component keeps the program's globals in a file of the workspace. */
  readonly keepsGlobals?: boolean;
  /** Whether the outcome must hold the value of the program's last expression. */
  readonly evaluates?: boolean;
  /** The working directory: an absolute path inside the workspace. */
  readonly folder: string;
  /** Path of the program relative to the working directory; of no meaning with `code`. */
  readonly entrypoint: string;
  /** The program itself, where it is no file of the workspace. */
  readonly code?: Uint8Array;
  readonly args: readonly string[];
  readonly env: readonly (readonly [string, string])[];
  readonly stdin: Uint8Array;
  readonly limits: Limits;
}
