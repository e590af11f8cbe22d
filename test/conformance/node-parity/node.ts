import { spawn } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What is compared: everything that a program shows but the texts of its failures. */
export interface Ended {
  readonly stdout: string;
  readonly exitCode: number | undefined;
}

let running = 0;
const waiting: (() => void)[] = [];

/** Runs a program as `main.mjs` in the Node that runs the tests, in an empty folder that is shown as `/app`. */
export async function runInNode(source: string): Promise<Ended> {
  while (running >= 2) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'golem-exec-parity-')));
  try {
    await writeFile(join(folder, 'main.mjs'), source);
    const child = spawn(process.execPath, ['main.mjs'], {
      cwd: folder,
      env: { HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', TZ: 'UTC', NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: 20_000,
    });
    child.stdin.on('error', () => {}); // a program need not read it
    child.stdin.end('first\nsecond\n');
    const exited = new Promise<number | undefined>((resolve) =>
      child.on('close', (code) => resolve(code ?? undefined)),
    );
    const stdout = await text(child.stdout);
    return { stdout: stdout.replaceAll(folder, '/app'), exitCode: await exited };
  } finally {
    running--;
    waiting.shift()?.();
    await rm(folder, { recursive: true, force: true });
  }
}
