import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { paths } from '../../../build/lib/paths.ts';
import { pipInstall } from '../../../build/lib/python.ts';

/** Installs Wasmtime for Python; see `installWheels`. */
export async function installWasmtime(): Promise<string> {
  return await installWheels('wasmtime');
}

/**
 * Installs the wheels of `build/requirements/NAME.txt` unless they are there. Test files that run at the same time may all do it: each installs
 * into a folder of its own, and the first to rename it wins.
 *
 * @returns the folder to import it from; its name is the hash of the pinned requirements.
 * @throws {BuildError} when it cannot be had.
 */
export async function installWheels(name: string): Promise<string> {
  const requirements = join(paths.root, `build/requirements/${name}.txt`);
  const digest = createHash('sha256').update(await readFile(requirements));
  const folder = join(paths.tools, name);
  const wanted = digest.digest('hex').slice(0, 16);
  const target = join(folder, wanted);
  if (existsSync(target)) return target;
  const own = `${target}.${process.pid}`;
  await pipInstall(requirements, own);
  await rename(own, target).catch(async (error: unknown) => {
    if (!existsSync(target)) throw error;
    await rm(own, { recursive: true, force: true });
  });
  for (const other of await readdir(folder)) {
    if (!other.startsWith(wanted)) await rm(join(folder, other), { recursive: true, force: true });
  }
  return target;
}
