import { lazyProperty } from '../lazy.ts';
import { keys, stringSlice, stringStartsWith } from '../primordials.ts';

/** The built-in modules, by the name after `node:`; filled by `register` while the runtime starts. */
const nodeModules: Record<string, unknown> = { __proto__: null } as unknown as Record<string, unknown>;
/** QuickJS's own modules. `os` there holds the functions of `node:os` as well. */
const engineModules: Record<string, unknown> = { __proto__: null } as unknown as Record<string, unknown>;

/** Makes `exports` the module `node:<name>` (and `<name>`, where QuickJS has no module of that name). */
export function registerNode(name: string, exports: unknown): void {
  nodeModules[name] = exports;
}

/** The same for a module that is made when a program first imports it. */
export function registerLazyNode(name: string, make: () => unknown): void {
  lazyProperty(nodeModules, name, make);
}

export function registerLazyEngine(name: string, make: () => unknown): void {
  lazyProperty(engineModules, name, make);
}

/** The id of a built-in module: `node:fs`, `std`, `os`. Undefined when the specifier names none. */
export function builtinId(specifier: string): string | undefined {
  if (stringStartsWith(specifier, 'node:')) {
    const name = stringSlice(specifier, 5);
    return name in nodeModules ? specifier : undefined;
  }
  if (stringStartsWith(specifier, 'qjs:')) {
    const name = stringSlice(specifier, 4);
    return name in engineModules ? name : undefined;
  }
  if (specifier in engineModules) return specifier;
  return specifier in nodeModules ? `node:${specifier}` : undefined;
}

export function isBuiltinId(id: string): boolean {
  return stringStartsWith(id, 'node:') || id in engineModules;
}

/** What a built-in module exports, by its id. */
export function builtinExports(id: string): unknown {
  return stringStartsWith(id, 'node:') ? nodeModules[stringSlice(id, 5)] : engineModules[id];
}

/** Names of Node's modules, sorted as registered. */
export function builtinNames(): string[] {
  return keys(nodeModules);
}
