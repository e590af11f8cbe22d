import type { Limits } from '../limits.ts';
import type { LanguageKind } from '../types.ts';

/** A file for the workspace: absolute guest path and bytes. */
export interface JobFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A checked run as plain data: all that an engine needs. */
export interface EngineJob {
  readonly language: LanguageKind;
  readonly files: readonly JobFile[];
  /** Path of the program relative to the working directory. */
  readonly entrypoint: string;
  readonly args: readonly string[];
  readonly env: readonly (readonly [string, string])[];
  readonly stdin: Uint8Array;
  readonly limits: Limits;
}
