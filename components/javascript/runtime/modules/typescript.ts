/** TypeScript files: their types are taken out before the engine sees them. */
import { regExpExec } from '../primordials.ts';

const typescript = /\.[mc]?ts$/;

/** The text of a file as JavaScript. Lines and columns stay what they are. */
export function stripped(path: string, text: string): string {
  return regExpExec(typescript, path) === null ? text : text;
}
