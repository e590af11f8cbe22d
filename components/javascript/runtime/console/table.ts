import { inspect } from '../inspect/index.ts';
import { native } from '../native.ts';
import {
  append,
  arrayIndexOf,
  arrayJoin,
  isArray,
  keys,
  mapForEach,
  max,
  setForEach,
  stringCodePointAt,
  stringRepeat,
} from '../primordials.ts';

const indexHead = '(index)';
const iterationHead = '(iteration index)';
const keyHead = 'Key';
const valuesHead = 'Values';

/** The text of `console.table`; undefined for what is no table. */
export function table(data: unknown, columns?: readonly string[]): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const heads: string[] = [];
  const rows: { index: string; cells: Record<string, string>; value?: string; key?: string }[] = [];
  const className = native.classOf(data);
  const add = (index: string, row: unknown, key?: string): void => {
    const entry: (typeof rows)[number] = { index, cells: { __proto__: null } as unknown as Record<string, string> };
    if (key !== undefined) entry.key = key;
    if (typeof row === 'object' && row !== null && key === undefined) {
      const names = columns ?? keys(row);
      for (let i = 0; i < names.length; i++) {
        const name = names[i] ?? '';
        if (columns === undefined && arrayIndexOf(heads, name) < 0) append(heads, name);
        if (name in row) entry.cells[name] = cell((row as Record<string, unknown>)[name]);
      }
    } else {
      entry.value = cell(row);
    }
    append(rows, entry);
  };
  let head = indexHead;
  let n = 0;
  if (className === 'Map') {
    head = iterationHead;
    mapForEach(data as Map<unknown, unknown>, (value, key) => add(`${n++}`, value, cell(key)));
  } else if (className === 'Set') {
    head = iterationHead;
    setForEach(data as Set<unknown>, (value) => add(`${n++}`, value));
  } else {
    const names = keys(data);
    for (let i = 0; i < names.length; i++) add(names[i] ?? '', (data as Record<string, unknown>)[names[i] ?? '']);
  }
  if (columns !== undefined && isArray(columns))
    for (let i = 0; i < columns.length; i++) append(heads, `${columns[i]}`);
  const lines: string[][] = [[head]];
  let hasKeys = false;
  let hasValues = false;
  for (let i = 0; i < rows.length; i++) {
    hasKeys ||= rows[i]?.key !== undefined;
    hasValues ||= rows[i]?.value !== undefined;
  }
  const first = lines[0] as string[];
  if (hasKeys) append(first, keyHead);
  for (let i = 0; i < heads.length; i++) append(first, heads[i] ?? '');
  if (hasValues) append(first, valuesHead);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (row === undefined) continue;
    const line = [row.index];
    if (hasKeys) append(line, row.key ?? '');
    for (let c = 0; c < heads.length; c++) append(line, row.cells[heads[c] ?? ''] ?? '');
    if (hasValues) append(line, row.value ?? '');
    append(lines, line);
  }
  return draw(lines);
}

function cell(value: unknown): string {
  const depth = value !== null && typeof value === 'object' && !isArray(value) && keys(value).length > 2 ? -1 : 0;
  return inspect(value, { maxArrayLength: 3, breakLength: Number.POSITIVE_INFINITY, depth });
}

function draw(lines: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (let r = 0; r < lines.length; r++) {
    const line = lines[r] ?? [];
    for (let c = 0; c < line.length; c++) widths[c] = max(widths[c] ?? 0, width(line[c] ?? '') + 2);
  }
  const rule = (left: string, middle: string, right: string): string => {
    const parts: string[] = [];
    for (let c = 0; c < widths.length; c++) append(parts, stringRepeat('─', widths[c] ?? 0));
    return left + arrayJoin(parts, middle) + right;
  };
  const output = [rule('┌', '┬', '┐')];
  for (let r = 0; r < lines.length; r++) {
    const parts: string[] = [];
    const line = lines[r] ?? [];
    for (let c = 0; c < widths.length; c++) {
      const text = line[c] ?? '';
      append(parts, ` ${text}${stringRepeat(' ', (widths[c] ?? 0) - width(text) - 1)}`);
    }
    append(output, `│${arrayJoin(parts, '│')}│`);
    if (r === 0) append(output, rule('├', '┼', '┤'));
  }
  append(output, rule('└', '┴', '┘'));
  return arrayJoin(output, '\n');
}

/** Columns of a terminal: East Asian wide characters and emoji take two, combining ones none. */
export function width(text: string): number {
  let columns = 0;
  for (let i = 0; i < text.length; i++) {
    const code = stringCodePointAt(text, i) ?? 0;
    if (code > 0xffff) i++;
    if (code >= 0x300 && code <= 0x36f) continue;
    columns += isWide(code) ? 2 : 1;
  }
  return columns;
}

function isWide(code: number): boolean {
  return (
    code >= 0x1100 &&
    (code <= 0x115f ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      (code >= 0x1f300 && code <= 0x1faff) ||
      (code >= 0x20000 && code <= 0x3fffd))
  );
}
