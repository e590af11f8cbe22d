import { plainError, typeError } from '../errors.ts';
import { builtinId } from '../node/registry.ts';
import { dirname, resolveFrom } from '../path.ts';
import {
  arrayIndexOf,
  arrayJoin,
  isArray,
  NativeArray,
  ownKeys,
  regExpExec,
  stringEndsWith,
  stringIncludes,
  stringIndexOf,
  stringLastIndexOf,
  stringSlice,
  stringStartsWith,
} from '../primordials.ts';
import { state } from '../state.ts';
import { fromFileUrl } from '../web/file-url.ts';
import { isDirectory, isFile, type PackageJson, packageAround, packageIn } from './files.ts';
import { vendorFile, vendorId } from './vendor.ts';

export type Conditions = 'import' | 'require';

const urlLike = /^[a-z][a-z0-9+.-]*:\/\//i;
const extensions = ['.js', '.mjs', '.cjs', '.json'];

/** The directory that a module's relative specifiers start from. */
function directoryOf(base: string): string {
  return stringStartsWith(base, '/') ? dirname(base) : state.workingDirectory;
}

/**
 * The id of a module: the absolute path of its file, or the name of a built-in.
 *
 * Follows Node's resolution for both kinds of importers, with three additions: a file's extension may be left out in
 * `import` as in `require`; a bare specifier that is found in no node_modules may name a file of the working
 * directory (`import "test/module.js"`), and then a vendored package, as `vendor:<name>` does.
 *
 * @throws an error with Node's code, ERR_MODULE_NOT_FOUND in `import` and MODULE_NOT_FOUND in `require`.
 */
