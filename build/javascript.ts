import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { componentNew } from '@bytecodealliance/jco';
import wizer from '@bytecodealliance/wizer';
import { bundleRuntime } from './javascript-runtime.ts';
import { BuildError } from './lib/log.ts';
import { withPassiveData } from './lib/passive.ts';
import { paths } from './lib/paths.ts';
import { run } from './lib/process.ts';
import { runStep } from './lib/step.ts';
import { stripComponent } from './lib/strip.ts';
import { buildQuickjs, compileC, quickjsSource, zig } from './quickjs.ts';
import type { Toolchain } from './toolchain.ts';

const source = join(paths.root, 'components/javascript');
const engine = join(source, 'engine');
const work = join(paths.cache, 'javascript');
/** Bytecode of the runtime's core, which the image holds evaluated. */
const runtimeBytecode = join(work, 'runtime/runtime.bytecode');
/** The same and that of its parts (parts.c tells the form), evaluated at their first use. */
const partsBytecode = join(work, 'runtime/parts.bytecode');

/** Export of the function that is to read them (parts.c). */
const partsReader = 'golem:parts';

/** What of the glue differs between the components that are made of it. */
const variants = {
  /** For hosts with WASI 0.2. */
  'exec-javascript': { bindings: 'bindings', sources: [], flags: [] },
  /** With `run-streaming`, for hosts with WASI 0.3. */
  'exec-javascript-streaming': { bindings: 'bindings-streaming', sources: ['live.c'], flags: ['-DEXEC_STREAMING'] },
} as const;
type Variant = keyof typeof variants;

const glue = [
  ...[
    'allocator.c',
    'memory.c',
    'platform.c',
    'text.c',
    'stdio.c',
    'files.c',
    'file-natives.c',
    'natives.c',
    'modules.c',
    'engine.c',
    'parts.c',
    'program.c',
  ],
  ...['request.c', 'executor.c', 'session.c', 'deferred.c', 'streaming.c', 'command.c'],
];

const linkFlags = [
  ...['cc', '-target', 'wasm32-wasi', '-O2', '-g0', '-mexec-model=reactor', '-Wl,--strip-all'],
  // The programs' 1 MiB (STACK_HOSTED in program.c) and room for C code between two checks. zig puts the stack below
  // the data: running over it traps instead of overwriting something.
  '-Wl,-z,stack-size=1572864',
  // A snapshot of an instance needs it.
  '-Wl,--export=__stack_pointer',
];

/** What compiler.c exports. */
interface Compiler {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly allocate: (size: number) => number;
  readonly compile: (source: number, size: number) => number;
  readonly compiled_size: () => number;
  readonly failure: () => number;
}

/** Compiles the bundled runtime to bytecode, with the engine that will run it. */
async function compileRuntime(toolchain: Toolchain, engineObjects: readonly string[]): Promise<void> {
  const wasm = join(work, 'compiler.wasm');
  const objects = await compileC(toolchain, engine, ['compiler.c'], ['-I', quickjsSource], join(work, 'glue-objects'));
  await zig(toolchain, work, [...linkFlags, ...engineObjects, ...objects, '-o', wasm]);
  const compiled = await WebAssembly.compile(await readFile(wasm));
  // Its libc asks for clocks and streams, which compiling has no use for.
  const imports: WebAssembly.Imports = {};
  for (const { module, name } of WebAssembly.Module.imports(compiled)) {
    imports[module] = { ...imports[module], [name]: () => 0 };
  }
  const exports = (await WebAssembly.instantiate(compiled, imports)).exports as unknown as Compiler;
  exports._initialize();
  const compile = (name: string, bundled: Uint8Array): Uint8Array => {
    const address = exports.allocate(bundled.length + 1);
    const text = new Uint8Array(exports.memory.buffer, address, bundled.length + 1);
    text.set(bundled);
    text[bundled.length] = 0;
    const bytecode = exports.compile(address, bundled.length);
    if (bytecode === 0) {
      const failure = Buffer.from(exports.memory.buffer, exports.failure());
      const why = failure.toString('utf8', 0, failure.indexOf(0));
      throw new BuildError(`QuickJS-ng does not compile the bundle of the runtime's ${name}: ${why}.`);
    }
    return new Uint8Array(exports.memory.buffer, bytecode, exports.compiled_size()).slice();
  };
  const { core, parts } = await bundleRuntime(join(source, 'runtime'));
  await mkdir(join(work, 'runtime'), { recursive: true });
  const coreBytecode = compile('core', core);
  const lazy = parts.map(({ name, code }) => compile(`part ${name}`, code));
  await writeFile(runtimeBytecode, coreBytecode);
  await writeFile(partsBytecode, archive([coreBytecode, ...lazy]));
}

