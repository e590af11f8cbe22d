import { fileURLToPath } from 'node:url';
import { createExecutor } from 'golem-exec';
import { expect, test } from 'vitest';
import { type Outcome, runTest262 } from './run.ts';
import { byFolder, tableOf } from './table.ts';

// test262 itself is the user's to bring; this folder has its form, and tests of each kind.
const root = fileURLToPath(new URL('checkout', import.meta.url));

async function outcomesOf(options: { paths?: string[]; every?: number }): Promise<Outcome[]> {
  await using executor = createExecutor({ workers: 1 });
  const outcomes: Outcome[] = [];
  for await (const outcome of runTest262(executor, { root, ...options })) outcomes.push(outcome);
  return outcomes.sort((a, b) => (a.file + a.scenario < b.file + b.scenario ? -1 : 1));
}

test('test262: each kind of test is run as its frontmatter says', async () => {
  const outcomes = await outcomesOf({});
  expect(
    outcomes.map(({ file, scenario, result, why }) => [file, scenario, result, why].filter(Boolean).join(' | ')),
  ).toMatchInlineSnapshot(`
    [
      "test/built-ins/Promise/never.js | default | failed | the asynchronous test never said that it was done",
      "test/built-ins/Promise/resolves.js | default | passed",
      "test/built-ins/Promise/resolves.js | strict mode | passed",
      "test/language/module/imports.js | default | passed",
      "test/language/module/missing.js | default | passed",
      "test/language/script/early.js | default | passed",
      "test/language/script/early.js | strict mode | passed",
      "test/language/script/global.js | default | passed",
      "test/language/script/global.js | strict mode | passed",
      "test/language/script/other-error.js | default | failed | expected TypeError, got RangeError",
      "test/language/script/raw.js | default | passed",
      "test/language/script/skipped.js | default | skipped | Temporal: not in QuickJS-ng",
      "test/language/script/sloppy.js | default | passed",
      "test/language/script/strict.js | strict mode | passed",
      "test/language/script/throws.js | default | passed",
      "test/language/script/throws.js | strict mode | passed",
      "test/language/script/wrong.js | default | failed | Test262Error: numbers: 1 is not 2",
    ]
  `);
  expect(tableOf(byFolder(outcomes))).toMatchInlineSnapshot(`
    "| folder | pass rate | passed | failed | skipped |
    |---|---|---|---|---|
    | test/built-ins/Promise | 66.7 % | 2 | 1 | 0 |
    | test/language/module | 100.0 % | 2 | 0 | 0 |
    | test/language/script | 81.8 % | 9 | 2 | 1 |
    | all | 81.3 % | 13 | 3 | 1 |"
  `);
});

test('test262: a sample, and a part', async () => {
  const part = await outcomesOf({ paths: ['test/language/module'] });
  expect(part.map(({ file }) => file)).toEqual(['test/language/module/imports.js', 'test/language/module/missing.js']);
  expect(await outcomesOf({ every: 4 })).toHaveLength(Math.ceil((await outcomesOf({})).length / 4));
});
