import type { PackageDraft, PackageMethod } from '../../host/src/vendor/index.ts';

/**
 * A package that is lent to JavaScript programs. What is bundled is the file of its name in `packages/`: our own code in
 * TypeScript, or the names that are taken from a package of npm.
 */
export interface JavaScriptPackage extends PackageDraft {
  readonly methods: Readonly<Record<string, PackageMethod>>;
  /** The npm package that it is; own code where there is none. */
  readonly npm?: string;
  /** Files whose exports take the place of globals. */
  readonly inject?: readonly string[];
}
