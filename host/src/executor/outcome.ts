import type { EngineJob, RunOutcome } from '../engine/index.ts';
import { ExecError, type ExecErrorTag } from '../errors.ts';
import type { OutputChunk } from '../pool/index.ts';
import type { ExecResult, FileChanges, LanguageKind, RunReport, StageResult } from '../types.ts';

/** Collects a program's output as text; sequences of UTF-8 that arrive in pieces are put together. */
export class OutputText {
  readonly #decoders = { 1: textDecoder(), 2: textDecoder() };
  readonly #text = { 1: [] as string[], 2: [] as string[] };

  add({ stream, bytes }: OutputChunk): void {
    this.#text[stream].push(this.#decoders[stream].decode(bytes, { stream: true }));
  }

  finish(): { stdout: string; stderr: string } {
    return {
      stdout: this.#text[1].join('') + this.#decoders[1].decode(),
      stderr: this.#text[2].join('') + this.#decoders[2].decode(),
    };
  }
}

function textDecoder(): TextDecoder {
  return new TextDecoder('utf-8', { ignoreBOM: true });
}

/** A run that ended, whatever its outcome. */
export interface EndedRun {
  readonly job: EngineJob;
  readonly outcome: RunOutcome;
  /** Of a completed run that kept its globals: what was left out. */
  readonly stateSkipped?: readonly string[];
  readonly changes?: FileChanges;
}

/**
 * Puts a run's outcome and its output together.
 *
 * @throws {ExecError} unless the run completed.
 */
export function toResult({ job, outcome, stateSkipped, changes }: EndedRun, output: OutputText): ExecResult {
  const stage: StageResult = {
    ...output.finish(),
    ...(outcome.exitCode === undefined ? {} : { exitCode: outcome.exitCode }),
    ...(outcome.signal === undefined ? {} : { signal: outcome.signal }),
  };
  const report: RunReport = {
    ...(outcome.tag === 'compilation-failed'
      ? { compile: stage, run: { stdout: '', stderr: '' } }
      : { ...(outcome.compiled ? { compile: { stdout: '', stderr: '', exitCode: 0 } } : {}), run: stage }),
    timeMs: outcome.timeMs,
    memoryBytes: outcome.memoryBytes,
    ...(outcome.fuel === undefined ? {} : { fuel: outcome.fuel }),
    stdoutTruncated: outcome.stdoutTruncated,
    stderrTruncated: outcome.stderrTruncated,
    ...(stateSkipped === undefined ? {} : { stateSkipped }),
    ...(changes === undefined ? {} : { changes }),
  };
  if (outcome.tag === 'ok') return report;
  if (outcome.exceededLimit !== undefined && failedOfQuota(outcome, stage)) {
    const limit = outcome.exceededLimit;
    const text = `the program failed after it met limits.${limit}; make it write less or raise that`;
    throw new ExecError('resource-exceeded', text, report, { reason: limit });
  }
  throw new ExecError(outcome.tag, message(outcome.tag, outcome, stage, job), report, outcome.details);
}

/**
 * Whether a file limit ended the run. The JavaScript component knows; Python's traceback ends with the error of the
 * operating system that the limit raised.
 */
function failedOfQuota(outcome: RunOutcome, { stderr }: StageResult): boolean {
  if (outcome.tag === 'resource-exceeded') return outcome.details?.['reason'] === 'memory';
  return outcome.tag === 'runtime-failed' && /^OSError: \[Errno \d+\]/.test(lastLine(stderr, 'python'));
}

function message(tag: ExecErrorTag, outcome: RunOutcome, stage: StageResult, { language, limits }: EngineJob): string {
  if (outcome.message !== undefined) return outcome.message;
  switch (tag) {
    case 'timeout':
      return `the program ran longer than ${limits.timeMs} ms and was stopped; make it faster or raise limits.timeMs`;
    case 'resource-exceeded':
      if (outcome.details?.['reason'] === 'fuel') {
        return `the program used up its fuel of ${limits.fuel} units; make it do less or raise limits.fuel`;
      }
      return `the program met its memory limit of ${limits.memoryBytes} bytes; use less or raise limits.memoryBytes`;
    case 'compilation-failed':
      return `the program does not compile: ${lastLine(stage.stderr, language)}`;
    case 'runtime-failed':
      return stage.signal === undefined
        ? `the program failed with exit code ${stage.exitCode}: ${lastLine(stage.stderr, language)}`
        : `the program was ended by ${stage.signal}`;
    default:
      return `the run ended with ${tag}`;
  }
}

/** Characters at the end of standard error that are looked at: a program may have filled it with millions of lines. */
const mostLooked = 64 * 1024;

/** The line that names the error: Python's is the last one of its kind, JavaScript's the first. */
function lastLine(all: string, language: LanguageKind): string {
  const end = all.slice(-mostLooked);
  // The beginning of a line that was cut is none.
  const stderr = end.length < all.length ? end.slice(end.indexOf('\n') + 1) : all;
  const lines = stderr.split('\n').filter((line) => /^\S/.test(line));
  const named = lines.filter((line) => /^(Uncaught )?[\w.$]*(Error|Exception|Interrupt|Exit|Warning)\b/.test(line));
  // A group of exceptions is indented and framed.
  const last = stderr.trimEnd().split('\n').at(-1) || undefined;
  const line = language === 'python' ? (named.at(-1) ?? lines.at(-1) ?? last) : (named[0] ?? lines[0] ?? last);
  return (line ?? 'nothing on standard error').trim().slice(0, 300);
}
