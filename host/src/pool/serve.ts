import { Engine, type EnginePlatform } from '../engine/index.ts';
import type { LanguageKind } from '../types.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './protocol.ts';
import { RingWriter, type StreamNumber } from './ring.ts';

/** What a worker thread lends the loop that serves it. */
export interface WorkerHost {
  readonly setup: WorkerSetup;
  readonly platform: EnginePlatform & {
    /** Blocks until the reader of the output ring may have moved on from `readSeen`, or throws to stop the run. */
    waitForReader(readSeen: number): void;
  };
  post(message: FromWorker): void;
  /** Calls back when the thread has nothing else to do. */
  defer(work: () => void): void;
}

/**
 * The worker's side of the protocol: loads components and runs one job after the other.
 *
 * @returns the receiver of messages from the main thread.
 */
export function serveWorker(host: WorkerHost): (message: ToWorker) => void {
  const engines = new Map<LanguageKind, Engine>();
  const ring = new RingWriter(
    host.setup.control,
    (readSeen) => host.platform.waitForReader(readSeen),
    () => host.post({ kind: 'output' }),
  );
  const sink = (stream: StreamNumber) => ({ write: (bytes: Uint8Array) => ring.write(stream, bytes) });
  const stdout = sink(1);
  const stderr = sink(2);

  return (message) => {
    if (message.kind === 'load') {
      const { language } = message.component;
      Engine.load(message.component, host.platform).then(
        (engine) => {
          engines.set(language, engine);
          host.post({ kind: 'loaded', language });
        },
        (error: unknown) => host.post({ kind: 'load-failed', language, message: reasonOf(error) }),
      );
      return;
    }
    const { id, job, live, ring: ownRing } = message;
    const engine = engines.get(job.language);
    // The pool loads before it runs; a run without its engine is a fault of ours, and ends the worker.
    if (engine === undefined) throw new Error(`no engine for ${job.language} was loaded`);
    ring.begin(live, job.limits.bufferedBytes, ownRing);
    host.post({ kind: 'outcome', id, outcome: engine.run(job, stdout, stderr) });
    if (!host.setup.keepReady) return;
    host.defer(() => {
      try {
        engine.prepare();
      } catch {
        // The next run instantiates anew and reports what is wrong.
      }
    });
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error && error.name === 'Error' ? error.message : String(error);
}
