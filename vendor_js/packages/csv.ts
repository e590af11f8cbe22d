/** CSV as RFC 4180 has it, and as spreadsheets write it: other delimiters, a byte order mark, line feeds alone. */

export interface ParseOptions {
  /** One character; `'auto'` takes the one of `, ; tab |` that the first line has most of. Default `,`. */
  readonly delimiter?: string;
  /** `true` (default): the first row names the columns. Names: the first row is data. `false`: rows stay lists. */
  readonly header?: boolean | readonly string[];
  /** Cuts white space around fields that are not quoted. Default `false`. */
  readonly trim?: boolean;
  /** Turns `12`, `1.5`, `true`, `false` and `null` into values. Default `false`: every field is a string. */
  readonly types?: boolean;
  /** Lines that begin with it are left out. */
  readonly comment?: string;
}

export interface StringifyOptions {
  /** Default `,`. */
  readonly delimiter?: string;
  /** The columns and their order; `false` writes no header. Default: all keys in the order they first appear. */
  readonly columns?: readonly string[];
  readonly header?: boolean;
  /** Default `\n`. */
  readonly newline?: string;
  /** Quotes every field. Default `false`. */
  readonly quoteAll?: boolean;
  /** Begins with a byte order mark, which Excel needs to read UTF-8. Default `false`. */
  readonly bom?: boolean;
}

export type Row = Record<string, unknown>;

const candidates = [',', ';', '\t', '|'];

/** The delimiter that the first line holds most often outside of quotes; `,` where there is none. */
export function detectDelimiter(text: string): string {
  const counts = candidates.map(() => 0);
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) break;
    else if (!quoted && candidates.includes(char))
      counts[candidates.indexOf(char)] = (counts[candidates.indexOf(char)] ?? 0) + 1;
  }
  const best = Math.max(...counts);
  return best === 0 ? ',' : (candidates[counts.indexOf(best)] ?? ',');
}

function oneCharacter(delimiter: string): string {
  if (delimiter.length !== 1 || '"\r\n'.includes(delimiter))
    throw new TypeError(
      `csv: the delimiter must be one character and no quote or line break, not ${JSON.stringify(delimiter)}`,
    );
  return delimiter;
}

/** What a field's text is to the program. */
type Convert = (text: string, quoted: boolean) => unknown;

/**
 * Splits the text into rows. A line without a quote, which most are, is left to the engine's own `split`.
 *
 * @throws {SyntaxError} for a quote that is never closed: half a file would look whole.
 */
function split(text: string, delimiter: string, comment: string, convert: Convert, isPlain: boolean): unknown[][] {
  const rows: unknown[][] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, text.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end);
    if (line === '' || (comment !== '' && line.startsWith(comment))) {
      at = end + 1;
    } else if (!line.includes('"')) {
      const fields = line.split(delimiter);
      rows.push(isPlain ? fields : fields.map((field) => convert(field, false)));
      at = end + 1;
    } else {
      const row: unknown[] = [];
      at = quotedRow(text, at, delimiter, convert, row);
      rows.push(row);
    }
  }
  return rows;
}

