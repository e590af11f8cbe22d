import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DocExample, examplesOf } from '../../../build/docs/examples.ts';
import { fill } from '../../../build/docs/fill.ts';
import { pythonSections } from '../../../build/docs/python-reference.ts';
import { runExamples } from '../../../build/docs/run-examples.ts';
import { paths } from '../../../build/lib/paths.ts';
import { packages } from '../../../vendor_py/index.ts';
import { lendExecutor } from '../support.ts';

const executor = lendExecutor(2);
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

/** The figures of fuel, in millions to two digits, what tells the component they were measured with, and the rest of the document. */
function apart(document: string): { rest: string; figures: number[]; component: string } {
  const figures: number[] = [];
  const take = (whole: string, before: string, figure: string): string => {
    figures.push(Number(figure.replaceAll(',', '')));
    return whole.replace(`${before}${figure}`, `${before}…`);
  };
  const component = /(?<=<!-- begin component -->).*(?=<!-- end component -->)/s;
  const rest = document
    .replace(component, '')
    .replace(/(first import: about )([\d.,]+)/g, take)
    // Of the index of packages, whose size in kB comes before.
    .replace(/^(\| \[`.* \| [\d.,]+ \| )([\d.,]+) \|$/gm, take)
    .replace(/(?<=<!-- begin fuel -->).*(?=<!-- end fuel -->)/s, (rows) =>
      rows.replace(/^(\| .* \| )([\d.,]+) \|$/gm, take),
    );
  return { rest, figures, component: component.exec(document)?.[0] ?? '' };
}

/**
 * Whether two figures differ by no more than one in the second digit, or by a third where they are not of the same component:
 * names are looked up by their hash, whose seed is the build's where builds differ (D17).
 */
function near(one: number, other: number, sameComponent: boolean): boolean {
  const most = Math.max(one, other);
  const digit = 10 ** (Math.floor(Math.log10(most)) - 1) * 1.001;
  return Math.abs(one - other) <= (sameComponent ? digit : Math.max(digit, most / 3));
}

describe('docs/PYTHON_CAPABILITIES.md: what it says', () => {
  test('the generated parts are current; "npm run docs" makes them anew', { timeout: 240_000 }, async () => {
    const shown = apart(text);
    const made = apart(fill(text, await pythonSections(executor())));
    expect(shown.rest).toBe(made.rest);
    expect(shown.figures.length).toBeGreaterThan(100);
    expect(shown.component).toMatch(/`[0-9a-f]{16}`/);
    const same = shown.component === made.component;
    expect(shown.figures.filter((figure, i) => !near(figure, made.figures[i] ?? 0, same))).toEqual([]);
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
