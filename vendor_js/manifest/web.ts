import { define } from './make.ts';

export const web = [
  define({
    name: 'query',
    licence: 'Apache-2.0',
    category: 'text',
    description: 'Query strings as objects and back, with repeated names as lists.',
    useCases: ['read parameters of addresses', 'build addresses for APIs'],
    example: `const query = requireVendor('query');
console.log(query.parse('?q=a%20b&page=2&tag=x&tag=y', { types: true }));
console.log(query.stringify({ q: 'a b', tags: ['x', 'y'], skip: undefined }));
console.log(query.withQuery('https://example.org/list?page=1#top', { page: 2 }));`,
    output: `{ q: 'a b', page: 2, tag: [ 'x', 'y' ] }
q=a%20b&tags=x&tags=y
https://example.org/list?page=2#top
`,
    methods: {
      parse: [
        'parse(text, options?: { types }) -> object',
        'The names and values; a name that appears twice has a list.',
      ],
      stringify: [
        'stringify(values, options?: { sort }) -> string',
        'Lists become repeated names, undefined is left out.',
      ],
      withQuery: ['withQuery(url, changes) -> string', 'An address with its query changed.'],
    },
  }),
  define({
    name: 'mime',
    npm: 'mime',
    licence: 'MIT',
    category: 'documents',
    description: 'Media types by file name and back (mime).',
    useCases: ['the Content-Type of a file', 'the extension for a download'],
    example: `const mime = requireVendor('mime');
console.log(mime.getType('report.xlsx'), mime.getType('a/b/photo.JPG'));
console.log(mime.getExtension('application/json'), mime.getType('noextension'));`,
    output: `application/vnd.openxmlformats-officedocument.spreadsheetml.sheet image/jpeg
json null
`,
    methods: {
      getType: ['getType(path) -> string | null', 'The media type of a file name or extension.'],
      getExtension: ['getExtension(type) -> string | null', 'The usual extension of a media type.'],
    },
  }),
];
