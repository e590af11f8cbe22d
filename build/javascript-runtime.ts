import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { BuildError } from './lib/log.ts';
import { paths } from './lib/paths.ts';

/** The runtime as scripts of one function expression each. */
export interface RuntimeBundle {
  /** Called with the natives while the image is made; gives the hooks. */
  readonly core: Uint8Array;
  /** Called at a part's first use; gives what the part exports. In the order of their numbers. */
  readonly parts: readonly { readonly name: string; readonly code: Uint8Array }[];
  /** Names of the packages that they hold something of, sorted. */
  readonly packages: readonly string[];
}

/**
 * Bundles `components/javascript/runtime`: its core from `index.ts`, and each file of `parts/` by itself.
 *
 * A part shares the files of the core, and other parts, instead of having copies of them; where a package that it
 * bundles imports one of Node's modules, it gets the runtime's.
 */
export async function bundleRuntime(folder: string): Promise<RuntimeBundle> {
  const files = (await readdir(join(folder, 'parts'))).filter((file) => file.endsWith('.ts')).sort();
  const names = files.map((file) => basename(file, '.ts'));
  const coreFiles = await filesOfCore(folder);
  const shared = new Set<string>();
  const uses = new Map<string, Set<string>>();
  const parts: (Bundled & { readonly name: string })[] = [];
  for (const name of names) {
    const used = new Set<string>();
    uses.set(name, used);
    parts.push({ name, ...(await bundlePart({ folder, name, coreFiles, shared, used })) });
  }
  refuseCycles(uses);
  const core = await bundleCore(folder, names, [...shared].sort());
  return { core: core.code, parts, packages: [...new Set([core, ...parts].flatMap((each) => each.packages))].sort() };
}

const options = {
  // The names that the bundle keeps of CommonJS files must not depend on where the project lies.
  absWorkingDir: paths.root,
  preserveSymlinks: true,
  write: false,
  bundle: true,
  format: 'iife',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  // What it gives to importers is WebAssembly, which the engine does not have.
  alias: {
    'cjs-module-lexer': join(paths.root, 'node_modules/cjs-module-lexer/lexer.js'),
    // `readable-stream` asks for it where the web's own is missing.
    'abort-controller': join(paths.root, 'components/javascript/runtime/node/stream/abort-controller.ts'),
  },
  target: 'es2024',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'silent',
} as const satisfies BuildOptions;

/**
 * What packages import and the runtime has in a form of its own, by importer and name: files of the runtime. What
 * whatwg-url asks of its own is UTF-8, and host names that mostly are ASCII: big tables, for which the runtime has
 * other places.
 */
const substitutes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'whatwg-url': {
    '@exodus/bytes/encoding.js': 'web/url/percent.ts',
    '@exodus/bytes/whatwg.js': 'web/url/percent.ts',
    tr46: 'web/url/idna.ts',
  },
  // The one locale needs no tables of languages that are like each other.
  ...Object.fromEntries(
    ['numberformat', 'pluralrules', 'listformat', 'relativetimeformat', 'displaynames', 'segmenter'].map((name) => [
      `@formatjs/intl-${name}`,
      { '@formatjs/intl-localematcher': 'intl/locale-matcher.ts' },
    ]),
  ),
};

function substituteFor(importer: string, path: string): string | undefined {
  const [, name = ''] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(importer.replaceAll('\\', '/')) ?? [];
  return substitutes[name]?.[path];
}

/** The runtime's own files that the core is made of, absolute. */
async function filesOfCore(folder: string): Promise<ReadonlySet<string>> {
  const { metafile } = await build({ ...options, entryPoints: [join(folder, 'index.ts')], metafile: true });
  return new Set(
    Object.keys(metafile.inputs)
      .map((file) => join(paths.root, file))
      .filter((file) => file.startsWith(folder)),
  );
}

async function bundleCore(folder: string, parts: readonly string[], shared: readonly string[]): Promise<Bundled> {
  const contents = [
    "export { hooks } from './index.ts';",
    "import { shareCore } from './parts.ts';",
    ...shared.map((file, index) => `import * as shared${index} from ${JSON.stringify(`.${file}`)};`),
    `shareCore({ ${shared.map((file, index) => `${JSON.stringify(file)}: shared${index}`).join()} });`,
  ].join('\n');
  return await output('core', {
    ...options,
    stdin: { contents, resolveDir: folder, sourcefile: 'core.ts', loader: 'ts' },
    globalName: 'runtime',
    banner: { js: `(function(__native){"use strict";const __parts=${JSON.stringify(parts)};` },
    footer: { js: 'return runtime.hooks})' },
  });
}

