import { invalidArgument, plainError, systemError, typeError } from '../errors.ts';
import { inherits } from '../inherits.ts';
import { inspect } from '../inspect/index.ts';
import { native } from '../native.ts';
import { builtinExports, builtinId } from '../node/registry.ts';
import { dirname } from '../path.ts';
import {
  append,
  apply,
  arrayIndexOf,
  define,
  getOwnPropertyNames,
  hasOwn,
  mapDelete,
  mapGet,
  mapSet,
  NativeMap,
  NativeSyntaxError,
  parseJson,
  stringEndsWith,
  stringIndexOf,
  stringLastIndexOf,
  stringSlice,
  stringStartsWith,
  toInteger,
} from '../primordials.ts';
import { fromFileUrl } from '../web/file-url.ts';
import { readSource } from './files.ts';
import { formatOf } from './format.ts';
import { packageFolders } from './lookup.ts';
import { importNow } from './require-esm.ts';
import { extensions, findPath, lookupPaths, resolveFilename } from './resolve-require.ts';
import { stripped } from './typescript.ts';

export interface Require {
  (specifier: string): unknown;
  resolve: { (request: string, options?: unknown): string; paths(request: string): string[] | null };
  main: Module | undefined;
  extensions: Record<string, unknown>;
  cache: Record<string, Module>;
}

type Wrapper = (exports: unknown, require: Require, module: Module, filename: string, dirname: string) => void;
type Loader = (module: Module, filename: string) => void;

/** What `require.cache` shows; deleting an entry makes the next `require` load the file anew. */
const cache = { __proto__: null } as unknown as Record<string, Module>;
/** Modules compiled ahead of their evaluation. */
const compiled = new NativeMap<string, Wrapper>();
let mainModule: Module | undefined;

/** Node's `module` objects and, as `node:module`, what they are made by. */
export class Module {
  id: string;
  path: string;
  exports: unknown = {};
  filename: string | null = null;
  loaded = false;
  children: Module[] = [];
  declare paths: string[];
  declare parent: Module | null | undefined;

  constructor(id = '', parent?: Module | null) {
    this.id = id;
    this.path = dirname(id);
    define(this, 'parent', parent, false);
    if (parent !== undefined && parent !== null && parent.children !== undefined) append(parent.children, this);
  }

  get isPreloading(): boolean {
    return false;
  }

  require(request: unknown): unknown {
    if (typeof request !== 'string') throw invalidArgument('id', 'of type string', request);
    if (request === '')
      throw typeError('ERR_INVALID_ARG_VALUE', "The argument 'id' must be a non-empty string. Received ''");
    return Module._load(request, this);
  }

  load(filename: string): void {
    place(this, filename);
    const load = extensions[endingOf(filename)] as Loader;
    apply(load, extensions, [this, filename]);
    this.loaded = true;
  }

  _compile(content: string, filename: string): unknown {
    return run(this, compile(filename, content), filename);
  }

  static builtinModules: string[] = [];
  static _cache = cache;
  static _extensions = extensions;
  static _pathCache: Record<string, string> = {};
  static globalPaths: string[] = [];

