import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allLinks,
  failureGuidance,
  fuelAnalysis,
  type RunFacts,
  structuredContent,
} from '../../../host/src/guidance/index.ts';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));

/** The anchors of a document, as GitHub makes them of its headings. */
function anchors(name: string): Set<string> {
  const text = readFileSync(docs + name, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

test.each([...new Set(allLinks)])('docs/%s exists', (link) => {
  const [file = '', anchor] = link.split('#');
  expect(existsSync(docs + file)).toBe(true);
  if (anchor !== undefined) expect([...anchors(file)]).toContain(anchor);
});

test('links within docs/MCP_INTEGRATION.md lead somewhere', () => {
  const text = readFileSync(`${docs}MCP_INTEGRATION.md`, 'utf8');
  const inside = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
  expect(inside.length).toBeGreaterThan(5);
  for (const anchor of inside) expect([...anchors('MCP_INTEGRATION.md')]).toContain(anchor);
});

describe('use of fuel', () => {
  const of = (consumed: number, budget = 1000, exhausted = false) =>
    fuelAnalysis({ language: 'python', fuelConsumed: consumed, fuelBudget: budget }, exhausted);

  test.each([
    [0, 'efficient'],
    [499, 'efficient'],
    [500, 'moderate'],
    [749, 'moderate'],
    [750, 'warning'],
    [899, 'warning'],
    [900, 'critical'],
    [999, 'critical'],
    [1000, 'critical'],
  ] as const)('%i of 1000 is %s', (consumed, status) => {
    expect(of(consumed)).toMatchObject({
      status,
      consumed,
      budget: 1000,
      utilization: `${Math.min(99, Math.floor(consumed / 10))}%`,
    });
  });

  test('stopped for want of it is exhausted, whatever was counted', () => {
    expect(of(1003, 1000, true)).toMatchObject({ status: 'exhausted', utilization: '100%', utilization_percent: 100 });
  });

  test('a recommended budget would have been enough, and is not ten times too much', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 10 ** 12 }), fc.integer({ min: 75, max: 99 }), (budget, percent) => {
        const { recommendation, status } = of(Math.ceil((budget * percent) / 100), budget);
        expect(['warning', 'critical']).toContain(status);
        const suggested = Number(/fuel_budget=(\d+)\)/.exec(recommendation ?? '')?.[1]);
        const consumed = Math.ceil((budget * percent) / 100);
        expect(suggested).toBeGreaterThanOrEqual(consumed * 1.5);
        expect(suggested).toBeLessThanOrEqual(consumed * 3.1);
      }),
    );
  });
});

const failed: RunFacts = {
  language: 'python',
  success: false,
  exitCode: 1,
  stderr: '',
  fuelConsumed: 10,
  fuelBudget: 100,
  memoryLimitBytes: 1 << 27,
  timeoutSeconds: 30,
};

test('whatever a program writes to standard error, guidance is made of it', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      'Traceback (most recent call last):\n',
      '  File "/app/x", line 3\n',
      'ValueError: x\n',
      "No module named 'numpy'",
      '    at f (/app/a.js:1:2)\n',
      'Error [X]: m {\n',
      "  code: 'ENOENT',\n",
      "[Errno 44] No such file or directory: '/x'",
      '\n',
    ),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.constantFrom('python', 'javascript'),
      fc.constantFrom('runtime-failed', 'compilation-failed'),
      (pieces, language, tag) => {
        const content = structuredContent({
          ...failed,
          language: language as 'python',
          stderr: pieces.join(''),
          failure: { tag: tag as 'runtime-failed', message: 'it failed', details: {} },
        });
        expect(content.actionable_guidance?.length).toBeGreaterThanOrEqual(2);
        expect(content.error_message).toEqual(expect.any(String));
        expect((content.error_message ?? '').length).toBeLessThanOrEqual(2000);
      },
    ),
    { numRuns: 300 },
  );
});

test('standard error of a completed run is not looked at', () => {
  const stderr = "Traceback (most recent call last):\nModuleNotFoundError: No module named 'numpy'\n";
  expect(structuredContent({ ...failed, stderr }).error_type).toBe('NonZeroExit');
  expect(structuredContent({ ...failed, stderr, success: true, exitCode: 0 })).toEqual({
    fuel_analysis: expect.anything(),
  });
});

test('a megabyte of frames is looked at in no time', () => {
  const stderr = '    at f (/app/a.js:1:2)\n'.repeat(100_000) + ' '.repeat(1_000_000) + '\n'.repeat(100_000);
  for (const language of ['python', 'javascript'] as const) {
    structuredContent({ ...failed, language, stderr, failure: { tag: 'runtime-failed', message: 'm', details: {} } });
  }
});

test('calls that never ran have two ways out, too', () => {
  for (const type of ['InvalidSessionState', 'InvalidRequest', 'HostError', 'QuotaExceeded'] as const) {
    expect(failureGuidance(type, 'm').actionable_guidance.length).toBeGreaterThanOrEqual(2);
  }
});
