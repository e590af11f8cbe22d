/** The packages that are lent to JavaScript programs at `/data_js/vendor`. */
import { data } from './data.ts';
import { dates } from './dates.ts';
import { documents } from './documents.ts';
import { math } from './math.ts';
import { text } from './text.ts';
import type { JavaScriptPackage } from './types.ts';
import { utilities } from './utilities.ts';
import { validation } from './validation.ts';
import { web } from './web.ts';

export type { JavaScriptPackage } from './types.ts';

/** Sorted by name. */
export const javascriptPackages: readonly JavaScriptPackage[] = [
  ...[...data, ...dates, ...documents, ...math],
  ...[...text, ...utilities, ...validation, ...web],
].sort((a, b) => (a.name < b.name ? -1 : 1));
