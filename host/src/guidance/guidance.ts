import { adviceFor } from './advice.ts';
import { classify } from './classify.ts';
import { relatedDocs } from './docs.ts';
import { fuelAnalysis } from './fuel.ts';
import type { ErrorGuidance, ErrorType, RunFacts, StructuredContent } from './types.ts';
import { type UncaughtException, uncaughtException } from './uncaught.ts';

/** Characters of a program's own words that are repeated in guidance. */
const mostMessage = 2000;

/** What goes with the result of a run: the use of its fuel, and after a failure what to do. */
export function structuredContent(run: RunFacts): StructuredContent {
  const exception = exceptionOf(run);
  const { type, ...found } = classify(run, exception);
  const fuel_analysis = fuelAnalysis(run, !run.success && type === 'OutOfFuel');
  if (run.success) return { fuel_analysis };
  const { steps, examples } = adviceFor(type, { type, ...found, run, exception });
  const line = exception?.line;
  return {
    fuel_analysis,
    error_type: type,
    error_message: errorMessage(run, exception),
    actionable_guidance: steps,
    related_docs: relatedDocs(type, run.language),
    code_examples: examples,
    ...(line === undefined ? {} : { line }),
  };
}

/** Guidance for a call that never came to run a program. */
export function failureGuidance(type: ErrorType, message: string, steps?: readonly string[]): ErrorGuidance {
  const run = { ...noRun, failure: { tag: 'internal', message, details: {} } } as const;
  return {
    error_type: type,
    error_message: message.slice(0, mostMessage),
    actionable_guidance: steps ?? adviceFor(type, { type, run, exception: undefined }).steps,
    related_docs: relatedDocs(type),
    code_examples: [],
  };
}

const noRun: RunFacts = {
  language: 'python',
  success: false,
  exitCode: 1,
  stderr: '',
  fuelConsumed: 0,
  fuelBudget: 1,
  memoryLimitBytes: 0,
  timeoutSeconds: 30,
};

/** The exception that ended a run; none of one that completed, whatever it printed. */
export function exceptionOf({ failure, stderr, language }: RunFacts): UncaughtException | undefined {
  if (failure?.tag !== 'runtime-failed' && failure?.tag !== 'compilation-failed') return undefined;
  return uncaughtException(stderr, language);
}

/** What the library's messages say of its own options: over MCP they have other names, and stand in the guidance. */
const librarysAdvice = /; (?:[a-z ]+ or raise limits\.\w+|make it write less or raise that)$/;

function errorMessage({ failure, exitCode }: RunFacts, exception: UncaughtException | undefined): string {
  const thrown = exception === undefined ? undefined : `${exception.name}: ${exception.message}`.replace(/: $/, '');
  return (
    thrown ??
    failure?.message.replace(librarysAdvice, '') ??
    `the program ended with exit code ${exitCode}`
  ).slice(0, mostMessage);
}
