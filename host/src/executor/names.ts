import { InvalidRequestError } from '../errors.ts';

const encoder = new TextEncoder();

/** The working directory of a program unless it is set. */
export const workspace = '/app';

/**
 * The absolute guest path of a file name from a request.
 *
 * @param field the request's name for it, used in messages.
 * @param folder the folder that relative names are in.
 * @throws {InvalidRequestError} for a name that is empty, ends in `/`, holds NUL, a backslash or a lone
 * surrogate, or leaves the workspace.
 */
export function workspacePath(name: unknown, field: string, folder: string = workspace): string {
  if (typeof name !== 'string') throw new InvalidRequestError(field, `expected a string, got ${typeof name}`);
  if (name === '') throw new InvalidRequestError(field, 'the name is empty; give a path such as "main.py"');
  if (name.endsWith('/')) {
    throw new InvalidRequestError(field, `${quote(name)} ends in "/"; give the name of a file, its folders are made`);
  }
  const forbidden = name.includes('\0') ? 'a NUL character' : name.includes('\\') ? 'a backslash' : undefined;
  if (forbidden !== undefined) {
    throw new InvalidRequestError(field, `${quote(name)} holds ${forbidden}; use "/" between folders`);
  }
  if (!name.isWellFormed())
    throw new InvalidRequestError(field, `${quote(name)} is not valid Unicode; give a name without lone surrogates`);
  const path = resolvePath(name, folder);
  if (encoder.encode(path).length > 4095 || path.split('/').some((part) => encoder.encode(part).length > 255)) {
    throw new InvalidRequestError(field, `${quote(name)} is too long; use at most 255 bytes a part and 4,095 in all`);
  }
  if (!path.startsWith(`${workspace}/`)) {
    throw new InvalidRequestError(field, `${quote(name)} leaves the workspace; use a path inside ${workspace}`);
  }
  const last = name.slice(name.lastIndexOf('/') + 1);
  if (last === '.' || last === '..')
    throw new InvalidRequestError(field, `${quote(name)} names a folder; give the name of a file in it`);
  return path;
}

/**
 * Checks that no file stands twice, or where another one needs a folder.
 *
 * @param paths absolute guest paths, in the order of the files.
 * @param field the request's name for the files.
 * @throws {InvalidRequestError} naming the file.
 */
export function checkTree(paths: readonly string[], field: string): void {
  const seen = new Set<string>();
  for (const [index, path] of paths.entries()) {
    if (seen.has(path)) {
      throw new InvalidRequestError(
        `${field}[${index}].name`,
        `${quote(path)} is the name of an earlier file too; rename one`,
      );
    }
    seen.add(path);
  }
  for (const [index, path] of paths.entries()) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      if (!seen.has(path.slice(0, slash))) continue;
      const folder = quote(path.slice(0, slash));
      throw new InvalidRequestError(
        `${field}[${index}].name`,
        `${folder} is a file of this request, so no folder; rename one`,
      );
    }
  }
}

/** The absolute path of a path in `folder`, by its text alone; it may lead anywhere in the guest's tree. */
export function resolvePath(path: string, folder: string): string {
  return normalize(path.startsWith('/') ? path : `${folder}/${path}`);
}

/** Resolves `.`, `..` and doubled slashes of an absolute path by its text alone. */
function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** A hostile name for a message: quoted, escaped and short. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}…` : text);
}
