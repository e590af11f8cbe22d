import { define } from './make.ts';

const category = 'documents';

export const documents = [
  define({
    name: 'xlsx',
    licence: 'Apache-2.0',
    category,
    description: 'Reads and writes Excel workbooks (.xlsx): values, dates and formulas of all sheets, without styles.',
    useCases: [
      'read uploaded workbooks',
      'write results as a workbook with several sheets',
      'turn Excel into CSV or JSON',
    ],
    example: `const xlsx = requireVendor('xlsx');
const fs = require('fs');
fs.writeFileSync('sales.xlsx', xlsx.write({ Sales: [{ city: 'Oslo', sum: 12.5 }, { city: 'Rome', sum: 7 }] }));
const book = xlsx.read(fs.readFileSync('sales.xlsx'));
console.log(Object.keys(book), book.Sales[1]);`,
    output: `[ 'Sales' ] { city: 'Rome', sum: 7 }
`,
    methods: {
      write: [
        'write(sheets: rows | { [name]: rows }) -> Uint8Array',
        'A workbook; rows are objects or lists, cells may be Dates or { formula, value }.',
      ],
      read: ['read(bytes: Uint8Array) -> { [sheet]: object[] }', 'Sheets as lists of objects, the first row as names.'],
      readRows: [
        'readRows(bytes: Uint8Array) -> { [sheet]: unknown[][] }',
        'Sheets as lists of lists; empty cells are null.',
      ],
      columnName: ['columnName(index: number) -> string', 'The letters of a column.', "xlsx.columnName(27) -> 'AB'"],
    },
  }),
  define({
    name: 'zip',
    npm: 'fflate',
    aliases: ['fflate'],
    licence: 'MIT',
    category,
    description: 'Makes and unpacks zip and gzip data (fflate); use the functions whose names end in Sync.',
    useCases: ['unpack uploaded archives', 'bundle results into one download', 'read .gz files'],
    example: `const zip = requireVendor('zip');
const bytes = zip.zipSync({ 'a.txt': zip.strToU8('hello'), 'data/b.json': zip.strToU8('{}') });
const files = zip.unzipSync(bytes);
console.log(Object.keys(files), zip.strFromU8(files['a.txt']));`,
    output: `[ 'a.txt', 'data/b.json' ] hello
`,
    methods: {
      zipSync: ['zipSync(files: { [path]: Uint8Array }, options?: { level }) -> Uint8Array', 'A zip archive.'],
      unzipSync: ['unzipSync(bytes, options?: { filter }) -> { [path]: Uint8Array }', 'The files of an archive.'],
      gzipSync: ['gzipSync(bytes, options?) -> Uint8Array', 'Compresses as gzip; gunzipSync unpacks.'],
      zlibSync: [
        'zlibSync(bytes, options?) -> Uint8Array',
        'Compresses as zlib; unzlibSync unpacks. Also deflateSync and inflateSync.',
      ],
      strToU8: ['strToU8(text: string) -> Uint8Array', 'UTF-8; strFromU8 is the inverse.'],
    },
  }),
  define({
    name: 'xml',
    npm: 'fast-xml-parser',
    aliases: ['fast-xml-parser'],
    licence: 'MIT',
    category,
    description: 'Reads, writes and validates XML (fast-xml-parser).',
    variable: '{ XMLParser, XMLBuilder, XMLValidator }',
    useCases: ['read RSS feeds, SVG and office files', 'turn XML into JSON and back', 'check that XML is well-formed'],
    example: `const { XMLParser, XMLBuilder } = requireVendor('xml');
const feed = new XMLParser({ ignoreAttributes: false }).parse('<feed><entry id="1">Hi</entry></feed>');
console.log(feed.feed.entry);
console.log(new XMLBuilder().build({ note: { to: 'Ada', done: true } }));`,
    output: `{ '#text': 'Hi', '@_id': '1' }
<note><to>Ada</to><done>true</done></note>
`,
    methods: {
      XMLParser: [
        'new XMLParser(options?).parse(text) -> object',
        'Elements as keys; attributes with `ignoreAttributes: false`, named `@_name`.',
      ],
      XMLBuilder: [
        'new XMLBuilder(options?: { format, ignoreAttributes }).build(value) -> string',
        'XML of an object.',
      ],
      XMLValidator: [
        'XMLValidator.validate(text) -> true | { err }',
        'Whether a text is well-formed, and where it is not.',
      ],
    },
  }),
  define({
    name: 'html',
    npm: 'node-html-parser',
    aliases: ['node-html-parser'],
    inject: ['lib/base64.ts'],
    licence: 'MIT',
    category,
    description: 'Parses HTML and finds elements by CSS selectors (node-html-parser).',
    useCases: ['take text, links and tables out of pages', 'change HTML and write it again'],
    example: `const html = requireVendor('html');
const page = html.parse('<ul><li class="a"><a href="/x">One</a></li><li>Two</li></ul>');
console.log(page.querySelectorAll('li').map((li) => li.text));
console.log(page.querySelector('li.a > a').getAttribute('href'));`,
    output: `[ 'One', 'Two' ]
/x
`,
    methods: {
      parse: [
        'parse(text: string, options?) -> element',
        'The root element of a document; with querySelector, querySelectorAll, text, innerHTML, getAttribute, setAttribute, toString.',
      ],
      valid: ['valid(text: string) -> boolean', 'Whether every element is closed.'],
    },
  }),
  define({
    name: 'markdown',
    npm: 'markdown-it',
    aliases: ['markdown-it'],
    variable: 'markdownIt',
    licence: 'MIT',
    category,
    description: 'Turns Markdown into HTML, with tables (markdown-it, CommonMark).',
    useCases: ['render reports as HTML', 'take headings and links out of Markdown'],
    example: `const markdownIt = requireVendor('markdown');
const md = markdownIt({ html: false, linkify: true });
console.log(md.render('# Report\\n\\n- **good**\\n- bad'));
console.log(md.parse('# A\\n## B', {}).filter((t) => t.type === 'inline').map((t) => t.content));`,
    output: `<h1>Report</h1>
<ul>
<li><strong>good</strong></li>
<li>bad</li>
</ul>

[ 'A', 'B' ]
`,
    methods: {
      markdownIt: [
        'markdownIt(options?: { html, linkify, breaks, typographer }) -> md',
        'Makes a renderer; `new` may be left out.',
      ],
      render: ['md.render(text: string) -> string', 'HTML of a Markdown text.'],
      renderInline: ['md.renderInline(text: string) -> string', 'Without the paragraph around it.'],
      parse: ['md.parse(text: string, env: {}) -> token[]', 'The tokens: type, tag, content, map (lines).'],
    },
  }),
  define({
    name: 'table',
    licence: 'Apache-2.0',
    category,
    description: "Lists of rows as text tables, Markdown or HTML, as Python's tabulate.",
    variable: '{ table }',
    useCases: ['print results that people read', 'Markdown tables for reports'],
    example: `const { table } = requireVendor('table');
const rows = [{ city: 'Oslo', sum: 12.5 }, { city: 'Rome', sum: 7 }];
console.log(table(rows));
console.log(table(rows, { format: 'markdown', digits: 2 }));`,
    output: `city   sum
----  ----
Oslo  12.5
Rome     7
| city |   sum |
| ---- | ----: |
| Oslo | 12.50 |
| Rome |     7 |
`,
    methods: {
      table: [
        'table(rows, options?: { format, columns, align, digits, missing, maxWidth }) -> string',
        'A table; formats: plain, simple, grid, box, markdown, html, tsv.',
      ],
      formats: ['formats -> string[]', 'The names of the formats.'],
    },
  }),
];