/** Where each piece begins and the last one ends, as 32-bit numbers; then the pieces, one after the other. */
function archive(pieces: readonly Uint8Array[]): Uint8Array {
  const bounds = new DataView(new ArrayBuffer((pieces.length + 1) * 4));
  let at = bounds.byteLength;
  bounds.setUint32(0, at, true);
  for (const [index, piece] of pieces.entries()) {
    at += piece.length;
    bounds.setUint32((index + 1) * 4, at, true);
  }
  return Buffer.concat([new Uint8Array(bounds.buffer), ...pieces]);
}

async function linkComponent(name: Variant, toolchain: Toolchain, engineObjects: readonly string[]): Promise<void> {
  const { bindings, sources, flags } = variants[name];
  const core = join(work, `${name}.core.wasm`);
  const image = join(work, `${name}.image.wasm`);
  const options = ['-I', quickjsSource, '-I', engine, `--embed-dir=${join(work, 'runtime')}`, ...flags];
  const all = [...glue, ...sources, `${bindings}/exec_javascript.c`];
  const glueObjects = await compileC(toolchain, engine, all, options, join(work, `${name}-objects`));
  const type = join(engine, bindings, 'exec_javascript_component_type.o');
  await zig(toolchain, work, [...linkFlags, ...engineObjects, ...glueObjects, type, '-o', core]);
  await run(wizer, [core, '-o', image, '--wasm-bulk-memory', 'true']);
  await mkdir(paths.components, { recursive: true });
  const lean = withPassiveData(await readFile(image), partsReader, await readFile(partsBytecode));
  const component = await componentNew(lean);
  await writeFile(join(paths.components, `${name}.wasm`), stripComponent(component));
}

/**
 * Builds `dist/components/exec-javascript.wasm`, or another of its variants: QuickJS-ng, its glue and its runtime,
 * pre-initialised.
 *
 * DEVIATION D11: through a C glue, not `rquickjs`. DEVIATION D12: QuickJS-ng, not Boa. DEVIATION D15: stripped by the
 * linker; `wasm-opt` made it slower.
 *
 * @returns a hash of what it is made of.
 */
export async function buildJavaScriptComponent(
  toolchain: Toolchain,
  name: Variant = 'exec-javascript',
): Promise<string> {
  const quickjs = await buildQuickjs(toolchain);
  const runtimeHash = await runStep({
    name: 'compile JavaScript runtime',
    inputs: [
      join(source, 'runtime'),
      join(engine, 'compiler.c'),
      join(paths.root, 'build/javascript-runtime.ts'),
      join(paths.root, 'package-lock.json'),
    ],
    values: [quickjs.hash],
    outputs: [runtimeBytecode, partsBytecode],
    build: () => compileRuntime(toolchain, quickjs.objects),
  });
  return await runStep({
    name: `build ${name}`,
    inputs: [engine, join(import.meta.dirname, 'lib/strip.ts'), join(import.meta.dirname, 'lib/passive.ts')],
    values: [quickjs.hash, runtimeHash, ...glue, ...linkFlags, JSON.stringify(variants[name])],
    outputs: [join(paths.components, `${name}.wasm`)],
    build: () => linkComponent(name, toolchain, quickjs.objects),
  });
}
