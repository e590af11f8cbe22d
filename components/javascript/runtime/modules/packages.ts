import { plainError } from '../errors.ts';
import { dirname } from '../path.ts';
import { hasOwn, isArray, mapGet, mapSet, NativeMap, parseJson, stringEndsWith } from '../primordials.ts';
import { isFile, readSource } from './files.ts';

/** What of a package.json decides about modules. */
export interface PackageJson {
  /** The folder that holds it. */
  readonly directory: string;
  readonly name: unknown;
  readonly main: unknown;
  readonly type: unknown;
  readonly exports: unknown;
  readonly imports: unknown;
}

let known = new NativeMap<string, PackageJson>();

/** Forgets what was read: another run may find other files. */
export function forgetPackages(): void {
  known = new NativeMap();
}

/**
 * The package.json of a folder; undefined where there is none.
 *
 * @param importing what is said to be imported when it is malformed.
 * @throws an error with code ERR_INVALID_PACKAGE_CONFIG for one that is malformed.
 */
export function packageIn(directory: string, importing = ''): PackageJson | undefined {
  const found = mapGet(known, directory);
  if (found !== undefined) return found;
  const path = `${directory === '/' ? '' : directory}/package.json`;
  if (!isFile(path)) return undefined;
  const source = readSource(path);
  if (typeof source === 'number') return undefined;
  let parsed: unknown;
  try {
    parsed = parseJson(source);
  } catch {
    throw plainError('ERR_INVALID_PACKAGE_CONFIG', `Invalid package config ${path}${importing}.`);
  }
  const read = (name: string): unknown => own(parsed, name);
  const manifest: PackageJson = {
    directory,
    name: read('name'),
    main: read('main'),
    type: read('type'),
    exports: read('exports') ?? undefined,
    imports: read('imports') ?? undefined,
  };
  mapSet(known, directory, manifest);
  return manifest;
}

/** An own property of parsed JSON; what a program put on the prototypes is none. */
export function own(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null && !isArray(value);
  return isObject && hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** The package.json that governs a file: the nearest above it, none beyond a node_modules folder. */
export function packageAround(path: string): PackageJson | undefined {
  for (let at = dirname(path); ; at = dirname(at)) {
    if (stringEndsWith(at, '/node_modules')) return undefined;
    const found = packageIn(at);
    if (found !== undefined) return found;
    if (at === '/') return undefined;
  }
}
