import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DocExample, examplesOf } from '../../../build/docs/examples.ts';
import { fill } from '../../../build/docs/fill.ts';
import { javascriptSections } from '../../../build/docs/javascript-reference.ts';
import { runExamples } from '../../../build/docs/run-examples.ts';
import { paths } from '../../../build/lib/paths.ts';
import { javascriptPackages } from '../../../vendor_js/manifest/index.ts';
import { lendExecutor } from '../support.ts';

const executor = lendExecutor();
const text = readFileSync(join(paths.root, 'docs/JAVASCRIPT_CAPABILITIES.md'), 'utf8');
const examples = examplesOf(text, 'javascript');

/** Examples below the same heading are run one after the other: they may share a session. */
const groups = new Map<string, DocExample[]>();
for (const example of examples) {
  const key = `line ${examples.find(({ section }) => section === example.section)?.line}: ${example.section}`;
  groups.set(key, [...(groups.get(key) ?? []), example]);
}

describe('docs/JAVASCRIPT_CAPABILITIES.md: what its examples print', () => {
  test.each([...groups])('%s', async (_, group) => {
    const outputs = await runExamples(executor(), 'javascript', group);
    expect(outputs.map((output, i) => `line ${group[i]?.line}\n${output}`)).toEqual(
      group.map(({ line, output }) => `line ${line}\n${output ?? ''}`),
    );
  });

  test('nearly all of them print something', () => {
    expect(examples.filter(({ output }) => output === undefined).length).toBeLessThan(5);
    expect(examples.length).toBeGreaterThan(80);
  });
});

describe('docs/JAVASCRIPT_CAPABILITIES.md: what it says', () => {
  test('the generated parts are current; "npm run docs" makes them anew', async () => {
    // What is measured changes a little with every build, and Node's own names with its version.
    const steady = (document: string): string =>
      document
        .replace(/(first load: about )[\d.,]+/g, '$1…')
        .replace(/^(\| \[`.*) \| [\d.,]+ \| [\d.,]+ \|$/gm, '$1')
        .replace(/(?<=<!-- begin fuel -->).*(?=<!-- end fuel -->)/s, '')
        .replace(/ Missing: .*\.$/gm, '')
        .replace(/\| (?:works|partly) \| \d+ of \d+ \|/g, '| … |')
        .replace(/that Node [\d.]+ exports/, '');
    expect(steady(text)).toBe(steady(fill(text, await javascriptSections(executor()))));
  });

  test('it is deep: every package, and more than 1,260 lines', () => {
    for (const { name, importPattern } of javascriptPackages) {
      expect(text).toContain(`\n### ${name}\n`);
      expect(text).toContain(importPattern);
    }
    expect(text.split('\n').length).toBeGreaterThan(1260);
  });
});
