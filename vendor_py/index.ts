import type { PackageDraft } from '../host/src/vendor/index.ts';

export const packages: readonly PackageDraft[] = [];
export const dependencies: Readonly<Record<string, string>> = {};
