import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { useExecutor } from '../support.ts';

const folder = join(import.meta.dirname, 'programs');
const run = useExecutor();

/** What is on standard input stands in a program's first line. */
function stdinOf(source: string): string {
  return (/^\/\/ stdin: (.*)/.exec(source)?.[1] ?? '').replaceAll('\\n', '\n').replaceAll('\\r', '\r');
}

/** Node is the oracle: it runs the program in an empty folder of its own. */
async function inNode(name: string, source: string): Promise<{ stdout: string; exitCode: number }> {
  const own = await mkdtemp(join(tmpdir(), 'node-parity-'));
  try {
    await writeFile(join(own, name), source);
    const env = { PATH: process.env['PATH'], HOME: '/app', NO_COLOR: '1' };
    const child = promisify(execFile)(process.execPath, ['--no-warnings', name], { cwd: own, env });
    child.child.stdin?.end(stdinOf(source));
    const ended = await child.then(
      ({ stdout }) => ({ stdout, exitCode: 0 }),
      (error: { stdout: string; code: number }) => ({ stdout: error.stdout, exitCode: error.code }),
    );
    return { ...ended, stdout: ended.stdout.replaceAll(own, '/app') };
  } finally {
    await rm(own, { recursive: true });
  }
}

test.each(await readdir(folder))('node modules do as Node does: %s', async (name) => {
  const source = await readFile(join(folder, name), 'utf8');
  const own = await run(source, { name, stdin: stdinOf(source), env: { NO_COLOR: '1' } });
  const node = await inNode(name, source);
  expect({ stdout: own.stdout, exitCode: own.exitCode }).toEqual(node);
});
