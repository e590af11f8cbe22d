import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { rewriteModule, WasmFormatError } from '../../host/src/rewriter/index.ts';
import type { FuzzTarget } from './targets.ts';

/** A small real module: jco's own trampolines, with tables, elements and indirect calls. */
const seedFile = new URL(
  '../../node_modules/@bytecodealliance/jco-transpile/vendor/wasm-tools.core2.wasm',
  import.meta.url,
);
const seed = new Uint8Array(readFileSync(seedFile));

const damage = fc.array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { maxLength: 6 });

/** V8 is the judge: what it takes before, it takes after. */
const damaged = fc.property(damage, fc.nat(seed.length), fc.boolean(), (changes, length, cut) => {
  const bytes = seed.slice(0, cut ? length : seed.length);
  for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
  let rewritten: Uint8Array;
  try {
    rewritten = rewriteModule(bytes, { meter: true });
  } catch (error) {
    if (!(error instanceof WasmFormatError)) throw error;
    return;
  }
  if (WebAssembly.validate(bytes) && !WebAssembly.validate(new Uint8Array(rewritten))) {
    throw new Error('a valid module became an invalid one');
  }
});

const noise = fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
  const header = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  try {
    rewriteModule(Uint8Array.of(...header, ...bytes), { meter: true });
  } catch (error) {
    if (!(error instanceof WasmFormatError)) throw error;
  }
});

export const moduleTargets: readonly FuzzTarget[] = [
  { name: 'a damaged module is refused, or stays what it was', property: damaged },
  { name: 'noise is refused, or a module', property: noise },
];
