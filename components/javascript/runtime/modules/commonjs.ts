import { plainError, systemError, typeError } from '../errors.ts';
import { native } from '../native.ts';
import { builtinExports, builtinNames, isBuiltinId } from '../node/registry.ts';
import { dirname } from '../path.ts';
import {
  append,
  apply,
  arrayIndexOf,
  define,
  mapDelete,
  mapGet,
  mapSet,
  NativeMap,
  NativeSyntaxError,
  parseJson,
  stringStartsWith,
  toJson,
} from '../primordials.ts';
import { readSource } from './files.ts';
import { formatOf } from './format.ts';
import { resolve } from './resolve.ts';

/** Node's `module` object, as far as programs use it. */
export class Module {
  id: string;
  path: string;
  exports: unknown = {};
  filename: string;
  loaded = false;
  children: Module[] = [];
  paths: string[] = [];
  parent: Module | null | undefined;
  declare require: Require;

  constructor(id = '', parent?: Module | null) {
    this.id = id;
    this.path = dirname(id);
    this.filename = id;
    this.parent = parent;
    define(this, 'require', makeRequire(this), false);
    define(this, 'parent', parent, false);
  }

  static builtinModules: string[] = [];
  static createRequire(file: unknown): Require {
    const path = typeof file === 'string' ? file : `${(file as { href?: unknown } | null)?.href as string}`;
    const absolute = stringStartsWith(path, 'file:') ? resolve('/', path, 'require') : path;
    if (!stringStartsWith(absolute, '/')) {
      throw typeError(
        'ERR_INVALID_ARG_VALUE',
        `The argument 'filename' must be a file URL object, file URL string, or absolute path string. Received '${path}'`,
      );
    }
    return new Module(absolute).require;
  }
  static isBuiltin(name: unknown): boolean {
    return typeof name === 'string' && isBuiltinId(name) ? true : arrayIndexOf(builtinNames(), name) >= 0;
  }
  static Module = Module;
}

export interface Require {
  (specifier: string): unknown;
  resolve(specifier: string): string;
  cache: Record<string, Module>;
  main: Module | undefined;
}

type Wrapper = (exports: unknown, require: Require, module: Module, filename: string, dirname: string) => void;

/** What `require.cache` shows; deleting an entry makes the next `require` load the file anew. */
const cache = { __proto__: null } as unknown as Record<string, Module>;
/** Modules compiled ahead of their evaluation. */
const compiled = new NativeMap<string, Wrapper>();
let mainModule: Module | undefined;

export function requireCache(): Record<string, Module> {
  return cache;
}

function makeRequire(module: Module): Require {
  const require = ((specifier: unknown) => {
    if (typeof specifier !== 'string')
      throw typeError('ERR_INVALID_ARG_TYPE', 'The "id" argument must be of type string.');
    if (specifier === '')
      throw typeError('ERR_INVALID_ARG_VALUE', "The argument 'id' must be a non-empty string. Received ''");
    return requireId(resolve(module.id, specifier, 'require'), module);
  }) as Require;
  define(require, 'name', 'require', false);
  define(require, 'resolve', (specifier: string) => {
    const id = resolve(module.id, specifier, 'require');
    return id;
  });
  define(require, 'cache', cache);
  define(require, 'main', mainModule);
  return require;
}

/** Loads a module by its id, as `require` does. */
export function requireId(id: string, parent?: Module): unknown {
  if (isBuiltinId(id)) return builtinExports(id);
  const known = cache[id];
  if (known !== undefined) {
    if (parent !== undefined && arrayIndexOf(parent.children, known) < 0) append(parent.children, known);
    return known.exports;
  }
  const format = formatOf(id);
  if (format === 'esm') return importNow(id);
  const module = new Module(id, parent);
  if (parent !== undefined) append(parent.children, module);
  cache[id] = module;
  let done = false;
  try {
    if (format === 'json') module.exports = readJson(id);
    else run(module, takeCompiled(id) ?? compile(id, textOf(id)));
    module.loaded = true;
    done = true;
  } finally {
    if (!done) delete cache[id];
  }
  return module.exports;
}

/** Runs the program itself as CommonJS. */
export function runMain(id: string, wrapper: Wrapper): void {
  const module = new Module(id, null);
  mainModule = module;
  define(module, 'id', '.');
  define(module, 'require', makeRequireForMain(module, id), false);
  cache[id] = module;
  run(module, wrapper, id);
  module.loaded = true;
}

function makeRequireForMain(module: Module, id: string): Require {
  const require = makeRequire({ ...module, id } as Module);
  define(require, 'main', module);
  return require;
}

function run(module: Module, wrapper: Wrapper, id = module.id): void {
  apply(wrapper, module.exports, [module.exports, module.require, module, id, dirname(id)]);
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
  // The engine takes 0 for "not given", so that the module's first line is the third from -1.
  return native.evaluate(text, id, -1) as Wrapper;
}

/** Keeps what was compiled while the module's format was found out. */
export function keepCompiled(id: string, wrapper: Wrapper): void {
  mapSet(compiled, id, wrapper);
}

/** What `keepCompiled` kept, once. */
export function takeCompiled(id: string): Wrapper | undefined {
  const wrapper = mapGet(compiled, id);
  mapDelete(compiled, id);
  return wrapper;
}

export function textOf(id: string): string {
  const source = readSource(id);
  if (typeof source === 'string') return source;
  throw systemError(source, 'open', id);
}

export function readJson(id: string): unknown {
  const source = textOf(id);
  try {
    return parseJson(source);
  } catch (error) {
    const message = (error as Error).message;
    throw new NativeSyntaxError(`${id}: ${message}`);
  }
}

let imports = 0;

/**
 * An ES module's namespace, at once.
 *
 * @throws with code ERR_REQUIRE_ASYNC_MODULE when the module, or one it imports, awaits at its top level.
 */
export function importNow(id: string): unknown {
  const helper = `require:${++imports}`;
  const evaluate = native.compileModule(`import * as n from ${toJson(id)}; import.meta.take(n)`, helper);
  const promise = evaluate();
  const [status, reason] = native.promiseState(promise);
  if (status === 2) throw reason;
  const namespace = mapGet(taken, helper);
  mapDelete(taken, helper);
  if (status === 0 || namespace === undefined) {
    throw plainError(
      'ERR_REQUIRE_ASYNC_MODULE',
      `require() cannot be used on an ES module with top-level await, which ${id} or one of its imports has. Use import() instead.`,
    );
  }
  return namespace;
}

const taken = new NativeMap<string, unknown>();

/** Gives a helper module of `importNow` the function that hands its namespace over. */
export function adoptHelper(meta: object, id: string): boolean {
  if (!stringStartsWith(id, 'require:')) return false;
  define(meta, 'take', (namespace: unknown) => mapSet(taken, id, namespace));
  return true;
}

export function isHelper(id: string): boolean {
  return stringStartsWith(id, 'require:');
}
