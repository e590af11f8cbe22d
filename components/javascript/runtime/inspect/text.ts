import {
  append,
  arrayJoin,
  numberToString,
  objectIs,
  regExpExec,
  stringCharCodeAt,
  stringIncludes,
  stringIndexOf,
  stringPadStart,
  stringSlice,
} from '../primordials.ts';
import { type Context, stylize } from './options.ts';

const shortEscapes: Record<number, string> = {
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\x0B',
  12: '\\f',
  13: '\\r',
  92: '\\\\',
};

/** A string in quotes, with the quote that needs the fewest escapes, as Node chooses it. */
export function quote(text: string): string {
  let mark = "'";
  if (stringIncludes(text, "'")) {
    if (!stringIncludes(text, '"')) mark = '"';
    else if (!stringIncludes(text, '`') && !stringIncludes(text, '${')) mark = '`';
  }
  const markCode = stringCharCodeAt(mark, 0);
  let result = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = stringCharCodeAt(text, i);
    let escaped: string | undefined;
    if (code === markCode) escaped = `\\${mark}`;
    else if (code === 92 || code < 32) escaped = shortEscapes[code] ?? `\\x${hex(code, 2)}`;
    else if (code >= 0x7f && code <= 0x9f) escaped = `\\x${hex(code, 2)}`;
    else if (code >= 0xd800 && code <= 0xdfff) {
      const next = code <= 0xdbff && i + 1 < text.length ? stringCharCodeAt(text, i + 1) : 0;
      if (next >= 0xdc00 && next <= 0xdfff) i++;
      else escaped = `\\u${numberToString(code, 16)}`;
    }
    if (escaped === undefined) continue;
    result += stringSlice(text, from, i) + escaped;
    from = i + 1;
  }
  return mark + result + stringSlice(text, from) + mark;
}

function hex(code: number, digits: number): string {
  const text = numberToString(code, 16);
  let upper = '';
  for (let i = 0; i < text.length; i++) {
    const c = stringCharCodeAt(text, i);
    upper += c >= 97 ? 'ABCDEF'[c - 97] : text[i];
  }
  return stringPadStart(upper, digits, '0');
}

const identifier = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

export function isIdentifier(name: string): boolean {
  return regExpExec(identifier, name) !== null;
}

export function formatNumber(context: Context, value: number): string {
  let text = objectIs(value, -0) ? '-0' : `${value}`;
  if (context.numericSeparator) text = separated(text);
  return stylize(context, text, 'number');
}

export function formatBigInt(context: Context, value: bigint): string {
  const text = `${value}`;
  return stylize(context, `${context.numericSeparator ? separated(text) : text}n`, 'bigint');
}

/** Digits in groups of three, before the point and after it. */
function separated(text: string): string {
  if (stringIncludes(text, 'e') || stringIncludes(text, 'I') || stringIncludes(text, 'N')) return text;
  const sign = text[0] === '-' ? '-' : '';
  const digits = sign === '' ? text : stringSlice(text, 1);
  const point = stringIndexOf(digits, '.');
  const whole = point < 0 ? digits : stringSlice(digits, 0, point);
  let result = '';
  for (let end = whole.length; end > 0; end -= 3) {
    result = stringSlice(whole, end > 3 ? end - 3 : 0, end) + (result === '' ? '' : `_${result}`);
  }
  if (point >= 0) {
    const fraction = stringSlice(digits, point + 1);
    result += '.';
    for (let at = 0; at < fraction.length; at += 3) result += (at > 0 ? '_' : '') + stringSlice(fraction, at, at + 3);
  }
  return sign + result;
}

/** A long string inside a structure is cut at its lines, joined by `+`. */
export function formatString(context: Context, value: string, atTop: boolean): string {
  let text = value;
  let trailer = '';
  const longest = context.maxStringLength ?? Number.POSITIVE_INFINITY;
  if (text.length > longest) {
    const rest = text.length - longest;
    text = stringSlice(text, 0, longest);
    trailer = `... ${rest} more character${rest > 1 ? 's' : ''}`;
  }
  const splits =
    !atTop &&
    context.compact !== true &&
    text.length > 16 &&
    text.length > context.breakLength - context.indentation - 4;
  if (!splits || !stringIncludes(text, '\n')) return stylize(context, quote(text), 'string') + trailer;
  const lines: string[] = [];
  for (let from = 0; from < text.length; ) {
    const at = stringIndexOf(text, '\n', from);
    const end = at < 0 ? text.length : at + 1;
    append(lines, stylize(context, quote(stringSlice(text, from, end)), 'string'));
    from = end;
  }
  return arrayJoin(lines, ` +\n${spaces(context.indentation + 2)}`) + trailer;
}

export function spaces(count: number): string {
  return stringPadStart('', count, ' ');
}

/** Length without ANSI colour codes. */
export function visibleLength(text: string, colored: boolean): number {
  if (!colored) return text.length;
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    if (stringCharCodeAt(text, i) === 27) i = stringIndexOf(text, 'm', i);
    else length++;
    if (i < 0) break;
  }
  return length;
}
