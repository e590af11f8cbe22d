/**
 * The Python packages that are lent to programs (seed 001, seed 003 §3.6). `requirements.txt` and
 * `requirements-native.txt` pin them.
 */
import type { PackageDraft } from '../host/src/vendor/index.ts';
import { data } from './data.ts';
import { dates } from './dates.ts';
import { development } from './development.ts';
import { documents } from './documents.ts';
import type { Draft } from './draft.ts';
import { math } from './math.ts';
import { pictures } from './pictures.ts';
import { text } from './text.ts';

export { dependencies } from './dependencies.ts';
export { type Patch, patches } from './patches.ts';

const categories: Readonly<Record<string, readonly Draft[]>> = {
  documents,
  text,
  data,
  dates,
  math,
  pictures,
  development,
};

export const packages: readonly PackageDraft[] = Object.entries(categories).flatMap(([category, drafts]) =>
  drafts.map((draft) => ({ ...draft, category })),
);
