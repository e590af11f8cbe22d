import { describe, expect, test } from 'vitest';
import { packages } from '../../../../vendor_py/index.ts';
import { useExecutor } from '../support.ts';

const run = useExecutor();
const limits = { timeMs: 60_000 };

describe('each package does what its example says', () => {
  test.each(packages.map((each) => [each.name, each] as const))('%s', async (_, { example, output }) => {
    const ended = await run(example, { limits });
    expect(ended).toMatchObject({ tag: 'ok', exitCode: 0, stdout: output, stderr: '' });
  });

  test('every name of it can be imported, and says where it is', async () => {
    const names = packages.flatMap(({ importNames }) => importNames);
    const ended = await run(
      `import importlib\nfor n in ${JSON.stringify(names)}:\n    m = importlib.import_module(n)\n    if not m.__file__.startswith("/data/site-packages/"): print(n, m.__file__)`,
      { limits },
    );
    expect(ended).toMatchObject({ tag: 'ok', stdout: '', stderr: '' });
  });
});

describe('the manifest', () => {
  test('says all that is asked of it', () => {
    expect(packages.length).toBeGreaterThanOrEqual(30);
    for (const { name, licence, description, importPattern, useCases, example } of packages) {
      expect(description, name).toMatch(/\.$/);
      expect(licence, name).not.toBe('');
      expect(importPattern, name).toContain('import');
      expect(useCases.length, name).toBeGreaterThanOrEqual(1);
      const lines = example.trimEnd().split('\n').length;
      expect(lines, name).toBeGreaterThanOrEqual(2);
      expect(lines, name).toBeLessThanOrEqual(6);
    }
  });
});
