import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BuildError, progress } from './lib/log.ts';
import { paths } from './lib/paths.ts';
import { runStep } from './lib/step.ts';
import { stripComponent } from './lib/strip.ts';
import { sameMachine, sameMachineSource } from './same-machine.ts';
import type { Toolchain } from './toolchain.ts';

const source = join(paths.root, 'components/python');
const wit = join(source, 'wit');
const packed = join(paths.cache, 'python-stdlib');

/**
 * componentize-py looks for exports in top-level modules named after the interfaces. These names keep
 * `sessions`, `run` and the like free for the modules of programs.
 */
const exportNames = [
  'golem:exec/executor@1.0.0=golem-exec-executor',
  'golem:exec/sessions@1.0.0=golem-exec-sessions',
  'golem:exec/pull-streaming@1.0.0=golem-exec-pull-streaming',
  'wasi:cli/run@0.2.12=golem-exec-run',
];

/** What the components differ in. */
const variants = {
  /** For hosts with WASI 0.2. */
  'exec-python': [],
  /** With `run-streaming`, for hosts with WASI 0.3. */
  'exec-python-streaming': ['--features', 'streaming'],
} as const;

/** Without the first two the tool would search the build machine's own Python; a Rust backtrace would bury its messages. */
const isolated = { VIRTUAL_ENV: '', PYTHONNOUSERSITE: '1', RUST_BACKTRACE: '0' };

/**
 * Builds `dist/components/exec-python.wasm`, or its variant: CPython and its standard library, pre-initialised.
 *
 * DEVIATION D13: CPython 3.14, which the tool brings. DEVIATION D16: over 10 MB raw, under 10 MB compressed.
 * DEVIATION D17: two builds are the same byte for byte on Linux only, where the tool can be shown the same machine.
 *
 * @returns a hash of what it is made of.
 * @throws {BuildError} when componentize-py fails; the message holds the end of its output.
 */
export async function buildPythonComponent(
  toolchain: Toolchain,
  name: keyof typeof variants = 'exec-python',
): Promise<string> {
  const features = variants[name];
  const output = join(paths.components, `${name}.wasm`);
  const library = await packStandardLibrary(toolchain);
  return await runStep({
    name: `build ${name}`,
    inputs: [
      join(import.meta.dirname, 'lib/strip.ts'),
      sameMachineSource,
      join(source, 'image'),
      wit,
      join(paths.wit, 'golem-exec.wit'),
      join(paths.wit, 'worlds.wit'),
    ],
    values: [toolchain.versions, library, ...exportNames, ...features],
    outputs: [output],
    build: async () => {
      await mkdir(paths.components, { recursive: true });
      const world = ['-d', paths.wit, '-d', wit, '-w', 'golem:exec-python-harness/component'];
      const names = exportNames.flatMap((name) => ['--export-interface-name', name]);
      const folders = ['-p', await stage('image'), '-p', packed];
      const fresh = `${output}.new`;
      const app = ['componentize', '_golem_exec_app', ...folders, '-o', fresh];
      await componentize(toolchain, [...world, ...features, ...names, ...app]);
      await writeFile(fresh, stripComponent(await readFile(fresh)));
      await rename(fresh, output);
    },
  });
}

/** Compiles CPython's library with CPython itself, in the pre-initialisation of a component that is thrown away. */
async function packStandardLibrary(toolchain: Toolchain): Promise<string> {
  return await runStep({
    name: 'compile Python standard library',
    inputs: [join(source, 'pack'), sameMachineSource, wit],
    values: [toolchain.versions],
    outputs: [join(packed, 'stdlib.pack'), join(packed, 'stdlib.index')],
    build: async () => {
      await rm(packed, { recursive: true, force: true });
      await mkdir(packed, { recursive: true });
      await writeFile(join(packed, 'stdlib.target'), '');
      const world = ['-d', paths.wit, '-d', wit, '-w', 'golem:exec-python-harness/pack'];
      const scrap = join(paths.cache, 'python-stdlib.wasm');
      const folders = ['-p', await stage('pack'), '-p', packed];
      await componentize(toolchain, [...world, 'componentize', '_golem_exec_pack', ...folders, '-o', scrap]);
      await rm(scrap);
    },
  });
}

/** A copy of a folder's sources without the byte code that CPython left beside them in an earlier build. */
async function stage(folder: 'image' | 'pack'): Promise<string> {
  const staged = join(paths.cache, 'python', folder);
  await rm(staged, { recursive: true, force: true });
  await cp(join(source, folder), staged, {
    recursive: true,
    filter: (from) => basename(from) !== '__pycache__',
  });
  return staged;
}

async function componentize(toolchain: Toolchain, args: readonly string[]): Promise<void> {
  const machine = await sameMachine(toolchain);
  let reason = 'reason' in machine ? machine.reason : undefined;
  if (!('reason' in machine)) {
    try {
      await toolchain.componentizePy(args, { python: machine.python, env: { ...isolated, ...machine.env } });
      return;
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      // Where the sources are at fault, the same message comes again below.
      reason = `componentize-py fails when it is shown the same machine everywhere: ${error.message}`;
    }
  }
  progress(`not byte for byte the same in every build on this machine: ${reason}`);
  await toolchain.componentizePy(args, { env: isolated });
}
