import { randomUUID } from 'node:crypto';
import { lstat, mkdir, open, realpath, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from '../inputs.ts';
import { quoted } from '../show.ts';
import type { Changes } from './changes.ts';
import { inFolder } from './held-folder.ts';

/**
 * Makes in a folder of this machine the changes that a program made to its copy. Every path is walked from the folder down
 * through real folders: no symbolic link is followed, whoever put it there, and nothing outside of the folder is touched.
 * A file is replaced whole or not at all.
 *
 * @returns what could not be done, as sentences; the rest is done.
 */
export async function writeBack(root: string, changes: Changes): Promise<string[]> {
  const problems: string[] = [];
  const top = join(await realpath(dirname(root)), basename(root));
  const each = async <T>(
    all: readonly T[],
    pathOf: (one: T) => string,
    work: (path: string, one: T) => Promise<void>,
  ) => {
    for (const one of all) {
      const path = pathOf(one);
      try {
        const full = await resolveInside(top, path);
        // From its folder more could be reached than by its path: what nobody could open afterwards is not written.
        await ignoring('ENOENT', lstat(full));
        const done = await inFolder(dirname(full), (folder) => work(join(folder, basename(full)), one));
        if (!done) throw noFolder();
      } catch (error) {
        problems.push(
          `${show(path)} was not written back: ${error instanceof Refused ? error.message : reasonOf(error)}`,
        );
      }
    }
  };
  const itself = (path: string): string => path;
  await each(changes.removedFiles, itself, (path) => ignoring('ENOENT', unlink(path)));
  await each(changes.removedFolders, itself, (path) => ignoring('ENOENT', rmdir(path)));
  await each(changes.newFolders, itself, makeFolder);
  await each(changes.files, ({ path }) => path, replaceFile);
  return problems;
}

/** Why a path of the program is none of ours. */
class Refused extends Error {
  override readonly name = 'Refused';
}

const noFolder = (): Refused => new Refused('what leads there is no folder here');

/** The path on this machine, whose parents are folders and no links. */
async function resolveInside(root: string, path: string): Promise<string> {
  const parts = path.split('/');
  let at = root;
  for (const part of parts) {
    checkName(part);
    const info = await lstat(at);
    if (!info.isDirectory()) throw noFolder();
    at = join(at, part);
  }
  return at;
}

/** Names that a program can give its files and that mean something else here. */
function checkName(name: string): void {
  const special = name === '' || name === '.' || name === '..' || /[/\0]/.test(name);
  const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
  const windows = process.platform === 'win32' && (/[<>:"\\|?*\p{Cc}]|[. ]$/u.test(name) || device.test(name));
  if (special || windows) throw new Refused('its name is not one that a file can have here');
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    // A link to a folder is none.
    const info = await lstat(path).catch(() => undefined);
    if (info?.isDirectory() !== true) throw error;
  }
}

async function replaceFile(path: string, { bytes }: { readonly bytes: Uint8Array }): Promise<void> {
  const present = await lstat(path).catch(() => undefined);
  if (present !== undefined && !present.isFile()) throw new Refused('there is something else in its place here');
  const fresh = join(dirname(path), `.golem-exec-${randomUUID()}.tmp`);
  try {
    const handle = await open(fresh, 'wx', present === undefined ? 0o666 : present.mode & 0o777);
    try {
      await handle.writeFile(bytes);
      // The mask of the process does not apply to what is there already.
      if (present !== undefined && process.platform !== 'win32') await handle.chmod(present.mode & 0o777);
    } finally {
      await handle.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function ignoring(code: string, work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (reasonOf(error) !== code) throw error;
  });
}

function show(path: string): string {
  // It goes to a terminal, which JSON's escapes were not made for.
  return quoted(path.length > 200 ? `${path.slice(0, 197)}…` : path);
}
