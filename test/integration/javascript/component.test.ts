import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the component is one core module with one memory, and needs no adapter', () => {
  const folder = new URL('../../../dist/components/javascript/', import.meta.url);
  const modules = readdirSync(folder)
    .filter((name) => name.endsWith('.wasm'))
    .map((name) => new WebAssembly.Module(readFileSync(new URL(name, folder))));
  const imported = modules.flatMap((module) => WebAssembly.Module.imports(module));
  expect(imported.filter(({ module }) => module.startsWith('wasi_'))).toEqual([]);
  // The others only pass calls on: they have functions and a table, and no memory.
  expect(
    modules.filter((module) => WebAssembly.Module.exports(module).some(({ kind }) => kind === 'memory')).length,
  ).toBe(1);
});
