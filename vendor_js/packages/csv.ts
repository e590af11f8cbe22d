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

interface Field {
  readonly text: string;
  readonly quoted: boolean;
}

function oneCharacter(delimiter: string): string {
  if (delimiter.length !== 1 || '"\r\n'.includes(delimiter))
    throw new TypeError(
      `csv: the delimiter must be one character and no quote or line break, not ${JSON.stringify(delimiter)}`,
    );
  return delimiter;
}

/** Splits the text into rows of fields. A quote that is never closed is an error: half a file would look whole. */
function split(text: string, delimiter: string, comment: string | undefined): Field[][] {
  const rows: Field[][] = [];
  let row: Field[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  const endRow = () => {
    // A line with nothing in it is no row.
    if (row.length > 1 || row[0]?.text !== '' || row[0]?.quoted) rows.push(row);
    row = [];
  };
  while (at < text.length) {
    if (row.length === 0 && comment !== undefined && comment !== '' && text.startsWith(comment, at)) {
      while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
      if (text[at] === '\r' && text[at + 1] === '\n') at++;
      at++;
      line++;
      continue;
    }
    let field = '';
    const quoted = text[at] === '"';
    if (quoted) {
      const opened = line;
      for (at++; ; ) {
        const end = text.indexOf('"', at);
        if (end < 0) throw new SyntaxError(`csv: the quote opened in line ${opened} is never closed`);
        const piece = text.slice(at, end);
        for (const char of piece) if (char === '\n') line++;
        field += piece;
        at = end + 1;
        if (text[at] !== '"') break;
        field += '"';
        at++;
      }
    }
    const begin = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
    row.push({ text: field + text.slice(begin, at), quoted });
    if (text[at] === delimiter) {
      at++;
      if (at === text.length) row.push({ text: '', quoted: false });
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    line++;
    endRow();
  }
  if (row.length > 0) endRow();
  return rows;
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

function value({ text, quoted }: Field, options: ParseOptions): unknown {
  const kept = options.trim && !quoted ? text.trim() : text;
  return options.types && !quoted ? typed(kept) : kept;
}

/** Rows as lists of fields, header included. */
export function parseRows(text: string, options: ParseOptions = {}): unknown[][] {
  if (typeof text !== 'string') throw new TypeError(`csv: the text must be a string, not ${typeof text}`);
  const delimiter = options.delimiter === 'auto' ? detectDelimiter(text) : oneCharacter(options.delimiter ?? ',');
  return split(text, delimiter, options.comment).map((row) => row.map((field) => value(field, options)));
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
  const rows = parseRows(text, options);
  // Names are text, whatever `types` says.
  const first = header === true ? parseRows(text, { ...options, types: false })[0] : header;
  if (header === true) rows.shift();
  if (first === undefined) return [];
  const width = rows.reduce((most, row) => Math.max(most, row.length), first.length);
  const names = uniqueNames(first, width);
  return rows.map((row) =>
    // fromEntries defines properties, so that a column named __proto__ is one.
    Object.fromEntries(
      names.slice(0, Math.max(first.length, row.length)).map((name, i) => [name, i < row.length ? row[i] : '']),
    ),
  );
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
