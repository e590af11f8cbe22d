/** Lists of rows as text tables, as Python's tabulate makes them. */

export type Format = 'plain' | 'simple' | 'grid' | 'box' | 'markdown' | 'html' | 'tsv';
export type Align = 'left' | 'right' | 'center';

export interface TableOptions {
  /** Default `simple`. */
  readonly format?: Format;
  /** Names of the columns and their order; for rows that are lists, their headings. */
  readonly columns?: readonly string[];
  /** By column. Default: numbers right, everything else left. */
  readonly align?: Readonly<Record<string, Align>>;
  /** Digits after the point of numbers that are no integers. Default: as they are. */
  readonly digits?: number;
  /** What stands for null and undefined. Default nothing. */
  readonly missing?: string;
  /** Longest cell in characters; what is longer is cut. */
  readonly maxWidth?: number;
}

type Row = Readonly<Record<string, unknown>> | readonly unknown[];

/** Columns that a character takes on a terminal: two for East Asian wide ones and emoji, none for marks. */
function width(text: string): number {
  let columns = 0;
  for (const char of text) {
    if (/\p{M}|[\u200b-\u200f]/u.test(char)) continue;
    const wide =
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
    columns += wide.test(char) ? 2 : 1;
  }
  return columns;
}

function cellText(value: unknown, { digits, missing = '', maxWidth }: TableOptions): string {
  if (value === null || value === undefined) return missing;
  let text: string;
  if (typeof value === 'number' && digits !== undefined && !Number.isInteger(value)) text = value.toFixed(digits);
  else if (value instanceof Date) text = value.toISOString();
  else text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  text = text.replace(/\r\n|\r|\n|\t/g, ' ');
  const characters = [...text];
  return maxWidth !== undefined && characters.length > maxWidth
    ? `${characters.slice(0, Math.max(0, maxWidth - 1)).join('')}…`
    : text;
}

interface Cells {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly aligns: readonly Align[];
}

function cellsOf(rows: readonly Row[], options: TableOptions): Cells {
  const isLists = Array.isArray(rows[0]);
  const longest = rows.reduce((most, row) => Math.max(most, Array.isArray(row) ? row.length : 0), 0);
  const keys: readonly (string | number)[] = isLists
    ? Array.from({ length: Math.max(longest, options.columns?.length ?? 0) }, (_, i) => i)
    : (options.columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))]);
  const headings = isLists
    ? options.columns
      ? keys.map((key) => options.columns?.[key as number] ?? '')
      : []
    : keys.map(String);
  const valueAt = (row: Row, key: string | number): unknown =>
    Object.hasOwn(row, key) ? (row as Record<string | number, unknown>)[key] : undefined;
  const aligns = keys.map((key, i): Align => {
    const wanted = options.align?.[headings[i] ?? ''];
    if (wanted !== undefined) return wanted;
    const values = rows.map((row) => valueAt(row, key)).filter((value) => value !== null && value !== undefined);
    return values.length > 0 && values.every((value) => typeof value === 'number' || typeof value === 'bigint')
      ? 'right'
      : 'left';
  });
  return { headings, aligns, rows: rows.map((row) => keys.map((key) => cellText(valueAt(row, key), options))) };
}

function aligned(text: string, size: number, align: Align): string {
  const missing = Math.max(0, size - width(text));
  const left = align === 'right' ? missing : align === 'center' ? Math.floor(missing / 2) : 0;
  return ' '.repeat(left) + text + ' '.repeat(missing - left);
}

interface Frame {
  readonly line: (cells: readonly string[]) => string;
  readonly rule?: (sizes: readonly number[], place: 'top' | 'head' | 'between' | 'bottom') => string | undefined;
}

const ruled = (edges: Readonly<Record<string, string>>, fill: string) => (sizes: readonly number[], place: string) => {
  const [left = '', middle = '', right = ''] = edges[place] ?? '';
  return edges[place] === undefined
    ? undefined
    : left + sizes.map((size) => fill.repeat(size + 2)).join(middle) + right;
};

