import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Executor } from '../../host/src/index.ts';
import type { LanguageKind } from '../../host/src/types.ts';
import { parsePackages, type VendoredPackage, writePack } from '../../host/src/vendor/index.ts';
import { BuildError } from './log.ts';
import { paths } from './paths.ts';

/**
 * What comes out for a language: the tree of its packages, which only the build needs; the tree in one file; and what
 * is known of the packages.
 */
export function vendorOutputs(language: LanguageKind) {
  const base = join(paths.vendor, language);
  return { tree: join(paths.cache, 'vendor', language), pack: `${base}.pack`, packages: `${base}.json` };
}

/** Every file below a folder by its path relative to it, with `/`; sorted. */
export async function readTree(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const read = files.sort().map(async (path) => {
    return [relative(folder, path).split(sep).join('/'), new Uint8Array(await readFile(path))] as const;
  });
  return new Map(await Promise.all(read));
}

/** Packs the tree of a language into the one file that the host reads. */
export async function packVendorTree(language: LanguageKind): Promise<void> {
  const { tree, pack } = vendorOutputs(language);
  await mkdir(paths.vendor, { recursive: true });
  await replace(pack, writePack(await readTree(tree)));
}

/** Writes what is known of a language's packages, and the list of both languages' made of it. */
export async function publishPackages(language: LanguageKind, packages: readonly VendoredPackage[]): Promise<void> {
  await mkdir(paths.vendor, { recursive: true });
  await replace(vendorOutputs(language).packages, toJson(packages));
  const lists = (['javascript', 'python'] as const).map(async (each) => {
    return parsePackages(await readFile(vendorOutputs(each).packages, 'utf8').catch(() => toJson([])));
  });
  await replace(join(paths.vendor, 'packages.json'), toJson((await Promise.all(lists)).flat()));
}

function toJson(packages: readonly VendoredPackage[]): string {
  const sorted = [...packages].sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
  const lists = (['javascript', 'python'] as const).map((each) => sorted.filter(({ language }) => language === each));
  return `${JSON.stringify({ version: 1, packages: lists.flat() }, undefined, 1)}\n`;
}

async function replace(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}

/** What importing a package costs. */
export type ImportCost = Pick<VendoredPackage, 'fuelFirstImport' | 'fuelCachedImport' | 'importMs'>;

/**
 * Measures an import: what a program of one import costs more than an empty one, and one more import after it.
 *
 * @param first the import statement.
 * @param again the same, in a form that may stand below the first.
 * @throws {BuildError} when it fails; the message holds the traceback.
 */
export async function measureImport(
  executor: Executor,
  language: LanguageKind,
  first: string,
  again: string,
): Promise<ImportCost> {
  const empty = await runMeasured(executor, language, '');
  const once = await runMeasured(executor, language, first);
  const twice = await runMeasured(executor, language, `${first}\n${again}`);
  return {
    fuelFirstImport: once.fuel - empty.fuel,
    // Of a package that draws random numbers the one run may spend a little more than the other.
    fuelCachedImport: Math.max(0, twice.fuel - once.fuel),
    importMs: Math.round(Math.max(0, once.timeMs - empty.timeMs)),
  };
}

async function runMeasured(executor: Executor, language: LanguageKind, content: string) {
  const name = language === 'python' ? 'main.py' : 'main.mjs';
  const { fuel, timeMs } = await executor
    .run({ language, files: [{ name, content }], limits: { timeMs: 120_000 } })
    .catch((error: unknown) => {
      throw new BuildError(`${content}\n${error instanceof Error ? `${error.message}\n${detail(error)}` : error}`);
    });
  if (fuel === undefined) throw new BuildError('the component counts no fuel');
  return { fuel, timeMs: timeMs ?? 0 };
}

function detail(error: Error): string {
  return 'run' in error ? (error.run as { stderr: string }).stderr : '';
}
