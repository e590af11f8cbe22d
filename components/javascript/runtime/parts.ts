import { withIntrinsics } from './intrinsics.ts';
import { native } from './native.ts';
import { builtinExports } from './node/registry.ts';
import { arrayIndexOf, define } from './primordials.ts';

/**
 * The parts of the runtime (`parts/*.ts`) that are loaded at their first use: what most programs never need takes
 * its place in the component as bytecode, and costs a run nothing.
 */

/** Their names, in the order of the bytecode (build/javascript-runtime.ts). */
declare const __parts: readonly string[];

type Exports = object;

/** What was loaded, by number; each place is there from the start, so that no prototype is asked for it. */
const loaded: (Exports | undefined)[] = __parts.map(() => undefined);
/** What the files of the core export that parts import, by their names. */
let core: Readonly<Record<string, object>> = {};

/** Called once, by the entry that build/javascript-runtime.ts writes. @public */
export function shareCore(files: Readonly<Record<string, object>>): void {
  core = files;
}

/**
 * A function that gives what `parts/<name>.ts` exports and loads it at its first call:
 *
 *     const zlib = lazyPart<typeof import('./parts/zlib.ts')>('zlib');
 *     registerLazyNode('zlib', () => zlib().zlib);
 */
export function lazyPart<E extends Exports>(name: string): () => E {
  const index = arrayIndexOf(__parts, name);
  // Thrown while the image is made: it stops the build.
  if (index < 0) throw new Error(`the runtime has no part ${name}`);
  return () => load(index) as E;
}

function load(index: number): Exports {
  const found = loaded[index];
  if (found !== undefined) return found;
  const evaluate = (): Exports =>
    native.loadPart(index)(core, (name) => load(arrayIndexOf(__parts, name)), builtinExports);
  let exports: Exports;
  try {
    exports = evaluate();
  } catch {
    // Packages use the language's objects as they find them, and the program may have spoilt those.
    exports = withIntrinsics(evaluate);
  }
  define(loaded, index, exports);
  return exports;
}
