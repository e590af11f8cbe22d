import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { relative } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, test } from 'vitest';
import { ask, cli, connectHttp, execute, scratchFolder } from './support.ts';

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
  [['--print-config', 'emacs'], /print-config: expected one of claude-code,.* got "emacs"/],
  [['--print-config', 'claude-desktop', '--http', '8090'], /print-config: claude-desktop starts its servers itself/],
  [['--print-config', '--http', '0'], /http: give the port/],
])('%j is refused by name', async (args, message) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout]).toEqual([64, '']);
  expect(stderr).toMatch(message);
});

const clients = ['claude-code', 'claude-desktop', 'cline', 'cursor', 'gemini', 'vscode', 'windsurf', 'zed'] as const;

/** The one server in a client's file. */
function entryIn(text: string, key: string): Record<string, unknown> {
  const config = JSON.parse(text) as Record<string, Record<string, Record<string, unknown>>>;
  expect(Object.keys(config)).toEqual([key]);
  return config[key]?.['golem-exec'] ?? {};
}

const keys: Readonly<Record<string, string>> = { vscode: 'servers', zed: 'context_servers' };

test.each(clients)('%s: what is printed for it is a command that serves, wherever it is started', async (name) => {
  const folder = await scratchFolder();
  const { code, stdout } = await run(
    '--print-config',
    name,
    '--dir',
    relative(process.cwd(), folder),
    '--workers',
    '1',
  );
  expect(code).toBe(0);
  const { command, args, ...rest } = entryIn(stdout, keys[name] ?? 'mcpServers');
  expect(rest).toEqual(name === 'vscode' ? { type: 'stdio' } : {});
  const transport = new StdioClientTransport({
    ...{ command: String(command), args: args as string[], cwd: tmpdir(), stderr: 'pipe' },
  });
  const client = new Client({ name: 't', version: '1' });
  await client.connect(transport);
  await ask(client, 'create_session', { language: 'python', session_id: 'here' });
  await client.close();
  expect(await readdir(folder)).toEqual(['session-here']);
});

test.each([
  ['claude-code', { type: 'http', url: 'http://127.0.0.1:8090/mcp' }],
  ['cline', { type: 'streamableHttp', url: 'http://127.0.0.1:8090/mcp' }],
  ['cursor', { url: 'http://127.0.0.1:8090/mcp' }],
  ['gemini', { httpUrl: 'http://127.0.0.1:8090/mcp' }],
  ['vscode', { type: 'http', url: 'http://127.0.0.1:8090/mcp' }],
  ['windsurf', { serverUrl: 'http://127.0.0.1:8090/mcp' }],
  ['zed', { url: 'http://127.0.0.1:8090/mcp' }],
])('%s: a server over HTTP as it names one', async (name, entry) => {
  const { stdout } = await run('--print-config', name, '--http', '8090');
  expect(entryIn(stdout, keys[name] ?? 'mcpServers')).toEqual(entry);
});

test.each([
  [['--http', '0.0.0.0:8090', '--allow-host', 'sandbox.example'], 'http://sandbox.example:8090/mcp'],
  [['--http', '0.0.0.0:8090'], 'http://HOST:8090/mcp'],
  [['--http', '[::1]:8090'], 'http://[::1]:8090/mcp'],
])('the address of %j is one that the server answers to', async (args, url) => {
  const { stdout } = await run('--print-config', ...args);
  const entry = entryIn(stdout, 'mcpServers');
  expect(entry['url']).toBe(url);
  expect(entry['headers'] !== undefined).toBe(!args[1]?.startsWith('['));
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
