import { type CodedError, plainError } from '../errors.ts';
import { stringIndexOf, stringSlice, stringStartsWith } from '../primordials.ts';

/** Modules that are not in the workspace. The place for loading them over the network, where a run is allowed to. */

/** Why a URL cannot be imported. */
export function refusedUrl(url: string): CodedError {
  const scheme = stringSlice(url, 0, stringIndexOf(url, ':') + 1);
  if (stringStartsWith(scheme, 'http')) {
    return plainError(
      'ERR_UNSUPPORTED_ESM_URL_SCHEME',
      `import of '${url}' is not allowed: this run has no permission for the network. Give the module to the run as a ` +
        'file and import it by its name.',
    );
  }
  return plainError(
    'ERR_UNSUPPORTED_ESM_URL_SCHEME',
    `Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. Received protocol '${scheme}'`,
  );
}