  static _load(request: string, parent?: Module | null, isMain = false): unknown {
    const builtin = builtinId(request);
    if (builtin !== undefined) return builtinExports(builtin);
    return loadFile(Module._resolveFilename(request, parent, isMain), parent);
  }
  static _resolveFilename(request: string, parent?: Module | null, _isMain?: boolean, options?: unknown): string {
    return resolveFilename(request, parent, options);
  }
  static _findPath(request: string, paths: readonly string[]): string | false {
    return findPath(request, paths) ?? false;
  }
  static _nodeModulePaths(from: string): string[] {
    return packageFolders(from);
  }
  static _resolveLookupPaths(request: string, parent?: Module | null): string[] | null {
    return lookupPaths(request, parent);
  }
  static wrap(script: string): string {
    return `(function (exports, require, module, __filename, __dirname) { ${script}\n});`;
  }
  static createRequire(file: unknown): Require {
    const absolute = absolutePath(file);
    if (absolute === undefined) {
      throw typeError(
        'ERR_INVALID_ARG_VALUE',
        `The argument 'filename' must be a file URL object, file URL string, or absolute path string. Received ${inspect(file)}`,
      );
    }
    const module = new Module(absolute);
    place(module, stringEndsWith(absolute, '/') ? `${absolute}noop.js` : absolute);
    return makeRequire(module);
  }
  static isBuiltin(name: unknown): boolean {
    return typeof name === 'string' && builtinId(name) !== undefined;
  }
  static syncBuiltinESMExports(): void {}
  static findSourceMap(): undefined {}
  declare static Module: typeof Module;
}
Module.Module = Module;
// The names of a built-in module are its enumerable properties, which a class's own functions are not.
const statics = getOwnPropertyNames(Module);
for (let i = 0; i < statics.length; i++) {
  const name = statics[i] as keyof typeof Module;
  if (name !== 'prototype' && name !== ('length' as never) && name !== ('name' as never))
    define(Module, name, Module[name]);
}
// The bundler gives the class another name.
define(Module, 'name', 'Module', false);

/** An absolute path, a `file:` URL or a URL object; undefined for anything else. */
function absolutePath(file: unknown): string | undefined {
  const href = typeof file === 'object' && file !== null ? (file as { href?: unknown }).href : file;
  if (typeof href !== 'string') return undefined;
  if (stringStartsWith(href, 'file:')) return fromFileUrl(href);
  return typeof file === 'string' && stringStartsWith(href, '/') ? href : undefined;
}

function place(module: Module, filename: string): void {
  define(module, 'filename', filename);
  define(module, 'paths', packageFolders(dirname(filename)));
}

/** The longest ending of a file that `require.extensions` has; `.js` if none. */
function endingOf(filename: string): string {
  const name = stringSlice(filename, stringLastIndexOf(filename, '/') + 1);
  for (let at = stringIndexOf(name, '.', 1); at >= 0; at = stringIndexOf(name, '.', at + 1)) {
    const ending = stringSlice(name, at);
    if (hasOwn(extensions, ending) && typeof extensions[ending] === 'function') return ending;
  }
  return '.js';
}

define(extensions, '.js', (module: Module, filename: string): void => {
  const isModule = !isCompiled(filename) && formatOf(filename) === 'esm';
  if (isModule) module.exports = importNow(filename);
  else run(module, takeCompiled(filename) ?? compile(filename, textOf(filename)), filename);
});
define(extensions, '.json', (module: Module, filename: string): void => {
  module.exports = readJson(filename);
});
define(extensions, '.node', (_module: Module, filename: string): void => {
  throw plainError('ERR_DLOPEN_DISABLED', `Native addons cannot be loaded here: ${filename}`);
});

export function requireCache(): Record<string, Module> {
  return cache;
}

function makeRequire(module: Module): Require {
  const require = ((request: unknown) => module.require(request)) as Require;
  define(require, 'name', 'require', false);
  const find = ((request: string, options?: unknown) =>
    Module._resolveFilename(request, module, false, options)) as Require['resolve'];
  define(find, 'name', 'resolve', false);
  define(find, 'paths', (request: unknown) => {
    if (typeof request !== 'string') throw invalidArgument('request', 'of type string', request);
    return Module._resolveLookupPaths(request, module);
  });
  define(require, 'resolve', find);
  define(require, 'main', mainModule);
  define(require, 'extensions', extensions);
  define(require, 'cache', cache);
  return require;
}

/** Loads the module of a file, once. */
export function loadFile(filename: string, parent?: Module | null): unknown {
  const known = hasOwn(cache, filename) ? cache[filename] : undefined;
  if (known !== undefined) {
    if (parent?.children !== undefined && arrayIndexOf(parent.children, known) < 0) append(parent.children, known);
    return known.exports;
  }
  const builtin = builtinId(filename);
  if (builtin !== undefined) return builtinExports(builtin);
  const module = new Module(filename, parent);
  define(cache, filename, module);
  let done = false;
  try {
    module.load(filename);
    done = true;
  } finally {
    if (!done) forget(module, filename, parent);
  }
  return module.exports;
}

