import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

function info(args: readonly string[], env: Record<string, string> = {}): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'info', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

test('info tells versions, components, limits and where the sessions are', () => {
  const text = info([], { EXEC_SESSIONS_DIR: '/some/where' });
  for (const part of [
    /QuickJS-ng 0\.\d+\.\d+ +\d\.\d MB/,
    /CPython 3\.14\.\d+ +\d+\.\d MB/,
    /some.where/,
    /timeMs +5,000/,
  ]) {
    expect(text).toMatch(part);
  }
});

test('--json says the same as data, with the defaults of the environment', () => {
  const { ok, result } = JSON.parse(info(['--json'], { EXEC_TIMEOUT_MS: '1234', EXEC_MEMORY_LIMIT_MB: '' }));
  expect(ok).toBe(true);
  expect(result.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(result.languages).toMatchObject([
    { language: 'javascript', engine: 'QuickJS-ng', bytes: expect.any(Number) },
    { language: 'python', engine: 'CPython', bytes: expect.any(Number) },
  ]);
  expect(result.limits).toContainEqual({ name: 'timeMs', unit: 'ms', default: 1234, minimum: 1, maximum: 86_400_000 });
});

test('a component that is not there is told, not an end', () => {
  const { result } = JSON.parse(info(['--json'], { EXEC_JS_QUICKJS_PATH: '/no/such/component.wasm' }));
  expect(result.languages[0].problem).toContain('/no/such/component.wasm');
  expect(result.languages[0]).not.toHaveProperty('version');
  expect(result.languages[1].version).toMatch(/^3\./);
});
