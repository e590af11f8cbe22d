import { builtinExports } from './registry.ts';

/** Another built-in module, loaded when it is first asked for: what a module needs only now and then it asks for here. */
export function use<T>(name: string): T {
  return builtinExports(`node:${name}`) as T;
}
