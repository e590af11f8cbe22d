import { lazyPart } from '../parts.ts';
import { regExpExec } from '../primordials.ts';

const types = lazyPart<typeof import('../parts/typescript.ts')>('typescript');

const typescript = /\.[mc]?ts$/;

/**
 * The text of a file as JavaScript: that of TypeScript without its types, every line and column where it was.
 *
 * @throws {SyntaxError} with the place in the file.
 */
export function stripped(path: string, text: string): string {
  return regExpExec(typescript, path) === null ? text : types().withoutTypes(path, text);
}
