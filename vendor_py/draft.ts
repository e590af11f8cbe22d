import type { PackageDraft } from '../host/src/vendor/index.ts';

/** What is said of a package, in the file of its category. */
export type Draft = Omit<PackageDraft, 'category'>;

/** A text of lines, each with its end. */
export function lines(...parts: readonly string[]): string {
  return parts.map((part) => `${part}\n`).join('');
}
