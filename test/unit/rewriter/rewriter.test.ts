import { describe, expect, test } from 'vitest';
import { changesTables, controlNames, rewriteModule } from '../../../host/src/rewriter/index.ts';
import { call, metered, plain, wat } from './harness.ts';

const everyFeature = `(module
  (import "env" "add" (func $add (param i32 i32) (result i32)))
  (import "env" "base" (global $base i32))
  (type $binary (func (param i32 i32) (result i32)))
  (tag $oops (param i32))
  (memory (export "memory") 1 3)
  (global $counter (mut i32) (i32.const 5))
  (global $reference funcref (ref.func $twice))
  (table $t (export "t") 4 funcref)
  (elem (table $t) (i32.const 0) func $add $twice)
  (elem $passive funcref (ref.func $twice) (ref.null func))
  (elem declare func $sum)
  (start $init)
  (func $init (global.set $counter (i32.const 7)))
  (func $twice (export "twice") (param i32 i32) (result i32)
    (call $add (local.get 0) (local.get 0)))
  (func $sum (export "sum") (param $n i32) (result i32) (local $s i32)
    (loop $again
      (local.set $s (call $add (local.get $s) (local.get $n)))
      (local.tee $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again))
    (local.get $s))
  (func (export "indirect") (param i32) (result i32)
    (call_indirect $t (type $binary) (i32.const 20) (i32.const 22) (local.get 0)))
  (func $down (export "down") (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 99))
      (else (return_call $down (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "catch") (param i32) (result i32)
    (block $handler (result i32)
      (try_table (catch $oops $handler) (throw $oops (local.get 0)))
      (i32.const -1)))
  (func (export "simd") (result i32)
    (i32x4.extract_lane 2 (i32x4.mul
      (v128.const i32x4 1 2 3 4)
      (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (v128.const i32x4 5 6 7 8) (v128.const i32x4 0 0 0 0)))))
  (func (export "bulk") (result i32)
    (memory.fill (i32.const 0) (i32.const 7) (i32.const 100))
    (memory.copy (i32.const 200) (i32.const 0) (i32.const 100))
    (table.init $t $passive (i32.const 2) (i32.const 0) (i32.const 2))
    (i32.load8_u offset=250 (i32.const 0)))
  (func (export "tableRef") (result i32)
    (call_indirect $t (type $binary) (i32.const 4) (i32.const 0) (i32.const 2)))
  (func (export "refs") (result i32) (ref.is_null (global.get $reference)))
  (func (export "counter") (result i32) (i32.add (global.get $counter) (global.get $base)))
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))`;

const imports = {
  env: { add: (a: number, b: number) => a + b, base: new WebAssembly.Global({ value: 'i32' }, 1000) },
};

describe('a rewritten module computes what the original did', () => {
  test.each([
    ['twice', [21, 0]],
    ['sum', [100]],
    ['indirect', [0]],
    ['indirect', [1]],
    ['down', [100_000]],
    ['catch', [42]],
    ['simd', []],
    ['bulk', []],
    ['refs', []],
    ['counter', []],
    ['size', []],
  ])('%s(%j)', async (name, args) => {
    const bytes = await wat(everyFeature);
    const expected = call(plain(bytes, imports), name, ...args);
    expect(call(metered(bytes, { imports }).instance, name, ...args)).toBe(expected);
  });

  test('tables initialised at run time hold the moved functions', async () => {
    const { instance } = metered(await wat(everyFeature), { imports });
    call(instance, 'bulk');
    expect(call(instance, 'tableRef')).toBe(8);
  });

  test('without metering, too', async () => {
    const bytes = await wat(everyFeature);
    const rewritten = rewriteModule(bytes, { meter: false });
    const instance = plain(rewritten, { ...imports, 'golem:exec/control': { grow: () => -1, size: () => 1 } });
    expect(call(instance, 'sum', 100)).toBe(5050);
    expect(instance.exports[controlNames.fuel]).toBeUndefined();
  });
});

