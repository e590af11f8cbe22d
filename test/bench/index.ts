/**
 * `npm run bench`: measures what a run costs, beside its peers, and prints each budget of the design as met or missed.
 * With `-- --write` the figures go to test/bench: RESULTS.md, results.json and a picture for each language.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { calibrationRows } from './calibration.ts';
import { controlRows } from './control.ts';
import { type Comparison, compare, comparisonTable, cpuBudgets } from './cpu.ts';
import { mcpRows } from './mcp.ts';
import { plot } from './plots.ts';
import { startupRows } from './startup.ts';
import { isMet, type Row, table } from './stats.ts';

const rows: Row[] = [];
const comparisons: Comparison[] = [];
const begin = performance.now();
const add = async (what: string, more: Promise<Row[]>): Promise<void> => {
  rows.push(...(await more));
  console.error(`[${((performance.now() - begin) / 1000).toFixed(0)} s] ${what}`);
};
for (const language of ['javascript', 'python'] as const) {
  await add(`${language}: start-up`, startupRows(language));
  await add(`${language}: control`, controlRows(language));
  const comparison = await compare(language);
  comparisons.push(comparison);
  await add(`${language}: programs, here and in the peers`, Promise.resolve(cpuBudgets(comparison)));
  await add(
    `${language}: fuel`,
    calibrationRows(language).catch((error: unknown) => {
      console.log(`fuel is not compared with Wasmtime's: ${String(error).split('\n', 1)[0]}`);
      return [];
    }),
  );
  await add(`${language}: MCP`, mcpRows(language));
}
const date = new Date().toISOString().slice(0, 10);
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}-${process.arch}, Node ${process.versions.node}`;
const judged = rows.filter((row) => isMet(row) !== undefined);
const summary = `${judged.filter((row) => isMet(row)).length} of ${judged.length} budgets met.`;
const compared = comparisons.map(
  (comparison) => `## ${comparison.language}: the same programs in the peers

In milliseconds: the least of a few runs, for hello the median; in brackets how many times our own.

${comparisonTable(comparison)}

![${comparison.language} and its peers](${comparison.language}.svg)
`,
);
const text = `# Results of the bench

Measured on ${date} by \`npm run bench -- --write\`. Medians where nothing else is said; a shared machine, so ±30 %.

Machine: ${machine}

${table(rows)}

${summary}

${compared.join('\n')}`;
console.log(text);
if (process.argv.includes('--write')) {
  const write = (name: string, content: string): Promise<void> => writeFile(new URL(name, import.meta.url), content);
  await write('RESULTS.md', text);
  await write('results.json', `${JSON.stringify({ date, machine, rows, comparisons }, undefined, 1)}\n`);
  for (const comparison of comparisons) await write(`${comparison.language}.svg`, plot(comparison));
}
// What a peer left running does not hold the process.
process.exit();
