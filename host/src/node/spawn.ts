import { Worker } from 'node:worker_threads';
import type { WorkerListener, WorkerSetup, WorkerThread } from '../pool/index.ts';

/**
 * Native stack of a worker in MiB. CPython's C recursion (repr, json, deallocation) needs this much to end in
 * RecursionError before the stack does; only what is used is ever touched.
 */
const stackSizeMb = 256;

const entry = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** Starts a worker thread. It holds no environment, no arguments and no standard input of the process. */
export function spawnWorker(setup: WorkerSetup, listener: WorkerListener): WorkerThread {
  const worker = new Worker(entry, {
    workerData: setup,
    argv: [],
    env: {},
    execArgv: [],
    stdin: false,
    resourceLimits: { stackSizeMb },
  });
  let failure: Error | undefined;
  worker.on('message', (message: unknown) => listener.message(message));
  // What cannot be read is none of the protocol's.
  worker.on('messageerror', () => listener.message(undefined));
  worker.on('error', (error: unknown) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  worker.on('exit', () => listener.exit(failure));
  return {
    post: (message) => worker.postMessage(message),
    terminate: async () => {
      await worker.terminate();
    },
  };
}
