import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DocExample, examplesOf } from '../../../build/docs/examples.ts';
import { fill } from '../../../build/docs/fill.ts';
import { pythonSections } from '../../../build/docs/python-reference.ts';
import { runExamples } from '../../../build/docs/run-examples.ts';
import { paths } from '../../../build/lib/paths.ts';
import { sameMachine } from '../../../build/same-machine.ts';
import { fetchToolchain } from '../../../build/toolchain.ts';
import { packages } from '../../../vendor_py/index.ts';
import { lendExecutor } from '../support.ts';

const executor = lendExecutor(2);
/** Whether a build on this machine gives the very component that the document's figures were measured with. */
const sameEverywhere = process.arch === 'x64' && !('reason' in (await sameMachine(await fetchToolchain())));
const text = readFileSync(join(paths.root, 'docs/PYTHON_CAPABILITIES.md'), 'utf8');
const examples = examplesOf(text, 'python');

/** Examples below the same heading are run one after the other: they may share a session. */
const groups = new Map<string, DocExample[]>();
for (const example of examples) {
  const key = `line ${examples.find(({ section }) => section === example.section)?.line}: ${example.section}`;
  groups.set(key, [...(groups.get(key) ?? []), example]);
}

describe('docs/PYTHON_CAPABILITIES.md: what its examples print', () => {
  test.each([...groups])('%s', async (_, group) => {
    const outputs = await runExamples(executor(), 'python', group);
    expect(outputs.map((output, i) => `line ${group[i]?.line}\n${output}`)).toEqual(
      group.map(({ line, output }) => `line ${line}\n${output ?? ''}`),
    );
  });

  test('nearly all of them print something', () => {
    expect(examples.filter(({ output }) => output === undefined).length).toBeLessThan(5);
    expect(examples.length).toBeGreaterThan(120);
  });
});

/** The figures of fuel, in millions to two digits, and the rest of the document. */
function apart(document: string): { rest: string; figures: number[] } {
  const figures: number[] = [];
  const take = (whole: string, before: string, figure: string): string => {
    figures.push(Number(figure.replaceAll(',', '')));
    return whole.replace(`${before}${figure}`, `${before}…`);
  };
  const rest = document
    .replace(/(first import: about )([\d.,]+)/g, take)
    // Of the index of packages, whose size in kB comes before.
    .replace(/^(\| \[`.* \| [\d.,]+ \| )([\d.,]+) \|$/gm, take)
    .replace(/(?<=<!-- begin fuel -->).*(?=<!-- end fuel -->)/s, (rows) =>
      rows.replace(/^(\| .* \| )([\d.,]+) \|$/gm, take),
    );
  return { rest, figures };
}

/** Whether two figures differ by no more than one in the second digit. */
function near(one: number, other: number): boolean {
  const digit = 10 ** (Math.floor(Math.log10(Math.max(one, other))) - 1);
  return Math.abs(one - other) <= digit * 1.001;
}

describe('docs/PYTHON_CAPABILITIES.md: what it says', () => {
  test('the generated parts are current; "npm run docs" makes them anew', { timeout: 240_000 }, async () => {
    const shown = apart(text);
    const made = apart(fill(text, await pythonSections(executor())));
    expect(shown.rest).toBe(made.rest);
    expect(shown.figures.length).toBeGreaterThan(100);
    // Names are looked up by their hash, whose seed is the build's where builds differ (D17).
    if (sameEverywhere) expect(shown.figures.filter((figure, i) => !near(figure, made.figures[i] ?? 0))).toEqual([]);
  });

  test('it is deep: every package, and more than 1,260 lines', () => {
    for (const { name, importPattern } of packages) {
      expect(text).toContain(`\n### ${name}\n`);
      expect(text).toContain(importPattern);
    }
    expect(text.split('\n').length).toBeGreaterThan(1260);
    expect(text).toContain('\n## Fuel budget guidelines\n');
  });
});
