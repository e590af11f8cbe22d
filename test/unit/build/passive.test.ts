import { expect, test } from 'vitest';
import { withPassiveData } from '../../../build/lib/passive.ts';
import { WasmFormatError } from '../../../host/src/rewriter/index.ts';
import { wat } from '../rewriter/harness.ts';

const module = (body: string): string => `(module
  (import "" "twice" (func $twice (param i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "kept")
  (func $double (export "double") (param i32) (result i32) (call $twice (local.get 0)))
  (func (export "reader") (param i32 i32 i32) unreachable)
  (func (export "last") (result i32) (i32.const 7))
  ${body})`;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly double: (value: number) => number;
  readonly copy: (into: number, from: number, size: number) => void;
  readonly last: () => number;
}

async function instance(text: string, data: Uint8Array): Promise<Exports> {
  const bytes = withPassiveData(await wat(text), 'reader', data);
  const compiled = new WebAssembly.Module(Uint8Array.from(bytes));
  expect(WebAssembly.Module.exports(compiled).map(({ name }) => name)).not.toContain('reader');
  const imports = { '': { twice: (value: number) => 2 * value } };
  return new WebAssembly.Instance(compiled, imports).exports as unknown as Exports;
}

const copy = '(func (export "copy") (param i32 i32 i32) (call 2 (local.get 0) (local.get 1) (local.get 2)))';

test.each([
  ['without a count of its segments', copy],
  [
    'with passive data of its own',
    `${copy} (data "other") (func (memory.init 1 (i32.const 0) (i32.const 0) (i32.const 5)))`,
  ],
])('data is read piece by piece, and the rest of the module stays: one %s', async (_, body) => {
  const { memory, double, copy, last } = await instance(
    module(body),
    Uint8Array.from({ length: 300 }, (_, at) => at),
  );
  const text = (from: number, size: number): Uint8Array => new Uint8Array(memory.buffer, from, size);
  expect(Buffer.from(text(0, 5)).toString()).toBe('kept\0');
  expect([double(21), last()]).toEqual([42, 7]);
  copy(100, 10, 4);
  expect([...text(99, 6)]).toEqual([0, 10, 11, 12, 13, 0]);
  copy(0, 298, 2);
  expect([...text(0, 3)]).toEqual([42, 43, 'p'.charCodeAt(0)]);
  expect(() => copy(0, 299, 2)).toThrow(WebAssembly.RuntimeError);
  expect(() => copy(65_535, 0, 2)).toThrow(WebAssembly.RuntimeError);
});

test('a module without the function, or with another one of its name, is refused', async () => {
  const bytes = await wat(module(''));
  for (const name of ['missing', 'memory', 'last']) {
    expect(() => withPassiveData(bytes, name, new Uint8Array(1))).toThrow(WasmFormatError);
  }
});
