import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, expect } from 'vitest';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line, in a folder of the test file's own, with a new store of sessions for each test. */
export interface CommandLine {
  readonly folder: string;
  /** Folder of the sessions. */
  store: string;
  start(args: readonly string[], env?: Record<string, string>): ChildProcessWithoutNullStreams;
  /** Runs `golem-exec …`. */
  run(args: readonly string[], stdin?: string | Uint8Array, env?: Record<string, string>): Promise<Ended>;
  /** Runs `golem-exec session …`. */
  session(args: readonly string[], stdin?: string | Uint8Array, env?: Record<string, string>): Promise<Ended>;
  /** Runs `golem-exec session …`, expects it to succeed, and gives its output. */
  ok(args: readonly string[], stdin?: string | Uint8Array): Promise<string>;
}

export async function commandLine(): Promise<CommandLine> {
  const folder = await mkdtemp(join(tmpdir(), 'golem-exec-session-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  let stores = 0;
  const line: CommandLine = {
    folder,
    store: '',
    start: (args, env = {}) =>
      spawn(process.execPath, [cli, ...args], {
        cwd: folder,
        env: { ...process.env, EXEC_SESSIONS_DIR: line.store, ...env },
      }),
    run: async (args, stdin = '', env = {}) => {
      const child = line.start(args, env);
      const output = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk) => {
        output.stdout += chunk;
      });
      child.stderr.on('data', (chunk) => {
        output.stderr += chunk;
      });
      child.stdin.on('error', () => undefined);
      child.stdin.end(stdin);
      const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
      return { status, ...output };
    },
    session: (args, stdin, env) => line.run(['session', ...args], stdin, env),
    ok: async (args, stdin) => {
      const { status, stdout, stderr } = await line.session(args, stdin);
      expect([args, status, stderr]).toEqual([args, 0, '']);
      return stdout;
    },
  };
  beforeEach(() => {
    line.store = join(folder, `store ${stores++}`);
  });
  return line;
}
