import type { CodeExample, RunFacts } from './types.ts';
import type { UncaughtException } from './uncaught.ts';

/** What to do about an exception, the likeliest first, and the program's line as it would work. */
export interface ExceptionAdvice {
  readonly steps: readonly string[];
  readonly example?: CodeExample;
}

/** Advice on one kind of exception. */
export interface ExceptionRule {
  readonly name: RegExp;
  readonly message?: RegExp;
  /** @param found what `message` matched. */
  advice(found: RegExpExecArray, exception: UncaughtException, run: RunFacts): ExceptionAdvice;
}

/** ` at line 3`, where the line is known. */
export function at({ line }: UncaughtException): string {
  return line === undefined ? '' : ` at line ${line}`;
}

/** The line where it happened, changed; nothing where the change does not fit. */
export function changed({ source }: UncaughtException, from: RegExp, to: string): { readonly example?: CodeExample } {
  if (source === undefined) return {};
  const after = source.replace(from, to);
  return after === source ? {} : { example: { before: source, after } };
}
