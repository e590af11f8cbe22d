import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { progress } from './log.ts';
import { paths } from './paths.ts';

export interface Step {
  /** Unique name; also the name of its stamp file. */
  readonly name: string;
  /** Files and folders (absolute) whose content the outputs depend on. */
  readonly inputs: readonly string[];
  /** Other things the outputs depend on: versions, flags. */
  readonly values?: readonly string[];
  /** Files or folders (absolute) that must exist for the step to be up to date. */
  readonly outputs: readonly string[];
  readonly build: () => Promise<void>;
}

async function hashPath(path: string, into: ReturnType<typeof createHash>): Promise<void> {
  const info = await stat(path);
  if (!info.isDirectory()) {
    into
      .update(path.slice(paths.root.length))
      .update('\0')
      .update(await readFile(path));
    return;
  }
  for (const name of (await readdir(path)).sort()) {
    if (name !== '__pycache__') await hashPath(join(path, name), into);
  }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Builds the step's outputs unless they exist and were made from the same inputs. The stamp is written last,
 * so that an interrupted step runs again.
 *
 * @returns the hash of the inputs, to be used as an input value of later steps.
 */
export async function runStep(step: Step): Promise<string> {
  const hash = createHash('sha256')
    .update(step.name)
    .update(JSON.stringify(step.values ?? []));
  for (const input of step.inputs) await hashPath(input, hash);
  const digest = hash.digest('hex');
  const stamp = join(paths.cache, 'stamps', step.name);
  const current = await readFile(stamp, 'utf8').catch(() => '');
  if (current === digest && (await Promise.all(step.outputs.map(exists))).every(Boolean)) return digest;
  const begin = performance.now();
  progress(`${step.name} …`);
  await rm(stamp, { force: true });
  await step.build();
  await mkdir(join(paths.cache, 'stamps'), { recursive: true });
  await writeFile(stamp, digest);
  progress(`${step.name} done in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  return digest;
}
