/**
 * `npm run soak [-- --runs 10000]`: one executor, runs mixed with failures, timeouts and memory blow-ups. The resident
 * set must not grow by more than 5 % after the first tenth.
 */
import { parseArgs } from 'node:util';
import { createExecutor } from 'golem-exec';
import { soak } from './mix.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '10000' } } });
const runs = Number(values.runs);
if (!Number.isSafeInteger(runs) || runs < 1_000) throw new Error('--runs: give a whole number from 1000 on');
await using executor = createExecutor();
const mebibytes = (): number => process.memoryUsage().rss / 2 ** 20;
let settled = 0;
let next = 0.1;
await soak(executor, runs, (done) => {
  if (done < runs * next) return;
  next += 0.1;
  settled ||= mebibytes();
  console.log(`${done} runs: ${mebibytes().toFixed(0)} MiB resident`);
});
const growth = mebibytes() / settled - 1;
console.log(`growth after the first tenth: ${(100 * growth).toFixed(1)} %`);
process.exitCode = growth < 0.05 ? 0 : 1;
