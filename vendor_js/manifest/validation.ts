import { define } from './make.ts';

/** Python's word for them too. */
const category = 'data';

export const validation = [
  define({
    name: 'json-schema',
    npm: '@cfworker/json-schema',
    licence: 'MIT',
    category,
    description: 'Validates values against JSON Schema, drafts 4 to 2020-12 (@cfworker/json-schema).',
    inject: ['lib/uri.ts'],
    useCases: ['check what a model or an API gave', 'check configuration', 'say what is wrong with a record'],
    example: `const { validate } = requireVendor('json-schema');
const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } } };
console.log(validate({ name: 'Ada', age: 0 }, schema).valid);
console.log(validate({ age: -1 }, schema).errors.map((e) => \`\${e.path} \${e.keyword}\`));`,
    output: `true
[ ' required', '/age minimum' ]
`,
    methods: {
      validate: [
        'validate(value, schema, options?: { draft, firstOnly, schemas }) -> { valid, errors: { path, message, keyword }[] }',
        'Every place where a value does not fit.',
      ],
      isValid: ['isValid(value, schema, options?) -> boolean', 'Whether it fits.'],
      assertValid: [
        'assertValid(value, schema, options?) -> value',
        'The value, or a TypeError that names every error.',
      ],
      compile: ['compile(schema, options?) -> (value) => result', 'For many values.'],
    },
  }),
  define({
    name: 'zod',
    npm: 'zod',
    variable: 'z',
    licence: 'MIT',
    category,
    description: 'Schemas in code: checks values and gives them types and defaults (Zod 4, English messages).',
    useCases: ['check and convert input', 'defaults and unions', 'JSON Schema of a shape'],
    example: `const z = requireVendor('zod');
const User = z.object({ name: z.string().min(1), age: z.coerce.number().int().default(0) });
console.log(User.parse({ name: 'Ada', age: '36' }), User.parse({ name: 'Bob' }).age);
console.log(User.safeParse({ name: '' }).error.issues.map((i) => [i.path.join('.'), i.code]));`,
    output: `{ name: 'Ada', age: 36 } 0
[ [ 'name', 'too_small' ] ]
`,
    methods: {
      object: [
        'z.object(shape) -> schema',
        'Also string, number, boolean, array, tuple, record, union, enum, literal, date, any, unknown, coerce.',
      ],
      parse: ['schema.parse(value) -> value', 'The value, converted; throws a ZodError with issues.'],
      safeParse: ['schema.safeParse(value) -> { success, data | error }', 'The same without throwing.'],
      toJSONSchema: ['z.toJSONSchema(schema) -> object', 'The JSON Schema of it.'],
    },
  }),
];
