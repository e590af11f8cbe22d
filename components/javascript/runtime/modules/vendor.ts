import { lazyPart } from '../parts.ts';
import { regExpExec, stringEndsWith } from '../primordials.ts';
import { isFile } from './files.ts';

/** Where the packages lie that a host lends to programs (vendor_js/). */
export const vendorFolder = '/data_js/vendor';

const errors = lazyPart<typeof import('../parts/vendor.ts')>('vendor');

/** No separator, no `..`, nothing empty: a name cannot lead out of the folder. */
const validName = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/i;

/** The file of a vendored package; undefined when there is none of that name. */
export function vendorFile(name: unknown): string | undefined {
  if (typeof name !== 'string' || regExpExec(validName, name) === null) return undefined;
  const path = `${vendorFolder}/${name}${stringEndsWith(name, '.js') ? '' : '.js'}`;
  return isFile(path) ? path : undefined;
}

/**
 * The same for a specifier `vendor:<name>`.
 *
 * @throws an error that lists the packages, when there is none of that name.
 */
export function vendorId(name: string): string {
  const found = vendorFile(name);
  if (found === undefined) throw errors().unknownPackage(name);
  return found;
}
