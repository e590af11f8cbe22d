import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { cli, connectHttp, execute, scratchFolder } from './support.ts';

/** Runs the command to its end. */
async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [cli, 'mcp', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit') as Promise<[number]>;
  const [stdout, stderr] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  return { code: (await exit)[0], stdout: stdout.join(''), stderr: stderr.join('') };
}

test.each([
  [['--http', '0.0.0.0:0'], /http: 0\.0\.0\.0 can be reached by others: set a token/],
  [['--http', 'x'], /http: expected \[HOST:\]PORT/],
  [['--http', '99999'], /http: expected \[HOST:\]PORT/],
  [['--ttl', 'x'], /ttl: .* is not a time/],
  [['--http', '0', '--token-file', '/none'], /token-file: cannot read/],
  [['--workers', '0'], /workers: expected a positive integer/],
  [['--none'], /unknown option/],
])('%j is refused by name', async (args, message) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout]).toEqual([64, '']);
  expect(stderr).toMatch(message);
});

test('a port that is taken is said', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, stderr } = await run('--http', String(port));
  expect([code, stderr]).toEqual([70, expect.stringMatching(/EADDRINUSE/)]);
  other.close();
});

test.each([[[]], [['--http', '0']]])('with %j it ends when it is told to', async (args) => {
  const child = spawn(process.execPath, [cli, 'mcp', '--dir', await scratchFolder(), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (args.length > 0) await once(child.stderr, 'data');
  else {
    child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    await once(child.stdout, 'data');
  }
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('over HTTP with the token of the environment', async () => {
  const token = 'the-token-of-this-test';
  const env = { ...process.env, EXEC_MCP_TOKEN: token };
  const child = spawn(process.execPath, [cli, 'mcp', '--dir', await scratchFolder(), '--http', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  try {
    const [said] = (await once(child.stderr, 'data')) as [Buffer];
    const url = /http:\S+/.exec(said.toString())?.[0] ?? '';
    await expect(connectHttp(url)).rejects.toThrow();
    const { client } = await connectHttp(url, { Authorization: `Bearer ${token}` });
    expect((await execute(client, 'javascript', 'console.log(6 * 7)')).stdout).toBe('42\n');
    await client.close();
  } finally {
    child.kill();
  }
});
