import type { JobMount } from '../engine/index.ts';
import { InvalidRequestError } from '../errors.ts';
import type { FileInput, MountInput } from '../types.ts';
import { mountPoints } from '../vendor/index.ts';
import { checkFile, checkString, decodeFile } from './fields.ts';
import { checkTree, quote, resolvePath, workspace } from './names.ts';

/** Where other things are shown. */
const taken: readonly string[] = Object.values(mountPoints);

/**
 * Checks the mounts of a request.
 *
 * @param given absolute paths of the files that the request brings besides.
 * @throws {InvalidRequestError} naming the field.
 */
export function checkMounts(mounts: unknown, given: readonly string[]): readonly MountInput[] {
  if (mounts === undefined) return [];
  if (!Array.isArray(mounts)) throw new InvalidRequestError('mounts', 'expected an array of { path, files }');
  const paths: string[] = [];
  return mounts.map((mount: unknown, index) => {
    const field = `mounts[${index}]`;
    if (typeof mount !== 'object' || mount === null) throw new InvalidRequestError(field, 'expected { path, files }');
    const { path, files } = mount as Partial<MountInput>;
    const at = checkPath(path, `${field}.path`);
    const other = [...paths, ...taken].find((earlier) => within(at, earlier) || within(earlier, at));
    if (other !== undefined) {
      throw new InvalidRequestError(
        `${field}.path`,
        `${quote(at)} and ${quote(other)}, another mount, overlap; choose another path`,
      );
    }
    const inside = given.find((file) => within(file, at));
    if (inside !== undefined) {
      throw new InvalidRequestError(`${field}.path`, `${quote(inside)} is a file of this request; choose another path`);
    }
    paths.push(at);
    return { path: at, files: checkMountFiles(files, `${field}.files`) };
  });
}

function checkPath(path: unknown, field: string): string {
  const at = resolvePath(checkString(path, field), '');
  if (typeof path !== 'string' || !path.startsWith('/')) {
    throw new InvalidRequestError(field, 'expected an absolute path such as "/data"');
  }
  if (path.includes('\\')) throw new InvalidRequestError(field, 'holds a backslash; use "/" between folders');
  if (at === '/' || at === workspace || within('/tmp', at)) {
    throw new InvalidRequestError(field, `${quote(at)} is a folder of its own already; choose one such as "/data"`);
  }
  return at;
}

function checkMountFiles(files: unknown, field: string): FileInput[] {
  if (!Array.isArray(files)) throw new InvalidRequestError(field, 'expected an array of { name, content }');
  const names = files.map((file: unknown, index) => {
    const at = `${field}[${index}]`;
    const path = checkFile(file, at);
    const { name } = file as FileInput;
    if (name.startsWith('/')) throw new InvalidRequestError(`${at}.name`, 'is absolute; give it relative to the mount');
    return path;
  });
  checkTree(names, field);
  return files as FileInput[];
}

/** @throws {ExecError} `compilation-failed` for text that is not valid in its encoding. */
export function decodeMounts(mounts: readonly MountInput[]): JobMount[] {
  return mounts.map(({ path, files }) => ({
    path,
    files: files.map((file) => ({ path: resolvePath(file.name, ''), bytes: decodeFile(file) })),
  }));
}

/** Whether a path is a folder or something below it. */
function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
