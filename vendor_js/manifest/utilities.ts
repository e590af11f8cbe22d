import { define } from './make.ts';

const category = 'development';

export const utilities = [
  define({
    name: 'sandbox-utils',
    licence: 'Apache-2.0',
    category,
    description:
      'What programs in the sandbox do again and again: files, CSV and JSON Lines, tables, numbers for people, lists.',
    variable: 'utils',
    useCases: ['read a CSV file and print a table', 'JSON Lines', 'sizes and numbers for people'],
    example: `const utils = requireVendor('sandbox-utils');
utils.writeCsv('out/people.csv', [{ name: 'Ada', age: 36 }, { name: 'Bob', age: 0 }]);
utils.printTable(utils.readCsv('out/people.csv', { types: true }));
console.log(utils.formatBytes(utils.fileSize('out/people.csv')), utils.formatNumber(1234567.5, 2));`,
    output: `name  age
----  ---
Ada    36
Bob     0
22 B 1,234,567.50
`,
    methods: {
      readJson: [
        'readJson(path), writeJson(path, value), readText, writeText, …',
        "The runtime's own helpers, by name.",
      ],
      readCsv: ['readCsv(path, options?) -> object[]', 'The rows of a CSV file; writeCsv(path, rows) writes one.'],
      readJsonLines: [
        'readJsonLines(path) -> unknown[]',
        'One JSON value a line; writeJsonLines(path, values) writes them.',
      ],
      printTable: ['printTable(rows, options?)', 'Prints rows as a text table; table(rows, options) gives its text.'],
      formatBytes: [
        'formatBytes(bytes) -> string',
        '"1.5 KiB"; also formatNumber(value, digits), formatPercent(share).',
      ],
      chunk: ['chunk(values, size) -> lists', 'Also range, sum, mean, unique, countBy.'],
      timed: ['timed(run) -> { value, ms }', 'How long a function took.'],
    },
  }),
  define({
    name: 'ids',
    licence: 'Apache-2.0',
    category,
    description: 'Identifiers: UUIDs of version 4 and 7, short random ones, sequences, hashes of texts.',
    useCases: ['keys for new records', 'stable names for cached results'],
    example: `const ids = requireVendor('ids');
console.log(ids.isUuid(ids.uuid()), ids.uuid7().length, ids.nanoid(10).length);
console.log(ids.hash('hello'), ids.uuid7(1) < ids.uuid7(2));
const next = ids.sequence('task-', 3);
console.log(next(), next());`,
    output: `true 36 10
4f9f2cab true
task-001 task-002
`,
    methods: {
      uuid: ['uuid() -> string', 'A random UUID.'],
      uuid7: ['uuid7(time?) -> string', 'A UUID that sorts by time.'],
      nanoid: ['nanoid(size = 21, alphabet?) -> string', 'Random characters that are safe in addresses.'],
      hash: ['hash(text) -> string', 'Eight hexadecimal digits that follow from a text; not for security.'],
      sequence: ['sequence(prefix, digits, first) -> function', 'Counts up.'],
      isUuid: ['isUuid(text) -> boolean', 'Whether a text is a UUID.'],
    },
  }),
  define({
    name: 'semver',
    npm: 'semver',
    licence: 'ISC',
    category,
    description: "npm's version numbers and ranges.",
    useCases: ['compare and sort versions', 'whether a version is in a range'],
    example: `const semver = requireVendor('semver');
console.log(semver.satisfies('1.4.2', '^1.2.0'), semver.gt('2.0.0', '2.0.0-rc.1'), semver.inc('1.2.3', 'minor'));
console.log(['1.10.0', '1.9.0', '1.9.0-a'].sort(semver.compare), semver.maxSatisfying(['1.2.0', '1.9.9', '2.0.0'], '1.x'));`,
    output: `true true 1.3.0
[ '1.9.0-a', '1.9.0', '1.10.0' ] 1.9.9
`,
    methods: {
      satisfies: ['satisfies(version, range) -> boolean', 'Whether a version is in a range.'],
      compare: ['compare(a, b) -> -1 | 0 | 1', 'Also gt, gte, lt, lte, eq, rcompare, sort.'],
      inc: ['inc(version, "major" | "minor" | "patch" | "prerelease") -> string', 'The next version.'],
      maxSatisfying: ['maxSatisfying(versions, range) -> string | null', 'The best version of a range.'],
      parse: ['parse(version) -> { major, minor, patch, prerelease } | null', 'Also valid, coerce, clean.'],
    },
  }),
  define({
    name: 'color',
    npm: 'tinycolor2',
    aliases: ['tinycolor2'],
    variable: 'tinycolor',
    licence: 'MIT',
    category: 'pictures',
    description: 'Colours: parses, converts, lightens, mixes, contrast (tinycolor2).',
    useCases: ['palettes for charts and pages', 'readable text on a background', 'convert hex, RGB and HSL'],
    example: `const tinycolor = requireVendor('color');
console.log(tinycolor('#336699').lighten(20).toHexString(), tinycolor('red').toHslString());
console.log(tinycolor.readability('#000', '#fff'), tinycolor.mix('red', 'blue', 50).toHexString());
console.log(tinycolor('teal').triad().map((c) => c.toHexString()));`,
    output: `#6699cc hsl(0, 100%, 50%)
21 #800080
[ '#008080', '#800080', '#808000' ]
`,
    methods: {
      tinycolor: ['tinycolor(text | { r, g, b } | { h, s, l }) -> color', 'A colour of any CSS text.'],
      toHexString: ['c.toHexString() -> string', 'Also toRgb, toRgbString, toHsl, toHslString, toHsv, toName.'],
      lighten: [
        'c.lighten(amount) -> color',
        'Also darken, saturate, desaturate, spin, greyscale, complement, triad, analogous.',
      ],
      readability: [
        'tinycolor.readability(a, b) -> number',
        'Contrast as WCAG has it; also isReadable, mostReadable, mix.',
      ],
    },
  }),
];
