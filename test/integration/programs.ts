import type { LanguageKind } from 'golem-exec';

/** The same program in both languages. */
export interface Pair {
  readonly python: string;
  readonly javascript: string;
}

/** Both languages, with the name that a program's file has. */
export const languages = [
  { language: 'python', main: 'main.py' },
  { language: 'javascript', main: 'main.mjs' },
] as const satisfies readonly { language: LanguageKind; main: string }[];

/** A program as the one file of a request. */
export function program(language: LanguageKind, pair: Pair): { name: string; content: string } {
  return { name: language === 'python' ? 'main.py' : 'main.mjs', content: pair[language] };
}

export const hello: Pair = { python: 'print("hi")', javascript: 'console.log("hi")' };
export const busy: Pair = { python: 'while True: pass', javascript: 'while (true) {}' };