const frames: Readonly<Record<'plain' | 'simple' | 'grid' | 'box', Frame>> = {
  plain: { line: (cells) => cells.join('  ').trimEnd() },
  simple: {
    line: (cells) => cells.join('  ').trimEnd(),
    rule: (sizes, place) => (place === 'head' ? sizes.map((size) => '-'.repeat(size)).join('  ') : undefined),
  },
  grid: {
    line: (cells) => `| ${cells.join(' | ')} |`,
    rule: ruled({ top: '+++', head: '+++', between: '+++', bottom: '+++' }, '-'),
  },
  box: { line: (cells) => `│ ${cells.join(' │ ')} │`, rule: ruled({ top: '┌┬┐', head: '├┼┤', bottom: '└┴┘' }, '─') },
};

function framed({ headings, rows, aligns }: Cells, { line, rule }: Frame): string {
  const all = headings.length > 0 ? [headings, ...rows] : rows;
  const sizes = aligns.map((_, i) => all.reduce((most, row) => Math.max(most, width(row[i] ?? '')), 0));
  const text = (row: readonly string[]) =>
    line(row.map((cell, i) => aligned(cell, sizes[i] ?? 0, aligns[i] ?? 'left')));
  const lines: (string | undefined)[] = [rule?.(sizes, 'top')];
  if (headings.length > 0) lines.push(text(headings), rule?.(sizes, 'head'));
  for (const [i, row] of rows.entries()) lines.push(i > 0 ? rule?.(sizes, 'between') : undefined, text(row));
  lines.push(rule?.(sizes, 'bottom'));
  return lines.filter((each) => each !== undefined).join('\n');
}

function markdown({ headings, rows, aligns }: Cells): string {
  const escaped = (row: readonly string[]) => row.map((cell) => cell.replaceAll('|', '\\|'));
  const all = [headings.length > 0 ? headings : aligns.map(() => ''), ...rows].map(escaped);
  const sizes = aligns.map((_, i) => all.reduce((most, row) => Math.max(most, width(row[i] ?? '')), 3));
  const rule = sizes.map((size, i) => {
    const align = aligns[i];
    return (align === 'center' ? ':' : '-') + '-'.repeat(size - 2) + (align === 'left' ? '-' : ':');
  });
  const lines = all.map((row) => row.map((cell, i) => aligned(cell, sizes[i] ?? 0, aligns[i] ?? 'left')));
  return [lines[0] ?? [], rule, ...lines.slice(1)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function html({ headings, rows }: Cells): string {
  const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const line = (row: readonly string[], tag: string) =>
    `<tr>${row.map((cell) => `<${tag}>${safe(cell)}</${tag}>`).join('')}</tr>`;
  const head = headings.length > 0 ? [`<thead>${line(headings, 'th')}</thead>`] : [];
  return ['<table>', ...head, '<tbody>', ...rows.map((row) => line(row, 'td')), '</tbody>', '</table>'].join('\n');
}

/**
 * A text table of rows that are objects or lists.
 *
 * @throws {TypeError} for a format that there is not.
 */
export function table(rows: readonly Row[], options: TableOptions = {}): string {
  if (!Array.isArray(rows)) throw new TypeError('table: the rows must be a list of objects or of lists');
  const cells = cellsOf(rows, options);
  const format = options.format ?? 'simple';
  if (format === 'markdown') return markdown(cells);
  if (format === 'html') return html(cells);
  if (format === 'tsv')
    return (cells.headings.length > 0 ? [cells.headings, ...cells.rows] : cells.rows)
      .map((row) => row.join('\t'))
      .join('\n');
  if (!Object.hasOwn(frames, format))
    throw new TypeError(`table: there is no format ${JSON.stringify(format)}; there are ${formats.join(', ')}`);
  return framed(cells, frames[format]);
}

export const formats: readonly Format[] = ['plain', 'simple', 'grid', 'box', 'markdown', 'html', 'tsv'];
