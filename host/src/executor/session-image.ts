import { type HeapImage, isHeapImage } from '../engine/index.ts';
import { InvalidRequestError } from '../errors.ts';
import type { SessionImage, SessionOptions } from '../types.ts';
import type { TreeImage } from '../wasi/index.ts';
import { checkString, persistences } from './fields.ts';
import { quote, resolvePath, workspace } from './names.ts';

/** What a restored session begins with. */
export interface SessionBegin {
  readonly workingDir: string;
  readonly files: TreeImage;
  readonly heap: HeapImage | undefined;
}

/**
 * Takes an image apart. It may come from outside: what is not checked here, the session checks as it does its
 * options, and the file tree its own image.
 *
 * @throws {InvalidRequestError} naming the field.
 */
export function readSessionImage(image: SessionImage): { options: SessionOptions; begin: SessionBegin } {
  if (typeof image !== 'object' || image === null) {
    throw new InvalidRequestError('image', 'expected what Session.snapshot gave');
  }
  const { version, language, persist, workingDir, limits, env, files, heap } = image;
  if (version !== 1) {
    throw new InvalidRequestError('image.version', 'expected 1; the image was made by another version of golem-exec');
  }
  if (!persistences.includes(persist)) {
    throw new InvalidRequestError('image.persist', `expected one of ${persistences.join(', ')}`);
  }
  if (heap !== undefined && (persist !== 'heap' || !isHeapImage(heap))) {
    throw new InvalidRequestError(
      'image.heap',
      'malformed, or of a session that does not persist its heap; expected what Session.snapshot gave',
    );
  }
  checkString(workingDir, 'image.workingDir');
  const inside = workingDir === workspace || workingDir.startsWith(`${workspace}/`);
  if (!inside || resolvePath(workingDir, workspace) !== workingDir || !workingDir.isWellFormed()) {
    throw new InvalidRequestError(
      'image.workingDir',
      `${quote(workingDir)} is not a folder inside ${workspace}; expected what Session.snapshot gave`,
    );
  }
  if (typeof files !== 'object' || files === null) throw new InvalidRequestError('image.files', 'expected a tree');
  return { options: { language, persist, limits, env }, begin: { workingDir, files, heap } };
}
