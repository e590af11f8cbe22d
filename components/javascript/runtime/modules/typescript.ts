import { lazyPart } from '../parts.ts';
import { stringEndsWith } from '../primordials.ts';

const types = lazyPart<typeof import('../parts/typescript.ts')>('typescript');

const isTypeScript = (path: string): boolean =>
  stringEndsWith(path, 'ts') &&
  (stringEndsWith(path, '.ts') || stringEndsWith(path, '.mts') || stringEndsWith(path, '.cts'));

/**
 * The text of a file as JavaScript: that of TypeScript without its types, every line and column where it was.
 *
 * @throws {SyntaxError} with the place in the file.
 */
export function stripped(path: string, text: string): string {
  return isTypeScript(path) ? types().withoutTypes(path, text) : text;
}
