import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { createExecutor, type Executor } from '../host/src/index.ts';
import type { VendoredPackage } from '../host/src/vendor/index.ts';
import { type JavaScriptPackage, javascriptPackages } from '../vendor_js/manifest/index.ts';
import { BuildError } from './lib/log.ts';
import { paths } from './lib/paths.ts';
import { runStep } from './lib/step.ts';
import { measureImport, packVendorTree, publishPackages, vendorOutputs } from './lib/vendor.ts';

const source = join(paths.root, 'vendor_js');
const { tree, pack, packages: list } = vendorOutputs('javascript');

/** A package of npm that is in one of ours. */
interface Part {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

function optionsOf(each: JavaScriptPackage): BuildOptions {
  return {
    entryPoints: [join(source, 'packages', each.name)],
    resolveExtensions: ['.ts', '.js', '.mjs'],
    absWorkingDir: paths.root,
    preserveSymlinks: true,
    bundle: true,
    format: 'esm',
    // Imports of Node's modules are errors here.
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2023',
    define: { 'process.env.NODE_ENV': '"production"' },
    ...(each.inject === undefined ? {} : { inject: each.inject.map((file) => join(source, file)) }),
    charset: 'utf8',
    // They stand in LICENSES.txt, whole.
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  };
}

/** Turns the `export { a as b };` at the end of esbuild's ES module into `module.exports = { b: a };`. */
function asCommonJs(name: string, code: string): string {
  const found = /^export \{([^}]*)\};\s*$/m.exec(code);
  if (found === null || /^(?:import|export)\b/m.test(code.slice(0, found.index)))
    throw new BuildError(`the vendored package ${name} is no module that exports once and imports nothing`);
  const exported = (found[1] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => each.split(' as ') as [local: string, name?: string])
    .map(([local, as]) => ({ local, as: as ?? local }));
  const main = exported.find(({ as }) => as === 'default');
  const named = exported.filter(({ as }) => as !== 'default');
  const list = named.map(({ local, as }) => (local === as ? `  ${as}` : `  ${as}: ${local}`)).join(',\n');
  if (main === undefined) return `${code.slice(0, found.index)}module.exports = {\n${list}\n};\n`;
  if (named.length > 0) throw new BuildError(`the vendored package ${name} exports names beside its default`);
  return `${code.slice(0, found.index)}module.exports = ${main.local};\n`;
}

/** The npm packages whose files are in a bundle. */
async function partsOf(inputs: readonly string[]): Promise<Part[]> {
  const folders = new Set(inputs.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]));
  const parts: Part[] = [];
  for (const folder of folders) {
    if (folder === undefined) continue;
    const at = join(paths.root, folder);
    const { name, version, license } = JSON.parse(await readFile(join(at, 'package.json'), 'utf8')) as Record<
      string,
      string
    >;
    const file = (await readdir(at)).find((each) => /^licen[cs]e/i.test(each));
    const text =
      file === undefined
        ? `${license}: the package holds no text of its licence.`
        : await readFile(join(at, file), 'utf8');
    parts.push({ name: name ?? '', version: version ?? '', licence: license ?? '', text: text.trim() });
  }
  return parts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function bundle(each: JavaScriptPackage): Promise<{ code: string; parts: Part[] }> {
  const { outputFiles, metafile } = await build(optionsOf(each)).catch((error: unknown) => {
    throw new BuildError(`esbuild does not bundle the vendored package ${each.name}: ${(error as Error).message}`);
  });
  const code = asCommonJs(each.name, outputFiles?.[0]?.text ?? '');
  const parts = await partsOf(Object.keys(metafile?.inputs ?? {}));
  for (const { name, licence } of parts)
    if (!/^(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|Unlicense)$/.test(licence))
      throw new BuildError(`${name}, which the vendored package ${each.name} needs, has the licence ${licence}`);
  const from = parts.map(({ name, version, licence }) => ` * - ${name} ${version} (${licence})`);
  const banner = [
    '/*',
    ` * ${each.name}: ${each.description}`,
    ...(from.length > 0 ? [' * Made of these packages of npm; their licences stand in LICENSES.txt:', ...from] : []),
    ...(each.npm === undefined ? [' * golem-exec (Apache-2.0)'] : []),
    ' */',
  ];
  return { code: `${banner.join('\n')}\n${code}`, parts };
}

async function bundleAll(): Promise<void> {
  await rm(tree, { recursive: true, force: true });
  await mkdir(tree, { recursive: true });
  // Otherwise the loader has to find out by compiling them.
  await writeFile(join(tree, 'package.json'), '{ "type": "commonjs" }\n');
  const licences = new Map<string, string>();
  for (const each of javascriptPackages) {
    const { code, parts } = await bundle(each);
    await writeFile(join(tree, `${each.name}.js`), code);
    for (const alias of each.importNames.slice(1)) {
      const note = `/* ${alias} is another name of ${each.name}. */`;
      await writeFile(join(tree, `${alias}.js`), `${note}\nmodule.exports = require('./${each.name}.js');\n`);
    }
    for (const { name, version, licence, text } of parts) licences.set(`${name} ${version} (${licence})`, text);
  }
  const texts = [...licences].map(([title, text]) => `${title}\n${'='.repeat(title.length)}\n\n${text}\n`);
  await writeFile(join(tree, 'LICENSES.txt'), texts.join('\n\n'));
}

async function describe(each: JavaScriptPackage, executor: Executor): Promise<VendoredPackage> {
  const { npm, inject: _, ...draft } = each;
  const home = npm === undefined ? paths.root : join(paths.root, 'node_modules', npm);
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const load = `requireVendor('${each.name}');`;
  const cost = await measureImport(executor, 'javascript', load, load);
  const { size: bytes } = await stat(join(tree, `${each.name}.js`));
  return { ...draft, language: 'javascript', version, requires: [], bytes, ...cost };
}

/**
 * Builds the JavaScript packages: one CommonJS file for each, and one for each other name, in
 * `dist/vendor/javascript.pack`; and their part of `dist/vendor/packages.json`. Needs the built JavaScript component.
 *
 * @throws {BuildError} when a package needs one of Node's modules or has a licence that is not permissive.
 */
export async function buildJavaScriptPackages(): Promise<void> {
  const recipe = ['build/vendor-javascript.ts', 'package-lock.json', 'host/src/vendor/pack.ts'];
  const bundled = await runStep({
    name: 'bundle JavaScript packages',
    inputs: [source, ...recipe.map((file) => join(paths.root, file))],
    outputs: [tree, pack],
    build: async () => {
      await bundleAll();
      await packVendorTree('javascript');
    },
  });
  await runStep({
    name: 'measure JavaScript packages',
    inputs: [
      join(paths.components, 'javascript/exec-javascript.id'),
      join(paths.root, 'build/lib/vendor.ts'),
      join(paths.root, 'host/src/rewriter'),
    ],
    values: [bundled],
    outputs: [list, join(paths.vendor, 'packages.json')],
    build: async () => {
      await using executor = createExecutor({ workers: 1 });
      const described: VendoredPackage[] = [];
      for (const each of javascriptPackages) described.push(await describe(each, executor));
      await publishPackages('javascript', described);
    },
  });
}
