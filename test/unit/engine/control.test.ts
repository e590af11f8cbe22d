import { parse } from '@bytecodealliance/jco';
import { describe, expect, test } from 'vitest';
import { InstanceControl } from '../../../host/src/engine/control.ts';
import { InstanceImage } from '../../../host/src/engine/image.ts';
import { rewriteModule } from '../../../host/src/rewriter/index.ts';

const page = 65_536;

type Functions = Record<'size' | 'grow' | 'get' | 'set', (value?: number) => number>;

const functions = `
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "get") (result i32) (i32.load (i32.const 8)))
  (func (export "set") (param i32) (i32.store (i32.const 8) (local.get 0)))`;

/** Instantiates a module, given as the text of its fields, under a control. */
async function part(control: InstanceControl, fields: string, imports: WebAssembly.Imports = {}): Promise<Functions> {
  const rewritten = rewriteModule(await parse(`(module ${fields} ${functions})`), { meter: true });
  const instance = control.instantiate(new WebAssembly.Module(new Uint8Array(rewritten)), imports);
  return instance.exports as unknown as Functions;
}

describe('a component of several core modules', () => {
  test.each([
    '(memory (export "memory") 1)',
    // The name of the canonical ABI's newer form, and a memory that its module keeps to itself.
    '(memory (export "cm32p2_memory") 1)',
    '(memory 1)',
  ])('grows its memory whatever its name: %s', async (memory) => {
    const control = new InstanceControl(() => undefined);
    const { size, grow } = await part(control, memory);
    control.begin({ fuel: Number.MAX_SAFE_INTEGER, memoryBytes: 3 * page });
    expect([size(), grow(2), size(), control.memoryBytes, control.refusedGrowth]).toEqual([1, 1, 3, 3 * page, false]);
    expect([grow(1), size(), control.refusedGrowth]).toEqual([-1, 3, true]);
  });

  test('that each have a memory grow their own, and share the limit', async () => {
    const control = new InstanceControl(() => undefined);
    const first = await part(control, '(memory (export "memory") 1)');
    const second = await part(control, '(memory (export "memory") 2)');
    control.begin({ fuel: Number.MAX_SAFE_INTEGER, memoryBytes: 6 * page });
    expect([first.grow(1), second.grow(2)]).toEqual([1, 2]);
    expect([first.size(), second.size(), control.memoryBytes]).toEqual([2, 4, 6 * page]);
    expect([first.grow(1), second.grow(1)]).toEqual([-1, -1]);
  });

  test('that share a memory see one size', async () => {
    const control = new InstanceControl(() => undefined);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const fields = '(import "env" "memory" (memory 1))';
    const [first, second] = [
      await part(control, fields, { env: { memory } }),
      await part(control, fields, { env: { memory } }),
    ];
    control.begin({ fuel: Number.MAX_SAFE_INTEGER, memoryBytes: 4 * page });
    expect([first.grow(2), second.size(), control.memoryBytes]).toEqual([1, 3, 3 * page]);
  });

  test('that are lent more memories than they use grow the right one', async () => {
    const control = new InstanceControl(() => undefined);
    const [used, other] = [1, 2].map((initial) => new WebAssembly.Memory({ initial })) as [never, never];
    const env = { other, used };
    const lent = await part(control, '(import "env" "used" (memory 1))', { env });
    const owner = await part(control, '(memory 3)', { env: { other } });
    control.begin({ fuel: Number.MAX_SAFE_INTEGER, memoryBytes: 100 * page });
    expect([lent.size(), lent.grow(4), owner.size(), owner.grow(4)]).toEqual([1, 1, 3, 3]);
  });

  test('are put back to their image in all memories', async () => {
    const control = new InstanceControl(() => undefined);
    const parts = [await part(control, '(memory 1)'), await part(control, '(memory (export "m") 1)')];
    for (const [index, { set }] of parts.entries()) set(index + 1);
    const image = InstanceImage.take(control, []);
    control.begin({ fuel: Number.MAX_SAFE_INTEGER, memoryBytes: 100 * page });
    for (const { set, grow } of parts) {
      set(99);
      expect(grow(1)).toBe(1);
    }
    expect(image?.restore()).toBe(true);
    expect(parts.map(({ get, size }) => [get(), size()])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });
});

describe('work that the host does for a program', () => {
  test('is spent fuel, and meets the fuel limit', () => {
    const control = new InstanceControl(() => undefined);
    control.begin({ fuel: 2_000_000, memoryBytes: page });
    control.pay(300);
    expect(control.spent).toBe(300);
    const thrown = (() => {
      try {
        for (;;) control.pay(1_000);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toMatchObject({ name: 'RunStopped', reason: 'fuel' });
    expect(control.spent).toBeLessThan(3_000_000);
    control.begin({ fuel: 2_000_000, memoryBytes: page });
    expect(control.spent).toBe(0);
  });

  test('meets the deadline as often as the program’s own', () => {
    let looked = 0;
    const control = new InstanceControl(() => void looked++);
    control.begin({ fuel: Number.MAX_SAFE_INTEGER, memoryBytes: page });
    for (let i = 0; i < 10_000; i++) control.pay(1_000);
    expect(looked).toBe(20);
    control.pay(100_000_000);
    expect(looked).toBe(21);
  });
});
