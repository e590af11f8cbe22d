import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeFunctions } from '../../../host/src/rewriter/free.ts';
import type { FunctionPlan } from '../../../host/src/rewriter/metering.ts';

const imported = 3;

/** What is found in the functions of a module that has `count` of them. */
const plansOf = (count: number): fc.Arbitrary<FunctionPlan[]> => {
  const callee = fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: imported, max: imported + count - 1 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: imported - 1 }) },
  );
  const seldom = fc.integer({ min: 0, max: 7 }).map((n) => n === 0);
  const plan = fc.record({
    codeStart: fc.constant(0),
    locals: fc.constant(0),
    entryCost: fc.integer({ min: 1, max: 300 }),
    loops: seldom.map((loops) => (loops ? [{ at: 0, cost: 1, dispatch: false }] : [])),
    calls: fc.array(fc.record({ callee, share: fc.constantFrom(0, 0.5, 1) }), { maxLength: 3 }),
    opaque: seldom,
    bulk: seldom,
    edits: fc.constant([]),
  });
  return fc.array(plan, { minLength: count, maxLength: count });
};

test('no cycle of calls consists of free functions alone, and what has to be charged is, in any module', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }).chain(plansOf), (plans) => {
      const free = freeFunctions(plans, imported);
      found += free.size;
      // Whatever calls only what ends does end: peel those off until nothing is left.
      const ended = new Set<number>();
      for (let before = -1; before !== ended.size; ) {
        before = ended.size;
        for (const index of free) {
          const below = plans[index]?.calls.map(({ callee }) => callee - imported) ?? [];
          if (below.every((at) => at >= 0 && (!free.has(at) || ended.has(at)))) ended.add(index);
        }
      }
      expect([...free].filter((index) => !ended.has(index))).toEqual([]);
      const chargeable = [...free].filter((index) => {
        const plan = plans[index];
        return plan === undefined || plan.opaque || plan.bulk || plan.loops.length > 0 || plan.entryCost > 250;
      });
      expect(chargeable).toEqual([]);
    }),
    { numRuns: 2000 },
  );
  expect(found).toBeGreaterThan(1000);
});

test('conditions that are always met do not make many of few calls', () => {
  // Each of forty functions may call the next one twice, on the average once: up to 2 ** 40 calls.
  const twice = (index: number): FunctionPlan['calls'] => [
    { callee: index + 1, share: 0.5 },
    { callee: index + 1, share: 0.5 },
  ];
  const chain = Array.from({ length: 41 }, (_, index) => ({
    codeStart: 0,
    locals: 0,
    entryCost: 2,
    loops: [],
    calls: index < 40 ? twice(index) : [],
    opaque: false,
    bulk: false,
    edits: [],
  }));
  const free = freeFunctions(chain, 0);
  expect(free.has(40)).toBe(true);
  const charged = [...chain.keys()].filter((index) => !free.has(index));
  // Between two charges stand no more than 2 ** 8 calls.
  expect(Math.max(...charged.map((index, at) => index - (charged[at - 1] ?? -1)))).toBeLessThanOrEqual(9);
  expect(charged.length).toBeGreaterThan(3);
});
