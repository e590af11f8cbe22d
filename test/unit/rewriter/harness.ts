import { parse } from '@bytecodealliance/jco';
import { controlModule, controlNames, rewriteModule } from '../../../host/src/rewriter/index.ts';

/** What a program under test does when it meets a checkpoint; returns the fuel of the next slice. */
export type Checkpoint = () => number;

/** Compiles WAT text. */
export async function wat(text: string): Promise<Uint8Array> {
  return await parse(text);
}

/** Instantiates a module as it is. */
export function plain(bytes: Uint8Array, imports: WebAssembly.Imports = {}): WebAssembly.Instance {
  return new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)), imports);
}

export interface Metered {
  readonly instance: WebAssembly.Instance;
  readonly fuel: WebAssembly.Global<'i32'>;
  /** Fuel spent so far. */
  spent(): number;
}

/** Rewrites and instantiates a module; slices are of `slice` units, and `limit` ends the program by an exception. */
export function metered(
  bytes: Uint8Array,
  {
    slice = 1_000,
    limit = Number.POSITIVE_INFINITY,
    imports = {} as WebAssembly.Imports,
    grow = (_pages: number): number => -1,
  } = {},
): Metered {
  const rewritten = rewriteModule(bytes, { meter: true });
  let given = 0;
  const checkpoint = (): void => {
    if (given - fuel.value > limit) throw new Error('out of fuel');
    given += slice - fuel.value;
    fuel.value = slice;
  };
  const size = (): number => {
    const { memory } = instance.exports;
    return memory instanceof WebAssembly.Memory ? memory.buffer.byteLength / 65_536 : 0;
  };
  const control = { [controlNames.checkpoint]: checkpoint, [controlNames.grow]: grow, [controlNames.size]: size };
  const instance = plain(rewritten, { ...imports, [controlModule]: control });
  const fuel = instance.exports[controlNames.fuel] as WebAssembly.Global<'i32'>;
  return { instance, fuel, spent: () => given - fuel.value };
}

/** Calls an exported function. */
export function call(instance: WebAssembly.Instance, name: string, ...args: unknown[]): unknown {
  const exported = instance.exports[name];
  if (typeof exported !== 'function') throw new Error(`no function ${name} is exported`);
  return exported(...args);
}
