import fc from 'fast-check';
import { expect, test } from 'vitest';
import { call, metered, plain, wat } from './harness.ts';

// Small programs over four i32 variables and a memory: arithmetic, stores, branches, switches, calls and loops that end.
const variable = fc.nat(3);
const { expression, statement } = fc.letrec<{ expression: string; statement: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    fc.integer().map((n) => `(i32.const ${n})`),
    variable.map((v) => `(local.get $v${v})`),
    fc
      .tuple(
        fc.constantFrom('add', 'sub', 'mul', 'and', 'xor', 'shl', 'rotr', 'lt_s', 'eq'),
        tie('expression'),
        tie('expression'),
      )
      .map(([op, a, b]) => `(i32.${op} ${a} ${b})`),
    tie('expression').map((a) => `(i32.load (i32.and ${a} (i32.const 1020)))`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(call $mix ${a} ${b})`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(select ${a} ${b} ${c})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => `(if (result i32) ${c} (then ${a}) (else ${b}))`),
  ),
  statement: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(variable, tie('expression')).map(([v, e]) => `(local.set $v${v} ${e})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, e]) => `(i32.store (i32.and ${a} (i32.const 1020)) ${e})`),
    fc
      .tuple(tie('expression'), tie('statement'), tie('statement'))
      .map(([c, a, b]) => `(if ${c} (then ${a}) (else ${b}))`),
    fc.tuple(tie('statement'), tie('statement')).map(([a, b]) => `${a} ${b}`),
    fc.tuple(tie('expression'), tie('statement')).map(([c, a]) => `(block (br_if 0 ${c}) ${a})`),
    fc
      .tuple(tie('expression'), tie('statement'), tie('statement'))
      .map(([c, a, b]) => `(block (block (block (br_table 0 1 2 (i32.and ${c} (i32.const 3)))) ${a}) ${b})`),
    fc
      .tuple(fc.integer({ min: 1, max: 40 }), tie('statement'))
      .map(([n, s]) => `(call $enter (i32.const ${n})) (loop (block (br_if 0 (i32.eqz (call $turn))) ${s} (br 1)))`),
  ),
}));

/** Loops count on a stack of their own, so that no statement can keep them from ending; in all, turns are bounded. */
const module = (body: string): string => `(module
  (memory (export "memory") 1)
  (global $depth (mut i32) (i32.const 2000))
  (global $left (mut i32) (i32.const 3000))
  (func $mix (param i32 i32) (result i32) (i32.xor (i32.mul (local.get 0) (i32.const 31)) (local.get 1)))
  (func $enter (param i32)
    (global.set $depth (i32.add (global.get $depth) (i32.const 4)))
    (i32.store (global.get $depth) (local.get 0)))
  (func $turn (result i32) (local i32)
    (global.set $left (i32.sub (global.get $left) (i32.const 1)))
    (i32.store (global.get $depth) (local.tee 0 (i32.sub (i32.load (global.get $depth)) (i32.const 1))))
    (if (i32.or (i32.le_s (local.get 0) (i32.const 0)) (i32.le_s (global.get $left) (i32.const 0)))
      (then (global.set $depth (i32.sub (global.get $depth) (i32.const 4))) (return (i32.const 0))))
    (i32.const 1))
  (func (export "run") (param $v0 i32) (param $v1 i32) (result i32) (local $v2 i32) (local $v3 i32)
    ${body}
    (i32.add (i32.add (local.get $v0) (local.get $v1)) (i32.xor (local.get $v2) (local.get $v3)))))`;

test('a rewritten program computes what the original did, and pays the same each time', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(statement, expression, fc.integer(), fc.integer(), async (body, last, a, b) => {
      const bytes = await wat(module(`${body} (local.set $v3 ${last})`));
      const original = plain(bytes);
      const result = call(original, 'run', a, b);
      const memory = (instance: WebAssembly.Instance): Buffer =>
        Buffer.from((instance.exports['memory'] as WebAssembly.Memory).buffer, 0, 4096);
      const spent = new Set<number>();
      for (const slice of [1, 1_000, 1_000_000]) {
        const run = metered(bytes, { slice });
        expect(call(run.instance, 'run', a, b)).toBe(result);
        expect(memory(run.instance).equals(memory(original))).toBe(true);
        spent.add(run.spent());
      }
      expect(spent.size).toBe(1);
    }),
    { numRuns: 300 },
  );
});
