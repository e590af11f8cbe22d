/**
 * `npm run test262 -- --root DIR [--every N] [--json FILE] [PATH …]`: runs tests of a checkout of test262 in the JavaScript
 * component, and reports the pass rate by folder. PATH is a folder or a file below DIR; one test in N is run. The checkout
 * is the user's: nothing is fetched.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createExecutor } from 'golem-exec';
import { type Outcome, runTest262 } from './run.ts';
import { byFolder, tableOf } from './table.ts';

const { values, positionals } = parseArgs({
  options: { root: { type: 'string' }, every: { type: 'string', default: '1' }, json: { type: 'string' } },
  allowPositionals: true,
});
const every = Number(values.every);
if (values.root === undefined || !Number.isInteger(every) || every < 1) {
  console.error(
    'usage: npm run test262 -- --root DIR [--every N] [--json FILE] [PATH …]\n\n' +
      '--root names a checkout of test262, with harness/ and test/ in it. With --every 20, one test in 20 is run.',
  );
  process.exit(64);
}
const executor = createExecutor();
const outcomes: Outcome[] = [];
const paths = positionals.length > 0 ? positionals : undefined;
let shown = performance.now();
try {
  for await (const outcome of runTest262(executor, { root: values.root, paths, every })) {
    outcomes.push(outcome);
    if (performance.now() - shown < 2000) continue;
    shown = performance.now();
    console.error(`${outcomes.length} tests, at ${outcome.file}`);
  }
} finally {
  await executor.close();
}
if (outcomes.length === 0) {
  console.error(`no test is below ${join(values.root, positionals[0] ?? 'test')}`);
  process.exit(66);
}
console.log(tableOf(byFolder(outcomes)));
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(outcomes, null, 2)}\n`);
