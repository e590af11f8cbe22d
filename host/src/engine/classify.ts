import type { Limits } from '../limits.ts';
import { FileError, GuestExit } from '../wasi/index.ts';
import type { LiftedError, LiftedResult, LiftedStage } from './component.ts';
import { type EndReason, type RunOutcome, RunStopped } from './outcome.ts';

/** The part of an outcome that the way a call ended tells. */
export type Ending = Pick<RunOutcome, 'tag' | 'compiled' | 'message' | 'exitCode' | 'signal' | 'details'>;

/** Output that a component returned with its result instead of writing it: its text by stream. */
export type ReturnedText = Pick<LiftedStage, 'stdout' | 'stderr'>;

/** Whether the instance may be entered again after such an end. */
export interface Classified {
  readonly ending: Ending;
  readonly returned?: ReturnedText;
  /** The program's value as the component's text, where it was asked for. */
  readonly value?: string;
  readonly reusable: boolean;
  /** Whether the component says so, not the host. */
  readonly claimed?: boolean;
}

/** The ending of a call that returned. */
export function completed(result: LiftedResult): Classified {
  const { compile, run } = result;
  const returned = {
    stdout: `${compile?.stdout ?? ''}${run.stdout}`,
    stderr: `${compile?.stderr ?? ''}${run.stderr}`,
  };
  return { ending: { tag: 'ok', compiled: compile !== undefined, ...stageFields(run) }, returned, reusable: true };
}

/** Characters of a value that are handed on: more than any that is taken for one (`executor/evaluated.ts`). */
const mostOfValue = 4 * 2 ** 20;

/** What a component returned as output is the program's value: its output went to the streams. */
export function withValue({ returned, ...ended }: Classified): Classified {
  const value = returned?.stdout.slice(0, mostOfValue);
  return value === undefined || value === '' ? ended : { ...ended, value };
}

/**
 * The ending of a call that threw: an arm of the contract's `error`, the guest's exit, a stop from outside, or a
 * trap. Whatever a guest does is never `internal`.
 *
 * @param inGuest whether the program was running: then an error of the glue is the guest's doing, which gave it
 * something that cannot be lifted.
 */
export function failed(thrown: unknown, inGuest: boolean): Classified {
  if (thrown instanceof GuestExit) {
    return { ending: { tag: 'ok', compiled: true, exitCode: thrown.exitCode & 0xff }, reusable: false };
  }
  if (thrown instanceof RunStopped) {
    return { ending: stopped(thrown.reason), reusable: false };
  }
  if (thrown instanceof WorkspaceFull) {
    const { limit } = thrown;
    const message = `the files do not fit into the workspace: they meet limits.${limit}; send less or raise it`;
    return {
      ending: { tag: 'resource-exceeded', compiled: false, message, details: { reason: limit } },
      reusable: false,
    };
  }
  if (thrown instanceof FileError) {
    // The working directory of a session, which an earlier run removed.
    const message = `golem-exec: cannot use ${JSON.stringify(thrown.path)}: ${thrown.reason}`;
    const ending = { tag: 'runtime-failed', compiled: false, exitCode: 1, message } as const;
    return { ending, returned: { stdout: '', stderr: `${message}\n` }, reusable: false };
  }
  const error = liftedError(thrown);
  if (error !== undefined) {
    const returned = typeof error.val === 'object' ? { returned: error.val } : {};
    return { ending: fromArm(error), ...returned, reusable: true, claimed: true };
  }
  if (inGuest || thrown instanceof WebAssembly.RuntimeError || isStackOverflow(thrown)) {
    const fault = thrown instanceof WebAssembly.RuntimeError && !thrown.message.includes('unreachable');
    const aborted = !fault && !isStackOverflow(thrown);
    const signal = aborted ? 'SIGABRT' : 'SIGSEGV';
    return {
      ending: { tag: 'runtime-failed', compiled: true, signal, details: { reason: 'trap' } },
      reusable: false,
    };
  }
  const own = thrown instanceof Error && thrown.name === 'Error';
  const message = own ? thrown.message : String(thrown);
  return { ending: { tag: 'internal', compiled: false, message }, reusable: false };
}

/**
 * The ending of a run whose memory met its limit. Native code that cannot go on without a few more bytes aborts: that
 * is the limit's doing.
 */
export function abortedForMemory(classified: Classified, refusedGrowth: boolean): Classified {
  const { ending } = classified;
  if (!refusedGrowth || ending.tag !== 'runtime-failed' || ending.signal !== 'SIGABRT') return classified;
  return { ...classified, ending: { ...ending, tag: 'resource-exceeded', details: { reason: 'memory' } } };
}

/** The files that a run begins with do not fit into its limits. */
export class WorkspaceFull extends Error {
  override readonly name = 'WorkspaceFull';
  readonly limit: string;

  constructor(limit: string) {
    super(`the workspace meets its limit ${limit}`);
    this.limit = limit;
  }
}

/** What the host itself saw of a run. */
export interface Observed {
  readonly timeMs: number;
  readonly limits: Limits;
  /** Whether growing the memory was refused. */
  readonly refusedGrowth: boolean;
  /** Whether a limit of the file system refused something. */
  readonly refusedFile: boolean;
}

/**
 * Takes back what a component says of the host's own affairs and the host did not see: a hostile program may speak
 * through the component. It then counts as what it is, a program that failed.
 */
export function believed(ending: Ending, { timeMs, limits, refusedGrowth, refusedFile }: Observed): Ending {
  const seen =
    ending.tag === 'timeout'
      ? timeMs >= limits.timeMs
      : ending.tag === 'resource-exceeded'
        ? refusedGrowth || refusedFile
        : ending.tag !== 'internal' && ending.tag !== 'unsupported-language';
  if (seen) return ending;
  const claim = `${ending.tag}${ending.message === undefined ? '' : `: ${ending.message.slice(0, 200)}`}`;
  return { tag: 'runtime-failed', compiled: true, exitCode: 1, details: { reason: 'claim', claim } };
}

function stopped(reason: EndReason): Ending {
  const killed = { compiled: true, signal: 'SIGKILL' } as const;
  switch (reason) {
    case 'timeout':
      return { ...killed, tag: 'timeout' };
    case 'memory':
      return { ...killed, tag: 'resource-exceeded', details: { reason: 'memory' } };
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
      return { tag: error.tag, compiled: true, exitCode: 1, details: { reason: 'memory' } };
    case 'timeout':
      return { tag: error.tag, compiled: true, signal: 'SIGKILL' };
    case 'unsupported-language':
      return { tag: error.tag, compiled: false };
  }
}

/** The signals that the contract knows. */
const signals: ReadonlySet<string> = new Set(['SIGABRT', 'SIGSEGV', 'SIGKILL']);

function stageFields(stage: LiftedStage): Pick<Ending, 'exitCode' | 'signal'> {
  return {
    ...(stage.exitCode === undefined ? {} : { exitCode: stage.exitCode & 0xff }),
    ...(stage.signal !== undefined && signals.has(stage.signal) ? { signal: stage.signal } : {}),
  };
}
