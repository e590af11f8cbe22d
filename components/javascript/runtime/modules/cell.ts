import { inherits } from '../inherits.ts';
import { native } from '../native.ts';
import { dirname, resolveFrom } from '../path.ts';
import { define, NativeSyntaxError, regExpExec, stringSlice } from '../primordials.ts';
import { state } from '../state.ts';
import { newMain } from './commonjs.ts';
import { readMain } from './main.ts';
import { stripped } from './typescript.ts';

/**
 * Compiles a program whose variables, functions and classes outlive it: a script of the global scope, as a cell of a
 * notebook. `import` declarations, which no script may have, become expressions; what still needs a module is run as
 * one, and its variables end with it.
 *
 * @throws {SyntaxError | MissingEntrypointError}
 */
export function compileCell(entrypoint: string, source: string | undefined): { run: () => unknown; isModule: boolean } {
  const id = resolveFrom(state.workingDirectory, entrypoint);
  state.mainFile = id;
  const text = stripped(id, source ?? readMain(entrypoint, id));
  lendCommonJs(id);
  try {
    return { run: native.compileScript(text, id), isModule: false };
  } catch (error) {
    if (!inherits(error, NativeSyntaxError.prototype) || regExpExec(moduleWord, text) === null) throw error;
  }
  try {
    return { run: native.compileScript(importsAsExpressions(text), id), isModule: false };
  } catch (error) {
    if (!inherits(error, NativeSyntaxError.prototype)) throw error;
  }
  return { run: native.compileModule(text, id), isModule: true };
}

/** What a CommonJS module has as parameters, a cell has as globals. */
function lendCommonJs(id: string): void {
  const { module, require } = newMain(id);
  define(globalThis, 'module', module, false);
  define(globalThis, 'exports', module.exports, false);
  define(globalThis, 'require', require, false);
  define(globalThis, '__filename', id, false);
  define(globalThis, '__dirname', dirname(id), false);
}

const moduleWord = /\b(?:import|export)\b/;

/** One `import` declaration at the beginning of a line: default name, named ones or namespace, specifier, attributes. */
const declaration =
  /^[ \t]*import\b\s*(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\}|\*\s*as\s+([\w$]+))?\s*(?:from\s*)?("[^"\n]*"|'[^'\n]*')(?:\s*with\s*(\{[^}]*\}))?[ \t]*;?/gm;
const renamed = /([\w$]+)\s+as\s+([\w$]+)/g;

/** Line numbers stay: what spans lines still does. */
function importsAsExpressions(text: string): string {
  return replaced(text, declaration, ([, main, names, space, specifier, attributes]) => {
    const loaded = `await import(${specifier}${attributes === undefined ? '' : `, { with: ${attributes} }`})`;
    const list = names === undefined ? '' : replaced(names, renamed, ([, from, to]) => `${from}: ${to}`);
    if (space !== undefined)
      return `var ${space} = ${loaded}${main === undefined ? '' : `, ${main} = ${space}.default`};`;
    if (main !== undefined) return `var { default: ${main}${list === '' ? '' : `, ${list}`} } = ${loaded};`;
    return names === undefined ? `${loaded};` : `var {${list}} = ${loaded};`;
  });
}

/** `String.prototype.replace`, which programs may have replaced. */
function replaced(text: string, pattern: RegExp, by: (match: RegExpExecArray) => string): string {
  let result = '';
  let at = 0;
  pattern.lastIndex = 0;
  for (let match = regExpExec(pattern, text); match !== null; match = regExpExec(pattern, text)) {
    result += stringSlice(text, at, match.index) + by(match);
    at = pattern.lastIndex;
  }
  return result + stringSlice(text, at);
}
