import { plainError, typeError } from '../errors.ts';
import { native } from '../native.ts';
import { builtinId } from '../node/registry.ts';
import { resolveFrom } from '../path.ts';
import {
  NativeSet,
  regExpExec,
  setAdd,
  stringEndsWith,
  stringIncludes,
  stringSlice,
  stringStartsWith,
} from '../primordials.ts';
import { state } from '../state.ts';
import { fromFileUrl } from '../web/file-url.ts';
import { normalDataUrl, withoutEscapes } from './data-url.ts';
import { invalidSpecifier, moduleNotFound } from './failures.ts';
import { isDirectory, isFile, realPath } from './files.ts';
import { divide, folderOf, idOf, pathOf } from './ids.ts';
import { divideName, givenFile, guessed, packageFolders } from './lookup.ts';
import { exported, internal } from './package-map.ts';
import { packageAround, packageIn } from './packages.ts';
import { refusedUrl } from './remote.ts';
import { vendorId } from './vendor.ts';

/** Resolution of `import`, as Node's documentation has it (ESM_RESOLVE). */

const scheme = /^[a-z][a-z0-9+.-]*:/i;
const encodedSlash = /%2f|%5c/i;
const badName = /^\.|%|\\/;

/** Files that a bare name of the request led to: their endings need not be known. */
export const givenFiles = new NativeSet<string>();

/** Where a specifier leads: the id of a built-in or `data:` module, or a path, which may not exist, and its suffix. */
interface Target {
  readonly id: string | undefined;
  readonly path: string;
  readonly suffix: string;
}

const ofId = (id: string): Target => ({ id, path: '', suffix: '' });
const ofPath = (path: string, suffix = ''): Target => ({ id: undefined, path, suffix });

/**
 * The id of what a module imports.
 *
 * As Node, with additions for what Node does not find: a file's ending may be left out, as in `require`, and a bare
 * specifier may name a file of the working directory (`import "test/module.js"`), and then a vendored package, as
 * `vendor:<name>` does.
 *
 * @throws an error with Node's code.
 */
export function resolve(base: string, specifier: string): string {
  const target = targetOf(base, specifier);
  if (target.id !== undefined) return target.id;
  const { path, suffix } = target;
  if (!stringEndsWith(path, '/') && isFile(path)) return idOf(realPath(path), suffix);
  const guess = guessed(stringEndsWith(path, '/') ? stringSlice(path, 0, path.length - 1) : path);
  if (guess !== undefined) return idOf(realPath(guess), suffix);
  const from = importer(base);
  if (isDirectory(path)) {
    throw plainError(
      'ERR_UNSUPPORTED_DIR_IMPORT',
      `Directory import '${path}' is not supported resolving ES modules imported from ${from}`,
    );
  }
  throw moduleNotFound('module', path, from);
}

/** The same for `import.meta.resolve`, which does not ask whether the file is there. */
export function resolveUnseen(base: string, specifier: string): string {
  if (regExpExec(scheme, specifier) !== null && builtinId(specifier) === undefined && !isOurs(specifier))
    return specifier;
  if (stringStartsWith(specifier, 'node:')) return specifier;
  const target = targetOf(base, specifier);
  if (target.id !== undefined) return target.id;
  const { path, suffix } = target;
  if (stringEndsWith(path, '/')) return idOf(path, suffix);
  return idOf(isFile(path) ? realPath(path) : (guessed(path) ?? path), suffix);
}

function isOurs(url: string): boolean {
  return stringStartsWith(url, 'file:') || stringStartsWith(url, 'data:');
}

/** How an importer is named in errors. */
function importer(base: string): string {
  return pathOf(base) ?? base;
}

function targetOf(base: string, specifier: string): Target {
  const builtin = builtinId(specifier);
  if (builtin !== undefined) return ofId(builtin);
  if (stringStartsWith(specifier, 'node:'))
    throw plainError('ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${specifier}`);
  if (stringStartsWith(specifier, 'file:')) {
    const [url, suffix] = divide(specifier);
    return ofPath(fromFileUrl(url), suffix);
  }
  if (stringStartsWith(specifier, 'data:')) return ofId(normalDataUrl(specifier));
  if (stringStartsWith(specifier, 'vendor:')) return ofPath(vendorId(stringSlice(specifier, 7)));
  const isRelative = regExpExec(relative, specifier) !== null;
  if (stringStartsWith(base, 'data:') && (isRelative || regExpExec(scheme, specifier) === null)) {
    const why = 'Invalid relative URL or base scheme is not hierarchical.';
    throw typeError(
      'ERR_UNSUPPORTED_RESOLVE_REQUEST',
      `Failed to resolve module specifier "${specifier}" from "${base}": ${why}`,
    );
  }
  if (isRelative) return relativeTarget(base, specifier);
  const from = importer(base);
  const bare = (name: string): string => bareTarget(base, name);
  if (stringStartsWith(specifier, '#')) {
    const file = pathOf(base) ?? `${state.workingDirectory}/x`;
    return fileOrId(internal(packageAround(file), specifier, from, 'import', bare));
  }
  if (regExpExec(scheme, specifier) !== null) throw refusedUrl(specifier);
  return fileOrId(bareTarget(base, specifier));
}

/** Begins with `/`, `./` or `../`, or is `.` or `..`. */
const relative = /^(?:\/|\.\.?(?:\/|$))/;

function fileOrId(found: string): Target {
  return stringStartsWith(found, '/') ? ofPath(found) : ofId(found);
}

/** A relative specifier is a URL: with escapes, and perhaps with a query. */
function relativeTarget(base: string, specifier: string): Target {
  const [escaped, suffix] = divide(specifier);
  let path = resolveFrom(folderOf(base), escaped);
  if (stringEndsWith(escaped, '/') && path !== '/') path += '/';
  if (stringIncludes(escaped, '%')) {
    if (regExpExec(encodedSlash, escaped) !== null)
      throw invalidSpecifier(path, 'must not include encoded "/" or "\\" characters', importer(base));
    path = resolveFrom(folderOf(base), native.decode(withoutEscapes(escaped)));
  }
  if (stringIncludes(path, '\0')) throw invalidSpecifier(path, 'must not include null characters', importer(base));
  return ofPath(path, suffix);
}

/** PACKAGE_RESOLVE: the path, or the id of a built-in module. */
function bareTarget(base: string, specifier: string): string {
  const builtin = builtinId(specifier);
  if (builtin !== undefined) return builtin;
  const from = importer(base);
  const { name, subpath, isScopeOnly } = divideName(specifier);
  if (isScopeOnly || regExpExec(badName, name) !== null || stringIncludes(specifier, '\0'))
    throw invalidSpecifier(specifier, 'is not a valid package name', from);
  const folder = folderOf(base);
  const own = packageAround(`${folder === '/' ? '' : folder}/x`);
  if (own?.exports !== undefined && own.name === name) return exported(own, subpath, from, 'import');
  const folders = name === '' ? [] : packageFolders(folder);
  for (let i = 0; i < folders.length; i++) {
    const root = `${folders[i] ?? ''}/${name}`;
    if (!isDirectory(root)) continue;
    const manifest = packageIn(root, ` while importing "${specifier}" from ${from}`);
    if (manifest?.exports !== undefined) return exported(manifest, subpath, from, 'import');
    if (subpath !== '.') return resolveFrom(root, subpath);
    const main = guessed(root);
    if (main === undefined) throw moduleNotFound('package', `${root}/index.js`, from);
    return main;
  }
  const given = givenFile(specifier);
  if (given === undefined) throw moduleNotFound('package', name, from);
  setAdd(givenFiles, given);
  return given;
}