describe('control', () => {
  test('growing the memory is asked for', async () => {
    const asked: number[] = [];
    const grow = (pages: number): number => {
      asked.push(pages);
      return asked.length === 1 ? (instance.exports['memory'] as WebAssembly.Memory).grow(pages) : -1;
    };
    const { instance } = metered(await wat(everyFeature), { imports, grow });
    expect(call(instance, 'grow', 1)).toBe(1);
    expect(call(instance, 'grow', 7)).toBe(-1);
    expect(asked).toEqual([1, 7]);
  });

  test('the mutable globals are exported, the others are not', async () => {
    const { instance } = metered(await wat(everyFeature), { imports });
    const names = Object.keys(instance.exports).filter((name) => name.startsWith(controlNames.globalPrefix));
    expect(names).toEqual([`${controlNames.globalPrefix}0`]);
    const counter = instance.exports[names[0] ?? ''] as WebAssembly.Global<'i32'>;
    expect(counter.value).toBe(7);
    counter.value = 1;
    expect(call(instance, 'counter')).toBe(1001);
  });

  test('custom sections are dropped', async () => {
    const bytes = rewriteModule(await wat('(module $named (func $secret (export "f")))'), { meter: true });
    expect(new TextDecoder('latin1').decode(bytes)).not.toContain('secret');
  });
});

describe('fuel', () => {
  test.each([
    ['an empty loop', '(loop $l (br $l))'],
    ['a loop in a block in a loop', '(loop $o (block (loop $i (br $i))) (br $o))'],
    ['recursion', '(call $f)'],
    ['a tail call', '(return_call $f)'],
    ['recursion through a table', '(call_indirect (i32.const 0))'],
    ['a dispatch loop', `(loop $l (block $b (br_table ${'$b '.repeat(100)} (i32.const 3))) (br $l))`],
  ])('%s meets a checkpoint', async (_, body) => {
    const bytes = await wat(`(module (table 1 funcref) (elem (i32.const 0) $f) (func $f (export "f") ${body}))`);
    expect(() => call(metered(bytes, { limit: 5_000 }).instance, 'f')).toThrow('out of fuel');
  });

  test('is the same in every run, and grows with the work', async () => {
    const bytes = await wat(everyFeature);
    const spent = (n: number, slice: number): number => {
      const run = metered(bytes, { imports, slice });
      call(run.instance, 'sum', n);
      return run.spent();
    };
    expect(spent(1000, 100)).toBe(spent(1000, 1_000_000));
    expect(spent(2000, 1000) - spent(1000, 1000)).toBe(spent(3000, 1000) - spent(2000, 1000));
    expect(spent(2000, 1000)).toBeGreaterThan(spent(1000, 1000) + 1000);
  });

  test('copies of memory and data, and fills, are paid by their length', async () => {
    const bytes = await wat(
      `(module (memory 100) (func (export "fill") (param i32) (memory.fill (i32.const 0) (i32.const 1) (local.get 0)))
        (func (export "copy") (param i32) (memory.copy (i32.const 8) (i32.const 0) (local.get 0)))
        (data $d "${'x'.repeat(6_400_000)}")
        (func (export "init") (param i32) (memory.init $d (i32.const 8) (i32.const 0) (local.get 0))))`,
    );
    for (const name of ['fill', 'copy', 'init']) {
      const spent = (length: number): number => {
        const run = metered(bytes);
        call(run.instance, name, length);
        return run.spent();
      };
      expect(spent(6_400_000 - 64) - spent(0)).toBe(99_999);
      expect(() => call(metered(bytes, { limit: 50_000 }).instance, name, 6_400_000)).toThrow('out of fuel');
    }
  });

  test.each([
    ['calls nothing', '(i32.add (i32.const 1) (i32.const 2))', ''],
    ['calls a free function', '(call $g)', '(func $g (result i32) (i32.const 3))'],
  ])('a short function that %s is free', async (_, body, other) => {
    const bytes = await wat(`(module (func (export "f") (result i32) ${body}) ${other})`);
    const run = metered(bytes);
    expect(call(run.instance, 'f')).toBe(3);
    expect(run.spent()).toBe(0);
  });

  test.each([
    ['loops', '(loop (nop))', ''],
    ['calls by reference', '(call_indirect (i32.const 0))', '(func $g) (table 1 funcref) (elem (i32.const 0) $g)'],
    ['calls what is imported', '(call $i)', ''],
    ['is long', '(nop)'.repeat(300), ''],
    ['calls what is long in sum', '(call $g) (call $g)', `(func $g ${'(nop)'.repeat(130)})`],
  ])('a function that %s is not', async (_, body, other) => {
    const bytes = await wat(`(module (import "env" "i" (func $i)) (func (export "f") ${body}) ${other})`);
    const run = metered(bytes, { imports: { env: { i: () => undefined } } });
    call(run.instance, 'f');
    expect(run.spent()).toBeGreaterThan(0);
  });

  test('a recursion through several short functions meets a checkpoint, wherever it is entered', async () => {
    const bytes = await wat(`(module
      (func $a (export "a") (call $b) (call $c)) (func $b (export "b") (call $d)) (func $c (export "c") (call $d))
      (func $d (export "d") (call $e) (return_call $c)) (func $e (export "e")))`);
    for (const name of ['a', 'b', 'c', 'd']) {
      expect(() => call(metered(bytes, { limit: 5_000 }).instance, name)).toThrow('out of fuel');
    }
    call(metered(bytes, { limit: 1 }).instance, 'e');
  });

  test('a chain of calls as long as a module likes is found out about', async () => {
    const links = Array.from({ length: 50_000 }, (_, i) => `(func $f${i} (call $f${i + 1}))`).join('');
    const bytes = await wat(`(module ${links} (func $f50000) (func (export "f") (call $f49000)))`);
    const run = metered(bytes);
    call(run.instance, 'f');
    expect(run.spent()).toBeGreaterThan(10);
  });
});

