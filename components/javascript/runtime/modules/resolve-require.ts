import { invalidArgument, plainError, typeError } from '../errors.ts';
import { inspect } from '../inspect/index.ts';
import { builtinId } from '../node/registry.ts';
import { dirname, resolveFrom } from '../path.ts';
import {
  append,
  arrayIndexOf,
  hasOwn,
  isArray,
  keys,
  regExpExec,
  stringEndsWith,
  stringSlice,
  stringStartsWith,
} from '../primordials.ts';
import { state } from '../state.ts';
import { requireNotFound } from './failures.ts';
import { isDirectory, isFile, realPath } from './files.ts';
import { divideName, givenFile, guessed, packageFolders } from './lookup.ts';
import { exported, internal } from './package-map.ts';
import { packageAround, packageIn } from './packages.ts';
import { vendorId } from './vendor.ts';

/** Resolution of `require`, as Node's documentation has it (require(X) from module at path Y). */

/** What of a module resolution looks at. */
export interface Requirer {
  readonly id: unknown;
  readonly filename: unknown;
  readonly paths: unknown;
  readonly parent?: unknown;
}

/** `require.extensions`: endings that `require` tries and knows to load. */
export const extensions = { __proto__: null } as unknown as Record<string, unknown>;

const relative = /^\.\.?(?:\/|$)/;
const trailing = /(?:^|\/)\.{0,2}$/;

/** The folders that a request is looked for in; null for a built-in module. */
export function lookupPaths(request: string, parent: Requirer | null | undefined): string[] | null {
  if (builtinId(request) !== undefined) return null;
  if (regExpExec(relative, request) === null) return parent === null || parent === undefined ? [] : texts(parent.paths);
  return [folderOf(parent)];
}

function folderOf(parent: Requirer | null | undefined): string {
  const file = parent?.filename;
  return typeof file === 'string' && stringStartsWith(file, '/') ? dirname(file) : state.workingDirectory;
}

function texts(list: unknown): string[] {
  const result: string[] = [];
  if (isArray(list)) for (let i = 0; i < list.length; i++) if (typeof list[i] === 'string') append(result, list[i]);
  return result;
}

/**
 * The absolute path of what is required, or the request itself for a built-in module.
 *
 * @throws an error with Node's code.
 */
export function resolveFilename(request: unknown, parent: Requirer | null | undefined, options?: unknown): string {
  if (typeof request !== 'string') throw invalidArgument('request', 'of type string', request);
  if (builtinId(request) !== undefined) return request;
  if (stringStartsWith(request, 'node:'))
    throw plainError('ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${request}`);
  if (stringStartsWith(request, 'vendor:')) return vendorId(stringSlice(request, 7));
  const given = typeof options === 'object' && options !== null ? (options as { paths?: unknown }).paths : undefined;
  if (given !== undefined && !isArray(given)) {
    throw typeError('ERR_INVALID_ARG_VALUE', `The property 'options.paths' is invalid. Received ${inspect(given)}`);
  }
  const file = typeof parent?.filename === 'string' ? parent.filename : `${state.workingDirectory}/x`;
  const own = stringStartsWith(file, '/') ? packageAround(file) : undefined;
  if (request[0] === '#' && given === undefined) {
    const bare = (specifier: string): string => resolveFilename(specifier, parent);
    return finished(internal(own, request, file, 'require', bare));
  }
  const { name, subpath } = divideName(request);
  if (own?.exports !== undefined && own.name === name) return finished(exported(own, subpath, '', 'require'));
  const paths = given === undefined ? (lookupPaths(request, parent) ?? []) : pathsOfOption(request, texts(given));
  const found = findPath(request, paths) ?? fallback(request, paths);
  if (found !== undefined) return found;
  throw requireNotFound(request, requireStack(parent));
}

/** `options.paths` of require.resolve: folders as importers. */
function pathsOfOption(request: string, folders: readonly string[]): string[] {
  const result: string[] = [];
  for (let i = 0; i < folders.length; i++) {
    const folder = resolveFrom(state.workingDirectory, folders[i] ?? '');
    const all = regExpExec(relative, request) === null ? packageFolders(folder) : [folder];
    for (let j = 0; j < all.length; j++) if (arrayIndexOf(result, all[j]) < 0) append(result, all[j] ?? '');
  }
  return result;
}

/** The file of a target of package.json. */
function finished(found: string): string {
  if (!stringStartsWith(found, '/')) return found;
  if (isFile(found)) return realPath(found);
  throw requireNotFound(found, undefined);
}

/** `Module._findPath`: the first file in these folders that a request can mean. */
export function findPath(request: string, paths: readonly string[]): string | undefined {
  if (request === '') return undefined;
  const isAbsolute = stringStartsWith(request, '/');
  const folders = isAbsolute ? [''] : paths;
  for (let i = 0; i < folders.length; i++) {
    const folder = folders[i] ?? '';
    if (folder !== '' && !isDirectory(folder)) continue;
    const found = (isAbsolute ? undefined : inExports(folder, request)) ?? at(resolveFrom(folder, request), request);
    if (found !== undefined) return realPath(found);
  }
  return undefined;
}

function inExports(folder: string, request: string): string | undefined {
  if (!stringEndsWith(folder, 'node_modules')) return undefined;
  const { name, subpath, isScopeOnly } = divideName(request);
  if (isScopeOnly || name === '') return undefined;
  const manifest = packageIn(`${folder}/${name}`);
  return manifest?.exports === undefined ? undefined : finished(exported(manifest, subpath, '', 'require'));
}

function at(path: string, request: string): string | undefined {
  if (regExpExec(trailing, request) === null) {
    const file = isFile(path) ? path : withExtension(path);
    if (file !== undefined) return file;
  }
  if (!isDirectory(path)) return undefined;
  const index = `${path === '/' ? '' : path}/index`;
  const main = packageIn(path)?.main;
  if (typeof main !== 'string' || main === '') return withExtension(index);
  const target = resolveFrom(path, main);
  const found = isFile(target) ? target : (withExtension(target) ?? withExtension(`${target}/index`));
  if (found !== undefined) return found;
  const instead = withExtension(index);
  if (instead !== undefined) return instead;
  throw requireNotFound(target, undefined, '. Please verify that the package.json has a valid "main" entry');
}

function withExtension(path: string): string | undefined {
  const endings = keys(extensions);
  for (let i = 0; i < endings.length; i++) {
    const ending = endings[i] ?? '';
    if (hasOwn(extensions, ending) && isFile(path + ending)) return path + ending;
  }
  return undefined;
}

/** What Node would not find: more endings, and bare names of files of the working directory. */
function fallback(request: string, paths: readonly string[]): string | undefined {
  const isBare = regExpExec(relative, request) === null && !stringStartsWith(request, '/');
  if (isBare) {
    const given = givenFile(request);
    return given === undefined ? undefined : realPath(given);
  }
  const folder = stringStartsWith(request, '/') ? '/' : paths[0];
  const found = folder === undefined ? undefined : guessed(resolveFrom(folder, request));
  return found === undefined ? undefined : realPath(found);
}

function requireStack(parent: Requirer | null | undefined): string[] {
  const stack: string[] = [];
  let cursor = parent;
  // A module may have been given any parent, itself included.
  for (let depth = 0; depth < 100 && typeof cursor === 'object' && cursor !== null; depth++) {
    append(stack, `${(cursor.filename || cursor.id) as string}`);
    cursor = cursor.parent as Requirer | null | undefined;
  }
  return stack;
}
