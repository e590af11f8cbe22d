import type { LanguageKind } from '../types.ts';

/** Where programs find the packages of their language. */
export const mountPoints: Readonly<Record<LanguageKind, string>> = {
  javascript: '/data_js/vendor',
  python: '/data/site-packages',
};

/** One function of a package (seed 003 §3.2, §3.6). */
export interface PackageMethod {
  /** `parse(text: string) -> object[]`. */
  readonly signature: string;
  /** One sentence. */
  readonly description: string;
  readonly example?: string;
}

/** What the manifest of a language (`vendor_py/`, `vendor_js/`) says of a package. */
export interface PackageDraft {
  /** The name it has in its registry, or ours. */
  readonly name: string;
  /** SPDX expression. */
  readonly licence: string;
  /** In lower case; the same words in both languages: `documents`, `text`, `data`, `dates`, … */
  readonly category: string;
  /** One sentence that says what it does. */
  readonly description: string;
  /** The line with which a program gets it. */
  readonly importPattern: string;
  /** What it can be imported as; the first is the usual one. */
  readonly importNames: readonly string[];
  /** What an agent uses it for: a few words each, two or more. */
  readonly useCases: readonly string[];
  /** A whole program of 2 to 5 lines, its import included. */
  readonly example: string;
  /** What the example prints. */
  readonly output: string;
  /** The functions that matter most, where the language's manifest lists them. */
  readonly methods?: Readonly<Record<string, PackageMethod>>;
}

/** A package as `dist/vendor/packages.json` has it: the manifest, and what the build measured. */
export interface VendoredPackage extends PackageDraft {
  readonly language: LanguageKind;
  readonly version: string;
  /** Names of the other vendored packages that it needs. */
  readonly requires: readonly string[];
  /** Size of its files, in bytes. */
  readonly bytes: number;
  /** Fuel of the first import in a fresh interpreter, what it imports itself included. The same on every machine. */
  readonly fuelFirstImport: number;
  /** Fuel of importing it once more in the same run. */
  readonly fuelCachedImport: number;
  /** Milliseconds of the first import on the machine that built it, to give an idea. */
  readonly importMs: number;
}

/**
 * Reads `packages.json`: `{ "version": 1, "packages": [VendoredPackage, …] }`, sorted by language and name.
 *
 * @throws {Error} for text that is not such a file.
 */
export function parsePackages(text: string): readonly VendoredPackage[] {
  const { version, packages } = JSON.parse(text) as { version?: unknown; packages?: unknown };
  if (version !== 1 || !Array.isArray(packages)) throw new Error('it is not a list of packages of version 1');
  return packages as VendoredPackage[];
}
