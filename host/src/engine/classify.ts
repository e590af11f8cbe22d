import { GuestExit } from '../wasi/index.ts';
import type { LiftedError, LiftedResult, LiftedStage } from './component.ts';
import { type EndReason, type RunOutcome, RunStopped } from './outcome.ts';

/** The part of an outcome that the way a call ended tells. */
export type Ending = Pick<
  RunOutcome,
  'tag' | 'compiled' | 'message' | 'exitCode' | 'signal' | 'stdout' | 'stderr' | 'details'
>;

/** Whether the instance may be entered again after such an end. */
export interface Classified {
  readonly ending: Ending;
  readonly reusable: boolean;
}

/** The ending of a call that returned. */
export function completed(result: LiftedResult): Classified {
  return { ending: { tag: 'ok', compiled: result.compile !== undefined, ...stageFields(result.run) }, reusable: true };
}

/**
 * The ending of a call that threw: an arm of the contract's `error`, the guest's exit, a stop from outside, or a
 * trap. Whatever a guest does is never `internal`.
 */
export function failed(thrown: unknown): Classified {
  if (thrown instanceof GuestExit) {
    return { ending: { tag: 'ok', compiled: true, exitCode: thrown.exitCode & 0xff }, reusable: false };
  }
  if (thrown instanceof RunStopped) {
    return { ending: stopped(thrown.reason), reusable: false };
  }
  const error = liftedError(thrown);
  if (error !== undefined) return { ending: fromArm(error), reusable: true };
  if (thrown instanceof WebAssembly.RuntimeError || isStackOverflow(thrown)) {
    const aborted = thrown instanceof WebAssembly.RuntimeError && thrown.message.includes('unreachable');
    const signal = aborted ? 'SIGABRT' : 'SIGSEGV';
    return {
      ending: { tag: 'runtime-failed', compiled: true, signal, details: { reason: 'trap' } },
      reusable: false,
    };
  }
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { ending: { tag: 'internal', compiled: false, message }, reusable: false };
}

function stopped(reason: EndReason): Ending {
  const killed = { compiled: true, signal: 'SIGKILL' } as const;
  switch (reason) {
    case 'timeout':
      return { ...killed, tag: 'timeout' };
    case 'fuel':
      return { ...killed, tag: 'resource-exceeded', details: { reason: 'fuel' } };
    case 'cancelled':
      return { ...killed, tag: 'internal', message: 'the run was cancelled' };
  }
}

function isStackOverflow(thrown: unknown): boolean {
  return thrown instanceof RangeError && thrown.message.includes('call stack');
}

/** jco throws an error arm as it is, or wrapped with the arm as `payload`. */
function liftedError(thrown: unknown): LiftedError | undefined {
  const arm = typeof thrown === 'object' && thrown !== null && 'payload' in thrown ? thrown.payload : thrown;
  if (typeof arm !== 'object' || arm === null || arm instanceof Error || !('tag' in arm)) return undefined;
  return arm as LiftedError;
}

function fromArm(error: LiftedError): Ending {
  switch (error.tag) {
    case 'compilation-failed':
      return { tag: error.tag, compiled: false, ...stageFields(error.val) };
    case 'runtime-failed':
      return { tag: error.tag, compiled: true, ...stageFields(error.val) };
    case 'internal':
      return { tag: error.tag, compiled: false, message: error.val };
    case 'resource-exceeded':
      return { tag: error.tag, compiled: true, signal: 'SIGKILL', details: { reason: 'memory' } };
    case 'timeout':
      return { tag: error.tag, compiled: true, signal: 'SIGKILL' };
    case 'unsupported-language':
      return { tag: error.tag, compiled: false, message: 'the component is of another language' };
  }
}

function stageFields(stage: LiftedStage): Pick<Ending, 'exitCode' | 'signal' | 'stdout' | 'stderr'> {
  return {
    ...(stage.exitCode === undefined ? {} : { exitCode: stage.exitCode }),
    ...(stage.signal === undefined ? {} : { signal: stage.signal }),
    ...(stage.stdout === '' ? {} : { stdout: stage.stdout }),
    ...(stage.stderr === '' ? {} : { stderr: stage.stderr }),
  };
}
