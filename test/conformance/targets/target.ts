import type { LanguageKind } from 'golem-exec';
import type { Arm, EntryRow, FileRow, RequestRow, TargetName } from '../table.ts';

/** What a call came to, in one form for both targets. */
export interface Answer {
  readonly arm: Arm;
  /** The stage that decided; absent where the arm carries none. */
  readonly stage?: Stage;
  /** The compile stage of a run that got past it. */
  readonly compile?: Stage;
  readonly message?: string;
  /** Of a malformed request, on the host. */
  readonly field?: string;
  readonly reason?: string;
  readonly timeMs?: number;
  readonly memoryBytes?: number;
  readonly bytes?: Uint8Array;
  readonly names?: readonly string[];
  /** Of a run that was streamed. */
  readonly events?: readonly StreamEvent[];
}

export interface Stage {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode?: number;
  readonly signal?: string;
}

export type StreamEvent =
  | { readonly tag: 'stdout-chunk' | 'stderr-chunk'; readonly bytes: Uint8Array }
  | { readonly tag: 'finished' | 'failed' };

/** One session of the contract. */
export interface SessionCalls {
  upload(file: FileRow): Promise<Answer>;
  run(request: EntryRow): Promise<Answer>;
  stream(request: EntryRow): Promise<Answer>;
  download(path: string): Promise<Answer>;
  list(path: string): Promise<Answer>;
  cd(path: string): Promise<Answer>;
  close(): Promise<Answer>;
}

/** Where the calls of one case go. */
export interface Place extends AsyncDisposable {
  run(request: RequestRow): Promise<Answer>;
  stream(request: RequestRow): Promise<Answer>;
  session(options: { foreign?: true }): Promise<SessionCalls>;
}

export interface Target {
  readonly name: TargetName;
  /** @param memoryBytes the most memory that any call of the case may use. */
  place(language: LanguageKind, memoryBytes: number | undefined): Promise<Place>;
  close(): Promise<void>;
}

/** @returns the answer that streamed events make up: that of the last one. */
export function streamed(events: readonly StreamEvent[], end: Answer): Answer {
  return { ...end, events };
}

/** All bytes of one stream, as text. */
export function printed(events: readonly StreamEvent[], tag: 'stdout-chunk' | 'stderr-chunk'): string {
  return Buffer.concat(events.flatMap((event) => (event.tag === tag ? [event.bytes] : []))).toString();
}
