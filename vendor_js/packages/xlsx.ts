/** Excel workbooks (.xlsx, ECMA-376): values, dates and formulas of sheets, written and read. No styles, charts or macros. */

import { XMLParser } from 'fast-xml-parser';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate/browser';

export type Cell =
  | string
  | number
  | boolean
  | Date
  | null
  | undefined
  | { readonly formula: string; readonly value?: string | number };
export type SheetRows = readonly (Readonly<Record<string, Cell>> | readonly Cell[])[];

/** Excel counts days from here, and believes that 1900 was a leap year. */
const epoch = Date.UTC(1899, 11, 30);
const dayMs = 86_400_000;

/** `columnName(0)` is `'A'`, `columnName(27)` is `'AB'`. */
export function columnName(index: number): string {
  let name = '';
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26))
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  return name;
}

/** The inverse of `columnName`. */
export function columnIndex(name: string): number {
  return [...name.toUpperCase()].reduce((index, char) => index * 26 + char.charCodeAt(0) - 64, 0) - 1;
}

// XML 1.0 §2.2: what may not stand in a document at all.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function xmlText(text: string): string {
  return text
    .replace(forbidden, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function cellXml(value: Cell, place: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return `<c r="${place}" s="1"><v>${(value.getTime() - epoch) / dayMs}</v></c>`;
  if (typeof value === 'object') {
    const text = typeof value.value === 'string';
    return `<c r="${place}"${text ? ' t="str"' : ''}><f>${xmlText(value.formula.replace(/^=/, ''))}</f>${value.value === undefined ? '' : `<v>${xmlText(String(value.value))}</v>`}</c>`;
  }
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${Number(value)}</v></c>`;
  // NaN and the infinities are no numbers there.
  if (typeof value === 'number' && Number.isFinite(value)) return `<c r="${place}"><v>${value}</v></c>`;
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${xmlText(String(value))}</t></is></c>`;
}

function listsOf(rows: SheetRows): Cell[][] {
  const objects = rows.filter((row): row is Readonly<Record<string, Cell>> => !Array.isArray(row));
  const columns = [...new Set(objects.flatMap((row) => Object.keys(row)))];
  const lists = rows.map((row) =>
    Array.isArray(row) ? [...row] : columns.map((name) => (row as Record<string, Cell>)[name]),
  );
  return columns.length > 0 ? [columns, ...lists] : lists;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';

function sheetXml(rows: SheetRows): string {
  const lines = listsOf(rows).map(
    (row, y) => `<row r="${y + 1}">${row.map((value, x) => cellXml(value, columnName(x) + (y + 1))).join('')}</row>`,
  );
  return `${declaration}<worksheet xmlns="${main}"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

function checkName(name: string): string {
  if (name === '' || name.length > 31 || /[[\]:*?/\\]/.test(name))
    throw new TypeError(`xlsx: ${JSON.stringify(name)} is no name for a sheet: 1 to 31 characters, none of []:*?/\\`);
  return name;
}

const styles = `${declaration}<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** The bytes of a workbook. A sheet's rows are objects, whose keys become its first row, or lists. */
export function write(sheets: SheetRows | Readonly<Record<string, SheetRows>>): Uint8Array {
  const named: Readonly<Record<string, SheetRows>> = Array.isArray(sheets)
    ? { Sheet1: sheets as SheetRows }
    : (sheets as Record<string, SheetRows>);
  const names = Object.keys(named).map(checkName);
  if (names.length === 0) throw new TypeError('xlsx: a workbook has at least one sheet');
  const part = (type: string) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml`;
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${relations}/${type}" Target="${target}"/>`;
  const overrides = names.map(
    (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${part('worksheet')}"/>`,
  );
  const files: Record<string, string> = {
    '[Content_Types].xml': `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part('sheet.main')}"/><Override PartName="/xl/styles.xml" ContentType="${part('styles')}"/>${overrides.join('')}</Types>`,
    '_rels/.rels': `${declaration}<Relationships xmlns="${packageRelations}">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names.map((name, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="${packageRelations}">${names.map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}${relation(names.length + 1, 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': styles,
  };
  for (const [i, name] of names.entries()) files[`xl/worksheets/sheet${i + 1}.xml`] = sheetXml(named[name] ?? []);
  // The time in a zip file's entries: the same workbook gives the same bytes.
  const entries = Object.entries(files).map(([name, text]) => [name, [strToU8(text), { mtime: new Date(1980, 1, 1) }]]);
  return zipSync(Object.fromEntries(entries));
}

type Node = Record<string, unknown>;
const listed = (value: unknown): Node[] => (value === undefined || value === '' ? [] : [value].flat()) as Node[];
/** The text of a cell's or a shared string's `t`, in pieces where it has several styles. */
function textOf(node: unknown): string {
  if (typeof node !== 'object' || node === null) return node === undefined ? '' : String(node);
  const { t, r } = node as Node;
  const own = typeof t === 'object' && t !== null ? ((t as Node)['#text'] ?? '') : (t ?? '');
  return String(own) + listed(r).map(textOf).join('');
}

const parser = () =>
  new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    removeNSPrefix: true,
  });

const dateFormats = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 45 && id <= 47);

/** Which styles of a workbook show a number as a date. */
function dateStyles(text: string | undefined): boolean[] {
  if (text === undefined) return [];
  const sheet = (parser().parse(text) as Node)['styleSheet'] as Node;
  const own = new Map(
    listed((sheet['numFmts'] as Node | undefined)?.['numFmt']).map((each) => [
      Number(each['@numFmtId']),
      String(each['@formatCode']),
    ]),
  );
  return listed((sheet['cellXfs'] as Node | undefined)?.['xf']).map((xf) => {
    const id = Number((xf as Node)['@numFmtId'] ?? 0);
    const code = own.get(id)?.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
    return code === undefined ? dateFormats(id) : /[ymdhs]/i.test(code);
  });
}

function cellValue(cell: Node, shared: readonly string[], dates: readonly boolean[]): Exclude<Cell, object> | Date {
  const type = cell['@t'];
  const raw = cell['v'];
  const text =
    typeof raw === 'object' && raw !== null
      ? String((raw as Node)['#text'] ?? '')
      : raw === undefined
        ? undefined
        : String(raw);
  if (type === 'inlineStr') return textOf(cell['is']);
  if (text === undefined) return null;
  if (type === 's') return shared[Number(text)] ?? '';
  if (type === 'b') return text === '1';
  if (type === 'str' || type === 'e') return text;
  if (type === 'd') return new Date(text);
  return dates[Number(cell['@s'] ?? 0)] ? new Date(Math.round(epoch + Number(text) * dayMs)) : Number(text);
}

/**
 * The sheets of a workbook as lists of lists, in their order. Empty cells are `null`; a formula has its last value.
 *
 * @throws {TypeError} for bytes that are no workbook.
 */
export function readRows(bytes: Uint8Array): Record<string, unknown[][]> {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes);
  } catch (error) {
    throw new TypeError(`xlsx: these bytes are no .xlsx file: ${(error as Error).message}`);
  }
  const text = (name: string): string | undefined =>
    Object.hasOwn(files, name) ? strFromU8(files[name] as Uint8Array) : undefined;
  const workbook = text('xl/workbook.xml');
  if (workbook === undefined) throw new TypeError('xlsx: this zip file is no workbook: xl/workbook.xml is missing');
  const parse = (xml: string): Node => parser().parse(xml) as Node;
  const links = parse(text('xl/_rels/workbook.xml.rels') ?? '<Relationships/>')['Relationships'] as Node;
  const targets = new Map(listed(links['Relationship']).map((each) => [each['@Id'], String(each['@Target'])]));
  const strings = text('xl/sharedStrings.xml');
  const shared = strings === undefined ? [] : listed((parse(strings)['sst'] as Node)['si']).map(textOf);
  const dates = dateStyles(text('xl/styles.xml'));
  const sheets = listed(((parse(workbook)['workbook'] as Node)['sheets'] as Node)['sheet']);
  return Object.fromEntries(
    sheets.map((sheet) => {
      const target = targets.get(sheet['@id']) ?? '';
      const xml = text(target.startsWith('/') ? target.slice(1) : `xl/${target}`) ?? '<worksheet/>';
      const data = ((parse(xml)['worksheet'] as Node)['sheetData'] ?? {}) as Node;
      const rows: unknown[][] = [];
      for (const row of listed(data['row'])) {
        const values: unknown[] = [];
        for (const cell of listed(row['c'])) {
          const column = cell['@r'] === undefined ? values.length : columnIndex(String(cell['@r']).replace(/\d+$/, ''));
          while (values.length < Math.min(column, 16_383)) values.push(null);
          values[Math.min(column, 16_383)] = cellValue(cell, shared, dates);
        }
        const at = row['@r'] === undefined ? rows.length : Math.min(Number(row['@r']) - 1, 1_048_575);
        while (rows.length < at) rows.push([]);
        rows[at] = values;
      }
      return [String(sheet['@name']), rows];
    }),
  );
}

/** The sheets of a workbook as lists of objects, with the first row of each as names. */
export function read(bytes: Uint8Array): Record<string, Record<string, unknown>[]> {
  return Object.fromEntries(
    Object.entries(readRows(bytes)).map(([name, [head = [], ...rows]]) => {
      const names = head.map((each, i) => (each === null || each === '' ? columnName(i) : String(each)));
      return [
        name,
        rows
          .filter((row) => row.some((value) => value !== null))
          .map((row) => Object.fromEntries(names.map((key, i) => [key, row[i] ?? null]))),
      ];
    }),
  );
}
