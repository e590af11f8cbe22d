import { plainError, typeError } from '../errors.ts';
import { compile, keepCompiled, loadFile, requireCache } from '../modules/commonjs.ts';
import { vendorFile, vendorFolder } from '../modules/vendor.ts';
import { native } from '../native.ts';
import { builtinExports } from '../node/registry.ts';
import { append, arrayJoin, arraySort, stringEndsWith, stringSlice, toJson } from '../primordials.ts';

interface Std {
  open(path: string, mode: string): { readAsString(): string; close(): number } | null;
}

/**
 * A vendored package's `module.exports` (seed 001). Its text is read with QuickJS's `std.open` and run in a scope of
 * its own; `require` and `import` of the package give the very same object.
 *
 * DEVIATION D24: the runtime's own access to `std`, not a line put before the program.
 */
export function requireVendor(name: unknown): unknown {
  if (typeof name !== 'string')
    throw typeError('ERR_INVALID_ARG_TYPE', `requireVendor takes the name of a package, not ${typeof name}`);
  const id = vendorFile(name);
  if (id === undefined) throw unknownPackage(name);
  const known = requireCache()[id];
  if (known !== undefined) return known.exports;
  const file = (builtinExports('std') as Std).open(id, 'r');
  if (file === null) throw unknownPackage(name);
  const text = file.readAsString();
  file.close();
  keepCompiled(id, compile(id, text));
  return loadFile(id);
}

const longest = 100;

export function unknownPackage(name: string): Error {
  const shown = name.length > longest ? `${stringSlice(name, 0, longest)}…` : name;
  const names = available();
  const list = names.length === 0 ? `none: nothing is mounted at ${vendorFolder}` : arrayJoin(names, ', ');
  return plainError(
    'ERR_UNKNOWN_VENDOR_PACKAGE',
    `There is no vendored package ${toJson(shown)}. Available packages: ${list}`,
  );
}

/** The names of all packages, sorted. */
function available(): string[] {
  const flat = native.readDirectory(vendorFolder);
  const names: string[] = [];
  if (typeof flat === 'number') return names;
  for (let i = 0; i < flat.length; i += 2) {
    const name = flat[i] as string;
    if (stringEndsWith(name, '.js')) append(names, stringSlice(name, 0, -3));
  }
  return arraySort(names);
}
