import { rangeError, typeError } from '../errors.ts';
import { builtinExports, builtinId, isBuiltinId } from '../node/registry.ts';
import { lazyPart } from '../parts.ts';
import { dirname } from '../path.ts';
import { append, arrayIndexOf, define, hasOwn, keys, setHas, stringStartsWith } from '../primordials.ts';
import { state } from '../state.ts';
import { jsonOf, loadFile, Module, readJson, textOf } from './commonjs.ts';
import { parseDataUrl } from './data-url.ts';
import { type Format, formatOf, unknownEnding } from './format.ts';
import { pathOf, urlOf } from './ids.ts';
import { adoptHelper, helperText, isHelper } from './require-esm.ts';
import { givenFiles, resolve, resolveUnseen } from './resolve.ts';

const lexer = lazyPart<typeof import('../parts/cjs-lexer.ts')>('cjs-lexer');

/** A module made of values: names, and the function that gives the values in their order. */
type Recipe = readonly [names: readonly string[], values: () => unknown[]];

/** Hook: the id of what a module imports. The attributes are an object of the engine's making. */
export function resolveImport(base: string, specifier: string, attributes: object | undefined): string {
  if (isHelper(base)) return specifier;
  const id = resolve(base, specifier);
  const names = attributes === undefined ? [] : keys(attributes);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    const value = (attributes as Record<string, unknown>)[name];
    if (name === 'type' && value === 'json') continue;
    throw typeError(
      'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED',
      `Import attribute "${name}" with value "${value as string}" is not supported in ${urlOf(id)}`,
    );
  }
  return id;
}

/** Hook: the text of an ES module, or how to make a module of values. */
export function loadImport(id: string, type: unknown): string | Recipe {
  if (isBuiltinId(id)) return builtin(id);
  if (isHelper(id)) return helperText(id);
  if (stringStartsWith(id, 'data:')) return loadData(id, type);
  const path = pathOf(id) ?? id;
  const ending = unknownEnding(path);
  if (ending !== undefined && !setHas(givenFiles, path))
    throw typeError('ERR_UNKNOWN_FILE_EXTENSION', `Unknown file extension "${ending}" for ${path}`);
  const format = formatOf(path);
  checkType(id, format, type);
  if (format === 'json') return jsonModule(readJson(path));
  return format === 'esm' ? textOf(path) : commonjs(path);
}

function loadData(id: string, type: unknown): string | Recipe {
  const { type: mime, text } = parseDataUrl(id);
  const isJson = mime === 'application/json';
  if (!isJson && mime !== 'text/javascript') {
    throw rangeError('ERR_UNKNOWN_MODULE_FORMAT', `Unknown module format: ${mime} for URL ${id}`);
  }
  checkType(id, isJson ? 'json' : 'esm', type);
  return isJson ? jsonModule(jsonOf(id, text)) : text;
}

function checkType(id: string, format: Format, type: unknown): void {
  if (format === 'json' && type !== 'json') {
    throw typeError('ERR_IMPORT_ATTRIBUTE_MISSING', `Module "${urlOf(id)}" needs an import attribute of "type: json"`);
  }
  if (format !== 'json' && type === 'json')
    throw typeError('ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE', `Module "${urlOf(id)}" is not of type "json"`);
}

function jsonModule(value: unknown): Recipe {
  return [['default'], () => [value]];
}

function builtin(id: string): Recipe {
  const exports = builtinExports(id) as Record<string, unknown>;
  const names = keys(exports);
  if (arrayIndexOf(names, 'default') < 0) append(names, 'default');
  return [
    names,
    () => {
      const values: unknown[] = [];
      for (let i = 0; i < names.length; i++) {
        const name = names[i] ?? '';
        append(values, name === 'default' && !hasOwn(exports, 'default') ? exports : exports[name]);
      }
      return values;
    },
  ];
}

/** A CommonJS module seen from an ES module: `default` is `module.exports`, names are found in its text, as in Node. */
function commonjs(id: string): Recipe {
  const names: string[] = ['default', 'module.exports'];
  collectNames(id, names, []);
  return [
    names,
    () => {
      const exports = loadFile(id) as Record<string, unknown> | null | undefined;
      const values: unknown[] = [];
      for (let i = 0; i < names.length; i++) {
        const name = names[i] ?? '';
        if (i < 2) append(values, exports);
        else append(values, exports === null || exports === undefined ? undefined : exports[name]);
      }
      return values;
    },
  ];
}

function collectNames(id: string, names: string[], visited: string[]): void {
  if (arrayIndexOf(visited, id) >= 0) return;
  append(visited, id);
  const builtin = builtinId(id);
  if (builtin !== undefined) {
    addNames(keys(builtinExports(builtin) as object), names);
    return;
  }
  if (formatOf(id) !== 'cjs') return;
  let found: { exports: string[]; reexports: string[] };
  try {
    found = lexer().lex(textOf(id));
  } catch {
    // Text that it does not understand, or a program that has spoilt what it needs: the module itself tells.
    addNames(namesOfLoaded(id), names);
    return;
  }
  addNames(found.exports, names);
  const { reexports } = found;
  for (let i = 0; i < reexports.length; i++) {
    try {
      collectNames(Module.createRequire(id).resolve(reexports[i] ?? ''), names, visited);
    } catch {
      // as above
    }
  }
}

/** The names that a CommonJS module really exports; none where it fails, which evaluating it will tell. */
function namesOfLoaded(id: string): string[] {
  try {
    const exports = loadFile(id);
    return (typeof exports === 'object' && exports !== null) || typeof exports === 'function' ? keys(exports) : [];
  } catch {
    return [];
  }
}

function addNames(more: readonly string[], names: string[]): void {
  for (let i = 0; i < more.length; i++) {
    const name = more[i] ?? '';
    if (arrayIndexOf(names, name) < 0) append(names, name);
  }
}

/** Hook: fills `import.meta`. */
export function fillMeta(meta: object, id: string): void {
  if (isHelper(id)) {
    adoptHelper(meta, id);
    return;
  }
  const path = pathOf(id);
  if (path !== undefined) {
    define(meta, 'dirname', dirname(path));
    define(meta, 'filename', path);
  }
  define(meta, 'main', id === state.mainFile);
  define(meta, 'resolve', (specifier: unknown) => urlOf(resolveUnseen(id, `${specifier as string}`)));
  define(meta, 'url', urlOf(id));
}
