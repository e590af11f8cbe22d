import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createExecutor, type Executor } from '../host/src/index.ts';
import type { PackageDraft, VendoredPackage } from '../host/src/vendor/index.ts';
import { dependencies, packages, patches } from '../vendor_py/index.ts';
import { BuildError } from './lib/log.ts';
import { paths } from './lib/paths.ts';
import { pipDownload } from './lib/python.ts';
import { runStep } from './lib/step.ts';
import { measureImport, packVendorTree, publishPackages, readTree, vendorOutputs } from './lib/vendor.ts';
import { compileTree } from './lib/vendor-compile.ts';
import { type Distribution, readDistributions, unpackWheels } from './lib/wheels.ts';
import type { Toolchain } from './toolchain.ts';

const source = join(paths.root, 'vendor_py');
const requirements = join(source, 'requirements.txt');
const nativeRequirements = join(source, 'requirements-native.txt');
const wheels = join(paths.cache, 'vendor-python/wheels');
const sources = join(paths.cache, 'vendor-python/sources');

/**
 * The wheels of the version that the component is, for pip's choice. `py3-none-any` wheels only; those of
 * requirements-native.txt are of the platform that has one of every release.
 */
const pure = ['--platform', 'any', '--implementation', 'py', '--abi', 'none', '--python-version', '3.14'];
const native = [
  ...['manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux_2_27_x86_64', 'manylinux_2_28_x86_64'].flatMap(
    (platform) => ['--platform', platform],
  ),
  ...['--implementation', 'cp', '--abi', 'cp314', '--python-version', '3.14'],
];

/**
 * Builds the Python packages: `dist/vendor/python.pack` and their part of `dist/vendor/packages.json`. Nothing of a package is
 * run outside of the sandbox: wheels are unpacked, compiled by the component's own CPython, and imported in it to be
 * measured. Needs the built Python component.
 *
 * @throws {BuildError} when a wheel is not the pinned one, or a package cannot be imported.
 */
export async function buildPythonPackages(toolchain: Toolchain): Promise<void> {
  const fetched = await runStep({
    name: 'fetch Python packages',
    inputs: [requirements, nativeRequirements],
    outputs: [wheels],
    build: async () => {
      const fresh = `${wheels}.new`;
      await rm(fresh, { recursive: true, force: true });
      await pipDownload(requirements, fresh, pure);
      await pipDownload(nativeRequirements, fresh, native);
      await rm(wheels, { recursive: true, force: true });
      await rename(fresh, wheels);
    },
  });
  const unpacked = await runStep({
    name: 'unpack Python packages',
    inputs: [join(paths.root, 'build/lib/wheels.ts'), join(paths.root, 'build/lib/wheels.py')],
    values: [fetched],
    outputs: [sources],
    build: () => unpackWheels(wheels, sources),
  });
  const { tree, pack, packages: list } = vendorOutputs('python');
  const compiled = await runStep({
    name: 'compile Python packages',
    inputs: [join(paths.root, 'build/lib/vendor-compile.ts'), join(paths.root, 'build/lib/vendor-compile.py')],
    // Byte code is of a version of CPython.
    values: [unpacked, toolchain.versions, JSON.stringify(patches)],
    outputs: [tree, pack],
    build: async () => {
      const files = patched(await readTree(sources));
      const fresh = `${tree}.new`;
      await rm(fresh, { recursive: true, force: true });
      await writeTree(fresh, new Map([...files, ...(await compileTree(files))]));
      await rm(tree, { recursive: true, force: true });
      await rename(fresh, tree);
      await packVendorTree('python');
    },
  });
  await runStep({
    name: 'measure Python packages',
    inputs: [
      source,
      join(paths.components, 'python/exec-python.id'),
      join(paths.root, 'build/lib/vendor.ts'),
      join(paths.root, 'host/src/rewriter'),
    ],
    values: [compiled],
    outputs: [list, join(paths.vendor, 'packages.json')],
    build: async () => {
      await using executor = createExecutor({ workers: 1 });
      const distributions = await readDistributions(tree);
      checkComplete(distributions);
      const described: VendoredPackage[] = [];
      for (const draft of packages) described.push(await describe(draft, distributions, executor));
      await publishPackages('python', described);
    },
  });
}

function patched(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  for (const { file, find, replace } of patches) {
    const parts = new TextDecoder().decode(files.get(file)).split(find);
    if (parts.length !== 2) throw new BuildError(`${file} does not hold ${JSON.stringify(find)} once`);
    files.set(file, new TextEncoder().encode(parts.join(replace)));
  }
  return files;
}

async function writeTree(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const path of new Set([...files.keys()].map((name) => dirname(join(folder, name))))) {
    await mkdir(path, { recursive: true });
  }
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
}

/** Every package that is there is named, and every name is there. */
function checkComplete(distributions: ReadonlyMap<string, Distribution>): void {
  const named = new Set([...packages.map(({ name }) => name), ...Object.keys(dependencies)]);
  const missing = [...named].filter((name) => !distributions.has(name));
  const unnamed = [...distributions.keys()].filter((name) => !named.has(name));
  if (missing.length > 0) throw new BuildError(`vendor_py names packages that no wheel holds: ${missing.join(', ')}`);
  if (unnamed.length > 0) throw new BuildError(`vendor_py says nothing of these packages: ${unnamed.join(', ')}`);
}

async function describe(
  draft: PackageDraft,
  distributions: ReadonlyMap<string, Distribution>,
  executor: Executor,
): Promise<VendoredPackage> {
  const distribution = distributions.get(draft.name);
  if (distribution === undefined) throw new BuildError(`there is no wheel of ${draft.name}`);
  const { version, bytes, requires } = distribution;
  const cost = await measureImport(executor, 'python', draft.importPattern, draft.importPattern);
  return { ...draft, language: 'python', version, bytes, requires, ...cost };
}
