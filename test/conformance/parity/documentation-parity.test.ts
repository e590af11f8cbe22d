/** Seed 000, "Documentation Parity" and "Runtime-specific features documented clearly". */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { paths } from '../../../build/lib/paths.ts';
import { parsePackages } from '../../../host/src/vendor/index.ts';
import { runtimes } from './support.ts';

const document = (name: string): string => readFileSync(join(paths.root, 'docs', name), 'utf8');
const documents = { python: 'PYTHON_CAPABILITIES.md', javascript: 'JAVASCRIPT_CAPABILITIES.md' } as const;

describe('Requirement: Feature Parity Across Runtimes', () => {
  describe('Scenario: Runtime-specific features documented clearly', () => {
    test.each(runtimes)(
      'GIVEN a feature of one language only, WHEN the %s document is read, THEN it says so and names an alternative',
      (runtime) => {
        const table =
          /^Differences between the two languages.*?\n\n((?:\|.*\n)+)/m.exec(document(documents[runtime]))?.[1] ?? '';
        const rows = table.trim().split('\n').slice(2);
        expect(rows.length).toBeGreaterThan(3);
        for (const row of rows) {
          const cells = row
            .split(/(?<!\\)\|/)
            .slice(1, -1)
            .map((cell) => cell.trim());
          expect(cells).toHaveLength(3);
          for (const cell of cells) expect(cell).not.toBe('');
        }
      },
    );
  });
});

describe('Requirement: Documentation Parity', () => {
  describe('Scenario: JavaScript capabilities documented as thoroughly as Python', () => {
    const packages = parsePackages(readFileSync(join(paths.vendor, 'packages.json'), 'utf8'));

    test.each(runtimes)('GIVEN more than 1,260 lines of reference for %s', (runtime) => {
      expect(document(documents[runtime]).split('\n').length).toBeGreaterThan(1260);
    });

    test('WHEN both are read, THEN they have the same outline', () => {
      const [python, javascript] = runtimes.map((runtime) =>
        [...document(documents[runtime]).matchAll(/^## (?:\d+\. )?(.*)$/gm)].map(([, title]) => title),
      );
      const own = (titles: readonly (string | undefined)[] = []): unknown[] =>
        titles.filter((title) => !/^(?:Modules|Differences)/.test(title ?? ''));
      expect(own(javascript)).toEqual(own(python));
      expect(javascript?.length).toBe(python?.length);
    });

    test.each(runtimes)(
      'AND the one of %s has a library reference, every package with an example, and patterns',
      (runtime) => {
        const text = document(documents[runtime]);
        for (const heading of ['Library reference', 'Vendored packages', 'Helpers', 'Patterns', 'Pitfalls'])
          expect(text).toMatch(new RegExp(`^## \\d+\\. ${heading}`, 'm'));
        for (const { name, importPattern, useCases } of packages.filter(({ language }) => language === runtime)) {
          const section =
            new RegExp(`^### ${name.replace(/[.*+?^$()|[\]\\]/g, '\\$&')}\\n(.*?)(?=^### |^## )`, 'ms').exec(
              text,
            )?.[1] ?? '';
          expect(section).toContain(importPattern);
          for (const use of useCases) expect(section).toContain(use);
          expect(section).toContain('```text');
        }
      },
    );
  });
});
