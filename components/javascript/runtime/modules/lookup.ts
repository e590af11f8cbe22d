import { dirname, resolveFrom } from '../path.ts';
import { append, stringEndsWith, stringIndexOf, stringSlice, stringStartsWith } from '../primordials.ts';
import { state } from '../state.ts';
import { isDirectory, isFile } from './files.ts';
import { packageIn } from './packages.ts';
import { vendorFile } from './vendor.ts';

/** What `import` and `require` have in common in looking for files. */

/** Endings that Node's `require` adds, and those that only we add, after them and in `import`, too. */
const nodeEndings = ['.js', '.json'];
const moreEndings = ['.mjs', '.cjs', '.ts', '.mts', '.cts'];

export function withEnding(path: string, more: boolean): string | undefined {
  const endings = more ? moreEndings : nodeEndings;
  for (let i = 0; i < endings.length; i++) if (isFile(path + endings[i])) return path + endings[i];
  return undefined;
}

/** What a TypeScript file may mean by the name that its import will have once it is compiled. */
const compiledEndings = [
  ['.js', '.ts'],
  ['.mjs', '.mts'],
  ['.cjs', '.cts'],
] as const;

/** A file that was named without its ending, a folder for its main file, `x.js` for `x.ts`; undefined for none. */
export function guessed(path: string): string | undefined {
  const file = withEnding(path, false) ?? withEnding(path, true) ?? mainOf(path);
  if (file !== undefined) return file;
  for (let i = 0; i < compiledEndings.length; i++) {
    const [compiled, source] = compiledEndings[i] as (typeof compiledEndings)[number];
    if (!stringEndsWith(path, compiled)) continue;
    const candidate = stringSlice(path, 0, path.length - compiled.length) + source;
    if (isFile(candidate)) return candidate;
  }
  return undefined;
}

function mainOf(path: string): string | undefined {
  if (!isDirectory(path)) return undefined;
  const main = packageIn(path)?.main;
  const target = typeof main === 'string' && main !== '' ? resolveFrom(path, main) : undefined;
  const index = `${path === '/' ? '' : path}/index`;
  const found = target === undefined ? undefined : isFile(target) ? target : withEnding(target, false);
  return found ?? withEnding(index, false) ?? withEnding(index, true);
}

/** What a bare name that no package has may stand for: a file of the working directory, else a vendored package. */
export function givenFile(name: string): string | undefined {
  const path = resolveFrom(state.workingDirectory, name);
  return isFile(path) ? path : (guessed(path) ?? vendorFile(name));
}

/** The folders in which a module of that folder looks for packages, the nearest first. */
export function packageFolders(folder: string): string[] {
  const list: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    if (!stringEndsWith(at, '/node_modules')) append(list, `${at === '/' ? '' : at}/node_modules`);
    if (at === '/') return list;
  }
}

/** `@scope/name/sub` as name and subpath (`.`, `./sub`). */
export function divideName(specifier: string): { name: string; subpath: string; isScopeOnly: boolean } {
  let slash = stringIndexOf(specifier, '/');
  const isScoped = stringStartsWith(specifier, '@');
  const isScopeOnly = isScoped && slash < 0;
  if (isScoped && slash >= 0) slash = stringIndexOf(specifier, '/', slash + 1);
  if (slash < 0) return { name: specifier, subpath: '.', isScopeOnly };
  return { name: stringSlice(specifier, 0, slash), subpath: `.${stringSlice(specifier, slash)}`, isScopeOnly };
}
