import { ExecError, emptyReport, InvalidRequestError } from '../errors.ts';
import type { Encoding, FileInput, LanguageKind, Persistence } from '../types.ts';
import { decodeContent, EncodingError } from './encoding.ts';
import { quote, workspacePath } from './names.ts';

const languages: readonly LanguageKind[] = ['javascript', 'python'];
/** What may live on from run to run of a session. */
export const persistences: readonly Persistence[] = ['workspace', 'globals', 'heap'];
const encodings: readonly Encoding[] = ['utf8', 'base64', 'hex'];

/**
 * Checks that a request from outside is an object without unknown fields.
 *
 * @throws {InvalidRequestError} naming the field.
 */
export function checkFields(request: unknown, known: readonly string[]): asserts request is object {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw new InvalidRequestError('request', `expected an object with any of ${known.join(', ')}`);
  }
  for (const name of Object.keys(request)) {
    if (!known.includes(name)) {
      throw new InvalidRequestError(name, `there is no such field; the fields are ${known.join(', ')}`);
    }
  }
}

/** Whether a value is an object of fields: not an array, a Map, or another thing that hides what it holds. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** @throws {InvalidRequestError} or {@link ExecError} `unsupported-language`. */
export function checkLanguage(language: unknown): LanguageKind {
  const known = languages.find((kind) => kind === language);
  if (known !== undefined) return known;
  if (typeof language !== 'string') {
    throw new InvalidRequestError('language', `expected one of ${languages.join(', ')}, got ${typeof language}`);
  }
  throw new ExecError(
    'unsupported-language',
    `language ${quote(language)} is not supported; use one of ${languages.join(', ')}`,
  );
}

/**
 * Checks a file from outside.
 *
 * @param folder the folder that its name is relative to.
 * @returns its absolute guest path.
 * @throws {InvalidRequestError} naming the field, which begins with `field`.
 */
export function checkFile(file: unknown, field: string, folder?: string): string {
  if (typeof file !== 'object' || file === null) {
    throw new InvalidRequestError(field, 'expected an object { name, content, encoding? }');
  }
  const { name, content, encoding } = file as Partial<FileInput>;
  const path = workspacePath(name, `${field}.name`, folder);
  if (typeof content !== 'string' && !(content instanceof Uint8Array)) {
    throw new InvalidRequestError(`${field}.content`, 'expected a string or a Uint8Array');
  }
  if (encoding !== undefined && !encodings.includes(encoding)) {
    throw new InvalidRequestError(`${field}.encoding`, `expected one of ${encodings.join(', ')}`);
  }
  return path;
}

/**
 * The bytes of a file.
 *
 * @throws {ExecError} `compilation-failed` for text that is not valid in its encoding.
 */
export function decodeFile(file: FileInput): Uint8Array {
  try {
    return decodeContent(file.content, file.encoding);
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    const message = `${file.name}: ${error.message}`;
    const stage = { stdout: '', stderr: `${message}\n`, exitCode: 1 };
    throw new ExecError('compilation-failed', message, { ...emptyReport, compile: stage }, { offset: error.offset });
  }
}

export function checkArgs(args: unknown): string[] {
  if (args === undefined) return [];
  if (!Array.isArray(args)) throw new InvalidRequestError('args', 'expected an array of strings');
  return args.map((arg, index) => checkString(arg, `args[${index}]`));
}

export function checkEnv(env: unknown): [string, string][] {
  if (env === undefined) return [];
  if (!Array.isArray(env) && !isPlainObject(env)) {
    throw new InvalidRequestError('env', 'expected a record of strings or an array of [name, value] pairs');
  }
  const entries: unknown[] = Array.isArray(env) ? env : Object.entries(env);
  const checked = new Map<string, string>();
  for (const [index, entry] of entries.entries()) {
    const field = Array.isArray(env) ? `env[${index}]` : 'env';
    if (!Array.isArray(entry) || entry.length !== 2) {
      throw new InvalidRequestError(field, 'expected a pair [name, value]');
    }
    const name = checkString(entry[0], field);
    if (name === '' || name.includes('=')) {
      throw new InvalidRequestError(
        field,
        `${quote(name)} is not a variable's name; give one that is not empty and holds no "="`,
      );
    }
    checked.set(name, checkString(entry[1], `env.${name}`));
  }
  return [...checked];
}

export function checkStdin(stdin: unknown): Uint8Array {
  if (stdin === undefined) return new Uint8Array(0);
  if (typeof stdin === 'string' && !stdin.isWellFormed()) {
    throw new InvalidRequestError('stdin', 'holds a surrogate without its partner; give bytes instead');
  }
  if (typeof stdin === 'string') return new TextEncoder().encode(stdin);
  if (stdin instanceof Uint8Array) return stdin;
  throw new InvalidRequestError('stdin', 'expected a string or a Uint8Array');
}

/** @throws {InvalidRequestError} unless it is text that a program can be given: well-formed, without NUL. */
export function checkString(value: unknown, field: string): string {
  if (typeof value !== 'string') throw new InvalidRequestError(field, `expected a string, got ${typeof value}`);
  if (!value.isWellFormed())
    throw new InvalidRequestError(field, 'holds a surrogate without its partner; give well-formed text');
  if (value.includes('\0'))
    throw new InvalidRequestError(field, 'holds a NUL character, which no program can be given; remove it');
  return value;
}

/** @throws {InvalidRequestError} unless it is an AbortSignal or absent. */
export function checkSignal(signal: unknown): AbortSignal | undefined {
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  throw new InvalidRequestError('signal', 'expected an AbortSignal');
}
