import {
  append,
  arrayJoin,
  floor,
  max,
  min,
  sqrt,
  stringIncludes,
  stringPadEnd,
  stringPadStart,
} from '../primordials.ts';
import type { Context } from './options.ts';
import { spaces, visibleLength } from './text.ts';

/** More entries than this are set in columns. */
const listLimit = 6;

/**
 * Joins the entries of an object: on one line where it is short and not deep, in columns for long lists, else one
 * entry a line. The decisions are those of Node's `compact: 3` mode, so that output can be compared.
 */
export function layOut(
  context: Context,
  entries: string[],
  base: string,
  open: string,
  close: string,
  isList: boolean,
  depth: number,
  value: unknown,
): string {
  const lead = base === '' ? '' : `${base} `;
  let rows = entries;
  if (context.compact !== true) {
    const compact = context.compact === false ? 0 : context.compact;
    if (compact >= 1) {
      if (isList && entries.length > listLimit) rows = inColumns(context, entries, compact, value);
      if (context.currentDepth - depth < compact && rows === entries) {
        const start = rows.length + context.indentation + open.length + base.length + 10;
        if (fits(context, rows, start, base)) {
          const joined = arrayJoin(rows, ', ');
          if (!stringIncludes(joined, '\n')) return `${lead}${open} ${joined} ${close}`;
        }
      }
    }
    const indentation = `\n${spaces(context.indentation)}`;
    const body = chain(rows, `,${indentation}  `);
    // biome-ignore lint/style/useTemplate: a template copies what + joins as a rope; deep structures need that
    return lead + open + indentation + '  ' + body + indentation + close;
  }
  if (fits(context, rows, 0, base)) return `${open}${base === '' ? '' : ` ${base}`} ${arrayJoin(rows, ', ')} ${close}`;
  const indentation = `\n${spaces(context.indentation)}`;
  const first = base === '' && open.length === 1 ? ' ' : `${base === '' ? '' : ` ${base}`}${indentation}  `;
  // biome-ignore lint/style/useTemplate: a template copies what + joins as a rope; deep structures need that
  return open + first + chain(rows, `,${indentation}  `) + ' ' + close;
}

function chain(rows: readonly string[], separator: string): string {
  let text = rows[0] ?? '';
  for (let i = 1; i < rows.length; i++) text += separator + (rows[i] ?? '');
  return text;
}

function fits(context: Context, rows: readonly string[], start: number, base: string): boolean {
  let length = rows.length + start;
  if (length + rows.length > context.breakLength) return false;
  for (let i = 0; i < rows.length; i++) {
    length += visibleLength(rows[i] ?? '', context.colors);
    if (length > context.breakLength) return false;
  }
  return base === '' || !stringIncludes(base, '\n');
}

/** Sets short entries in up to 15 columns of even width, numbers to the right. */
function inColumns(context: Context, entries: string[], compact: number, value: unknown): string[] {
  const gap = 2; // comma and space
  const hasTrailer = context.maxArrayLength !== null && context.maxArrayLength < entries.length;
  const count = hasTrailer ? entries.length - 1 : entries.length; // the trailer is "… more items"
  const lengths: number[] = [];
  let total = 0;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    const length = visibleLength(entries[i] ?? '', context.colors);
    append(lengths, length);
    total += length + gap;
    longest = max(longest, length);
  }
  const widest = longest + gap;
  const worthwhile = total / widest > 5 || longest <= 6;
  if (widest * 3 + context.indentation >= context.breakLength || !worthwhile) return entries;
  // Letters are about 2.5 times as high as wide; the block should look square.
  const biased = max(widest - 3 - sqrt(widest - total / entries.length), 1);
  const columns = min(
    floor(sqrt(2.5 * biased * count) / biased + 0.5),
    floor((context.breakLength - context.indentation) / widest),
    compact * 4,
    15,
  );
  if (columns <= 1) return entries;
  const widths: number[] = [];
  for (let column = 0; column < columns; column++) {
    let width = 0;
    for (let i = column; i < count; i += columns) width = max(width, lengths[i] ?? 0);
    append(widths, width + gap);
  }
  const pad =
    value !== undefined && allNumbers(value as ArrayLike<unknown>, entries.length) ? stringPadStart : stringPadEnd;
  const rows: string[] = [];
  for (let start = 0; start < count; start += columns) {
    const end = min(start + columns, count);
    let row = '';
    for (let i = start; i < end; i++) {
      const entry = entries[i] ?? '';
      const hidden = entry.length - (lengths[i] ?? 0);
      const width = widths[i - start] ?? 0;
      if (i < end - 1) row += pad(`${entry}, `, width + hidden, ' ');
      else row += pad === stringPadStart ? pad(entry, width + hidden - gap, ' ') : entry;
    }
    append(rows, row);
  }
  if (hasTrailer) append(rows, entries[count] ?? '');
  return rows;
}

function allNumbers(list: ArrayLike<unknown>, count: number): boolean {
  for (let i = 0; i < count; i++) if (typeof list[i] !== 'number' && typeof list[i] !== 'bigint') return false;
  return true;
}
