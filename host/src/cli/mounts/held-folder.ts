import { constants } from 'node:fs';
import { type FileHandle, open, readlink } from 'node:fs/promises';

/**
 * Whether an open file or folder is the one at a path that no link is on. Others may have put a link in the place of a folder
 * after it was looked at, and before the path was opened. Linux can tell; elsewhere the answer is yes.
 */
export async function isAt({ fd }: FileHandle, path: string): Promise<boolean> {
  const place = await placeOf(fd);
  return place === undefined || place === path;
}

/**
 * Works in a folder that stays the same one, whatever takes its place meanwhile.
 *
 * @param path of the folder, with no link on it.
 * @param work gets a path that leads to the open folder itself; where the system has none, the folder's own path.
 * @returns false, and nothing was done, when the path leads elsewhere.
 */
export async function inFolder(path: string, work: (folder: string) => Promise<void>): Promise<boolean> {
  // Windows does not open folders.
  if (process.platform === 'win32') {
    await work(path);
    return true;
  }
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    if (!(await isAt(handle, path))) return false;
    await work((await placeOf(handle.fd)) === undefined ? path : linkTo(handle.fd));
    return true;
  } finally {
    await handle.close();
  }
}

/** Where an open file is now, if the system tells. */
async function placeOf(fd: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  return await readlink(linkTo(fd)).catch(() => undefined);
}

function linkTo(fd: number): string {
  return `/proc/self/fd/${fd}`;
}
