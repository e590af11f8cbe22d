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

describe('docs/PYTHON_CAPABILITIES.md: what it says', () => {
  test('the generated parts are current; "npm run docs" makes them anew', { timeout: 240_000 }, async () => {
    // What is measured changes a little with every build.
    const steady = (document: string): string =>
      document
        .replace(/(first import: about )[\d.,]+/g, '$1…')
        .replace(/^(\| \[`.*) \| [\d.,]+ \| [\d.,]+ \|$/gm, '$1')
        .replace(/(?<=<!-- begin fuel -->).*(?=<!-- end fuel -->)/s, '');
    expect(steady(text)).toBe(steady(fill(text, await pythonSections(executor()))));
  });

  // Names are looked up by their hash, whose seed is the build's (D17): a build may count a sixth more or less.
  test('the measured fuel is near to what the document shows', async () => {
    const shown = /^\| a loop of a million additions \| ([\d,]+) \|$/m.exec(text)?.[1]?.replaceAll(',', '');
    const { fuel = 0 } = await executor().run({
      language: 'python',
      files: [{ name: 'main.py', content: 'total = 0\nfor i in range(1_000_000): total += i' }],
    });
    expect(Math.abs(fuel / 1e6 - Number(shown)) / Number(shown)).toBeLessThan(0.25);
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
