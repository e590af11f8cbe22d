import { readFile } from 'node:fs/promises';
import type { FileInput, LanguageKind } from '../types.ts';
import { pythonAnalyser } from './python-analyser.ts';

/** Where the build puts it: beside the library. */
const bundled = 'analyse-javascript.mjs';
const place = new URL(import.meta.url.endsWith('.ts') ? `../../../dist/${bundled}` : `./${bundled}`, import.meta.url);

let javascript: Promise<string> | undefined;

/** The program that reads programs of a language. It is read by the first call, and once. */
export async function analyserOf(language: LanguageKind): Promise<FileInput> {
  if (language === 'python') return { name: 'analyse.py', content: pythonAnalyser };
  javascript ??= readFile(place, 'utf8');
  return { name: bundled, content: await javascript };
}
