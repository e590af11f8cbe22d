import { typeError } from '../errors.ts';
import { builtinExports, isBuiltinId } from '../node/registry.ts';
import { lazyPart } from '../parts.ts';
import { dirname } from '../path.ts';
import { append, arrayIndexOf, define, hasOwn, keys, stringStartsWith } from '../primordials.ts';
import { state } from '../state.ts';
import { toFileUrl } from '../web/file-url.ts';
import { adoptHelper, isHelper, readJson, requireCache, requireId, textOf } from './commonjs.ts';
import { formatOf } from './format.ts';
import { resolve } from './resolve.ts';

const lexer = lazyPart<typeof import('../parts/cjs-lexer.ts')>('cjs-lexer');

/** A module made of values: names, and the function that gives the values in their order. */
type Recipe = readonly [names: readonly string[], values: () => unknown[]];

/** Hook: the id of what a module imports. */
export function resolveImport(base: string, specifier: string, type: unknown): string {
  if (type !== undefined && type !== 'json') {
    throw typeError(
      'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED',
      `Import attribute "type" with value "${type as string}" is not supported`,
    );
  }
  if (isHelper(base)) return specifier;
  return resolve(base, specifier, 'import');
}

/** Hook: the text of an ES module, or how to make a module of values. */
export function loadImport(id: string, type: unknown): string | Recipe {
  if (isBuiltinId(id)) return builtin(id);
  const format = formatOf(id);
  if (format === 'json') {
    if (type !== 'json') {
      throw typeError(
        'ERR_IMPORT_ATTRIBUTE_MISSING',
        `Module "${toFileUrl(id)}" needs an import attribute of "type: json"`,
      );
    }
    const value = readJson(id);
    return [['default'], () => [value]];
  }
  if (type === 'json') {
    throw typeError('ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE', `Module "${toFileUrl(id)}" is not of type "json"`);
  }
  return format === 'esm' ? textOf(id) : commonjs(id);
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
      const exports = requireId(id) as Record<string, unknown> | null | undefined;
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
  const loaded = requireCache()[id];
  if (loaded !== undefined && typeof loaded.exports === 'object' && loaded.exports !== null)
    addNames(keys(loaded.exports), names);
  if (isBuiltinId(id)) {
    addNames(keys(builtinExports(id) as object), names);
    return;
  }
  if (formatOf(id) !== 'cjs') return;
  const { lex } = lexer();
  let found: { exports: Iterable<string>; reexports: Iterable<string> };
  try {
    found = lex(textOf(id));
  } catch {
    return; // its text has errors, which running it will tell
  }
  addNames([...found.exports], names);
  const reexports = [...found.reexports];
  for (let i = 0; i < reexports.length; i++) {
    try {
      collectNames(resolve(id, reexports[i] ?? '', 'require'), names, visited);
    } catch {
      // as above
    }
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
  if (adoptHelper(meta, id)) return;
  const isPath = stringStartsWith(id, '/');
  define(meta, 'dirname', isPath ? dirname(id) : state.workingDirectory);
  define(meta, 'filename', id);
  define(meta, 'main', id === state.mainFile);
  define(meta, 'resolve', (specifier: unknown) => {
    const found = resolve(id, `${specifier as string}`, 'import');
    return stringStartsWith(found, '/') ? toFileUrl(found) : found;
  });
  define(meta, 'url', isPath ? toFileUrl(id) : id);
}
