/** Standard input and output as they are: lines, signals, and ends that nobody announces. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { openSessionStore } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { ask, cli, connectStdio, execute, languages, scratchFolder } from './support.ts';

const roomy = { fuel_budget: Number.MAX_SAFE_INTEGER };

/** A server that is spoken to in lines. */
async function lineServer(folder: string) {
  const server = spawn(process.execPath, [cli, 'mcp', '--dir', folder, '--workers', '2'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const send = (message: unknown): boolean => server.stdin.write(`${JSON.stringify(message)}\n`);
  const answer = async (): Promise<Record<string, unknown>> =>
    JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;
  const clientInfo = { name: 't', version: '1' };
  const begin = async (protocolVersion = '2025-06-18') => {
    send({ jsonrpc: '2.0', id: 0, method: 'initialize', params: { protocolVersion, capabilities: {}, clientInfo } });
    return await answer();
  };
  const end = async (): Promise<unknown> => {
    server.stdin.end();
    return (await once(server, 'exit'))[0];
  };
  return { server, send, answer, begin, end };
}

const locks = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((name) => /lock|tmp/.test(name));

describe('raw messages on stdio', () => {
  test.each(['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'])('version %s is spoken', async (version) => {
    const { begin, end } = await lineServer(await scratchFolder());
    expect(await begin(version)).toMatchObject({ result: { protocolVersion: version } });
    expect(await end()).toBe(0);
  });

  const call = (id: unknown, more: object = {}): object => ({
    ...{ jsonrpc: '2.0', id, method: 'tools/call' },
    params: { name: 'list_sessions', arguments: {}, ...more },
  });
  const messages: readonly [what: string, line: string, id: unknown, code: number | undefined][] = [
    ['half a line of JSON', '{"jsonrpc":"2.0","id":1,', null, -32700],
    ['no JSON', 'hello', null, -32700],
    ['a text', '"text"', null, -32600],
    ['null', 'null', null, -32600],
    ['nothing in an array', '[]', null, -32600],
    ['another version of JSON-RPC', '{"jsonrpc":"1.0","id":2,"method":"ping"}', 2, -32600],
    ['no version', '{"id":3,"method":"ping"}', 3, -32600],
    ['an id of null', '{"jsonrpc":"2.0","id":null,"method":"ping"}', null, -32600],
    ['an id that is an object', '{"jsonrpc":"2.0","id":{},"method":"ping"}', null, -32600],
    ['a token of progress that is an object', JSON.stringify(call(4, { _meta: { progressToken: {} } })), 4, -32600],
    ['an unknown method', '{"jsonrpc":"2.0","id":5,"method":"nope"}', 5, -32601],
    ['params that are none', '{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":7}}', 6, -32603],
    [
      'a cursor that means nothing',
      '{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"cursor":"x"}}',
      7,
      undefined,
    ],
    ['further fields', JSON.stringify(call(8, { further: 1, _meta: { other: 1, progressToken: 'p' } })), 8, undefined],
    ['a line end of Windows', `${JSON.stringify(call(9))}\r`, 9, undefined],
    ['an id that is a text', JSON.stringify(call('ten')), 'ten', undefined],
    ['templates', '{"jsonrpc":"2.0","id":11,"method":"resources/templates/list"}', 11, undefined],
    [
      'a level of logging',
      '{"jsonrpc":"2.0","id":12,"method":"logging/setLevel","params":{"level":"info"}}',
      12,
      -32601,
    ],
    [
      'an end for what never began',
      '{"jsonrpc":"2.0","id":13,"method":"ping","params":{"requestId":99}}',
      13,
      undefined,
    ],
  ];
  test('each is answered, with its id where it has one, and the next one is, too', async () => {
    const { server, begin, answer, end } = await lineServer(await scratchFolder());
    await begin();
    for (const [what, line, id, code] of messages) {
      server.stdin.write(`${line}\n`);
      const { id: answered, error } = (await answer()) as { id: unknown; error?: { code: number } };
      expect([what, answered, error?.code]).toEqual([what, id, code]);
    }
    // Nested deeper than any check can follow; bytes that are no UTF-8; a message in two pieces; several in one.
    server.stdin.write(
      `{"jsonrpc":"2.0","id":20,"method":"ping","params":${'['.repeat(200_000)}${']'.repeat(200_000)}}\n`,
    );
    expect((await answer())['error']).toBeDefined();
    server.stdin.write(Buffer.from([0xff, 0xfe, 0x80, 10]));
    expect(await answer()).toMatchObject({ id: null, error: { code: -32700 } });
    server.stdin.write('{"jsonrpc":"2.0","id":21,"met');
    server.stdin.write('hod":"ping"}\n[{"jsonrpc":"2.0","id":22,"method":"ping"},{"jsonrpc":"2.0","id":23}]\n');
    const rest = [await answer(), await answer(), await answer()];
    expect(rest.map(({ id }) => id).sort()).toEqual([21, 22, 23]);
    expect(await end()).toBe(0);
  });

  test('one that is cancelled is not answered; a cancellation of one that has ended does nothing', async () => {
    const { send, begin, answer, end } = await lineServer(await scratchFolder());
    await begin();
    send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
    // What is cancelled before it is sent is a request like any other, once the cancellation has been read.
    send({ jsonrpc: '2.0', id: 'read', method: 'ping' });
    expect(await answer()).toMatchObject({ id: 'read' });
    send(call(1));
    expect(await answer()).toMatchObject({ id: 1, result: {} });
    send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
    send(call(2));
    expect(await answer()).toMatchObject({ id: 2, result: {} });
    expect(await end()).toBe(0);
  });
});

describe.each(languages)('a server that ends while %s runs', (language) => {
  const write = { python: 'open("f", "w").write("1")\n', javascript: 'writeText("f", "1");\n' };
  const flood = {
    python: 'while True: print("x" * 50, flush=True)',
    javascript: 'for (;;) console.log("x".repeat(50))',
  };
  test.each(['stdin ends', 'stdout breaks', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s: it leaves no lock, and what the program wrote',
    async (way) => {
      const folder = await scratchFolder();
      const { server, send, begin, answer } = await lineServer(folder);
      await begin();
      const tool = (id: number, name: string, args: object, more: object = {}): boolean =>
        send({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args, ...more } });
      tool(1, 'create_session', { language, session_id: 'kept', ...roomy });
      await answer();
      const code = write[language] + flood[language];
      tool(2, 'execute_code', { language, session_id: 'kept', timeout: 300, code }, { _meta: { progressToken: 1 } });
      // Those wait behind it.
      for (let id = 3; id < 8; id++) tool(id, 'execute_code', { language, session_id: 'kept', code: '1' });
      expect(await answer()).toMatchObject({ method: 'notifications/progress' });
      expect(await locks(folder)).toHaveLength(1);
      const exit = once(server, 'exit');
      if (way === 'stdin ends') server.stdin.end();
      else if (way === 'stdout breaks') server.stdout.destroy();
      else server.kill(way);
      expect(await exit).toEqual([0, null]);
      expect(await locks(folder)).toEqual([]);
      const { files } = (await openSessionStore({ folder }).load('kept')).image;
      expect(files.entries.map(({ name }) => name)).toContain('f');
    },
  );
});

test.skipIf(process.platform === 'win32').each(languages)(
  '%s: on a disk that takes no more what a program printed is there, its session as it was, and the server goes on',
  async (language) => {
    const folder = await scratchFolder();
    const small = { python: 'open("kept", "w").write("1")', javascript: 'writeText("kept", "1")' };
    const large = {
      python: 'open("large", "wb").write(bytes(10 ** 6))\nprint("result")',
      javascript: 'writeText("large", "x".repeat(1e6)); console.log("result")',
    };
    const transport = new StdioClientTransport({
      command: 'sh',
      // In blocks of 512 or 1024 bytes.
      args: ['-c', 'ulimit -f 200; exec "$0" "$@"', process.execPath, cli, 'mcp', '--dir', folder],
      stderr: 'pipe',
    });
    const client = new Client({ name: 't', version: '1' });
    await client.connect(transport);
    try {
      await ask(client, 'create_session', { language, session_id: 's' });
      await execute(client, language, small[language], { session_id: 's' });
      const result = await execute(client, language, large[language], { session_id: 's' });
      expect(result).toMatchObject({
        success: false,
        stdout: 'result\n',
        files_created: [],
        metadata: { trap_reason: 'host_error' },
        structured_content: { error_type: 'HostError', error_message: expect.stringContaining('could not be saved') },
      });
      expect(result.structured_content.actionable_guidance[0]).toMatch(/default session/);
      expect(JSON.stringify(result)).not.toContain(folder);
      expect((await ask(client, 'list_files', { session_id: 's' })).files).toMatchObject([{ path: '/app/kept' }]);
      expect((await readdir(join(folder, 'session-s'))).sort()).toEqual(['image']);
      expect(await execute(client, language, large[language])).toMatchObject({ success: true, stdout: 'result\n' });
    } finally {
      await client.close();
    }
  },
);

test.each(languages)('%s: in a store that is full, too', async (language) => {
  const folder = await scratchFolder();
  const large = {
    python: 'open("f", "wb").write(bytes(3 * 10 ** 6)); print("result")',
    javascript: 'writeText("f", "x".repeat(3e6)); console.log("result")',
  };
  const transport = new StdioClientTransport({
    ...{ command: process.execPath, args: [cli, 'mcp', '--dir', folder], stderr: 'pipe' },
    env: { ...getDefaultEnvironment(), EXEC_SESSIONS_MAX_MB: '1' },
  });
  const client = new Client({ name: 't', version: '1' });
  await client.connect(transport);
  try {
    await ask(client, 'create_session', { language, session_id: 's' });
    const result = await execute(client, language, large[language], { session_id: 's' });
    expect(result).toMatchObject({
      success: false,
      stdout: 'result\n',
      structured_content: { error_type: 'QuotaExceeded' },
    });
    expect(result.structured_content.actionable_guidance.join('\n')).toMatch(/destroy_session/);
  } finally {
    await client.close();
  }
});

test('a server that was killed leaves a lock that holds nobody up', async () => {
  const folder = await scratchFolder();
  const { server, send, begin, answer } = await lineServer(folder);
  await begin();
  const execute_ = (id: number, code: string): boolean =>
    send({
      ...{ jsonrpc: '2.0', id, method: 'tools/call' },
      params: {
        name: 'execute_code',
        arguments: { language: 'python', session_id: 'a', timeout: 300, code },
        _meta: { progressToken: id },
      },
    });
  send({
    ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
    params: { name: 'create_session', arguments: { language: 'python', session_id: 'a', ...roomy } },
  });
  await answer();
  execute_(2, 'print("begun", flush=True)\nwhile True: pass');
  await answer();
  server.kill('SIGKILL');
  await once(server, 'exit');
  expect(await locks(folder)).toHaveLength(1);
  const { client } = await connectStdio(folder);
  expect((await execute(client, 'python', 'print(1)', { session_id: 'a' })).stdout).toBe('1\n');
  expect(await locks(folder)).toEqual([]);
  await client.close();
});
