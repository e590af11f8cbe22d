import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from './log.ts';
import { paths } from './paths.ts';
import { run } from './process.ts';

const minimum = [3, 9] as const;
let found: Promise<string> | undefined;

async function probe(command: string): Promise<string | undefined> {
  const version = await run(command, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']).catch(() => '');
  const [major = 0, minor = 0] = version.trim().split('.').map(Number);
  return major > minimum[0] || (major === minimum[0] && minor >= minimum[1]) ? command : undefined;
}

async function find(): Promise<string> {
  const named = process.env['PYTHON'];
  for (const command of named ? [named] : ['python3', 'python']) {
    const python = await probe(command);
    if (python === undefined) continue;
    await run(python, ['-m', 'pip', '--version']).catch(() => {
      throw new BuildError(
        `${python} has no pip, which the build needs to fetch its tools. Install it (Debian: apt install python3-pip; elsewhere: ${python} -m ensurepip) and build again.`,
      );
    });
    return python;
  }
  throw new BuildError(
    named
      ? `PYTHON=${named} is not a working Python ≥ ${minimum.join('.')}. Set it to another interpreter or unset it.`
      : `No Python ≥ ${minimum.join('.')} found as python3 or python. Install one with pip, or name it in the environment variable PYTHON.`,
  );
}

/**
 * The command of the machine's Python (≥ 3.9, with pip).
 *
 * @throws {BuildError} when there is none.
 */
export function python(): Promise<string> {
  found ??= find();
  return found;
}

/**
 * Installs wheels into a folder of the build's own; a virtual environment is not needed (Debian may lack venv).
 *
 * @throws {BuildError} when a wheel is missing for this platform or its checksum is not the pinned one.
 */
export async function pipInstall(requirements: string, target: string): Promise<void> {
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  const only = ['--no-deps', '--require-hashes', '--only-binary', ':all:', '--no-compile', '--quiet'];
  await run(await python(), [...pip('install'), ...only, '--target', fresh, '-r', requirements]);
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
}

/**
 * Downloads wheels, checked against their pinned checksums, and unpacks nothing.
 *
 * @param choice pip's options for the platform and version they are for.
 */
export async function pipDownload(requirements: string, target: string, choice: readonly string[]): Promise<void> {
  const only = ['--no-deps', '--require-hashes', '--only-binary', ':all:', '--quiet'];
  await run(await python(), [...pip('download'), ...only, ...choice, '--dest', target, '-r', requirements]);
}

/**
 * Fetches one source distribution, checks it against the pinned checksum and unpacks it as `target`.
 *
 * @param member the folder inside the archive that becomes `target`.
 */
export async function pipUnpackSource(requirements: string, member: string, target: string): Promise<void> {
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  const only = ['--no-deps', '--require-hashes', '--no-binary', ':all:', '--quiet'];
  await run(await python(), [...pip('download'), ...only, '--dest', fresh, '-r', requirements], {
    // pip reads an sdist's metadata with a build back end, which it would otherwise take unpinned.
    env: { PIP_CONSTRAINT: join(paths.root, 'build/requirements/sdist-constraints.txt') },
  });
  const unpack =
    'import glob,sys,tarfile; t=tarfile.open(glob.glob(sys.argv[1]+"/*.tar.gz")[0]); ' +
    't.extractall(sys.argv[1], **({"filter":"data"} if hasattr(tarfile,"data_filter") else {}))';
  await run(await python(), ['-c', unpack, fresh]);
  await rm(target, { recursive: true, force: true });
  await rename(join(fresh, member), target);
  await rm(fresh, { recursive: true, force: true });
}

function pip(command: string): string[] {
  return ['-m', 'pip', command, '--disable-pip-version-check', '--no-input'];
}
