import type { LanguageKind } from '../types.ts';

const names: ReadonlyMap<string, LanguageKind> = new Map([
  ['js', 'javascript'],
  ['javascript', 'javascript'],
  ['py', 'python'],
  ['python', 'python'],
]);

const endings: ReadonlyMap<string, LanguageKind> = new Map([
  ['js', 'javascript'],
  ['mjs', 'javascript'],
  ['cjs', 'javascript'],
  ['ts', 'javascript'],
  ['mts', 'javascript'],
  ['cts', 'javascript'],
  ['py', 'python'],
]);

/** The language that `--lang` names. */
export function languageByName(name: string): LanguageKind | undefined {
  return names.get(name.toLowerCase());
}

/** The language that the ending of a file's name tells. */
export function languageByEnding(file: string): LanguageKind | undefined {
  return endings.get(/[^/\\]\.(\w+)$/.exec(file)?.[1] ?? '');
}
