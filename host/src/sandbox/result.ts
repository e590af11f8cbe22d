import type { ExecError, ExecErrorTag } from '../errors.ts';
import type { StructuredContent } from '../guidance/index.ts';
import type { ExecResult, LanguageKind, RunReport } from '../types.ts';
import type { CheckedPolicy } from './policy.ts';

/**
 * Why a run ended otherwise than by itself: `out_of_fuel`, `memory_limit`, `timeout`: a limit stopped it; `trap`: the
 * interpreter aborted; `host_error`: the host could not run it, or was asked to stop it. `proc_exit`: nothing stopped
 * it, the program chose an exit code other than 0.
 */
export type TrapReason = 'out_of_fuel' | 'memory_limit' | 'timeout' | 'trap' | 'proc_exit' | 'host_error';

/** What is known of a run beyond its output. The same fields in both languages. */
export interface SandboxMetadata {
  readonly runtime: LanguageKind;
  readonly sessionId: string;
  /** Whether the run was ended from outside of the program. */
  readonly trapped: boolean;
  readonly trapReason: TrapReason | null;
  /** The arm of the contract's `error`; null for a completed run, whatever its exit code. */
  readonly errorCode: ExecErrorTag | null;
  /** What happened, and what to do next; null for a completed run. */
  readonly errorMessage: string | null;
  /** `SIGABRT` or `SIGSEGV` of a trap, `SIGKILL` of a stopped run. */
  readonly signal: string | null;
  readonly memoryLimitBytes: number;
  readonly timeoutSeconds: number;
  readonly stdoutTruncated: boolean;
  readonly stderrTruncated: boolean;
  readonly autoPersistGlobals: boolean;
  /** With `autoPersistGlobals`: the names of values that could not be saved. */
  readonly stateSkipped: readonly string[];
  readonly filesRemoved: readonly string[];
}

/** The result of one `execute`, of the same structure for both runtimes (seeds 000 and 003). */
export interface SandboxResult {
  /** Whether the run completed with exit code 0. */
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** The program's own; 1 after an uncaught exception or a syntax error; 124 timeout, 137 fuel, memory or another resource, 134 and 139 traps, 130 cancelled, 70 the host failed. */
  readonly exitCode: number;
  readonly fuelConsumed: number;
  readonly fuelBudget: number;
  /** Linear memory at the end of the run, in bytes, the interpreter included. */
  readonly memoryUsedBytes: number;
  readonly durationMs: number;
  /** Absolute paths, sorted. */
  readonly filesCreated: readonly string[];
  readonly filesModified: readonly string[];
  /** The folder that the program sees its files in. */
  readonly workspacePath: string;
  readonly metadata: SandboxMetadata;
  /** Use of the fuel, and guidance after a failure. */
  readonly structuredContent: StructuredContent;
}

/** How a run ended: its report, and the error if it did not complete. */
export interface EndedExecution {
  readonly report: RunReport;
  readonly error?: ExecError;
}

/** Where a run happened. */
export interface ExecutionPlace {
  readonly runtime: LanguageKind;
  readonly sessionId: string;
  readonly policy: CheckedPolicy;
  readonly autoPersistGlobals: boolean;
}

/** All of a result but the guidance, which is made from it. */
export function resultOf(
  { report, error }: EndedExecution,
  { runtime, sessionId, policy, autoPersistGlobals }: ExecutionPlace,
): Omit<SandboxResult, 'structuredContent'> {
  const { run, compile, changes } = report;
  // A program that does not compile speaks in the first stage.
  const stage = error?.tag === 'compilation-failed' ? (compile ?? run) : run;
  const exitCode = exitCodeOf(stage.exitCode, stage.signal, error);
  const trapReason = trapReasonOf(error, exitCode);
  return {
    success: error === undefined && exitCode === 0,
    stdout: stage.stdout,
    stderr: stage.stderr,
    exitCode,
    fuelConsumed: report.fuel ?? 0,
    fuelBudget: policy.limits.fuel,
    memoryUsedBytes: report.memoryBytes,
    durationMs: report.timeMs,
    filesCreated: own(changes?.created),
    filesModified: own(changes?.modified),
    workspacePath: '/app',
    metadata: {
      runtime,
      sessionId,
      trapped: trapReason !== null && trapReason !== 'proc_exit',
      trapReason,
      errorCode: error?.tag ?? null,
      errorMessage: error?.message ?? null,
      signal: stage.signal ?? null,
      memoryLimitBytes: policy.limits.memoryBytes,
      timeoutSeconds: policy.limits.timeMs / 1000,
      stdoutTruncated: report.stdoutTruncated,
      stderrTruncated: report.stderrTruncated,
      autoPersistGlobals,
      stateSkipped: (report as ExecResult).stateSkipped ?? [],
      filesRemoved: own(changes?.removed),
    },
  };
}

/** Where the component keeps variables; no file of the program's. */
const stateFile = '/app/.session_state.json';

function own(paths: readonly string[] = []): readonly string[] {
  return paths.filter((path) => path !== stateFile);
}

/** The exit statuses of the command line (timeout(1), POSIX signals, BSD sysexits) where the program has none. */
function exitCodeOf(chosen: number | undefined, signal: string | undefined, error: ExecError | undefined): number {
  switch (error?.tag) {
    case undefined:
      return chosen ?? 0;
    case 'compilation-failed':
      return 1;
    case 'runtime-failed':
      return chosen ?? (signal === 'SIGSEGV' ? 139 : 134);
    case 'timeout':
      return 124;
    case 'resource-exceeded':
      return 137;
    case 'internal':
      return error?.details['reason'] === 'cancelled' ? 130 : 70;
    case 'unsupported-language':
      return 70;
  }
}

function trapReasonOf(error: ExecError | undefined, exitCode: number): TrapReason | null {
  switch (error?.tag) {
    case undefined:
      return exitCode === 0 ? null : 'proc_exit';
    case 'timeout':
      return 'timeout';
    case 'resource-exceeded':
      if (error?.details['reason'] === 'fuel') return 'out_of_fuel';
      return error?.details['reason'] === 'memory' ? 'memory_limit' : null;
    case 'runtime-failed':
      return error?.details['reason'] === 'trap' ? 'trap' : null;
    case 'compilation-failed':
      return null;
    default:
      return 'host_error';
  }
}
