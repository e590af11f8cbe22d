import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { paths } from './lib/paths.ts';
import { run } from './lib/process.ts';
import { pipInstall, pipUnpackSource, python } from './lib/python.ts';
import { runStep } from './lib/step.ts';

const requirements = join(paths.root, 'build/requirements');
const tools = join(paths.tools, 'python');

/** Where the fetched tools and sources are, and a text that changes with their versions (for `runStep`'s values). */
export interface Toolchain {
  /** The `zig` executable; `zig cc` is the C compiler. */
  readonly zig: string;
  /** Folder with QuickJS-ng's C source, as released. */
  readonly quickjs: string;
  readonly versions: string;
  /** Runs componentize-py with its arguments, in the machine's Python unless another interpreter is named. */
  componentizePy(
    args: readonly string[],
    options: { readonly env: Readonly<Record<string, string>>; readonly python?: string },
  ): Promise<string>;
}

/** Fetches what is missing of the pinned tools and sources, into the ignored cache folder. */
export async function fetchToolchain(): Promise<Toolchain> {
  const toolsRequirements = join(requirements, 'tools.txt');
  const sourceRequirements = join(requirements, 'sources.txt');
  const quickjs = join(paths.sources, 'quickjs');
  const toolsHash = await runStep({
    name: 'fetch compiler and componentize-py',
    inputs: [toolsRequirements],
    values: [process.platform, process.arch],
    outputs: [tools],
    build: () => pipInstall(toolsRequirements, tools),
  });
  const sourceHash = await runStep({
    name: 'fetch QuickJS-ng source',
    inputs: [sourceRequirements],
    outputs: [quickjs],
    build: () => pipUnpackSource(sourceRequirements, 'quickjs_ng-0.17.0.2/upstream-quickjs', quickjs),
  });
  await fetchWitDependencies();
  return {
    zig: join(tools, 'ziglang', process.platform === 'win32' ? 'zig.exe' : 'zig'),
    quickjs,
    versions: `${toolsHash} ${sourceHash}`,
    componentizePy: async (args, options) =>
      await run(
        options.python ?? (await python()),
        ['-c', 'import sys; from componentize_py import script; sys.exit(script())', ...args],
        {
          env: { ...options.env, PYTHONPATH: tools },
        },
      ),
  };
}

/** WASI's own WIT text comes from jco's package; `wit/` is complete only after this. */
async function fetchWitDependencies(): Promise<void> {
  const jco = dirname(fileURLToPath(import.meta.resolve('@bytecodealliance/jco')));
  const source = join(jco, '../lib/wit/builtin/0.2.12');
  const target = join(paths.wit, 'deps');
  await runStep({
    name: 'copy WASI interfaces',
    inputs: [source],
    outputs: [target],
    build: () => cp(source, target, { recursive: true }),
  });
}
