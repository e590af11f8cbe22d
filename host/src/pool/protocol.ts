import type { ComponentFiles, EngineJob, RunOutcome } from '../engine/index.ts';
import type { LanguageKind } from '../types.ts';
import type { SharedControl } from './ring.ts';

/** What a worker is given when it starts. */
export interface WorkerSetup {
  readonly control: SharedControl;
  /** Whether an instance is made ready for the next run as soon as one has ended. */
  readonly keepReady: boolean;
}

/** From the main thread to a worker. One run at a time. */
export type ToWorker =
  | { readonly kind: 'load'; readonly component: ComponentFiles }
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly job: EngineJob;
      /** Whether somebody waits for the output while the program runs. */
      readonly live: boolean;
      /** Where its output goes, if it is allowed to buffer more than the worker's own ring holds. */
      readonly ring?: SharedControl['ring'];
    };

/** From a worker to the main thread. */
export type FromWorker =
  | { readonly kind: 'loaded'; readonly language: LanguageKind }
  | { readonly kind: 'load-failed'; readonly language: LanguageKind; readonly message: string }
  /** Output stands in the ring. */
  | { readonly kind: 'output' }
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: RunOutcome };

/** The thread behind a worker, as far as the pool needs it. */
export interface WorkerThread {
  post(message: ToWorker): void;
  /** Ends the thread at once, whatever it does. */
  terminate(): Promise<void>;
}

/** What a worker thread tells the pool. */
export interface WorkerListener {
  /** What the thread sent: a {@link FromWorker} unless a program has taken it over. */
  message(message: unknown): void;
  /** The thread ended, by itself or by `terminate`; called once. `error` is why, where that is known. */
  exit(error: Error | undefined): void;
}
