import { inherits } from '../inherits.ts';
import { mapGet, mapSet, NativeMap, NativeSyntaxError, regExpExec, stringEndsWith } from '../primordials.ts';
import { compile, keepCompiled, textOf } from './commonjs.ts';
import { packageAround } from './files.ts';

export type Format = 'esm' | 'cjs' | 'json';

const known = new NativeMap<string, Format>();

/** How a file is to be read: by its extension, its package, or its syntax. */
export function formatOf(id: string): Format {
  if (stringEndsWith(id, '.json')) return 'json';
  if (stringEndsWith(id, '.mjs')) return 'esm';
  if (stringEndsWith(id, '.cjs')) return 'cjs';
  const found = mapGet(known, id);
  if (found !== undefined) return found;
  const type = packageAround(id)?.type;
  const format = type === 'module' ? 'esm' : type === 'commonjs' ? 'cjs' : formatOfText(id, textOf(id));
  mapSet(known, id, format);
  return format;
}

/** Words that only modules have where CommonJS does not parse. `await` may stand deep in an expression. */
const moduleSyntax = /\b(import|export|await)\b/;

/**
 * As Node's syntax detection: CommonJS, unless the text does not parse as that and looks like a module.
 * Text that is neither is compiled as CommonJS later, and fails there.
 */
export function formatOfText(id: string, source: string): 'esm' | 'cjs' {
  try {
    keepCompiled(id, compile(id, source));
    return 'cjs';
  } catch (error) {
    if (!inherits(error, NativeSyntaxError.prototype)) throw error;
    return regExpExec(moduleSyntax, source) !== null ? 'esm' : 'cjs';
  }
}
