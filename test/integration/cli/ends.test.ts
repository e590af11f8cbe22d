import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line; `onOutput` sees standard output as it comes. */
function golemExec(
  args: readonly string[],
  env: Record<string, string> = {},
  onOutput?: (text: string) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
    onOutput?.(output.stdout);
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...output })));
}

test('a component that is not there is internal: status 70', async () => {
  const run = ['run', '-e', 'print(1)', '--lang', 'py'];
  const env = { EXEC_PYTHON_WASI_PATH: '/nowhere/python.wasm' };
  const ended = await golemExec(run, env);
  expect([ended.status, ended.stdout]).toEqual([70, '']);
  expect(ended.stderr).toContain('does not exist');
  const json = await golemExec([...run, '--json'], env);
  expect([json.status, json.stderr]).toEqual([70, '']);
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, error: { tag: 'internal', val: expect.any(String) } });
});

test('--file-size and --memory hold: status 137', async () => {
  const write = ['run', '-e', 'with open("f", "wb") as f: f.write(bytes(5000))', '--lang', 'py', '--json'];
  const large = await golemExec([...write, '--file-size', '4KB']);
  expect(large.status).toBe(137);
  expect(JSON.parse(large.stdout)).toMatchObject({
    error: { tag: 'resource-exceeded' },
    details: { reason: 'fileSizeBytes' },
  });
  expect((await golemExec([...write, '--file-size', '8KB'])).status).toBe(0);
  const hungry = ['run', '-e', 'bytearray(64 << 20)', '--lang', 'py', '--memory', '48MB'];
  expect((await golemExec(hungry)).status).toBe(137);
});

test('output comes as it is printed', async () => {
  const began = performance.now();
  let first: number | undefined;
  const code = 'import time; print("first"); time.sleep(1.5); print("second")';
  const ended = await golemExec(['run', '-e', code, '--lang', 'py'], {}, (text) => {
    if (text === 'first\n') first ??= performance.now() - began;
  });
  const all = performance.now() - began;
  expect(ended.stdout).toBe('first\nsecond\n');
  expect(all - (first ?? all)).toBeGreaterThan(1_000);
});