/** Takes a module back that failed. */
function forget(module: Module, filename: string, parent: Module | null | undefined): void {
  delete cache[filename];
  const children = parent?.children;
  const index = children === undefined ? -1 : arrayIndexOf(children, module);
  if (children === undefined || index < 0) return;
  for (let i = index; i + 1 < children.length; i++) define(children, i, children[i + 1]);
  children.length--;
}

/** The module that a program given as CommonJS is. */
export function newMain(id: string): { module: Module; require: Require } {
  const module = new Module(id, null);
  place(module, id);
  define(module, 'id', '.');
  mainModule = module;
  return { module, require: makeRequire(module) };
}

/** Runs the program itself as CommonJS. */
export function runMain(id: string, wrapper: Wrapper): void {
  const { module } = newMain(id);
  define(cache, id, module);
  run(module, wrapper, id);
  module.loaded = true;
}

function run(module: Module, wrapper: Wrapper, filename: string): unknown {
  const { exports } = module;
  return apply(wrapper, exports, [exports, makeRequire(module), module, filename, dirname(filename)]);
}

/**
 * Compiles the text of a CommonJS module.
 *
 * @throws {SyntaxError} with the file's own line and column.
 */
export function compile(id: string, source: string): Wrapper {
  // The engine's parser takes `#!` only where a script begins, which is not where the module's text does.
  const body = stringStartsWith(source, '#!') ? `//${source}` : source;
  const text = `(function (exports, require, module, __filename, __dirname) {\n\n${body}\n})`;
  try {
    // The engine takes 0 for "not given", so that the module's first line is the third from -1.
    return native.evaluate(text, id, -1) as Wrapper;
  } catch (error) {
    throw behindTheEnd(error, id, body) ? unclosed(id, body) : error;
  }
}

/** Whether the parser found the mistake in what stands around the text: something in it is open, or closed once too often. */
function behindTheEnd(error: unknown, id: string, body: string): boolean {
  if (!inherits(error, NativeSyntaxError.prototype)) return false;
  const stack = `${(error as Error).stack}`;
  const at = stringIndexOf(stack, `${id}:`);
  return at >= 0 && toInteger(stringSlice(stack, at + id.length + 1), 10) > lineCount(body);
}

/** The error of the text by itself. */
function unclosed(id: string, body: string): unknown {
  try {
    native.compileScript(body, id);
  } catch (error) {
    // Only a module's function may return.
    if (stringIndexOf(`${(error as Error).message}`, 'Illegal return statement') < 0) return error;
  }
  const failure = new NativeSyntaxError('Unexpected end of input');
  define(failure, 'stack', `SyntaxError: Unexpected end of input\n    at ${id}:${lineCount(body)}:1`, false);
  return failure;
}

function lineCount(text: string): number {
  let count = 1;
  for (let at = stringIndexOf(text, '\n'); at >= 0; at = stringIndexOf(text, '\n', at + 1)) count++;
  return count;
}

/** Keeps what was compiled while the module's format was found out. */
export function keepCompiled(id: string, wrapper: Wrapper): void {
  mapSet(compiled, id, wrapper);
}

function isCompiled(id: string): boolean {
  return mapGet(compiled, id) !== undefined;
}

/** What `keepCompiled` kept, once. */
export function takeCompiled(id: string): Wrapper | undefined {
  const wrapper = mapGet(compiled, id);
  mapDelete(compiled, id);
  return wrapper;
}

/** The JavaScript of a file. */
export function textOf(path: string): string {
  return stripped(path, rawTextOf(path));
}

function rawTextOf(path: string): string {
  const source = readSource(path);
  if (typeof source === 'string') return source;
  throw systemError(source, 'open', path);
}

export function readJson(path: string): unknown {
  return jsonOf(path, rawTextOf(path));
}

/** @throws {SyntaxError} that names where the text is from. */
export function jsonOf(where: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new NativeSyntaxError(`${where}: ${(error as Error).message}`);
  }
}
