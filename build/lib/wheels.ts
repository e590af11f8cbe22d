import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { paths } from './paths.ts';
import { run } from './process.ts';
import { python } from './python.ts';
import { readTree } from './vendor.ts';

/** A distribution as its metadata has it. */
export interface Distribution {
  readonly version: string;
  /** Names of the distributions it needs, as they write themselves. */
  readonly requires: readonly string[];
  /** Size of its files and of what they compile to. */
  readonly bytes: number;
}

/** Unpacks wheels into one folder, without what no program needs (wheels.py says what). Nothing of them is run. */
export async function unpackWheels(wheels: string, target: string): Promise<void> {
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  const files = (await readdir(wheels)).filter((name) => name.endsWith('.whl')).sort();
  await run(await python(), [join(paths.root, 'build/lib/wheels.py'), fresh, ...files.map((f) => join(wheels, f))]);
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
}

/** The distributions of a tree of unpacked wheels, by name. */
export async function readDistributions(tree: string): Promise<Map<string, Distribution>> {
  const found = new Map<string, Distribution & { readonly requirements: readonly string[] }>();
  const files = await readTree(tree);
  for (const folder of (await readdir(tree)).filter((name) => name.endsWith('.dist-info')).sort()) {
    const metadata = await readFile(join(tree, folder, 'METADATA'), 'utf8');
    const field = (name: string): string[] =>
      [...metadata.matchAll(new RegExp(`^${name}: (.*)$`, 'gm'))].map((match) => match[1] ?? '');
    const tops = (await readFile(join(tree, folder, 'top.txt'), 'utf8')).trim().split('\n');
    const own = (path: string) => tops.some((top) => path === top || path.startsWith(`${top}/`));
    const compiled = tops.map((top) => `__pycache__/${top.replace(/\.py$/, '')}.`);
    const bytes = [...files]
      .filter(([path]) => own(path) || compiled.some((prefix) => path.startsWith(prefix)))
      .reduce((sum, [, { length }]) => sum + length, 0);
    const requirements = field('Requires-Dist').filter((text) => !/\bextra\b/.test(text));
    const [name = folder] = field('Name');
    found.set(name, { version: field('Version')[0] ?? '', requires: [], bytes, requirements });
  }
  const plain = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');
  const byPlain = new Map([...found.keys()].map((name) => [plain(name), name]));
  const resolved = [...found].map(([name, { requirements, ...rest }]): [string, Distribution] => {
    const names = requirements.map((text) => byPlain.get(plain(/^[\w.-]+/.exec(text)?.[0] ?? '')));
    return [name, { ...rest, requires: names.filter((other) => other !== undefined).sort() }];
  });
  return new Map(resolved);
}
