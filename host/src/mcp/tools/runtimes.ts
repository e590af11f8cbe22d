import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type * as z from 'zod';
import { shortFuel } from '../../guidance/index.ts';
import { defaultPolicy } from '../../sandbox/index.ts';
import type { LanguageKind } from '../../types.ts';
import type { VendoredPackage } from '../../vendor/index.ts';
import type { Client } from '../client.ts';
import type { RuntimeFacts, Runtimes } from '../runtimes.ts';
import { inputs, outputs } from '../schemas.ts';
import { addTool } from '../tool.ts';

type Runtime = z.input<typeof outputs.listRuntimes>['runtimes'][number];

/** What is told of the packages. */
export interface PackageSource {
  /** Nothing when they are not built. */
  all(): Promise<readonly VendoredPackage[] | undefined>;
}

const notes: Readonly<Record<LanguageKind, readonly string[]>> = {
  javascript: [
    "os.readdir, stat, lstat, readlink, realpath and getcwd return [result, error]: const [names, error] = os.readdir('/app'); error is 0 when all went well",
    'std.open and std.loadFile return null on failure; os.mkdir, remove and rename return 0 or a negative error number',
    'csv.parse returns objects by the names in the header, not arrays',
    'Relative paths are in /app; the prefix /app is allowed and not needed',
    'Code is an ES module: import and top-level await work; require() where there is no import, no export and no top-level await',
    'Variables last in _state in a session with auto_persist_globals; nothing else does',
  ],
  python: [
    "Packages are on the path: import them directly; sys.path.insert(0, '/data/site-packages') is not needed and does no harm",
    'Relative paths are in /app; the prefix /app is allowed and not needed',
    'Print what you want to see: the value of the last expression is not shown',
    'Global variables last in a session with auto_persist_globals, as far as JSON can hold them; begin with globals().get(name, default)',
    'threading, subprocess, socket and ssl cannot work; asyncio does',
  ],
};

const capabilities: Readonly<Record<LanguageKind, Readonly<Record<string, string>>>> = {
  javascript: {
    files: 'read and write below /app, through std, os, node:fs and the helpers',
    packages: "requireVendor('name'), or import x from 'vendor:name'",
    state: 'with auto_persist_globals the properties of _state live on between programs',
    isolation: 'no network, no processes, no files but its own; fuel, memory and time are limited',
  },
  python: {
    files: 'read and write below /app, with open, pathlib, os, sqlite3 and the rest of the standard library',
    packages: 'import name: the vendored packages are on the path',
    state: 'with auto_persist_globals global variables live on between programs',
    isolation: 'no network, no processes or threads, no files but its own; fuel, memory and time are limited',
  },
};

/** `list_runtimes`, `list_available_packages` and `list_javascript_capabilities`. */
export function addRuntimes(server: McpServer, client: Client, runtimes: Runtimes, packages: PackageSource): void {
  addTool(server, client, {
    name: 'list_runtimes',
    title: 'List the languages',
    input: inputs.none,
    output: outputs.listRuntimes,
    hints: { readOnlyHint: true, idempotentHint: true },
    async call() {
      const all = (await packages.all()) ?? [];
      const rows = await Promise.all(
        (['python', 'javascript'] as const).map(async (name) => runtimeRow(name, await runtimes.facts(name), all)),
      );
      const { fuelBudget, memoryBytes, timeoutSeconds, stdoutMaxBytes } = defaultPolicy;
      const defaults = {
        fuel_budget: fuelBudget,
        memory_bytes: memoryBytes,
        timeout_seconds: timeoutSeconds,
        output_bytes: stdoutMaxBytes,
      };
      return { value: { runtimes: rows, defaults } };
    },
  });

  addTool(server, client, {
    name: 'list_available_packages',
    title: 'List packages',
    input: inputs.packages,
    output: outputs.packages,
    hints: { readOnlyHint: true, idempotentHint: true },
    async call(_client, { language, category }) {
      const all = await packages.all();
      const wanted = (all ?? []).filter(
        (one) =>
          (language === undefined || one.language === language) &&
          (category === undefined || one.category === category.toLowerCase()),
      );
      const grouped: Record<string, Record<string, ReturnType<typeof packageRow>[]>> = {};
      for (const one of wanted) {
        const ofLanguage = grouped[one.language] ?? {};
        grouped[one.language] = ofLanguage;
        ofLanguage[one.category] = [...(ofLanguage[one.category] ?? []), packageRow(one)];
      }
      const note =
        all === undefined
          ? 'This build has no vendored packages; programs have the standard library of their language'
          : wanted.length > 0
            ? `${wanted.length} packages; fuel is that of the first import in a program, measured when this build was made`
            : `No package matches; the categories are ${[...new Set(all.map((one) => one.category))].join(', ')}`;
      return { value: { available: all !== undefined, note, packages: grouped } };
    },
  });

  addTool(server, client, {
    name: 'list_javascript_capabilities',
    title: 'List what JavaScript has',
    input: inputs.none,
    output: outputs.javascript,
    hints: { readOnlyHint: true, idempotentHint: true },
    async call() {
      const { version, modules, helpers, std, os, globals } = await runtimes.facts('javascript');
      const all = ((await packages.all()) ?? []).filter(({ language }) => language === 'javascript');
      return {
        value: {
          version: `QuickJS-ng ${version}`,
          modules: { std: [...std], os: [...os], node: [...modules] },
          vendored_packages: all.map((one) => ({ ...packageRow(one), usage: one.importPattern })),
          helpers: [...helpers],
          globals: [...globals],
          notes: [...notes.javascript],
        },
      };
    },
  });
}

function runtimeRow(
  name: LanguageKind,
  { version, modules, helpers }: RuntimeFacts,
  all: readonly VendoredPackage[],
): Runtime {
  const own = all.filter(({ language }) => language === name);
  const python = name === 'python';
  return {
    name,
    version,
    engine: python ? 'CPython' : 'QuickJS-ng',
    description: python
      ? `CPython ${version} in WebAssembly with its standard library`
      : `QuickJS-ng ${version} in WebAssembly: ES2023 and later, std and os, Node's modules as far as they can work`,
    capabilities: { ...capabilities[name] },
    modules: [...(python ? [] : ['std', 'os']), ...modules],
    vendored_packages: own.length,
    package_names: own.map((one) => one.name),
    helpers: [...helpers],
    api_notes: [...notes[name]],
  };
}

function packageRow(one: VendoredPackage) {
  const {
    name,
    version,
    description,
    licence,
    importPattern,
    importNames,
    useCases,
    example,
    output,
    methods,
    fuelFirstImport,
    fuelCachedImport,
  } = one;
  return {
    name,
    version,
    description,
    licence,
    import_pattern: importPattern,
    import_names: [...importNames],
    fuel_requirement: `${shortFuel(fuelFirstImport)} first import, ${shortFuel(fuelCachedImport)} when imported again`,
    fuel_first_import: fuelFirstImport,
    common_use_cases: [...useCases],
    example,
    example_output: output,
    ...(methods === undefined ? {} : { methods: { ...methods } }),
  };
}
