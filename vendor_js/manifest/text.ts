import { define } from './make.ts';

const category = 'text';

export const text = [
  define({
    name: 'string',
    aliases: ['string-utils'],
    licence: 'Apache-2.0',
    category,
    description: 'Text helpers: cases, slugs, templates, cutting, wrapping, edit distance.',
    variable: 'str',
    useCases: [
      'file names and addresses from titles',
      'names in the case that a language wants',
      'did-you-mean',
      'texts for people',
    ],
    example: `const str = requireVendor('string');
console.log(str.slugify('Crème Brûlée & Co.'), str.camelCase('user first-name'), str.snakeCase('parseHTTPResponse'));
console.log(str.template('Dear {user.name}, {n} new', { user: { name: 'Ada' }, n: 0 }));
console.log(str.truncate('The quick brown fox', 12), str.closest('colour', ['color', 'cooler']));`,
    output: `creme-brulee-co userFirstName parse_http_response
Dear Ada, 0 new
The quick b… color
`,
    methods: {
      slugify: [
        'slugify(text, options?: { separator, lower, maxLength }) -> string',
        'ASCII letters, digits and separators.',
        "str.slugify('Hello World') -> 'hello-world'",
      ],
      camelCase: [
        'camelCase(text) -> string',
        'Also pascalCase, snakeCase, kebabCase, constantCase, titleCase, sentenceCase.',
      ],
      capitalize: ['capitalize(text) -> string', 'First letter upper case; also uncapitalize.'],
      words: ['words(text) -> string[]', 'The words of a text or name.'],
      truncate: [
        'truncate(text, length, options?: { ending, words }) -> string',
        'Cuts to at most that many characters, the ending included.',
      ],
      pad: ['pad(text, length, fill = " ") -> string', 'On both sides; also padStart, padEnd.'],
      trim: ['trim(text, characters?) -> string', 'White space, or these characters, from both ends.'],
      template: ['template(text, values) -> string', 'Replaces {name} and {a.b}; a name without a value is an error.'],
      deburr: ['deburr(text) -> string', 'Letters without accents.'],
      escapeHtml: ['escapeHtml(text) -> string', 'Also unescapeHtml, escapeRegExp.'],
      wrap: ['wrap(text, width = 80, indent = "") -> string', 'Breaks at spaces; also indent, dedent, lines.'],
      levenshtein: [
        'levenshtein(a, b) -> number',
        'Edit distance; similarity(a, b) is 0 to 1.',
        "str.levenshtein('kitten', 'sitting') -> 3",
      ],
      closest: ['closest(text, candidates) -> string', 'The candidate nearest to a text.'],
      count: ['count(text, part) -> number', 'How often a part is in it; also wordCount, reverse, isBlank, plural.'],
    },
  }),
  define({
    name: 'mustache',
    npm: 'mustache',
    variable: 'Mustache',
    licence: 'MIT',
    category,
    description: 'Templates without code in them: variables, sections, lists, partials (mustache).',
    useCases: ['fill HTML, mails and configuration from data', 'reports with lists'],
    example: `const Mustache = requireVendor('mustache');
const template = '{{title}}:{{#items}} {{name}}={{price}}{{/items}}{{^items}} nothing{{/items}}';
console.log(Mustache.render(template, { title: 'A & B', items: [{ name: 'x', price: 0 }] }));
console.log(Mustache.render(template, { title: 'C', items: [] }));`,
    output: `A &amp; B: x=0
C: nothing
`,
    methods: {
      render: [
        'render(template, view, partials?, options?) -> string',
        'The template filled; {{x}} is escaped for HTML, {{{x}}} is not.',
      ],
      parse: ['parse(template, tags?) -> tokens', 'The tokens of a template; throws where it is wrong.'],
    },
  }),
  define({
    name: 'diff',
    npm: 'diff',
    licence: 'BSD-3-Clause',
    category,
    description: 'Differences of texts by letters, words or lines, and patches (jsdiff).',
    useCases: ['show what changed in a file', 'make and apply unified patches', 'compare two answers'],
    example: `const diff = requireVendor('diff');
const patch = diff.createPatch('a.txt', 'one\\ntwo\\n', 'one\\n2\\n');
console.log(patch.split('\\n').slice(4, 8));
console.log(diff.applyPatch('one\\ntwo\\n', patch).split('\\n'));`,
    output: `[ '@@ -1,2 +1,2 @@', ' one', '-two', '+2' ]
[ 'one', '2', '' ]
`,
    methods: {
      diffLines: [
        'diffLines(a, b) -> { value, added, removed }[]',
        'Also diffChars, diffWords, diffSentences, diffArrays, diffJson.',
      ],
      createPatch: [
        'createPatch(name, before, after) -> string',
        'A unified patch; createTwoFilesPatch with two names.',
      ],
      applyPatch: ['applyPatch(text, patch) -> string | false', 'The text with a patch; false where it does not fit.'],
      parsePatch: ['parsePatch(text) -> object[]', 'The hunks of a patch; reversePatch turns it around.'],
    },
  }),
  define({
    name: 'fuse',
    npm: 'fuse.js',
    variable: 'Fuse',
    licence: 'Apache-2.0',
    category,
    description: 'Fuzzy search in lists of texts or objects (Fuse.js).',
    useCases: ['find records by a misspelt name', 'match rows of two tables by similar names'],
    example: `const Fuse = requireVendor('fuse');
const books = [{ title: 'The Great Gatsby' }, { title: 'Moby Dick' }, { title: 'Great Expectations' }];
const found = new Fuse(books, { keys: ['title'], threshold: 0.4 }).search('graet gatsbi');
console.log(found.map(({ item }) => item.title));`,
    output: `[ 'The Great Gatsby' ]
`,
    methods: {
      Fuse: [
        'new Fuse(list, options?: { keys, threshold, includeScore, ignoreLocation })',
        'An index of a list; a threshold of 0 takes exact matches only.',
      ],
      search: ['fuse.search(text, { limit }?) -> { item, refIndex, score? }[]', 'The best matches first.'],
    },
  }),
  define({
    name: 'acorn',
    npm: 'acorn',
    licence: 'MIT',
    category,
    description: 'Parses JavaScript to a syntax tree (acorn).',
    useCases: ['check the syntax of code without running it', 'find imports, functions and names in code'],
    example: `const acorn = requireVendor('acorn');
const tree = acorn.parse("import fs from 'fs'; export function f() {}", { ecmaVersion: 'latest', sourceType: 'module' });
console.log(tree.body.map((node) => node.type));
try { acorn.parse('let x = ;', { ecmaVersion: 2020 }); } catch (error) { console.log(error.message); }`,
    output: `[ 'ImportDeclaration', 'ExportNamedDeclaration' ]
Unexpected token (1:8)
`,
    methods: {
      parse: [
        'parse(code, { ecmaVersion, sourceType, locations }) -> tree',
        'The ESTree of a program; throws with the place of an error.',
      ],
      parseExpressionAt: ['parseExpressionAt(code, offset, options) -> node', 'One expression.'],
      tokenizer: ['tokenizer(code, options) -> iterable', 'Its tokens.'],
    },
  }),
];
