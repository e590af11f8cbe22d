/**
 * The main job on real input: the same sales report from a Python and a JavaScript program, each of several files,
 * reading a data file, standard input, arguments and the environment inside its own WebAssembly component.
 */
import { readFile } from 'node:fs/promises';
import { createExecutor, type ExecRequest, type ExecResult, type LanguageKind } from 'golem-exec';

const programs: Readonly<Record<LanguageKind, readonly string[]>> = {
  python: ['report.py', 'lib/__init__.py', 'lib/stats.py'],
  javascript: ['report.mjs', 'lib/csv.mjs', 'lib/stats.mjs'],
};

async function request(language: LanguageKind): Promise<ExecRequest> {
  const names = [...programs[language], 'sales.csv'];
  const files = names.map(async (name) => ({
    name,
    content: await readFile(new URL(`sales/${name}`, import.meta.url)),
  }));
  return {
    language,
    files: await Promise.all(files),
    args: ['sales.csv'],
    stdin: 'Sales by region and product\n',
    env: { CURRENCY: 'EUR' },
  };
}

await using executor = createExecutor();
const outputs: string[] = [];
for (const language of ['python', 'javascript'] as const) {
  const { run, timeMs, memoryBytes }: ExecResult = await executor.run(await request(language));
  outputs.push(run.stdout);
  console.log(
    `── ${language}: exit code ${run.exitCode}, ${timeMs.toFixed(0)} ms, ${(memoryBytes / 2 ** 20).toFixed(1)} MiB`,
  );
  console.log(run.stdout);
}
if (outputs[0] !== outputs[1]) throw new Error('the two reports differ');
console.log('Both languages printed the same report.');
