import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ComponentFiles } from '../engine/index.ts';
import { ExecError, InvalidRequestError } from '../errors.ts';
import type { LanguageKind } from '../types.ts';
import type { NamedComponent } from './component-path.ts';

/** File name of each language's component, without its ending. */
export const componentNames = { javascript: 'exec-javascript', python: 'exec-python' } as const;

/** The environment variables that name a component file (seed 004 §7). DEVIATION D21: a component, no engine's binary. */
const pathVariables = { javascript: 'EXEC_JS_QUICKJS_PATH', python: 'EXEC_PYTHON_WASI_PATH' } as const;

/**
 * Decides where each language's component comes from: from the file that the option names, else the environment, else
 * the build. Paths are relative to the process's working directory as it is now; the files are read when their language
 * is first run.
 *
 * @param option `ExecutorOptions.components`.
 * @returns the loader of a language's component.
 * @throws {InvalidRequestError} for a malformed option.
 */
export function componentLoader(
  option: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): (language: LanguageKind) => Promise<ComponentFiles> {
  const chosen = new Map<LanguageKind, NamedComponent>();
  for (const language of ['javascript', 'python'] as const) {
    const field = pathVariables[language];
    const path = environment[field];
    if (path) chosen.set(language, { path: resolve(path), field });
  }
  for (const [language, path] of checkOption(option)) {
    chosen.set(language, { path: resolve(path), field: `components.${language}` });
  }
  return async (language) => {
    const named = chosen.get(language);
    if (named === undefined) return await loadBuiltComponent(language);
    // Whoever uses the built components has no use for what transpiles another.
    const { loadComponentAt } = await import('./component-path.ts');
    return await loadComponentAt(named, language);
  };
}

function checkOption(option: unknown): [LanguageKind, string][] {
  if (option === undefined) return [];
  if (typeof option !== 'object' || option === null) {
    throw new InvalidRequestError('components', 'expected an object with javascript, python or both');
  }
  return Object.entries(option).flatMap(([language, path]: [string, unknown]): [LanguageKind, string][] => {
    const field = `components.${language}`;
    if (language !== 'javascript' && language !== 'python') {
      throw new InvalidRequestError(field, 'there is no such language; the languages are javascript, python');
    }
    if (path === undefined) return [];
    if (typeof path !== 'string' || path === '' || path.includes('\0')) {
      throw new InvalidRequestError(field, 'expected the path of a component .wasm file');
    }
    return [[language, path]];
  });
}

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
    origin: `the built ${language} component`,
    id: (await readFile(join(folder, `${name}.id`), 'utf8')).trim(),
    moduleUrl: pathToFileURL(join(folder, `${name}.js`)).href,
    modules: Object.fromEntries(modules),
  };
}

/** The file of a language's component: what the environment names, else the built one, which may be missing. */
export function componentFile(
  language: LanguageKind,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const path = environment[pathVariables[language]];
  if (path) return resolve(path);
  try {
    return createRequire(import.meta.url).resolve(`golem-exec/components/${componentNames[language]}.wasm`);
  } catch {
    return undefined;
  }
}
