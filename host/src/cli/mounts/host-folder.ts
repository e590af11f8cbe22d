import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ExecError, emptyReport } from '../../errors.ts';
import type { Limits } from '../../limits.ts';
import { reasonOf } from '../inputs.ts';
import { invalid } from './definition.ts';
import { isAt } from './held-folder.ts';

/** What is in a folder of this machine, its paths relative to it, with `/` between folders. */
export interface HostFolder {
  readonly folders: readonly string[];
  readonly files: readonly { readonly name: string; readonly content: Uint8Array }[];
}

/** The limits that what is copied in must meet. */
export type CopyLimits = Pick<Limits, 'files' | 'fileSizeBytes' | 'workspaceBytes'>;

/** What was copied in so far. */
export interface Copied {
  files: number;
  bytes: number;
}

/**
 * Reads a folder with all that is below it. Its size is known before its content is read.
 *
 * @param path with no link on it.
 * @param copied is added to.
 * @throws {InvalidRequestError} for what cannot be read, or is neither a folder nor a regular file.
 * @throws {ExecError} `resource-exceeded` for more than the limits allow.
 */
export async function readHostFolder(path: string, limits: CopyLimits, copied: Copied): Promise<HostFolder> {
  const folders: string[] = [];
  const names: string[] = [];
  for (const top of pending('')) {
    for (const entry of await entriesOf(join(path, top))) {
      const name = top === '' ? entry : `${top}/${entry}`;
      const info = await lstat(join(path, name)).catch((error: unknown) => {
        throw invalid(`cannot read ${show(path, name)}: ${reasonOf(error)}; make it readable, or move it away`);
      });
      if (info.isDirectory()) folders.push(name);
      else if (info.isFile()) names.push(name);
      else throw irregular(path, name, info.isSymbolicLink() ? 'a symbolic link' : 'a device, a pipe or a socket');
      copied.files++;
      copied.bytes += info.isFile() ? info.size : 0;
      within(limits, 'files', copied.files, path);
      within(limits, 'fileSizeBytes', info.isFile() ? info.size : 0, join(path, name));
      within(limits, 'workspaceBytes', copied.bytes, path);
    }
  }
  const files: HostFolder['files'][number][] = [];
  for (const name of names) files.push({ name, content: await readRegularFile(path, name, limits.fileSizeBytes) });
  return { folders, files };

  /** The folder itself, then those that were found meanwhile. */
  function* pending(first: string): Generator<string, void, void> {
    yield first;
    for (const folder of folders) yield folder;
  }
}

async function entriesOf(path: string): Promise<string[]> {
  const names = await readdir(path).catch((error: unknown) => {
    throw invalid(
      `cannot read the folder ${JSON.stringify(path)}: ${reasonOf(error)}; make it readable, or move it away`,
    );
  });
  return names.sort();
}

/** Reads what was a regular file a moment ago, and nothing else if that has changed. */
async function readRegularFile(folder: string, name: string, most: number): Promise<Uint8Array> {
  // Windows has neither flag.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  try {
    const handle = await open(join(folder, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const info = await handle.stat();
      if (!info.isFile()) throw irregular(folder, name, 'no regular file any more');
      if (!(await isAt(handle, join(folder, name)))) throw irregular(folder, name, 'not in that folder any more');
      within({ fileSizeBytes: most }, 'fileSizeBytes', info.size, join(folder, name));
      return new Uint8Array(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof TypeError || error instanceof ExecError) throw error;
    throw invalid(`cannot read ${show(folder, name)}: ${reasonOf(error)}; make it readable, or move it away`);
  }
}

function within(limits: Partial<CopyLimits>, limit: keyof CopyLimits, actual: number, path: string): void {
  const most = limits[limit] ?? Number.POSITIVE_INFINITY;
  if (actual <= most) return;
  const what = limit === 'files' ? 'files and folders' : 'bytes';
  const message = `with ${JSON.stringify(path)} there are more than ${most} ${what}; mount less, or raise limits.${limit}`;
  throw new ExecError('resource-exceeded', message, emptyReport, { reason: limit, limit: most });
}

function irregular(folder: string, name: string, what: string): Error {
  return invalid(`${show(folder, name)} is ${what}; only folders and regular files can be mounted: move it away`);
}

function show(folder: string, name: string): string {
  return JSON.stringify(join(folder, name));
}
