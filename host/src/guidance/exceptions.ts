import { at, type ExceptionAdvice } from './exception-rule.ts';
import { javascriptRules } from './javascript-exceptions.ts';
import { pythonRules } from './python-exceptions.ts';
import type { RunFacts } from './types.ts';
import type { UncaughtException } from './uncaught.ts';

/** Advice on an exception of its kind; nothing on one that is the program's own affair. */
export function exceptionAdvice(exception: UncaughtException, run: RunFacts): ExceptionAdvice | undefined {
  const { name, message, own } = exception;
  if (own) {
    const steps = [`The program itself raises this${at(exception)}: see what leads there, and what it asks for.`];
    return { steps };
  }
  // In JavaScript that is a program: templates after templates.
  if (/^\s*```/.test(run.code ?? '')) return { steps: ['Send the code alone, without the fences of Markdown (```).'] };
  for (const rule of run.language === 'python' ? pythonRules : javascriptRules) {
    const found = (rule.message ?? /^/).exec(message);
    if (rule.name.test(name) && found !== null) return rule.advice(found, exception, run);
  }
  return undefined;
}
