/** What programs in the sandbox do again and again: files, tables, numbers for people, lists of things to do. */
import { type ParseOptions, parse as parseCsv, stringify as stringifyCsv } from './csv.ts';
import { type TableOptions, table } from './table.ts';

/** The runtime's own helpers, which are globals there (docs/JAVASCRIPT_CAPABILITIES.md). */
interface Helpers {
  readText(path: string): string;
  writeText(path: string, text: string): void;
  readJson(path: string): unknown;
  writeJson(path: string, value: unknown, indent?: number): void;
  readLines(path: string): string[];
  appendText(path: string, text: string): void;
  listFiles(folder?: string): string[];
  fileExists(path: string): boolean;
  fileSize(path: string): number;
  copyFile(from: string, to: string): void;
  removeFile(path: string): void;
}

function helper<Name extends keyof Helpers>(name: Name): Helpers[Name] {
  const found: Helpers[Name] | undefined = (globalThis as unknown as Partial<Helpers>)[name];
  if (found === undefined) throw new ReferenceError(`sandbox-utils: this runtime has no ${name}`);
  return found;
}

export const readText: Helpers['readText'] = (path) => helper('readText')(path);
export const writeText: Helpers['writeText'] = (path, text) => helper('writeText')(path, text);
export const readJson: Helpers['readJson'] = (path) => helper('readJson')(path);
export const writeJson: Helpers['writeJson'] = (path, value, indent) => helper('writeJson')(path, value, indent);
export const readLines: Helpers['readLines'] = (path) => helper('readLines')(path);
export const appendText: Helpers['appendText'] = (path, text) => helper('appendText')(path, text);
export const listFiles: Helpers['listFiles'] = (folder) => helper('listFiles')(folder);
export const fileExists: Helpers['fileExists'] = (path) => helper('fileExists')(path);
export const fileSize: Helpers['fileSize'] = (path) => helper('fileSize')(path);
export const copyFile: Helpers['copyFile'] = (from, to) => helper('copyFile')(from, to);
export const removeFile: Helpers['removeFile'] = (path) => helper('removeFile')(path);

/** The rows of a CSV file, as objects. */
export function readCsv(path: string, options?: ParseOptions & { readonly header?: true }): Record<string, unknown>[] {
  return parseCsv(readText(path), options);
}

export function writeCsv(
  path: string,
  rows: readonly Record<string, unknown>[],
  options?: Parameters<typeof stringifyCsv>[1],
): void {
  writeText(path, stringifyCsv(rows, options));
}

/** The values of a file with one JSON text a line (JSON Lines). @throws {SyntaxError} that names the file and the line. */
export function readJsonLines(path: string): unknown[] {
  return readLines(path).flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch (error) {
      throw new SyntaxError(`${path}: line ${i + 1}: ${(error as Error).message}`);
    }
  });
}

export function writeJsonLines(path: string, values: readonly unknown[]): void {
  writeText(path, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}

/** Prints rows as a text table. */
export function printTable(rows: readonly Record<string, unknown>[], options?: TableOptions): void {
  console.log(table(rows, options));
}

const sizes = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `formatBytes(1536)` is `'1.5 KiB'`. */
export function formatBytes(bytes: number): string {
  let value = Math.abs(bytes);
  let unit = 0;
  while (value >= 1024 && unit < sizes.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${bytes < 0 ? '-' : ''}${unit === 0 ? value : Number(value.toFixed(1))} ${sizes[unit]}`;
}

/** `formatNumber(1234567.891, 2)` is `'1,234,567.89'`; a separator of your own, in any engine. */
export function formatNumber(value: number, digits?: number, separator = ','): string {
  const [whole = '', fraction] = (digits === undefined ? String(value) : value.toFixed(digits)).split('.');
  return whole.replace(/\B(?=(?:\d{3})+$)/g, separator) + (fraction === undefined ? '' : `.${fraction}`);
}

/** `formatPercent(0.1234)` is `'12.3 %'`. */
export function formatPercent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** Lists of at most `size` values. */
export function chunk<T>(values: readonly T[], size: number): T[][] {
  if (!(size >= 1)) throw new RangeError(`sandbox-utils: a chunk holds at least one value, not ${size}`);
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
}

/** `range(3)` is `[0, 1, 2]`, `range(1, 4)` is `[1, 2, 3]`, `range(6, 0, -2)` is `[6, 4, 2]`. */
export function range(first: number, end?: number, step = 1): number[] {
  const [from, to] = end === undefined ? [0, first] : [first, end];
  if (step === 0) throw new RangeError('sandbox-utils: the step of a range is not 0');
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step);
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;
export const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** How often each value is in a list, the most frequent first. */
export function countBy<T>(values: readonly T[], by: (value: T) => unknown = (value) => value): [unknown, number][] {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(by(value), (counts.get(by(value)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** How long a function took, in milliseconds, with what it gave. */
export function timed<T>(run: () => T): { value: T; ms: number } {
  const began = Date.now();
  const value = run();
  return { value, ms: Date.now() - began };
}

export { table };
