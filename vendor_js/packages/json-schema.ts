/** JSON Schema: drafts 4, 7, 2019-09 and 2020-12, interpreted and not compiled. */
import { type OutputUnit, type Schema, type SchemaDraft, Validator } from '@cfworker/json-schema';

export interface SchemaError {
  /** Where in the value, as a JSON pointer; `''` is the value itself. */
  readonly path: string;
  readonly message: string;
  /** The keyword of the schema that failed. */
  readonly keyword: string;
  /** Where in the schema, as a URI fragment. */
  readonly schemaPath: string;
}

export interface ValidateOptions {
  /** Default: what `$schema` says, else 2020-12. */
  readonly draft?: SchemaDraft;
  /** Stops at the first error. Default `false`. */
  readonly firstOnly?: boolean;
  /** Schemas that `$ref` may name, by their `$id`. */
  readonly schemas?: readonly object[];
}

export interface ValidateResult {
  readonly valid: boolean;
  readonly errors: readonly SchemaError[];
}

const drafts: readonly (readonly [part: string, draft: SchemaDraft])[] = [
  ['2020-12', '2020-12'],
  ['2019-09', '2019-09'],
  ['draft-07', '7'],
  ['draft-06', '7'],
  ['draft-04', '4'],
];

function draftOf(schema: unknown): SchemaDraft {
  const named = String((schema as { $schema?: unknown } | null)?.$schema ?? '');
  return drafts.find(([part]) => named.includes(part))?.[1] ?? '2020-12';
}

/** The validator marks the schema that it is given: it gets a copy. */
function copy(schema: unknown): Schema {
  if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null || Array.isArray(schema)))
    throw new TypeError('json-schema: a schema is an object, true or false');
  return JSON.parse(JSON.stringify(schema)) as Schema;
}

/** Keywords that only repeat that something inside of them failed. */
const containers = new Set([
  'properties',
  'items',
  'prefixItems',
  '$ref',
  'allOf',
  'additionalProperties',
  'patternProperties',
  'dependentSchemas',
  'then',
  'else',
  'if',
  '$dynamicRef',
  '$recursiveRef',
]);

function errorsOf(units: readonly OutputUnit[]): SchemaError[] {
  const own = units.filter(({ keyword }) => !containers.has(keyword));
  return (own.length > 0 ? own : units).map(({ instanceLocation, error, keyword, keywordLocation }) => ({
    path: instanceLocation.replace(/^#/, ''),
    message: error,
    keyword,
    schemaPath: keywordLocation,
  }));
}

/** Makes a function that validates values against one schema: worth it for many values. */
export function compile(schema: object | boolean, options: ValidateOptions = {}): (value: unknown) => ValidateResult {
  const validator = new Validator(copy(schema), options.draft ?? draftOf(schema), options.firstOnly ?? false);
  for (const other of options.schemas ?? []) validator.addSchema(copy(other));
  return (value) => {
    const { valid, errors } = validator.validate(value);
    return { valid, errors: valid ? [] : errorsOf(errors) };
  };
}

/** Whether a value fits a schema, and every place where it does not. */
export function validate(value: unknown, schema: object | boolean, options: ValidateOptions = {}): ValidateResult {
  return compile(schema, options)(value);
}

export function isValid(value: unknown, schema: object | boolean, options: ValidateOptions = {}): boolean {
  return validate(value, schema, { ...options, firstOnly: true }).valid;
}

/** The value itself, if it fits. @throws {TypeError} with every error in its message and in `errors`. */
export function assertValid<T>(value: T, schema: object | boolean, options: ValidateOptions = {}): T {
  const { valid, errors } = validate(value, schema, options);
  if (valid) return value;
  const texts = errors.map(({ path, message }) => `${path === '' ? '(value)' : path}: ${message}`);
  throw Object.assign(new TypeError(`not valid: ${texts.join('; ')}`), { errors });
}

export { Validator };
