/**
 * `npm run fuzz [-- --seconds N] [--seed S]`: runs every target for N seconds (20), and prints the seed that
 * repeats a failure.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { targets } from './targets.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '20' }, seed: { type: 'string' } } });
const seed = values.seed === undefined ? Date.now() | 0 : Number(values.seed);
let failed = 0;
for (const { name, property } of targets) {
  const details = await fc.check(property, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: Number(values.seconds) * 1000,
    markInterruptAsFailure: false,
  });
  console.log(`${details.failed ? 'FAILED' : 'ok'}  ${name}: ${details.numRuns} inputs, seed ${seed}`);
  if (details.failed) {
    failed++;
    console.log(fc.defaultReportMessage(details));
  }
}
process.exitCode = failed === 0 ? 0 : 1;
