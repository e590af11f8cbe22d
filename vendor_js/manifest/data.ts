import { define } from './make.ts';

const category = 'data';

export const data = [
  define({
    name: 'csv',
    aliases: ['csv-simple'],
    licence: 'Apache-2.0',
    category,
    description: 'Reads and writes CSV; rows are objects with the names of the header row as keys.',
    useCases: ['read uploaded CSV, TSV and semicolon files', 'write tables that Excel opens', 'turn CSV into JSON'],
    example: `const csv = requireVendor('csv');
const rows = csv.parse('name,age\\nAda,36\\n"Hopper, Grace",85');
console.log(rows[1].name, rows.length);
console.log(csv.stringify([{ a: 0, b: false, c: '' }, { a: 'x,y', b: null, c: '"' }]));`,
    output: `Hopper, Grace 2
a,b,c
0,false,
"x,y",,""""

`,
    methods: {
      parse: [
        'parse(text: string, options?: { delimiter, header, trim, types, comment }) -> object[]',
        'Rows as objects by header; every value is a string unless `types` is true; `delimiter: "auto"` finds it.',
        "csv.parse('name,age\\nAlice,30') -> [{ name: 'Alice', age: '30' }]",
      ],
      parseRows: ['parseRows(text: string, options?) -> unknown[][]', 'Rows as lists, the header row included.'],
      stringify: [
        'stringify(rows: object[] | unknown[][], options?: { delimiter, columns, header, newline, quoteAll, bom }) -> string',
        'CSV of objects or lists; 0, false and "" are written as they are, null and undefined as nothing.',
        "csv.stringify([{ a: 1 }]) -> 'a\\n1\\n'",
      ],
      detectDelimiter: ['detectDelimiter(text: string) -> string', 'The delimiter of a text: one of , ; tab |.'],
    },
  }),
  define({
    name: 'json-utils',
    licence: 'Apache-2.0',
    category,
    description:
      'Reads and changes nested values by path; compares, merges, flattens and validates them. Arguments are never changed.',
    useCases: [
      'pull fields out of API answers',
      'find what differs between two configurations',
      'merge settings',
      'flatten JSON for a table',
    ],
    example: `const json = requireVendor('json-utils');
const order = { items: [{ sku: 'A1', price: 3 }], customer: { name: 'Ada' } };
console.log(json.get(order, 'items[0].price'), json.get(order, 'customer.email', 'none'));
console.log(json.set(order, 'customer.vip', true).customer, order.customer);
console.log(json.diff({ a: 1, b: 2 }, { a: 1, b: 3 }));`,
    output: `3 none
{ name: 'Ada', vip: true } { name: 'Ada' }
[ { op: 'replace', path: '/b', value: 3, before: 2 } ]
`,
    variable: 'json',
    inject: ['lib/uri.ts'],
    methods: {
      get: [
        'get(value, path, fallback?) -> unknown',
        'The value at a path such as `a.b[0]["c.d"]`; own properties only.',
        "json.get({ a: [1] }, 'a[0]') -> 1",
      ],
      set: ['set(value, path, made) -> copy', 'A copy with the value at a path; what is missing on the way is made.'],
      has: ['has(value, path) -> boolean', 'Whether there is something at a path.'],
      unset: ['unset(value, path) -> copy', 'A copy without what stands at a path.'],
      update: ['update(value, path, change) -> copy', 'A copy in which a function made the value at a path anew.'],
      merge: ['merge(...objects) -> object', 'Objects merged deeply, later ones win; lists are replaced.'],
      diff: [
        'diff(a, b) -> { op, path, value?, before? }[]',
        'What must change to make b of a, as JSON Patch does it.',
      ],
      patch: ['patch(value, changes) -> copy', 'A copy with such changes.'],
      flatten: [
        'flatten(value) -> object',
        'Paths and values in one level.',
        "json.flatten({ a: { b: [1] } }) -> { 'a.b[0]': 1 }",
      ],
      unflatten: ['unflatten(flat) -> value', 'The inverse of flatten.'],
      pick: ['pick(value, paths) -> object', 'Only what stands at these paths.'],
      omit: ['omit(value, paths) -> copy', 'Everything but what stands at these paths.'],
      paths: ['paths(value) -> string[]', 'Every path that leads to a plain value.'],
      deepEqual: ['deepEqual(a, b) -> boolean', 'Whether two values are equal in depth.'],
      clone: ['clone(value) -> copy', 'A deep copy of plain data.'],
      groupBy: ['groupBy(values, pathOrFunction) -> object of lists', 'Values in lists by a key.'],
      sortBy: ['sortBy(values, ...paths) -> copy', 'A sorted copy; `-` before a path for descending order.'],
      parse: ['parse(text, fallback?) -> unknown', 'The value of a JSON text, or the fallback where it is none.'],
      stableStringify: [
        'stableStringify(value, indent?) -> string',
        'JSON with sorted keys: equal values give equal texts.',
      ],
      validate: [
        'validate(value, schema) -> { valid, errors }',
        'Validates against a JSON Schema, as the package json-schema does.',
      ],
    },
  }),
  define({
    name: 'yaml',
    npm: 'js-yaml',
    aliases: ['js-yaml'],
    licence: 'MIT',
    category,
    description: 'Reads and writes YAML 1.2 (js-yaml).',
    useCases: ['read configuration and CI files', 'write YAML from objects', 'front matter of Markdown files'],
    example: `const yaml = requireVendor('yaml');
const config = yaml.load('service:\\n  port: 8080\\n  tags: [a, b]\\n');
console.log(config);
console.log(yaml.dump({ steps: ['push'], retries: 3 }));`,
    output: `{ service: { port: 8080, tags: [ 'a', 'b' ] } }
steps:
  - push
retries: 3

`,
    methods: {
      load: [
        'load(text: string, options?) -> unknown',
        'The value of a YAML document.',
        "yaml.load('a: 1') -> { a: 1 }",
      ],
      loadAll: ['loadAll(text: string) -> unknown[]', 'The values of all documents of a text.'],
      dump: ['dump(value, options?: { indent, lineWidth, sortKeys, noRefs, flowLevel }) -> string', 'YAML of a value.'],
    },
  }),
  define({
    name: 'toml',
    npm: 'smol-toml',
    licence: 'BSD-3-Clause',
    category,
    description: 'Reads and writes TOML 1.0 (smol-toml).',
    useCases: ['read pyproject.toml and Cargo.toml', 'write configuration files'],
    example: `const toml = requireVendor('toml');
const { project } = toml.parse('[project]\\nname = "demo"\\nkeywords = ["a", "b"]');
console.log(project.name, project.keywords.length);
console.log(toml.stringify({ tool: { line: 120 } }));`,
    output: `demo 2
[tool]
line = 120

`,
    methods: {
      parse: ['parse(text: string) -> object', 'The table of a TOML text; dates are TomlDate, which is a Date.'],
      stringify: ['stringify(value: object) -> string', 'TOML of an object.'],
    },
  }),
  define({
    name: 'ini',
    npm: 'ini',
    licence: 'ISC',
    category,
    description: 'Reads and writes INI files with sections.',
    useCases: ['read .ini, .cfg and .npmrc files', 'change one setting and write the file again'],
    example: `const ini = requireVendor('ini');
const settings = ini.parse('debug = true\\n[server]\\nport = 80\\n');
console.log(settings.debug, settings.server.port);
console.log(ini.stringify({ server: { host: 'a' } }));`,
    output: `true 80
[server]
host=a

`,
    methods: {
      parse: [
        'parse(text: string) -> object',
        'Sections as objects; `true`, `false` and `null` become values, numbers stay strings.',
      ],
      stringify: ['stringify(value: object, options?: { section, whitespace }) -> string', 'INI text of an object.'],
    },
  }),
  define({
    name: 'json5',
    npm: 'json5',
    licence: 'MIT',
    category,
    description: 'Reads JSON with comments, trailing commas, single quotes and unquoted keys.',
    variable: 'JSON5',
    useCases: ['read tsconfig-like files with comments', 'repair JSON that a person or a model wrote'],
    example: `const JSON5 = requireVendor('json5');
console.log(JSON5.parse("{ // settings\\n  name: 'demo', sizes: [1, 2,], }"));
console.log(JSON5.stringify({ a: 1, 'b-c': 'x' }));`,
    output: `{ name: 'demo', sizes: [ 1, 2 ] }
{a:1,'b-c':'x'}
`,
    methods: {
      parse: ['parse(text: string, reviver?) -> unknown', 'The value of a JSON5 text.'],
      stringify: ['stringify(value, replacer?, space?) -> string', 'JSON5 of a value.'],
    },
  }),
  define({
    name: 'jmespath',
    npm: 'jmespath',
    licence: 'Apache-2.0',
    category,
    description: 'Queries JSON with JMESPath: projections, filters, functions.',
    useCases: ['pick fields of all elements of a list', 'filter and sort JSON with one expression'],
    example: `const jmespath = requireVendor('jmespath');
const data = { people: [{ name: 'Ada', age: 36 }, { name: 'Bob', age: 17 }] };
console.log(jmespath.search(data, 'people[?age > \`18\`].name'));
console.log(jmespath.search(data, 'max_by(people, &age).name'));`,
    output: `[ 'Ada' ]
Ada
`,
    methods: {
      search: [
        'search(value, expression: string) -> unknown',
        'What an expression finds in a value.',
        "jmespath.search({ a: { b: 1 } }, 'a.b') -> 1",
      ],
      compile: ['compile(expression: string) -> tree', 'The syntax tree of an expression; throws where it is wrong.'],
    },
  }),
  define({
    name: 'lodash',
    npm: 'es-toolkit',
    aliases: ['es-toolkit'],
    variable: '_',
    licence: 'MIT',
    category,
    description: "Lodash's functions for lists, objects and functions (es-toolkit/compat).",
    useCases: ['group, sort and join lists of records', 'deep copies and comparisons', 'code written for lodash'],
    example: `const _ = requireVendor('lodash');
const people = [{ name: 'Ada', team: 'x' }, { name: 'Bob', team: 'y' }, { name: 'Cy', team: 'x' }];
console.log(_.mapValues(_.groupBy(people, 'team'), (members) => members.length));
console.log(_.orderBy(people, ['team', 'name'], ['desc', 'asc']).map((p) => p.name));
console.log(_.chunk([1, 2, 3], 2), _.uniq([1, 1, 2]));`,
    output: `{ x: 2, y: 1 }
[ 'Bob', 'Ada', 'Cy' ]
[ [ 1, 2 ], [ 3 ] ] [ 1, 2 ]
`,
    methods: {
      groupBy: ['groupBy(values, by) -> object of lists', 'Values in lists by a key or function.'],
      orderBy: ['orderBy(values, keys, orders) -> list', 'Sorted by several keys.'],
      keyBy: ['keyBy(values, by) -> object', 'The last value for each key.'],
      sumBy: ['sumBy(values, by) -> number', 'The sum of what a function or key gives.'],
      get: ['get(value, path, fallback?) -> unknown', 'The value at a path.'],
      set: ['set(object, path, value) -> object', 'Changes the object itself, as lodash does.'],
      cloneDeep: ['cloneDeep(value) -> copy', 'A deep copy.'],
      isEqual: ['isEqual(a, b) -> boolean', 'Deep comparison.'],
      chunk: ['chunk(values, size) -> lists', 'Lists of at most that size.'],
      uniqBy: ['uniqBy(values, by) -> list', 'The first value for each key.'],
      difference: ['difference(a, b) -> list', 'What is in a and not in b.'],
      merge: ['merge(object, ...sources) -> object', 'Deep merge into the first argument.'],
      debounce: ['debounce(function, ms) -> function', 'Calls once after a pause.'],
    },
  }),
];
