import type { FileChanges, RunReport, StageResult } from './types.ts';

/** The arms of `error` in `golem:exec/types`. */
export type ExecErrorTag =
  | 'unsupported-language'
  | 'compilation-failed'
  | 'runtime-failed'
  | 'timeout'
  | 'resource-exceeded'
  | 'internal';

/** Facts about a failure beyond the WIT arm: which limit, which reason. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/**
 * A run that did not complete. It carries the same fields as a successful result, so that nothing the program
 * printed is lost.
 */
export class ExecError extends Error implements RunReport {
  override readonly name = 'ExecError';
  /** The WIT arm. */
  readonly tag: ExecErrorTag;
  readonly compile?: StageResult;
  readonly run: StageResult;
  readonly timeMs: number;
  readonly memoryBytes: number;
  readonly fuel?: number;
  readonly stdoutTruncated: boolean;
  readonly stderrTruncated: boolean;
  readonly changes?: FileChanges;
  readonly details: ErrorDetails;

  constructor(tag: ExecErrorTag, message: string, report: RunReport = emptyReport, details: ErrorDetails = {}) {
    super(message);
    this.tag = tag;
    if (report.compile !== undefined) this.compile = report.compile;
    this.run = report.run;
    this.timeMs = report.timeMs;
    this.memoryBytes = report.memoryBytes;
    if (report.fuel !== undefined) this.fuel = report.fuel;
    this.stdoutTruncated = report.stdoutTruncated;
    this.stderrTruncated = report.stderrTruncated;
    if (report.changes !== undefined) this.changes = report.changes;
    this.details = details;
  }

  /** The payload of the WIT arm: a stage result, a message, or null. */
  get val(): StageResult | string | null {
    switch (this.tag) {
      case 'compilation-failed':
        return this.compile ?? this.run;
      case 'runtime-failed':
        return this.run;
      case 'internal':
        return this.message;
      default:
        return null;
    }
  }
}

/** The report of a run that never began. */
export const emptyReport: RunReport = Object.freeze({
  run: Object.freeze({ stdout: '', stderr: '' }),
  timeMs: 0,
  memoryBytes: 0,
  stdoutTruncated: false,
  stderrTruncated: false,
});

/** A malformed request: it never reached a program. WIT callers get it as `internal("invalid request: …")`. */
export class InvalidRequestError extends TypeError {
  override readonly name = 'InvalidRequestError';
  /** The part of the request that is wrong, as a path: `files[1].name`. */
  readonly field: string;

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
  }
}
