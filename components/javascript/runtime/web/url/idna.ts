import { lazyPart } from '../../parts.ts';

/**
 * What `whatwg-url` takes from `tr46`: most host names are ASCII and need nothing of it but small letters, so that
 * its tables are loaded for the others only.
 */

const tables = lazyPart<typeof import('../../parts/idna.ts')>('idna');

const plain = /^(?!.*xn--)[\x21-\x7e]*$/i;

export function toASCII(domain: string, options: object): string | null {
  return plain.test(domain) ? domain.toLowerCase() : tables().toASCII(domain, options);
}

/** `node:url`'s domainToUnicode. */
export function toUnicode(domain: string, options: object): { domain: string; error: boolean } {
  return plain.test(domain) ? { domain: domain.toLowerCase(), error: false } : tables().toUnicode(domain, options);
}