test('it is known whether a module changes its tables, or drops its data', async () => {
  const withCode = (code: string) =>
    wat(`(module (memory 1) (data $d "x") (table $t 1 funcref) (elem $e func) (func ${code}))`);
  const reads = '(memory.init $d (i32.const 0) (i32.const 0) (i32.const 1))';
  for (const code of ['', reads, '(drop (table.get $t (i32.const 0)))', '(drop (table.size $t))', '(elem.drop $e)']) {
    expect([code, changesTables(await withCode(code))]).toEqual([code, false]);
  }
  for (const code of [
    '(table.set $t (i32.const 0) (ref.null func))',
    '(drop (table.grow $t (ref.null func) (i32.const 1)))',
    '(table.fill $t (i32.const 0) (ref.null func) (i32.const 1))',
    '(table.copy $t $t (i32.const 0) (i32.const 0) (i32.const 0))',
    '(table.init $t $e (i32.const 0) (i32.const 0) (i32.const 0))',
    '(data.drop $d)',
  ]) {
    expect([code, changesTables(await withCode(code))]).toEqual([code, true]);
  }
  expect(changesTables(await wat('(module)'))).toBe(false);
});

describe('what is not a module it knows', () => {
  test('is refused with the place named', async () => {
    const component = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
    expect(() => rewriteModule(component, { meter: true })).toThrow('not a core WebAssembly module');
    const gc = await wat('(module (type (struct (field i32))))');
    expect(() => rewriteModule(gc, { meter: true })).toThrow(/form 0x5f is not known to the rewriter at byte \d+/);
    const memories = await wat('(module (memory 1) (memory 1) (func (drop (memory.grow 1 (i32.const 1)))))');
    expect(() => rewriteModule(memories, { meter: true })).toThrow('more than one memory');
  });

  test('a module cut anywhere is an error or a module, never a hang', async () => {
    const bytes = await wat(everyFeature);
    for (let length = 0; length < bytes.length; length++) {
      try {
        rewriteModule(bytes.subarray(0, length), { meter: true });
      } catch (error) {
        expect(error).toHaveProperty('name', 'WasmFormatError');
      }
    }
  });
});
