import type { CodedError } from '../errors.ts';
import { resolveFrom } from '../path.ts';
import {
  append,
  arrayJoin,
  hasOwn,
  isArray,
  keys,
  regExpExec,
  stringEndsWith,
  stringIncludes,
  stringIndexOf,
  stringLastIndexOf,
  stringSlice,
  stringStartsWith,
} from '../primordials.ts';
import { toFileUrl } from '../web/file-url.ts';
import { invalidConfig, invalidSpecifier, invalidTarget, notDefined, notExported } from './failures.ts';
import type { PackageJson } from './packages.ts';

/** `exports` and `imports` of package.json: the algorithms of Node's documentation on ES modules, and its errors. */

/** Who asks: `import` or `require`. */
export type Asker = 'import' | 'require';

interface Search {
  readonly manifest: PackageJson;
  readonly table: 'imports' | 'exports';
  /** The importer's path, '' for `require`. */
  readonly base: string;
  readonly asker: Asker;
  /** Resolves what `imports` maps to another package. */
  readonly bare: (specifier: string) => string;
}

/**
 * PACKAGE_EXPORTS_RESOLVE: the absolute path that a subpath (`.`, `./x`) of a package stands for, which may not exist.
 */
export function exported(manifest: PackageJson, subpath: string, base: string, asker: Asker): string {
  const { exports } = manifest;
  const table = isMainOnly(manifest, base) ? { '.': exports } : exports;
  const search: Search = { manifest, table: 'exports', base, asker, bare: (specifier) => specifier };
  const found = typeof table === 'object' && table !== null ? lookUp(table, subpath, search) : undefined;
  if (found === undefined || found === null) throw notExported(manifest, subpath, base);
  return found;
}

/** PACKAGE_IMPORTS_RESOLVE: what a specifier that begins with `#` stands for. */
export function internal(
  manifest: PackageJson | undefined,
  name: string,
  base: string,
  asker: Asker,
  bare: (specifier: string) => string,
): string {
  if (name === '#' || stringEndsWith(name, '/'))
    throw invalidSpecifier(name, 'is not a valid internal imports specifier name', base);
  const table = manifest?.imports;
  if (manifest !== undefined && typeof table === 'object' && table !== null) {
    const found = lookUp(table, name, { manifest, table: 'imports', base, asker, bare });
    if (found !== undefined && found !== null) return found;
  }
  throw notDefined(name, manifest, base);
}

/** Whether `exports` describes the main entry alone: a target, or conditions. */
function isMainOnly(manifest: PackageJson, base: string): boolean {
  const { exports } = manifest;
  if (typeof exports === 'string' || isArray(exports)) return true;
  if (typeof exports !== 'object' || exports === null) return false;
  const names = keys(exports);
  let conditions = 0;
  for (let i = 0; i < names.length; i++) if (!stringStartsWith(names[i] ?? '', '.')) conditions++;
  if (conditions > 0 && conditions < names.length) {
    throw invalidConfig(
      manifest,
      base === '' ? '' : toFileUrl(base),
      '"exports" cannot contain some keys starting with \'.\' and some not. The exports object must either be an ' +
        'object of package subpath keys or an object of main entry condition name keys only.',
    );
  }
  return conditions > 0;
}

/** The entry for a subpath: exact, else the pattern with the longest text before its `*`. */
function lookUp(table: object, subpath: string, search: Search): string | null | undefined {
  if (hasOwn(table, subpath) && !stringIncludes(subpath, '*') && !stringEndsWith(subpath, '/'))
    return choose((table as Record<string, unknown>)[subpath], undefined, subpath, search);
  const names = keys(table);
  let best = '';
  let bestLength = -1;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    const star = stringIndexOf(name, '*');
    if (star < 0 || star !== stringLastIndexOf(name, '*') || subpath.length < name.length) continue;
    if (!stringStartsWith(subpath, stringSlice(name, 0, star)) || !stringEndsWith(subpath, stringSlice(name, star + 1)))
      continue;
    if (star < bestLength || (star === bestLength && name.length <= best.length)) continue;
    best = name;
    bestLength = star;
  }
  if (bestLength < 0) return undefined;
  const match = stringSlice(subpath, bestLength, subpath.length - (best.length - bestLength - 1));
  return choose((table as Record<string, unknown>)[best], match, best, search);
}

/**
 * PACKAGE_TARGET_RESOLVE.
 *
 * @param match what the pattern's `*` stands for; undefined for an exact entry.
 * @returns null for a target that is excluded, undefined where no condition holds.
 */
function choose(target: unknown, match: string | undefined, key: string, search: Search): string | null | undefined {
  const { manifest, table, base, asker } = search;
  if (typeof target === 'string') return located(target, match, key, search);
  if (target === null) return null;
  if (isArray(target)) return firstOf(target, match, key, search);
  if (typeof target !== 'object') throw invalidTarget(manifest, key, target, table, base);
  const names = keys(target);
  for (let i = 0; i < names.length; i++) {
    if (regExpExec(number, names[i] ?? '') === null) continue;
    throw invalidConfig(
      manifest,
      base === '' ? '' : toFileUrl(base),
      '"exports" cannot contain numeric property keys.',
    );
  }
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    if (name !== asker && name !== 'default' && name !== 'node' && name !== 'module-sync') continue;
    const found = choose((target as Record<string, unknown>)[name], match, key, search);
    if (found !== undefined) return found;
  }
  return undefined;
}

const number = /^(?:0|[1-9]\d*)$/;

function firstOf(
  targets: readonly unknown[],
  match: string | undefined,
  key: string,
  search: Search,
): string | null | undefined {
  let failure: CodedError | undefined;
  let last: null | undefined = null;
  for (let i = 0; i < targets.length; i++) {
    try {
      const found = choose(targets[i], match, key, search);
      if (typeof found === 'string') return found;
      last = found;
      failure = undefined;
    } catch (error) {
      failure = error as CodedError;
      if (failure.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
    }
  }
  if (failure !== undefined) throw failure;
  return last;
}

const forbidden = /(?:^|\\|\/)(?:(?:\.|%2e)(?:\.|%2e)?|node_modules)(?:\\|\/|$)/i;
const url = /^[a-z][a-z0-9+.-]*:/i;

function located(target: string, match: string | undefined, key: string, search: Search): string {
  const { manifest, table, base, bare } = search;
  if (!stringStartsWith(target, './')) {
    const isBare =
      !stringStartsWith(target, '../') && !stringStartsWith(target, '/') && regExpExec(url, target) === null;
    if (table === 'exports' || !isBare) throw invalidTarget(manifest, key, target, table, base);
    return bare(withMatch(target, match));
  }
  if (regExpExec(forbidden, stringSlice(target, 2)) !== null) throw invalidTarget(manifest, key, target, table, base);
  if (match !== undefined && regExpExec(forbidden, match) !== null) {
    const reason = `request is not a valid match in pattern "${key}" for the "${table}" resolution of`;
    throw invalidSpecifier(withMatch(key, match), `${reason} ${manifest.directory}/package.json`, base);
  }
  return resolveFrom(manifest.directory, withMatch(target, match));
}

function withMatch(target: string, match: string | undefined): string {
  if (match === undefined) return target;
  const parts: string[] = [];
  let from = 0;
  for (let at = stringIndexOf(target, '*'); at >= 0; at = stringIndexOf(target, '*', from)) {
    append(parts, stringSlice(target, from, at));
    from = at + 1;
  }
  append(parts, stringSlice(target, from));
  return arrayJoin(parts, match);
}
