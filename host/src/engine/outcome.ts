import type { ErrorDetails, ExecErrorTag } from '../errors.ts';
import type { TreeImage } from '../wasi/index.ts';
import type { HeapImage } from './heap.ts';

/** How a run ended, as plain data. What the program printed travels separately, live. */
export interface RunOutcome {
  /** `ok` for a completed run, whatever its exit code. */
  readonly tag: 'ok' | ExecErrorTag;
  /** What happened, where no stage's text says it. */
  readonly message?: string;
  /** Whether the compile stage was passed. */
  readonly compiled: boolean;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly timeMs: number;
  readonly memoryBytes: number;
  /** Units of fuel spent; absent for a component that is not metered. */
  readonly fuel?: number;
  /** The workspace as the run left it, where the job asks for it. */
  readonly workspace?: TreeImage;
  /** The interpreter's heap, where the job goes on from run to run and the run left it in order. */
  readonly heap?: HeapImage;
  /** What the component answered as the program's value, where the job asks for it; a text of its making. */
  readonly value?: string;
  /** Whether the component saved the program's globals, where the job keeps them: it puts a new file in the old one's place. */
  readonly savedGlobals?: boolean;
  /** The limit of the file system that refused something, if one did. */
  readonly exceededLimit?: string;
  readonly stdoutTruncated: boolean;
  readonly stderrTruncated: boolean;
  readonly details?: ErrorDetails;
}

/** Why a run is stopped from outside; the number is what stands in shared memory. */
export const stopReason = { timeout: 1, cancelled: 2 } as const;
export type StopReason = keyof typeof stopReason;

/** Every reason to stop a run. */
export type EndReason = StopReason | 'fuel' | 'memory';

/** Thrown through the guest to end its run. The instance it passed through must not be entered again. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';
  readonly reason: EndReason;

  constructor(reason: EndReason) {
    super(`run stopped: ${reason}`);
    this.reason = reason;
  }
}
