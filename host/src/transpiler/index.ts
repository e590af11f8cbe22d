import { changesTables, rewriteModule } from '../rewriter/index.ts';
import { adapt } from './adapt.ts';

/** A transpiled component. */
export interface Transpiled {
  /** The JavaScript module that the engine instantiates. */
  readonly script: Uint8Array;
  /** The core modules, by the file names that the script asks for. */
  readonly modules: ReadonlyMap<string, Uint8Array>;
  /** The interfaces that the component imports, without versions. */
  readonly imports: readonly string[];
}

export interface TranspileOptions {
  /** File name of the script, without its ending; those of the core modules begin with it. */
  readonly name: string;
  /** Interfaces that the component must export. */
  readonly requiredExports: readonly string[];
  /** Whether the component is one that the build never met (`AdaptOptions.lenient`). */
  readonly foreign?: boolean;
  /** Whether the modules pay fuel; else nothing but the host's patience ends a busy program. For measurements. */
  readonly meter?: boolean;
}

export { transpilerVersion } from './version.ts';

/** The component is not of the kind that is asked for. The message says what it lacks and has. */
export class MissingExportsError extends Error {
  override readonly name = 'MissingExportsError';
}

/**
 * Turns a component into the JavaScript module that the engine instantiates, and core modules that answer to its
 * control.
 *
 * @throws {MissingExportsError} for a component without the required exports.
 * @throws {WasmFormatError} for a component with core modules that the rewriter does not know.
 */
export async function transpile(
  component: Uint8Array,
  { name, requiredExports, foreign = false, meter = true }: TranspileOptions,
): Promise<Transpiled> {
  // Loaded here, because whoever only asks for the version has no use for it.
  const { transpileBytes } = await import('@bytecodealliance/jco-transpile');
  const { files, imports, exports } = await transpileBytes(component, {
    name,
    instantiation: 'sync',
    // Every core module stays a file of its own, so that threads can share it compiled.
    base64Cutoff: 0,
    emitTypescriptDeclarations: false,
  });
  const missing = requiredExports.filter((required) => !exports.some(([exported]) => exported === required));
  if (missing.length > 0) {
    // jco names an interface twice: in full, and by a short name of its own.
    const named = exports.filter(([exported, kind]) => kind === 'function' || exported.includes(':'));
    const all = named.map(([exported]) => exported).join(', ') || 'nothing';
    throw new MissingExportsError(`does not export ${missing.join(' and ')} (it exports ${all})`);
  }
  const modules = new Map<string, Uint8Array>();
  let restorable = true;
  for (const [file, bytes] of Object.entries(files)) {
    if (!file.endsWith('.wasm')) continue;
    restorable &&= !changesTables(bytes);
    modules.set(file, rewriteModule(bytes, { meter }));
  }
  const script = adapt(new TextDecoder().decode(files[`${name}.js`]), { restorable, lenient: foreign });
  return {
    script: new TextEncoder().encode(script),
    modules,
    imports,
  };
}