interface PartOptions {
  readonly folder: string;
  readonly name: string;
  readonly coreFiles: ReadonlySet<string>;
  /** Files of the core that parts use; what this part uses besides is added. */
  readonly shared: Set<string>;
  /** Gets the names of the parts that this one imports. */
  readonly used: Set<string>;
}

async function bundlePart({ folder, name, coreFiles, shared, used }: PartOptions): Promise<Bundled> {
  const entry = join(folder, 'parts', `${name}.ts`);
  const plugin: Plugin = {
    name: 'what a part shares',
    setup(context) {
      context.onResolve({ filter: /./ }, async ({ path, kind, importer, namespace, resolveDir, pluginData }) => {
        if (kind === 'entry-point' || pluginData === plugin) return undefined;
        const substitute = substituteFor(importer, path);
        if (substitute !== undefined) return { path: join(folder, substitute) };
        // Packages of these names stand in for Node's modules in browsers; the runtime has its own.
        const name = path === 'process/' || path === 'string_decoder/' ? path.slice(0, -1) : path;
        if (isBuiltin(name) && importer.includes('node_modules')) {
          return { path: name.startsWith('node:') ? name : `node:${name}`, namespace: 'builtin' };
        }
        const found = await context.resolve(path, { kind, importer, namespace, resolveDir, pluginData: plugin });
        if (found.errors.length > 0) return found;
        // Without the folder, since the bundle keeps the name.
        if (coreFiles.has(found.path)) return { path: found.path.slice(folder.length), namespace: 'core' };
        if (dirname(found.path) !== dirname(entry)) return found;
        used.add(basename(found.path, '.ts'));
        return { path: basename(found.path, '.ts'), namespace: 'part' };
      });
      context.onLoad({ filter: /[\\/]@formatjs[\\/][^\\/]+[\\/]locale-data[\\/]en\.js$/ }, async ({ path }) => ({
        contents: localeData(await readFile(path, 'utf8')),
        loader: 'js',
      }));
      context.onLoad({ filter: /\.json$/ }, async ({ path }) => ({
        contents: parsedData(await readFile(path, 'utf8')),
        loader: 'js',
      }));
      context.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => give(`__builtin(${JSON.stringify(path)})`));
      context.onLoad({ filter: /./, namespace: 'part' }, ({ path }) => give(`__part(${JSON.stringify(path)})`));
      context.onLoad({ filter: /./, namespace: 'core' }, ({ path }) => {
        shared.add(path);
        return give(`__core[${JSON.stringify(path)}]`);
      });
    },
  };
  return await output(`part ${name}`, {
    ...options,
    entryPoints: [entry],
    globalName: 'part',
    plugins: [plugin],
    banner: { js: '(function(__core,__part,__builtin){"use strict";' },
    footer: { js: 'return part})' },
  });
}

/** Text that is parsed takes less of the component, and is there sooner, than code that builds the same objects. */
function parsedData(json: string): string {
  return `module.exports = JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(json)))});`;
}

/** A file of formatjs' locale data hands its data to a global class; as a module it is the data. */
function localeData(file: string): string {
  const begin = file.indexOf('__addLocaleData(') + '__addLocaleData('.length;
  const [call = ''] = file.slice(begin).split('\n} else {');
  const value = call.slice(0, call.lastIndexOf(')'));
  if (value.includes('function')) return `module.exports = ${value};`;
  return parsedData(value);
}

function give(value: string): { contents: string; loader: 'js' } {
  return { contents: `module.exports = ${value};`, loader: 'js' };
}

interface Bundled {
  readonly code: Uint8Array;
  readonly packages: readonly string[];
}

async function output(name: string, bundled: BuildOptions): Promise<Bundled> {
  const result = await build({ ...bundled, metafile: true }).catch((error: unknown) => {
    throw new BuildError(`esbuild does not bundle the runtime's ${name}: ${(error as Error).message}`);
  });
  const code = result.outputFiles?.[0]?.contents;
  if (code === undefined) throw new BuildError(`esbuild gave no bundle of the runtime's ${name}.`);
  const inputs = Object.values(result.metafile?.outputs ?? {}).flatMap((each) => Object.entries(each.inputs));
  const packages = inputs.flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput === 0 ? [] : (/.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
  );
  return { code, packages };
}

/** A part that is being evaluated has no exports yet: two that import each other could not be loaded. */
function refuseCycles(uses: ReadonlyMap<string, ReadonlySet<string>>): void {
  const visit = (name: string, above: readonly string[]): void => {
    if (above.includes(name)) {
      const cycle = [...above.slice(above.indexOf(name)), name].join(' → ');
      throw new BuildError(`Parts of the JavaScript runtime import each other in a circle: ${cycle}. Merge them.`);
    }
    for (const used of uses.get(name) ?? []) visit(used, [...above, name]);
  };
  for (const name of uses.keys()) visit(name, []);
}
