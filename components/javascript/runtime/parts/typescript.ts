/** Types taken out of TypeScript, so that what is left stands where it stood. */
import { transform } from 'sucrase';
import { namespaceWithValues } from '../modules/namespaces.ts';
import {
  NativeArray,
  NativeSyntaxError,
  stringCharCodeAt,
  stringIndexOf,
  stringRepeat,
  stringSlice,
} from '../primordials.ts';

/**
 * The JavaScript of a TypeScript file: enums and parameter properties become code, everything else of TypeScript's own
 * goes. Imports that are used as types only go, too, as tsc does it.
 *
 * @throws {SyntaxError} with the place in `path`.
 */
export function withoutTypes(path: string, text: string): string {
  try {
    const { code, sourceMap } = transform(text, {
      transforms: ['typescript'],
      disableESTransforms: true,
      filePath: path,
      sourceMapOptions: { compiledFilename: path },
    });
    const namespace = namespaceWithValues(text);
    if (namespace >= 0) throw unsupportedAt(path, text, namespace);
    return sourceMap === undefined ? code : inPlace(text, code, sourceMap.mappings as unknown as string);
  } catch (error) {
    throw atItsPlace(path, error);
  }
}

/** What sucrase throws for text that it cannot parse. */
interface ParseError {
  readonly message: string;
  readonly loc?: { readonly line: number; readonly column: number };
}

function atItsPlace(path: string, error: unknown): unknown {
  const { message, loc } = error as ParseError;
  if (loc === undefined) return error;
  // "Error transforming FILE: Unexpected token (3:5)"
  const from = stringIndexOf(message, `${path}: `);
  let words = from < 0 ? message : stringSlice(message, from + path.length + 2);
  const place = ` (${loc.line}:${loc.column})`;
  const at = stringIndexOf(words, place);
  if (at >= 0) words = stringSlice(words, 0, at);
  return syntaxError(path, words, loc.line, loc.column);
}

function unsupportedAt(path: string, text: string, offset: number): unknown {
  let line = 1;
  let start = 0;
  for (let end = endOfLine(text, 0); end < offset; end = endOfLine(text, start)) {
    line++;
    start = end + 1;
  }
  const words = 'TypeScript namespaces with values are not translated; use a file of its own, an object or a class';
  return syntaxError(path, words, line, offset - start + 1);
}

function syntaxError(path: string, words: string, line: number, column: number): Error {
  const failure = new NativeSyntaxError(words);
  failure.stack = `SyntaxError: ${words}\n    at ${path}:${line}:${column}`;
  return failure;
}

/**
 * Lines are kept by sucrase; a token that moved to the left, because types went before it, is moved back by spaces. The
 * mappings are those of a source map of one source: `;` for each line, `,` between the tokens of a line.
 */
function inPlace(source: string, code: string, mappings: string): string {
  const pieces: string[] = [];
  let sourceStart = 0;
  let codeStart = 0;
  let column = 0;
  for (let at = 0; at <= mappings.length; ) {
    const next = stringIndexOf(mappings, ';', at);
    const lineMap = stringSlice(mappings, at, next < 0 ? mappings.length : next);
    const sourceEnd = endOfLine(source, sourceStart);
    const codeEnd = endOfLine(code, codeStart);
    const line = stringSlice(code, codeStart, codeEnd);
    const tokens: Token[] = [];
    column = tokensOf(lineMap, column, tokens);
    pieces[pieces.length] = spaced(stringSlice(source, sourceStart, sourceEnd), line, tokens);
    if (next < 0 || codeEnd === code.length) {
      pieces[pieces.length] = stringSlice(code, codeEnd);
      break;
    }
    pieces[pieces.length] = '\n';
    sourceStart = sourceEnd + 1;
    codeStart = codeEnd + 1;
    at = next + 1;
  }
  return pieces.join('');
}

function endOfLine(text: string, from: number): number {
  const end = stringIndexOf(text, '\n', from);
  return end < 0 ? text.length : end;
}

/** Where a token begins: in the code's line, and in the source's. */
interface Token {
  readonly to: number;
  readonly from: number;
}

/** One line of the code with spaces before what moved. */
function spaced(source: string, line: string, tokens: readonly Token[]): string {
  let result = '';
  let copied = 0;
  for (let i = 0; i < tokens.length; i++) {
    const { to, from } = tokens[i] as Token;
    const next = tokens[i + 1];
    const text = line.slice(to, next?.to ?? line.length).trimEnd();
    // A token that went has the place of the one behind it, which then ends where the next begins.
    const begins = source.startsWith(text, from)
      ? from
      : source.lastIndexOf(text, (next?.from ?? source.length) - text.length);
    const missing = begins - (result.length + to - copied);
    const before = line[to - 1];
    // The text of a template would get the spaces.
    if (text === '' || begins < from || missing <= 0 || before === '}' || before === '`') continue;
    result += line.slice(copied, to) + stringRepeat(' ', missing);
    copied = to;
  }
  return result + line.slice(copied);
}

/** The tokens of a line of mappings; columns of the source are counted on from line to line. */
function tokensOf(map: string, start: number, into: Token[]): number {
  let from = start;
  let to = 0;
  for (let at = 0; at < map.length; at++) {
    const fields: number[] = [];
    at = numbers(map, at, fields);
    to += fields[0] ?? 0;
    from += fields[3] ?? 0;
    into[into.length] = { to, from };
  }
  return from;
}

/** Base 64 digits as a source map has them: five bits each, the lowest first; the sixth says that more follow. */
const digits = new NativeArray<number>(128);
for (let i = 0; i < 64; i++)
  digits['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.charCodeAt(i)] = i;

function numbers(text: string, from: number, into: number[]): number {
  let at = from;
  let value = 0;
  let shift = 0;
  for (; at < text.length; at++) {
    const digit = digits[stringCharCodeAt(text, at)];
    if (digit === undefined) break;
    value += (digit & 31) * 2 ** shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    into[into.length] = value % 2 === 1 ? -(value - 1) / 2 : value / 2;
    value = shift = 0;
  }
  return at;
}
