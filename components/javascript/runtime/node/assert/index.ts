import { inspect } from '../../inspect/index.ts';
import { isDeepEqual } from '../../parts/util.ts';

interface Details {
  message?: string | Error | undefined;
  actual?: unknown;
  expected?: unknown;
  operator?: string;
}

/** Node's AssertionError. */
export class AssertionError extends Error {
  code = 'ERR_ASSERTION';
  generatedMessage: boolean;
  actual: unknown;
  expected: unknown;
  operator: string | undefined;

  constructor(options: Details) {
    super(typeof options.message === 'string' ? options.message : 'Assertion failed');
    this.name = 'AssertionError';
    this.generatedMessage = options.message === undefined;
    this.actual = options.actual;
    this.expected = options.expected;
    this.operator = options.operator;
  }
}

type Message = string | Error | undefined;

function fail(message: Message, generated: string, actual: unknown, expected: unknown, operator: string): never {
  if (message instanceof Error) throw message;
  const error = new AssertionError({ message: message ?? generated, actual, expected, operator });
  error.generatedMessage = message === undefined && !plainOperators.includes(operator);
  throw error;
}

/** Of these Node says that their message is the caller's, always. */
const plainOperators = ['throws', 'doesNotThrow', 'rejects', 'doesNotReject', 'ifError'];

/**
 * `assert.equal` and its kind: what compares, what the message says of a failure, and the error's `operator`, where it
 * is not the word between the values.
 */
function comparison(
  between: string,
  holds: (actual: unknown, expected: unknown) => boolean,
  words: string,
  operator = between,
) {
  return (actual: unknown, expected: unknown, message?: Message): void => {
    if (holds(actual, expected)) return;
    fail(message, `${words}\n\n${inspect(actual)} ${between} ${inspect(expected)}\n`, actual, expected, operator);
  };
}

const same = 'Expected values to be strictly equal:';
const different = 'Expected "actual" to be strictly unequal to:';
// biome-ignore lint/suspicious/noDoubleEquals: loose equality is what the loose forms are about
const looselyEqual = (a: unknown, b: unknown): boolean => a == b || (Number.isNaN(a) && Number.isNaN(b));

function ok(value: unknown, message?: Message): void {
  if (!value) fail(message, `The expression evaluated to a falsy value: ${inspect(value)}`, value, true, '==');
}

type Expected = RegExp | (new (...args: never[]) => unknown) | ((error: unknown) => unknown) | object;

/** Is an error what `throws` expects: of a class, matching a pattern, with properties, or to a function's liking? */
function isExpected(error: unknown, expected: Expected): boolean {
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function') {
    const { prototype } = expected as { prototype?: object };
    if (prototype !== undefined && error instanceof (expected as new () => unknown)) return true;
    if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
    return (expected as (error: unknown) => unknown)(error) === true;
  }
  return Object.entries(expected).every(([key, value]) => {
    const actual = (error as Record<string, unknown>)[key];
    return value instanceof RegExp && typeof actual === 'string'
      ? value.test(actual)
      : isDeepEqual(actual, value, true);
  });
}

function checkThrown(error: unknown, expected: unknown, message: Message, operator: string): void {
  if (expected === undefined || typeof expected === 'string' || isExpected(error, expected as Expected)) return;
  if (typeof expected === 'function' && error instanceof Error && expected.prototype instanceof Error) throw error;
  const failure = new AssertionError({ actual: error, expected, operator });
  if (message instanceof Error) throw message;
  failure.message = message ?? `The error is not as expected: ${inspect(error)}`;
  failure.generatedMessage = message === undefined;
  throw failure;
}

function throws(block: () => unknown, expected?: unknown, message?: Message): void {
  try {
    block();
  } catch (error) {
    checkThrown(error, expected, message, 'throws');
    return;
  }
  fail(typeof expected === 'string' ? expected : message, 'Missing expected exception.', undefined, expected, 'throws');
}

