import { parse } from 'sucrase/dist/esm/parser/index.js';
import { ContextualKeyword } from 'sucrase/dist/esm/parser/tokenizer/keywords.js';
import { TokenType } from 'sucrase/dist/esm/parser/tokenizer/types.js';
import { NativeSet, regExpExec, setHas } from '../primordials.ts';

/** Text without it has no namespace, and is not parsed a second time. */
const mayHave = /\b(?:namespace|module)\s+[\w$.]+\s*\{/;

/** What begins a declaration that exists when the program runs. */
const values = new NativeSet<number>([
  TokenType._abstract,
  TokenType._class,
  TokenType._const,
  TokenType._enum,
  TokenType._function,
  TokenType._let,
  TokenType._var,
]);

/**
 * Where the first namespace begins that holds values, as an offset; -1 if there is none. Such a namespace would be taken out
 * with the types, and the program fail later, at its use.
 */
export function namespaceWithValues(text: string): number {
  if (regExpExec(mayHave, text) === null) return -1;
  const { tokens } = parse(text, false, true, false);
  for (let i = 0; i < tokens.length; i++) {
    const { isType, contextualKeyword: word } = tokens[i] as (typeof tokens)[number];
    if (!isType) continue;
    const isNamespace = word === ContextualKeyword._namespace || word === ContextualKeyword._module;
    if (word !== ContextualKeyword._declare && !isNamespace) continue;
    const { end, hasValue } = block(tokens, i);
    if (isNamespace && hasValue) return tokens[i]?.start ?? 0;
    // What is declared only exists elsewhere, whatever it holds.
    if (!isNamespace) i = end;
  }
  return -1;
}

/** The block of the declaration at `from`: its last token, and whether it declares a value itself. */
function block(tokens: ReturnType<typeof parse>['tokens'], from: number): { end: number; hasValue: boolean } {
  let depth = 0;
  let hasValue = false;
  for (let i = from + 1; i < tokens.length; i++) {
    const { type } = tokens[i] as (typeof tokens)[number];
    if (type === TokenType.braceL || type === TokenType.dollarBraceL) depth++;
    else if (type === TokenType.braceR && --depth <= 0) return { end: i, hasValue };
    // A declaration without a block, such as `declare const x: T;`, or a name that only looks like a keyword.
    else if (depth === 0 && type !== TokenType.name && type !== TokenType.dot && type !== TokenType.string) break;
    else if (depth === 1 && setHas(values, type) && !isDeclared(tokens[i - 1])) hasValue = true;
  }
  return { end: from, hasValue: false };
}

function isDeclared(before: { readonly contextualKeyword: number; readonly type: number } | undefined): boolean {
  return before?.contextualKeyword === ContextualKeyword._declare || before?.type === TokenType.dot;
}
