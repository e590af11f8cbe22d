import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { rewriteModule } from '../rewriter/index.ts';
import { adapt } from './adapt.ts';

/** The files of a transpiled component: `NAME.js` and its core modules. */
export type TranspiledFiles = ReadonlyMap<string, Uint8Array>;

/** Version of what this module makes of a component; part of the key under which its output is kept. */
export const transpilerVersion = 'jco-transpile 0.15.0, adapted 4, metered 4';

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
