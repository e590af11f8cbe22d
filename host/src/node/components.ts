import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ComponentFiles } from '../engine/index.ts';
import { ExecError } from '../errors.ts';
import type { LanguageKind } from '../types.ts';

/** File name of each language's component, without its ending. */
export const componentNames = { javascript: 'exec-javascript', python: 'exec-python' } as const;

/**
 * Loads and compiles the built component of a language.
 *
 * @throws {ExecError} `internal` when it was not built.
 */
export async function loadBuiltComponent(language: LanguageKind): Promise<ComponentFiles> {
  const name = componentNames[language];
  let folder: string;
  try {
    folder = dirname(createRequire(import.meta.url).resolve(`golem-exec/components/${language}/${name}.js`));
  } catch {
    throw new ExecError('internal', `the ${language} component is not built; run "npm run build" in the checkout`);
  }
  const files = (await readdir(folder)).filter((file) => file.endsWith('.wasm'));
  const modules = await Promise.all(
    files.map(async (file) => [file, await WebAssembly.compile(await readFile(join(folder, file)))] as const),
  );
  return {
    language,
    moduleUrl: pathToFileURL(join(folder, `${name}.js`)).href,
    modules: Object.fromEntries(modules),
  };
}