/** Takes the fields of a row in which quotes stand; it may go over several lines. Returns where the next row begins. */
function quotedRow(text: string, from: number, delimiter: string, convert: Convert, row: unknown[]): number {
  for (let at = from; ; at++) {
    let field = '';
    const quoted = text[at] === '"';
    if (quoted) {
      for (at++; ; at++) {
        const end = text.indexOf('"', at);
        if (end < 0) throw new SyntaxError(`csv: the quote opened in line ${lineOf(text, from)} is never closed`);
        field += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        field += '"';
      }
    }
    const newline = text.indexOf('\n', at);
    const line = newline < 0 ? text.length : newline;
    const next = text.indexOf(delimiter, at);
    if (next >= 0 && next < line) {
      row.push(convert(field + text.slice(at, next), quoted));
      at = next;
      continue;
    }
    const last = text.charCodeAt(line - 1) === 13 && line > at ? line - 1 : line;
    row.push(convert(field + text.slice(at, last), quoted));
    return line + 1;
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

function typed(text: string): unknown {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  // 007 and numbers that lose digits are names, not amounts.
  if (!number.test(text) || /^[-+]?0\d/.test(text)) return text;
  const value = Number(text);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}

function converter({ trim, types }: ParseOptions): Convert {
  return (text, quoted) => {
    const kept = trim && !quoted ? text.trim() : text;
    return types && !quoted ? typed(kept) : kept;
  };
}

/** Rows as lists of fields, header included. */
export function parseRows(text: string, options: ParseOptions = {}): unknown[][] {
  if (typeof text !== 'string') throw new TypeError(`csv: the text must be a string, not ${typeof text}`);
  const delimiter = options.delimiter === 'auto' ? detectDelimiter(text) : oneCharacter(options.delimiter ?? ',');
  // Some programs end lines with a carriage return alone.
  const lines = text.includes('\r') && !text.includes('\n') ? text.replaceAll('\r', '\n') : text;
  return split(lines, delimiter, options.comment ?? '', converter(options), !options.trim && !options.types);
}

/** A name for every column: a second `a` becomes `a_2`, a nameless one `column_3`. */
function uniqueNames(names: readonly unknown[], width: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, i) => {
    const wanted = `${names[i] ?? ''}` || `column_${i + 1}`;
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
    taken.add(name);
    return name;
  });
}

/**
 * Rows as objects by header. A field that a short row lacks is `''`; what a long row has too much is `column_N`.
 *
 * @throws {SyntaxError} for a quote that is never closed, with its line.
 */
export function parse(text: string, options?: ParseOptions & { readonly header?: true | readonly string[] }): Row[];
export function parse(text: string, options: ParseOptions & { readonly header: false }): unknown[][];
export function parse(text: string, options: ParseOptions = {}): Row[] | unknown[][] {
  const header = options.header ?? true;
  if (header === false) return parseRows(text, options);
  // Names are text, whatever `types` says: they are not converted before they are taken.
  const rows = parseRows(text, { ...options, types: false });
  const first = header === true ? rows.shift() : header;
  if (first === undefined) return [];
  const names = uniqueNames(
    first,
    rows.reduce((most, row) => Math.max(most, row.length), first.length),
  );
  const typedRows = options.types ? parseRows(text, options).slice(header === true ? 1 : 0) : rows;
  return typedRows.map((row) => record(names, row, Math.max(first.length, row.length)));
}

function record(names: readonly string[], row: readonly unknown[], width: number): Row {
  const made: Row = {};
  for (let i = 0; i < width; i++) {
    const name = names[i] ?? '';
    const value = i < row.length ? row[i] : '';
    if (name === '__proto__')
      Object.defineProperty(made, name, { value, writable: true, enumerable: true, configurable: true });
    else made[name] = value;
  }
  return made;
}

function fieldText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** One record per row, objects or lists. `0`, `false` and `''` are written as they are; `null` and `undefined` as nothing. */
export function stringify(rows: readonly (Row | readonly unknown[])[], options: StringifyOptions = {}): string {
  if (!Array.isArray(rows)) throw new TypeError('csv: stringify takes a list of objects or a list of lists');
  const delimiter = oneCharacter(options.delimiter ?? ',');
  const newline = options.newline ?? '\n';
  const needsQuotes = (text: string) =>
    options.quoteAll ||
    /["\r\n]/.test(text) ||
    text.includes(delimiter) ||
    text !== text.trim() ||
    text.charCodeAt(0) === 0xfeff;
  const line = (values: readonly unknown[]): string => {
    const texts = values.map(fieldText);
    // An empty line would be no row.
    if (texts.length === 1 && texts[0] === '') return '""';
    return texts.map((text) => (needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(delimiter);
  };
  const objects = rows.filter((row): row is Row => !Array.isArray(row));
  const columns = options.columns ?? [...new Set(objects.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) =>
    line(Array.isArray(row) ? row : columns.map((name) => (Object.hasOwn(row, name) ? (row as Row)[name] : ''))),
  );
  if ((options.header ?? true) && columns.length > 0) lines.unshift(line(columns));
  const text = lines.map((each) => each + newline).join('');
  return options.bom ? `\ufeff${text}` : text;
}