function doesNotThrow(block: () => unknown, message?: Message): void {
  try {
    block();
  } catch (error) {
    fail(
      message,
      `Got unwanted exception.\nActual message: "${String((error as Error).message)}"`,
      error,
      undefined,
      'doesNotThrow',
    );
  }
}

async function rejects(block: Promise<unknown> | (() => Promise<unknown>), expected?: unknown, message?: Message) {
  try {
    await (typeof block === 'function' ? block() : block);
  } catch (error) {
    checkThrown(error, expected, message, 'rejects');
    return;
  }
  fail(message, 'Missing expected rejection.', undefined, expected, 'rejects');
}

async function doesNotReject(block: Promise<unknown> | (() => Promise<unknown>), message?: Message) {
  try {
    await (typeof block === 'function' ? block() : block);
  } catch (error) {
    fail(
      message,
      `Got unwanted rejection.\nActual message: "${String((error as Error).message)}"`,
      error,
      undefined,
      'doesNotReject',
    );
  }
}

function match(text: string, pattern: RegExp, message?: Message): void {
  if (!pattern.test(text))
    fail(
      message,
      `The input did not match the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`,
      text,
      pattern,
      'match',
    );
}

function doesNotMatch(text: string, pattern: RegExp, message?: Message): void {
  if (pattern.test(text))
    fail(
      message,
      `The input was expected to not match the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`,
      text,
      pattern,
      'doesNotMatch',
    );
}

const deepSame = 'Expected values to be strictly deep-equal:';
const deepDifferent = 'Expected "actual" not to be strictly deep-equal to:';

const strictForms = {
  strictEqual: comparison('!==', Object.is, same, 'strictEqual'),
  notStrictEqual: comparison('===', (a, b) => !Object.is(a, b), different, 'notStrictEqual'),
  deepStrictEqual: comparison('should deep-equal', (a, b) => isDeepEqual(a, b, true), deepSame, 'deepStrictEqual'),
  notDeepStrictEqual: comparison(
    'should not deep-equal',
    (a, b) => !isDeepEqual(a, b, true),
    deepDifferent,
    'notDeepStrictEqual',
  ),
};

/** An error in its own words. */
function wordsOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return inspect(value);
  const { message } = value as { message?: unknown };
  if (typeof message !== 'string') return inspect(value);
  return message === '' ? ((value.constructor as { name?: string } | undefined)?.name ?? 'Error') : message;
}

const common = {
  AssertionError,
  ok,
  ...strictForms,
  throws,
  doesNotThrow,
  rejects,
  doesNotReject,
  match,
  doesNotMatch,
  fail: (message?: Message): never => fail(message, 'Failed', undefined, undefined, 'fail'),
  ifError: (value: unknown): void => {
    if (value === null || value === undefined) return;
    fail(undefined, `ifError got unwanted exception: ${wordsOf(value)}`, value, null, 'ifError');
  },
};

const strict = Object.assign((value: unknown, message?: Message) => ok(value, message), common, {
  equal: strictForms.strictEqual,
  notEqual: strictForms.notStrictEqual,
  deepEqual: strictForms.deepStrictEqual,
  notDeepEqual: strictForms.notDeepStrictEqual,
});

const assert = Object.assign((value: unknown, message?: Message) => ok(value, message), common, {
  equal: comparison('==', looselyEqual, 'Expected values to be loosely equal:'),
  notEqual: comparison('!=', (a, b) => !looselyEqual(a, b), 'Expected "actual" to be loosely unequal to:'),
  deepEqual: comparison(
    'should loosely deep-equal',
    (a, b) => isDeepEqual(a, b, false),
    'Expected values to be loosely deep-equal:',
    'deepEqual',
  ),
  notDeepEqual: comparison(
    'should not loosely deep-equal',
    (a, b) => !isDeepEqual(a, b, false),
    'Expected "actual" not to be loosely deep-equal to:',
    'notDeepEqual',
  ),
  strict,
});
Object.assign(strict, { strict });

export { assert, strict };
