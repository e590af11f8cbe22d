import type { EngineJob, JobFile } from '../engine/index.ts';
import { ExecError, emptyReport, InvalidRequestError } from '../errors.ts';
import { checkLimits, type Limits } from '../limits.ts';
import type { Encoding, ExecRequest, FileInput, LanguageKind } from '../types.ts';
import { decodeContent, EncodingError } from './encoding.ts';
import { quote, workspace, workspacePath } from './names.ts';

const languages: readonly LanguageKind[] = ['javascript', 'python'];
const encodings: readonly Encoding[] = ['utf8', 'base64', 'hex'];
const fields = new Set<string>([
  'language',
  'version',
  'files',
  'stdin',
  'args',
  'env',
  'limits',
  'signal',
] satisfies (keyof ExecRequest)[]);

/**
 * Checks a request from outside and decodes its files.
 *
 * @param defaults the limits where the request names none.
 * @throws {InvalidRequestError} for a malformed request, naming the field.
 * @throws {ExecError} `unsupported-language`; `compilation-failed` for text that is not valid in its encoding;
 * `resource-exceeded` for more than `inputBytes`.
 */
export function prepareRun(request: ExecRequest, defaults: Limits): EngineJob {
  if (typeof request !== 'object' || request === null) {
    throw new InvalidRequestError('request', 'expected an object with language and files');
  }
  for (const name of Object.keys(request)) {
    if (!fields.has(name)) {
      throw new InvalidRequestError(name, `there is no such field; the fields are ${[...fields].join(', ')}`);
    }
  }
  const limits = { ...defaults, ...checkLimits(request.limits, 'limits') };
  const language = checkLanguage(request.language);
  if (request.version !== undefined) checkString(request.version, 'version');
  const named = checkFiles(request.files);
  const args = checkArgs(request.args);
  const env = checkEnv(request.env);
  const stdin = checkStdin(request.stdin);
  checkInputBytes(request, args, env, stdin, limits.inputBytes);
  const files = named.map(([path, file]) => ({ path, bytes: decodeFile(file) }));
  checkQuotas(files, limits);
  const entry = files[0];
  if (entry === undefined) throw new InvalidRequestError('files', 'expected at least one file: the program');
  return { language, files, entrypoint: entry.path.slice(workspace.length + 1), args, env, stdin, limits };
}

function checkLanguage(language: unknown): LanguageKind {
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

function checkFiles(files: unknown): [path: string, file: FileInput][] {
  if (!Array.isArray(files) || files.length === 0) {
    throw new InvalidRequestError('files', 'expected at least one file, { name, content }; the first is the program');
  }
  const byPath = new Map<string, FileInput>();
  for (const [index, file] of (files as unknown[]).entries()) {
    const field = `files[${index}]`;
    if (typeof file !== 'object' || file === null) {
      throw new InvalidRequestError(field, 'expected an object { name, content, encoding? }');
    }
    const { name, content, encoding } = file as Partial<FileInput>;
    const path = workspacePath(name, `${field}.name`);
    if (byPath.has(path)) {
      throw new InvalidRequestError(`${field}.name`, `${quote(String(name))} names the same file as an earlier one`);
    }
    if (typeof content !== 'string' && !(content instanceof Uint8Array)) {
      throw new InvalidRequestError(`${field}.content`, 'expected a string or a Uint8Array');
    }
    if (encoding !== undefined && !encodings.includes(encoding)) {
      throw new InvalidRequestError(`${field}.encoding`, `expected one of ${encodings.join(', ')}`);
    }
    byPath.set(path, file as FileInput);
  }
  for (const [index, path] of [...byPath.keys()].entries()) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      if (byPath.has(path.slice(0, slash))) {
        const folder = quote(path.slice(0, slash));
        throw new InvalidRequestError(`files[${index}].name`, `${folder} is a file of this request, so no folder`);
      }
    }
  }
  return [...byPath];
}

/** The files of a request must fit into the workspace they are written to. */
function checkQuotas(files: readonly JobFile[], limits: Limits): void {
  const exceeded = (limit: 'files' | 'fileSizeBytes' | 'workspaceBytes', actual: number, what: string): void => {
    if (actual <= limits[limit]) return;
    const message = `${what}: ${actual}, and limits.${limit} is ${limits[limit]}; send less or raise it`;
    throw new ExecError('resource-exceeded', message, emptyReport, { reason: limit, limit: limits[limit], actual });
  };
  exceeded('files', files.length, 'the number of files');
  for (const { path, bytes } of files) exceeded('fileSizeBytes', bytes.length, `the size of ${quote(path)}`);
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  exceeded('workspaceBytes', total, 'the size of all files');
}

function decodeFile(file: FileInput): Uint8Array {
  try {
    return decodeContent(file.content, file.encoding);
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    const message = `${file.name}: ${error.message}`;
    const stage = { stdout: '', stderr: `${message}\n`, exitCode: 1 };
    throw new ExecError('compilation-failed', message, { ...emptyReport, compile: stage }, { offset: error.offset });
  }
}

function checkArgs(args: unknown): string[] {
  if (args === undefined) return [];
  if (!Array.isArray(args)) throw new InvalidRequestError('args', 'expected an array of strings');
  return args.map((arg, index) => checkString(arg, `args[${index}]`));
}

function checkEnv(env: unknown): [string, string][] {
  if (env === undefined) return [];
  if (typeof env !== 'object' || env === null) {
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
      throw new InvalidRequestError(field, `${quote(name)} is not a variable's name: it is empty or holds "="`);
    }
    checked.set(name, checkString(entry[1], `env.${name}`));
  }
  return [...checked];
}

function checkStdin(stdin: unknown): Uint8Array {
  if (stdin === undefined) return new Uint8Array(0);
  if (typeof stdin === 'string') return new TextEncoder().encode(stdin);
  if (stdin instanceof Uint8Array) return stdin;
  throw new InvalidRequestError('stdin', 'expected a string or a Uint8Array');
}

function checkString(value: unknown, field: string): string {
  if (typeof value !== 'string') throw new InvalidRequestError(field, `expected a string, got ${typeof value}`);
  if (value.includes('\0'))
    throw new InvalidRequestError(field, 'holds a NUL character, which no program can be given');
  return value;
}

function checkInputBytes(
  request: ExecRequest,
  args: readonly string[],
  env: readonly (readonly [string, string])[],
  stdin: Uint8Array,
  limit: number,
): void {
  // Strings count at their UTF-16 length: a bound that is cheap to have before anything is decoded.
  let total = stdin.length;
  for (const { name, content } of request.files) total += name.length + content.length;
  for (const arg of args) total += arg.length;
  for (const [name, value] of env) total += name.length + value.length;
  if (total <= limit) return;
  const message = `the request holds ${total} bytes of input and the limit is ${limit}; send less or raise limits.inputBytes`;
  throw new ExecError('resource-exceeded', message, emptyReport, { reason: 'input', limit, actual: total });
}
