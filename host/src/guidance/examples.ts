import type { CodeExample, RunFacts } from './types.ts';
import type { UncaughtException } from './uncaught.ts';

/** A text as both languages write one. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The program's own line with another path in it. */
export function withPath(exception: UncaughtException | undefined, from: string, to: string): CodeExample | undefined {
  const { source = '' } = exception ?? {};
  const after = from === '' ? source : source.replace(from, () => to);
  return after === source ? undefined : { before: source, after };
}

/** Where a file is: its folder as the program names it, and whether it goes with the run. */
export function placeOf(path: string): { readonly folder: string; readonly name: string; readonly ofRun: boolean } {
  const cut = path.lastIndexOf('/');
  return {
    folder: path.slice(0, Math.max(0, cut)),
    name: path.slice(cut + 1),
    ofRun: path === '/tmp' || path.startsWith('/tmp/'),
  };
}

/** A loop that never ends, and one that does. */
export function withEnd({ language }: RunFacts): CodeExample {
  return language === 'python'
    ? { before: 'while True:\n    step()', after: 'while not done:\n    done = step()' }
    : { before: 'while (true) step();', after: 'let done = false;\nwhile (!done) done = step();' };
}

/** Work in a thread, and without one. */
export const withoutThreads: Readonly<Record<RunFacts['language'], CodeExample>> = {
  python: { before: 'thread = threading.Thread(target=work)\nthread.start()', after: 'work()' },
  javascript: { before: "new Worker('./work.js')", after: "await import('./work.js')" },
};

/** What the interpreter says of a module that is missing on purpose: why, and what does its work. */
export function whyMissing(message: string): string | undefined {
  return /^No module named '[^']+': (.+)$/.exec(message)?.[1];
}
