import { plainError } from '../errors.ts';
import { native } from '../native.ts';
import {
  define,
  mapDelete,
  mapGet,
  mapSet,
  NativeMap,
  reflectHas,
  stringSlice,
  stringStartsWith,
  toJson,
} from '../primordials.ts';
import { noteRejection } from '../rejections.ts';

/** ES modules for `require`: imported by a module of ours, which hands the namespace over. */

const helper = 'require:';
/** A module as CommonJS is to see it: with `__esModule`. */
const facade = 'facade:';
let imports = 0;
const taken = new NativeMap<string, object>();
const facades = new NativeMap<string, object>();

/**
 * What `require` gives for an ES module: its namespace, with `__esModule` where it has a default export, or what it
 * exports as `module.exports`.
 *
 * @throws with code ERR_REQUIRE_ASYNC_MODULE when the module, or one it imports, awaits at its top level.
 */
export function importNow(id: string): unknown {
  const namespace = namespaceOf(id);
  if (reflectHas(namespace, 'module.exports')) return (namespace as Record<string, unknown>)['module.exports'];
  if (!reflectHas(namespace, 'default') || reflectHas(namespace, '__esModule')) return namespace;
  let found = mapGet(facades, id);
  if (found === undefined) {
    found = namespaceOf(facade + id);
    mapSet(facades, id, found);
  }
  return found;
}

function namespaceOf(id: string): object {
  const name = `${helper}${++imports}`;
  const promise = native.compileModule(`import * as n from ${toJson(id)}; import.meta.take(n)`, name)();
  const [status, reason] = native.promiseState(promise);
  if (status === 2) {
    // It is thrown here and now, which is its handling.
    noteRejection(promise, undefined, true);
    throw reason;
  }
  const namespace = mapGet(taken, name);
  mapDelete(taken, name);
  if (status === 1 && namespace !== undefined) return namespace;
  throw plainError(
    'ERR_REQUIRE_ASYNC_MODULE',
    `require() cannot be used on an ES module with top-level await, which ${id} or one of its imports has. Use import() instead.`,
  );
}

/** Whether a module is one of ours: what it imports are ids. */
export function isHelper(id: string): boolean {
  return stringStartsWith(id, helper) || stringStartsWith(id, facade);
}

/** The text of a facade. */
export function helperText(id: string): string {
  const of = toJson(stringSlice(id, facade.length));
  return `export * from ${of}; export { default } from ${of}; export const __esModule = true;`;
}

/** Gives a helper the function that hands its namespace over. */
export function adoptHelper(meta: object, id: string): void {
  if (stringStartsWith(id, helper)) define(meta, 'take', (namespace: object) => mapSet(taken, id, namespace));
}
