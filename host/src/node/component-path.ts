import { readFile, stat } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import { type ComponentFiles, requiredExports } from '../engine/index.ts';
import { ExecError } from '../errors.ts';
import { MissingExportsError, type Transpiled, transpile } from '../transpiler/index.ts';
import type { LanguageKind } from '../types.ts';
import { readCached, writeCached } from './cache.ts';
import { componentId } from './component-id.ts';

/** A component file that is to be used in place of the built one. */
export interface NamedComponent {
  /** Absolute path. */
  readonly path: string;
  /** What names it: an option or an environment variable. */
  readonly field: string;
}

/** The first eight bytes of a core module, and of a component of the current binary format. */
const header = { module: '0061736d01000000', component: '0061736d0d000100' };

const sourceName = Buffer.from('\n//# sourceURL=golem-exec:component\n');

/**
 * Loads a component from a file: it is transpiled and rewritten, which takes seconds for a large one, and what comes
 * out is kept in the user's cache.
 *
 * @throws {ExecError} `internal`, naming the option or variable, for a file that is not such a component.
 */
export async function loadComponentAt(
  { path, field }: NamedComponent,
  language: LanguageKind,
): Promise<ComponentFiles> {
  const origin = `${field}: ${JSON.stringify(path)}`;
  const refuse = (problem: string): ExecError =>
    new ExecError(
      'internal',
      `${origin} ${problem}; name a component .wasm file that exports ${requiredExports.join(' and ')}, ` +
        'or nothing to use the built one',
    );
  const bytes = await readComponent(path, refuse);
  const key = componentId(bytes);
  const { script, modules, imports } = (await readTranspiled(key)) ?? (await transpileAnew(key, bytes, refuse));
  const compiled = Array.from(modules, async ([file, core]) => {
    // Copied: compiling does not take shared memory, and what was read from the cache is a part of a larger buffer.
    return [file, await WebAssembly.compile(new Uint8Array(core))] as const;
  });
  return {
    language,
    origin,
    id: key,
    replacement: { imports },
    // Not a file, so that what is run is what was checked. The last line is the name that stack traces show.
    moduleUrl: `data:text/javascript;base64,${Buffer.concat([script, sourceName]).toString('base64')}`,
    modules: Object.fromEntries(
      await Promise.all(compiled).catch((error: unknown) => {
        throw refuse(`cannot be compiled (${reasonOf(error)})`);
      }),
    ),
  };
}

async function readComponent(path: string, refuse: (problem: string) => ExecError): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    if (!(await stat(path)).isFile()) throw refuse('is not a file');
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof ExecError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw refuse(code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`);
  }
  const begin = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (begin === header.module) throw refuse('is a core WebAssembly module and not a component');
  if (begin !== header.component) throw refuse('is not a WebAssembly component');
  return bytes;
}

async function readTranspiled(key: string): Promise<Transpiled | undefined> {
  const cached = await readCached(key);
  try {
    return cached === undefined ? undefined : (deserialize(cached) as Transpiled);
  } catch {
    // Another version of Node may have written it.
    return undefined;
  }
}

async function transpileAnew(
  key: string,
  bytes: Uint8Array,
  refuse: (problem: string) => ExecError,
): Promise<Transpiled> {
  let transpiled: Transpiled;
  try {
    transpiled = await transpile(bytes, { name: 'component', requiredExports, foreign: true });
  } catch (error) {
    throw refuse(error instanceof MissingExportsError ? error.message : `cannot be transpiled (${reasonOf(error)})`);
  }
  await writeCached(key, serialize(transpiled));
  return transpiled;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
