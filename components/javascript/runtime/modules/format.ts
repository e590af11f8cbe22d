import { inherits } from '../inherits.ts';
import {
  mapGet,
  mapSet,
  NativeMap,
  NativeSyntaxError,
  regExpExec,
  stringLastIndexOf,
  stringSlice,
} from '../primordials.ts';
import { compile, keepCompiled, textOf } from './commonjs.ts';
import { packageAround } from './packages.ts';

export type Format = 'esm' | 'cjs' | 'json';

let known = new NativeMap<string, Format>();

/** Forgets what was found out: another run may find other files. */
export function forgetFormats(): void {
  known = new NativeMap();
}

function formatOfEnding(path: string): Format | undefined {
  switch (stringSlice(path, stringLastIndexOf(path, '.') + 1)) {
    case 'json':
      return 'json';
    case 'mjs':
    case 'mts':
      return 'esm';
    case 'cjs':
    case 'cts':
      return 'cjs';
    default:
      return undefined;
  }
}

/** How a file is to be read: by its ending, its package, or its syntax. */
export function formatOf(path: string): Format {
  const byEnding = formatOfEnding(path);
  if (byEnding !== undefined) return byEnding;
  const found = mapGet(known, path);
  if (found !== undefined) return found;
  const type = packageAround(path)?.type;
  const format = type === 'module' ? 'esm' : type === 'commonjs' ? 'cjs' : formatOfText(path, textOf(path));
  mapSet(known, path, format);
  return format;
}

/** The ending of a file that `import` takes for nothing that it knows; undefined for all others. */
export function unknownEnding(path: string): string | undefined {
  const name = stringSlice(path, stringLastIndexOf(path, '/') + 1);
  const dot = stringLastIndexOf(name, '.');
  const ending = dot <= 0 ? '' : stringSlice(name, dot);
  return regExpExec(knownEnding, ending) === null ? ending : undefined;
}

const knownEnding = /^(?:|\.json|\.[mc]?[jt]s)$/;

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