export function resolve(base: string, specifier: string, conditions: Conditions): string {
  const builtin = builtinId(specifier);
  if (builtin !== undefined) return builtin;
  if (stringStartsWith(specifier, 'node:'))
    throw plainError('ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${specifier}`);
  if (stringStartsWith(specifier, 'file:')) return existing(fromFileUrl(specifier), specifier, base, conditions);
  if (regExpExec(urlLike, specifier) !== null || stringStartsWith(specifier, 'data:')) {
    throw plainError(
      'ERR_UNSUPPORTED_ESM_URL_SCHEME',
      `Only files and built-in modules can be imported, and this is neither: '${specifier}'`,
    );
  }
  if (stringStartsWith(specifier, 'vendor:')) return vendorId(stringSlice(specifier, 7));
  if (specifier === '' || stringIncludes(specifier, '\0'))
    throw typeError('ERR_INVALID_MODULE_SPECIFIER', `Invalid module "${specifier}"`);
  const directory = directoryOf(base);
  const first = specifier[0];
  if (
    first === '/' ||
    specifier === '.' ||
    specifier === '..' ||
    stringStartsWith(specifier, './') ||
    stringStartsWith(specifier, '../')
  ) {
    return existing(resolveFrom(directory, specifier), specifier, base, conditions, stringEndsWith(specifier, '/'));
  }
  if (first === '#') return resolveImports(base, specifier, conditions);
  return resolveBare(base, directory, specifier, conditions);
}

function existing(
  path: string,
  specifier: string,
  base: string,
  conditions: Conditions,
  directoryOnly = false,
): string {
  const found = (directoryOnly ? undefined : asFile(path)) ?? asDirectory(path);
  if (found !== undefined) return found;
  throw notFound(
    conditions,
    conditions === 'import' ? path : specifier,
    base,
    conditions === 'import' ? 'module' : undefined,
  );
}

function asFile(path: string): string | undefined {
  if (isFile(path)) return path;
  for (let i = 0; i < extensions.length; i++) if (isFile(path + extensions[i])) return path + extensions[i];
  return undefined;
}

function asDirectory(path: string): string | undefined {
  if (!isDirectory(path)) return undefined;
  const main = packageIn(path)?.main;
  if (typeof main === 'string' && main !== '') {
    const target = resolveFrom(path, main);
    const found = asFile(target) ?? asFile(`${target}/index`);
    if (found !== undefined) return found;
  }
  return asFile(`${path === '/' ? '' : path}/index`);
}

function notFound(conditions: Conditions, what: string, base: string, kind = 'package'): Error {
  if (conditions === 'require') {
    const from = stringStartsWith(base, '/') ? `\nRequire stack:\n- ${base}` : '';
    return plainError('MODULE_NOT_FOUND', `Cannot find module '${what}'${from}`);
  }
  return plainError('ERR_MODULE_NOT_FOUND', `Cannot find ${kind} '${what}' imported from ${base}`);
}

// ---- packages

function resolveBare(base: string, directory: string, specifier: string, conditions: Conditions): string {
  let slash = stringIndexOf(specifier, '/');
  if (specifier[0] === '@') slash = slash < 0 ? -1 : stringIndexOf(specifier, '/', slash + 1);
  const name = slash < 0 ? specifier : stringSlice(specifier, 0, slash);
  const subpath = slash < 0 ? '.' : `.${stringSlice(specifier, slash)}`;
  const own = packageAround(`${directory}/x`);
  if (own !== undefined && own.name === name && own.exports !== undefined && own.exports !== null) {
    return exported(own, subpath, base, conditions);
  }
  for (let at = directory; ; at = dirname(at)) {
    if (!stringEndsWith(at, '/node_modules')) {
      const found = inPackage(`${at === '/' ? '' : at}/node_modules/${name}`, subpath, base, conditions);
      if (found !== undefined) return found;
    }
    if (at === '/') break;
  }
  const given = asFile(resolveFrom(state.workingDirectory, specifier)) ?? vendorFile(specifier);
  if (given !== undefined) return given;
  throw notFound(conditions, conditions === 'import' ? name : specifier, base);
}

function inPackage(root: string, subpath: string, base: string, conditions: Conditions): string | undefined {
  if (!isDirectory(root)) return undefined;
  const manifest = packageIn(root);
  if (manifest?.exports !== undefined && manifest.exports !== null)
    return exported(manifest, subpath, base, conditions);
  if (subpath === '.') return asDirectory(root);
  const path = resolveFrom(root, subpath);
  return asFile(path) ?? asDirectory(path);
}

function exported(manifest: PackageJson, subpath: string, base: string, conditions: Conditions): string {
  const { exports, directory } = manifest;
  const table = exports as Record<string, unknown>;
  const isTable = typeof exports === 'object' && exports !== null && !isArray(exports) && startsWithDot(exports);
  const target = isTable
    ? lookUp(table, subpath, conditions)
    : subpath === '.'
      ? choose(exports, '', conditions)
      : undefined;
  if (typeof target === 'string' && stringStartsWith(target, './')) {
    const path = resolveFrom(directory, target);
    if (isFile(path)) return path;
    throw notFound(conditions, path, base, 'module');
  }
  throw plainError(
    'ERR_PACKAGE_PATH_NOT_EXPORTED',
    subpath === '.'
      ? `No "exports" main defined in ${directory}/package.json`
      : `Package subpath '${subpath}' is not defined by "exports" in ${directory}/package.json`,
  );
}

function startsWithDot(table: object): boolean {
  const names = ownKeys(table);
  return names.length > 0 && typeof names[0] === 'string' && stringStartsWith(names[0], '.');
}

function resolveImports(base: string, specifier: string, conditions: Conditions): string {
  const manifest = packageAround(stringStartsWith(base, '/') ? base : `${state.workingDirectory}/x`);
  const table = manifest?.imports;
  const target =
    typeof table === 'object' && table !== null
      ? lookUp(table as Record<string, unknown>, specifier, conditions)
      : undefined;
  if (manifest !== undefined && typeof target === 'string') {
    if (stringStartsWith(target, './'))
      return existing(resolveFrom(manifest.directory, target), specifier, base, conditions);
    return resolve(`${manifest.directory}/package.json`, target, conditions);
  }
  throw typeError(
    'ERR_PACKAGE_IMPORT_NOT_DEFINED',
    `Package import specifier "${specifier}" is not defined imported from ${base}`,
  );
}

/** The entry for a subpath: exact, else the pattern with the longest text before its `*`. */
function lookUp(table: Record<string, unknown>, subpath: string, conditions: Conditions): unknown {
  const names = ownKeys(table);
  if (arrayIndexOf(names, subpath) >= 0 && !stringIncludes(subpath, '*')) return choose(table[subpath], '', conditions);
  let best = '';
  let bestLength = -1;
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (typeof name !== 'string') continue;
    const star = stringIndexOf(name, '*');
    if (star < 0 || star !== stringLastIndexOf(name, '*') || star <= bestLength) continue;
    const tail = stringSlice(name, star + 1);
    if (
      stringStartsWith(subpath, stringSlice(name, 0, star)) &&
      stringEndsWith(subpath, tail) &&
      subpath.length >= name.length
    ) {
      best = name;
      bestLength = star;
    }
  }
  if (bestLength < 0) return undefined;
  const match = stringSlice(subpath, bestLength, subpath.length - (best.length - bestLength - 1));
  return choose(table[best], match, conditions);
}

/** Follows conditions and alternatives down to a target. */
function choose(target: unknown, match: string, conditions: Conditions): unknown {
  if (typeof target === 'string') return withMatch(target, match);
  if (target === null || typeof target !== 'object') return undefined;
  if (isArray(target)) {
    for (let i = 0; i < target.length; i++) {
      const found = choose(target[i], match, conditions);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const names = ownKeys(target);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (name !== conditions && name !== 'default' && name !== 'node' && name !== 'module-sync') continue;
    const found = choose((target as Record<string, unknown>)[name], match, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}

function withMatch(target: string, match: string): string {
  const parts = new NativeArray<string>();
  let from = 0;
  for (let at = stringIndexOf(target, '*'); at >= 0; at = stringIndexOf(target, '*', from)) {
    parts[parts.length] = stringSlice(target, from, at);
    from = at + 1;
  }
  parts[parts.length] = stringSlice(target, from);
  return arrayJoin(parts, match);
}
