import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test.skipIf(!existsSync('/dev/full'))(
  'output that cannot be written is told, and a session is saved: status 74',
  () => {
    const store = mkdtempSync(join(tmpdir(), 'golem-exec-full-'));
    const full = openSync('/dev/full', 'w');
    try {
      const toFull = (args: readonly string[]) => {
        const ended = spawnSync(process.execPath, [cli, ...args], {
          env: { ...process.env, EXEC_SESSIONS_DIR: store },
          stdio: ['ignore', full, 'pipe'],
          encoding: 'utf8',
        });
        return [ended.status, ended.stderr];
      };
      const told = expect.stringMatching(
        /^golem-exec: cannot write to standard output: ENOSPC: .*; make room, or .*\n$/,
      );
      const print = ['-e', 'print(1)', '--lang', 'py'];
      for (const args of [['run', ...print], ['run', ...print, '--json'], ['packages']])
        expect([args, ...toFull(args)]).toEqual([args, 74, told]);
      const session = (...args: string[]) =>
        spawnSync(process.execPath, [cli, 'session', ...args, '--dir', store], { encoding: 'utf8' });
      expect(session('create', 's', '--lang', 'py').status).toBe(0);
      const endless = 'open("before", "w").write("kept")\nwhile True: print("x" * 1000)';
      expect(toFull(['session', 'run', 's', '-e', endless, '--timeout', '60000'])).toEqual([74, told]);
      expect(session('download', 's', 'before', '-').stdout).toBe('kept');
    } finally {
      closeSync(full);
      rmSync(store, { recursive: true });
    }
  },
);
