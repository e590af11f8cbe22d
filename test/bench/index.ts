/**
 * `npm run bench`: measures what a run costs and prints each budget of the design as met or missed. With
 * `-- --write` the figures go to test/bench/RESULTS.md.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { calibrationRows } from './calibration.ts';
import { controlRows } from './control.ts';
import { startupRows } from './startup.ts';
import { isMet, type Row, table } from './stats.ts';

const rows: Row[] = [];
for (const language of ['javascript', 'python'] as const) {
  rows.push(...(await startupRows(language)), ...(await controlRows(language)), ...(await calibrationRows(language)));
}
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}-${process.arch}, Node ${process.versions.node}`;
const judged = rows.filter((row) => isMet(row) !== undefined);
const summary = `${judged.filter((row) => isMet(row)).length} of ${judged.length} budgets met.`;
const text = `# Results of the bench

Measured on ${new Date().toISOString().slice(0, 10)} by \`npm run bench -- --write\`. Medians; a shared machine, so ±30 %.

Machine: ${machine}

${table(rows)}

${summary}
`;
console.log(text);
if (process.argv.includes('--write')) await writeFile(new URL('RESULTS.md', import.meta.url), text);
