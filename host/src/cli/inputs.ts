import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { InvalidRequestError } from '../errors.ts';
import type { FileInput, LanguageKind } from '../types.ts';
import { languageByEnding, languageByName } from './languages.ts';

/**
 * The language of `--lang`, else of the file's ending.
 *
 * @throws {InvalidRequestError} when neither tells. An unknown name goes on as it is: the executor answers it.
 */
export function languageOf(named: string | undefined, file: string | undefined): LanguageKind {
  if (named !== undefined) {
    return languageByName(named) ?? (named as LanguageKind);
  }
  const language = languageByEnding(file ?? '');
  if (language !== undefined) return language;
  throw new InvalidRequestError('lang', 'the language is not clear from the file name; add --lang js or --lang python');
}

/** As {@link languageOf}. A file that cannot be read at all is told first: to name its language would not help. */
export async function languageOfProgram(named: string | undefined, file: string | undefined): Promise<LanguageKind> {
  if (named === undefined && file !== undefined && file !== '-' && languageByEnding(file) === undefined) {
    await readInput(file, 'FILE');
  }
  return languageOf(named, file);
}

/** The program given as FILE, `-` (standard input) or `-e CODE`. */
export async function programFile(
  file: string | undefined,
  code: string | undefined,
  language: LanguageKind,
): Promise<FileInput> {
  const fallback = language === 'python' ? 'main.py' : 'main.js';
  if (code !== undefined) return { name: fallback, content: code };
  if (file === undefined || file === '-') return { name: fallback, content: await buffer(process.stdin) };
  return { name: basename(file), content: await readInput(file, 'FILE') };
}

/** The files of one `--module NAME=PATH`; of a folder, all files below it. */
export async function moduleFiles(definition: string): Promise<FileInput[]> {
  const equals = definition.indexOf('=');
  if (equals < 1) {
    throw new InvalidRequestError(
      'module',
      `${JSON.stringify(definition)} is not NAME=PATH; write lib/util.py=./util.py`,
    );
  }
  return await filesAt(definition.slice(equals + 1), definition.slice(0, equals), 'module');
}

/** What `session upload` copies: a file, all files below a folder, or `-`, standard input. */
export async function uploadFiles(path: string, name: string | undefined): Promise<FileInput[]> {
  if (path !== '-') return await filesAt(path, name ?? basename(resolve(path)), 'PATH');
  if (name === undefined) throw new InvalidRequestError('NAME', 'standard input has no name; give it one');
  return [{ name, content: await buffer(process.stdin) }];
}

async function filesAt(path: string, name: string, field: string): Promise<FileInput[]> {
  const info = await stat(path).catch((error: unknown) => {
    throw unreadable(field, path, error);
  });
  if (!info.isDirectory()) return [{ name, content: await readInput(path, field) }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const full = join(entry.parentPath, entry.name);
        const inside = relative(path, full).split(sep).join('/');
        return { name: `${name}/${inside}`, content: await readInput(full, field) };
      }),
  );
}

/** What `--stdin` means: `-` is this process's standard input, a file's name its content, anything else itself. */
export async function stdinBytes(value: string | undefined): Promise<Uint8Array | string> {
  if (value === undefined) return '';
  if (value === '-') return await buffer(process.stdin);
  const isFile = await stat(value).then(
    (info) => info.isFile(),
    () => false,
  );
  return isFile ? await readInput(value, 'stdin') : value;
}

/** One `--env NAME=VALUE`. */
export function envPair(definition: string): [string, string] {
  const equals = definition.indexOf('=');
  if (equals < 1) {
    throw new InvalidRequestError(
      'env',
      `${JSON.stringify(definition)} is not NAME=VALUE; write for example MODE=test`,
    );
  }
  return [definition.slice(0, equals), definition.slice(equals + 1)];
}

async function readInput(path: string, field: string): Promise<Uint8Array> {
  return await readFile(path).catch((error: unknown) => {
    throw unreadable(field, path, error);
  });
}

function unreadable(field: string, path: string, error: unknown): InvalidRequestError {
  const reason = reasonOf(error);
  const problem = reason === 'EISDIR' ? 'it is a folder; give a file in it' : `${reason}; give a path that can be read`;
  return new InvalidRequestError(field, `cannot read ${JSON.stringify(path)}: ${problem}`);
}

/** The code of a system error, else its text. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
