import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { rewriteModule } from '../rewriter/index.ts';

/** The files of a transpiled component: `NAME.js` and its core modules. */
export type TranspiledFiles = ReadonlyMap<string, Uint8Array>;

/** Version of what this module makes of a component; part of the key under which its output is kept. */
export const transpilerVersion = 'jco-transpile 0.15.0, adapted 3, metered 2';

/**
 * Turns a component into the JavaScript module that the engine instantiates, and core modules that answer to its
 * control.
 *
 * @param name file name of the JavaScript module, without its ending.
 * @throws {WasmFormatError} for a component with core modules that the rewriter does not know.
 */
export async function transpile(component: Uint8Array, name: string): Promise<TranspiledFiles> {
  const { files } = await transpileBytes(component, {
    name,
    instantiation: 'sync',
    // Every core module stays a file of its own, so that threads can share it compiled.
    base64Cutoff: 0,
    emitTypescriptDeclarations: false,
  });
  const made = new Map<string, Uint8Array>();
  for (const [file, bytes] of Object.entries(files)) {
    if (file.endsWith('.wasm')) made.set(file, rewriteModule(bytes, { meter: true }));
    else if (file === `${name}.js`) made.set(file, new TextEncoder().encode(adapt(new TextDecoder().decode(bytes))));
  }
  return made;
}

/** What the engine needs of jco's output beyond what it gives. */
function adapt(source: string): string {
  return exposeHandles(withoutDebugLog(withoutFinalizers(source)));
}

/**
 * The engine disposes of what it holds. A finalizer would enter an instance whenever the collector runs, even after
 * the instance was stopped in the middle or put back to an image that knows nothing of the handle.
 */
function withoutFinalizers(source: string): string {
  const created = 'return new FinalizationRegistry(unregister);';
  if (source.split(created).length !== 2) throw unknownShape('withoutFinalizers');
  return source.replace(created, 'return { register () {}, unregister () {} };');
}

/** jco's own tracing asks the process's environment at every step of every call. */
function withoutDebugLog(source: string): string {
  const asks = /const _debugLog = \(\.\.\.args\) => \{[^}]*\{ return; \}[^}]*\};/;
  if (!asks.test(source)) throw unknownShape('withoutDebugLog');
  return source.replace(asks, 'const _debugLog = () => {};');
}

function unknownShape(where: string): Error {
  return new Error(`the output of jco has another shape than its pinned version: adapt ${where} to it`);
}

/**
 * Lets the engine see the tables of resource handles, which are part of an instance's state: without them a memory
 * image put back in place would refer to handles that are gone. They are variables inside jco's `instantiate`; its
 * result gets them as `$handles`, pairs of a handle table and the map from representation to object.
 */
function exposeHandles(source: string): string {
  const tables = [...source.matchAll(/^ {2}const captureTable(\d+)= ?new Map\(\);$/gm)].map((match) => match[1]);
  const declared = [...source.matchAll(/^ {2}const handleTable(\d+) = \[T_FLAG, 0\];$/gm)].length;
  const results = [...source.matchAll(/^ {2}return \{ (?=.*\};$)/gm)];
  const result = results.at(-1);
  if (result === undefined || declared < tables.length) {
    throw unknownShape('exposeHandles');
  }
  const pairs = tables.map((index) => `[handleTable${index}, captureTable${index}]`).join(', ');
  const at = result.index + result[0].length;
  return `${source.slice(0, at)}$handles: [${pairs}], ${source.slice(at)}`;
}
