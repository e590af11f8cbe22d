import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { createExecutor, openSessionStore } from 'golem-exec';
import { ServerFactory } from 'golem-exec/mcp';
import { describe, expect, test } from 'vitest';
import {
  ask,
  call,
  cli,
  connectHttp,
  connectStdio,
  execute,
  type Language,
  languages,
  listen,
  refused,
  scratchFolder,
  textOf,
} from './support.ts';

const endless = {
  python: 'print("begun", flush=True)\nwhile True: pass',
  javascript: 'console.log("begun"); for (;;) {}',
};

/** Starts a program without an end, and resolves when it has begun. */
async function begin(
  client: Parameters<typeof call>[0],
  language: Language,
  session_id: string,
  signal?: AbortSignal,
): Promise<{ ended: Promise<unknown> }> {
  let begun: () => void = () => undefined;
  const printed = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const options = { onprogress: () => begun(), timeout: 200_000, ...(signal === undefined ? {} : { signal }) };
  const ended = call(client, 'execute_code', { language, code: endless[language], session_id, timeout: 300 }, options);
  ended.catch(() => undefined);
  await printed;
  return { ended };
}

const roomy = { fuel_budget: Number.MAX_SAFE_INTEGER };

describe('cancellation', () => {
  test.each(languages)('%s: a client that cancels its request stops the program', async (language) => {
    const { client } = await connectStdio(await scratchFolder(), '--workers', '1');
    try {
      const { session_id } = await ask(client, 'create_session', { language, ...roomy });
      const stop = new AbortController();
      const { ended } = await begin(client, language, session_id, stop.signal);
      expect(await ask(client, 'get_workspace_info', { session_id })).toMatchObject({ running: 1 });
      stop.abort();
      await expect(ended).rejects.toThrow();
      // The only worker is free again: the next program would wait for the endless one otherwise.
      expect((await execute(client, 'python', 'print("free")')).stdout).toBe('free\n');
      // Its session is being saved yet, perhaps.
      await expect
        .poll(async () => (await ask(client, 'get_workspace_info', { session_id })).running, { timeout: 20_000 })
        .toBe(0);
    } finally {
      await client.close();
    }
  });

  test.each(languages)('%s: cancel_execution stops what runs in a session, and only there', async (language) => {
    const { client } = await connectStdio(await scratchFolder());
    try {
      const { session_id } = await ask(client, 'create_session', { language, ...roomy });
      const { ended } = await begin(client, language, session_id);
      const waiting = call(client, 'execute_code', { language, code: 'print(1)', session_id });
      // One message after the other: it waits by then.
      await ask(client, 'list_sessions');
      expect(await ask(client, 'cancel_execution')).toEqual({ session_id: 'default', cancelled: 0 });
      expect(await ask(client, 'cancel_execution', { session_id })).toEqual({ session_id, cancelled: 2 });
      for (const one of [ended, waiting]) {
        expect(await one).toMatchObject({
          structuredContent: { success: false, structured_content: { error_type: 'Cancelled' } },
        });
      }
      expect(await ended).toMatchObject({ structuredContent: { stdout: 'begun\n' } });
    } finally {
      await client.close();
    }
  });

  test('destroying a session stops what runs in it', async () => {
    const { client } = await connectStdio(await scratchFolder());
    try {
      const { session_id } = await ask(client, 'create_session', { language: 'javascript', ...roomy });
      const { ended } = await begin(client, 'javascript', session_id);
      expect(await ask(client, 'destroy_session', { session_id })).toMatchObject({ cancelled_executions: 1 });
      await ended;
    } finally {
      await client.close();
    }
  });
});

describe('a client that disappears', () => {
  test('on stdio: the process ends, and what it had stored is there', async () => {
    const folder = await scratchFolder();
    const server = spawn(process.execPath, [cli, 'mcp', '--dir', folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    const send = (message: object): boolean =>
      server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const lines = createInterface({ input: server.stdout });
    const answers = lines[Symbol.asyncIterator]();
    const answer = async (): Promise<Record<string, unknown>> =>
      JSON.parse(String((await answers.next()).value)) as Record<string, unknown>;
    send({
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
    });
    expect(await answer()).toMatchObject({ id: 1 });
    send({ method: 'notifications/initialized' });
    send({
      id: 2,
      method: 'tools/call',
      params: { name: 'create_session', arguments: { language: 'python', session_id: 'kept', ...roomy } },
    });
    await answer();
    send({
      id: 3,
      method: 'tools/call',
      params: {
        name: 'execute_code',
        arguments: { language: 'python', session_id: 'kept', code: 'open("f", "w").write("1")' },
      },
    });
    await answer();
    send({
      id: 4,
      method: 'tools/call',
      params: {
        name: 'execute_code',
        _meta: { progressToken: 4 },
        arguments: { language: 'python', session_id: 'kept', code: endless.python, timeout: 300 },
      },
    });
    expect(await answer()).toMatchObject({ method: 'notifications/progress' });
    server.stdin.end();
    const [code] = (await once(server, 'exit')) as [number];
    expect(code).toBe(0);
    const { client } = await connectStdio(folder);
    expect(await ask(client, 'list_files', { session_id: 'kept' })).toMatchObject({ files: [{ path: '/app/f' }] });
    await client.close();
  });

  test('over HTTP: its program is stopped, others go on', async () => {
    const folder = await scratchFolder();
    const server = await listen({ folder });
    try {
      const { client } = await connectHttp(server.url);
      const other = await connectHttp(server.url);
      const { session_id } = await ask(client, 'create_session', { language: 'python', ...roomy });
      const leaving = new AbortController();
      // A request of its own, so that it can be broken off without a word.
      const headers = {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        'Mcp-Session-Id': sessionOf(client),
      };
      const body = {
        jsonrpc: '2.0',
        id: 99,
        method: 'tools/call',
        params: {
          name: 'execute_code',
          _meta: { progressToken: 1 },
          arguments: { language: 'python', session_id, code: endless.python, timeout: 300 },
        },
      };
      const response = await fetch(server.url, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        signal: leaving.signal,
      });
      const reader = response.body?.getReader();
      expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('begun');
      expect(await ask(client, 'get_workspace_info', { session_id })).toMatchObject({ running: 1 });
      leaving.abort();
      await expect
        .poll(async () => (await ask(client, 'get_workspace_info', { session_id })).running, { timeout: 20_000 })
        .toBe(0);
      expect((await execute(other.client, 'python', 'print(2)')).stdout).toBe('2\n');
      await Promise.all([client.close(), other.client.close()]);
    } finally {
      await server.close();
    }
  });
});

function sessionOf(client: { transport?: unknown }): string {
  return (client.transport as { sessionId?: string }).sessionId ?? '';
}

test.each(languages)(
  'a session that another server removed and made anew is the new one, in another language than %s',
  async (language) => {
    const folder = await scratchFolder();
    const [one, two] = [(await connectStdio(folder)).client, (await connectStdio(folder)).client];
    const other = language === 'python' ? 'javascript' : 'python';
    const print = { python: 'print(1)', javascript: 'console.log(1)' };
    try {
      await ask(one, 'create_session', { language, session_id: 's' });
      await execute(one, language, print[language], { session_id: 's' });
      await ask(two, 'destroy_session', { session_id: 's' });
      await ask(two, 'create_session', { language: other, session_id: 's', fuel_budget: 3_000_000_000 });
      expect(await refused(one, 'execute_code', { language, code: print[language], session_id: 's' })).toMatchObject({
        error_type: 'InvalidSessionState',
        error_message: expect.stringContaining(`runs ${other}`),
      });
      expect(await execute(one, other, print[other], { session_id: 's' })).toMatchObject({
        stdout: '1\n',
        fuel_budget: 3_000_000_000,
      });
    } finally {
      await Promise.all([one.close(), two.close()]);
    }
  },
);

test('a fault of the server is told on its standard error, and the client learns no more than that', async () => {
  const faults: unknown[] = [];
  const secret = new Error('in /home/somebody');
  await using executor = createExecutor({ workers: 1 });
  const packages = { all: () => Promise.reject(secret) };
  const factory = new ServerFactory({ version: '1', executor, packages, onFault: (error) => faults.push(error) });
  const [near, far] = InMemoryTransport.createLinkedPair();
  const { server, close } = factory.connection(openSessionStore({ folder: await scratchFolder() }));
  await server.connect(near);
  const client = new Client({ name: 't', version: '1' });
  await client.connect(far);
  const guidance = await refused(client, 'list_available_packages', {});
  expect(guidance).toMatchObject({ error_type: 'HostError' });
  expect(JSON.stringify(guidance)).not.toContain('somebody');
  expect(faults).toEqual([secret]);
  await close();
});

describe('two clients over HTTP', () => {
  test('share no sessions, files, outputs, progress or metrics', async () => {
    const server = await listen({ folder: await scratchFolder() });
    try {
      const one = (await connectHttp(server.url)).client;
      const two = (await connectHttp(server.url)).client;
      // The same names mean other things.
      await ask(one, 'create_session', { language: 'python', session_id: 'work' });
      expect(await refused(two, 'get_workspace_info', { session_id: 'work' })).toMatchObject({
        error_type: 'InvalidSessionState',
      });
      await ask(two, 'create_session', { language: 'javascript', session_id: 'work' });
      await execute(one, 'python', 'open("secret", "w").write("one")', { session_id: 'work' });
      await execute(one, 'python', 'open("mine", "w").write("one")');
      expect(await ask(two, 'list_files', { session_id: 'work' })).toMatchObject({ files: [] });
      expect(await ask(two, 'list_files')).toMatchObject({ files: [] });
      await expect(two.readResource({ uri: 'golem-exec://default/app/mine' })).rejects.toThrow(/no file/);
      await expect(two.readResource({ uri: 'golem-exec://work/app/secret' })).rejects.toThrow(/no file/);
      expect((await two.listResources()).resources).toEqual([]);
      expect((await ask(two, 'list_sessions')).sessions).toMatchObject([
        { session_id: 'default' },
        { session_id: 'work', language: 'javascript' },
      ]);
      // At the same time, with progress under the same tokens: each client's first one is 0.
      const runs = Array.from({ length: 6 }, async (_, number) => {
        const client = number % 2 === 0 ? one : two;
        const name = `${number % 2 === 0 ? 'one' : 'two'}-${number}`;
        const seen: string[] = [];
        const result = await ask(
          client,
          'execute_code',
          {
            language: 'python',
            code: `import time\nfor i in range(20):\n    print("${name}", i, flush=True)\n    time.sleep(0.01)`,
          },
          { onprogress: ({ message }) => seen.push(message ?? '') },
        );
        const expected = Array.from({ length: 20 }, (__, i) => `${name} ${i}\n`).join('');
        expect(result.stdout).toBe(expected);
        expect(seen.length).toBeGreaterThan(0);
        expect(expected).toContain(seen.join(''));
      });
      await Promise.all(runs);
      // A cancellation does not cross either.
      const { ended } = await begin(one, 'python', 'work');
      expect(await ask(two, 'cancel_execution', { session_id: 'work' })).toMatchObject({ cancelled: 0 });
      expect(await ask(one, 'cancel_execution', { session_id: 'work' })).toMatchObject({ cancelled: 1 });
      await ended;
      expect((await ask(one, 'get_metrics')).executions.total).toBe(6);
      expect((await ask(two, 'get_metrics')).executions.total).toBe(3);
      await Promise.all([one.close(), two.close()]);
    } finally {
      await server.close();
    }
  });

  test('what a connection kept goes with it, and only that', async () => {
    const folder = await scratchFolder();
    const server = await listen({ folder });
    try {
      const one = await connectHttp(server.url);
      const two = await connectHttp(server.url);
      await ask(one.client, 'create_session', { language: 'python', session_id: 'a' });
      await ask(two.client, 'create_session', { language: 'python', session_id: 'b' });
      const kept = sessionOf(two.client);
      await one.transport.terminateSession();
      await expect(execute(one.client, 'python', '1')).rejects.toThrow();
      expect(await readdir(join(folder, 'clients'))).toEqual([kept]);
      expect((await ask(two.client, 'list_sessions')).count).toBe(2);
      await two.client.close();
    } finally {
      await server.close();
    }
  });

  test('a connection that is idle for too long ends', async () => {
    const server = await listen({ folder: await scratchFolder(), idleMs: 200 });
    try {
      const { client, transport } = await connectHttp(server.url);
      // Its open stream would keep it.
      await transport.close();
      const headers = {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        'Mcp-Session-Id': sessionOf({ transport }),
      };
      const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
      void client;
      await expect
        .poll(
          async () => {
            const { status } = await fetch(server.url, { method: 'POST', headers, body: ping });
            return status;
          },
          { timeout: 20_000, interval: 1000 },
        )
        .toBe(404);
    } finally {
      await server.close();
    }
  });

  test('more connections than allowed are told so', async () => {
    const server = await listen({ folder: await scratchFolder(), maxConnections: 1 });
    try {
      const { client } = await connectHttp(server.url);
      await expect(connectHttp(server.url)).rejects.toThrow(/as many connections/);
      expect((await execute(client, 'javascript', 'console.log(1)')).stdout).toBe('1\n');
      await client.close();
    } finally {
      await server.close();
    }
  });
});

test('two server processes share the stored sessions, one writer at a time', async () => {
  const folder = await scratchFolder();
  const one = (await connectStdio(folder)).client;
  const two = (await connectStdio(folder)).client;
  try {
    await ask(one, 'create_session', { language: 'python', session_id: 'both', auto_persist_globals: true });
    const code = "n = globals().get('n', 0) + 1\nprint(n)";
    const printed = await Promise.all(
      [one, two, one, two, one, two].map(async (client) =>
        (await execute(client, 'python', code, { session_id: 'both' })).stdout.trim(),
      ),
    );
    expect(printed.map(Number).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    // Their default sessions are their own.
    await execute(one, 'python', 'open("x", "w")');
    expect(await ask(two, 'list_files')).toMatchObject({ files: [] });
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
});

describe('bad input', () => {
  const inputs: readonly [tool: string, input: Record<string, unknown>, names: RegExp][] = [
    ['execute_code', {}, /code[\s\S]*language/],
    ['execute_code', { code: 1, language: 'python' }, /code/],
    ['execute_code', { code: null, language: 'python' }, /code/],
    ['execute_code', { code: '1', language: 'ruby' }, /python.*javascript/],
    ['execute_code', { code: '1', language: 'python', timeout: 0 }, /timeout/],
    ['execute_code', { code: '1', language: 'python', timeout: 301 }, /timeout/],
    ['execute_code', { code: '1', language: 'python', timeout: 1.5 }, /timeout/],
    ['execute_code', { code: '1', language: 'python', timeout: '30' }, /timeout/],
    ['execute_code', { code: '1', language: 'python', fuel: 1 }, /fuel/],
    ['execute_code', { code: '1', language: 'python', session_id: '../x' }, /session_id/],
    ['execute_code', { code: '1', language: 'python', session_id: 'a/b' }, /session_id/],
    ['execute_code', { code: '1', language: 'python', session_id: 'a\\b' }, /session_id/],
    ['execute_code', { code: '1', language: 'python', session_id: '' }, /session_id/],
    ['execute_code', { code: '1', language: 'python', session_id: 'x'.repeat(65) }, /session_id/],
    ['execute_code', { code: '1', language: 'python', session_id: 'é' }, /session_id/],
    ['execute_code', { code: '1'.repeat(1_000_001), language: 'python' }, /longer than 1000000 characters/],
    ['create_session', { language: 'python', fuel_budget: 0 }, /fuel_budget/],
    ['create_session', { language: 'python', fuel_budget: 2 ** 60 }, /fuel_budget/],
    ['create_session', { language: 'python', memory_bytes: 1 }, /memory_bytes/],
    ['create_session', { language: 'python', auto_persist_globals: 'yes' }, /auto_persist_globals/],
    ['create_session', { language: 'python', policy: {} }, /policy/],
    ['list_runtimes', { language: 'python' }, /language/],
    ['destroy_session', {}, /session_id/],
    ['upload_file', { path: '', content: '' }, /path/],
    ['upload_file', { path: 'a', content: 'x', encoding: 'utf16' }, /encoding/],
    ['get_execution_guidance', { code: 'x' }, /language/],
    ['no_such_tool', {}, /no_such_tool/],
    ['__proto__', {}, /__proto__/],
  ];

  test('is refused by name, and the server goes on', async () => {
    const { client } = await connectStdio(await scratchFolder());
    try {
      for (const [tool, input, names] of inputs) {
        const result = await call(client, tool, input);
        expect([tool, input, result.isError]).toEqual([tool, input, true]);
        expect(textOf(result)).toMatch(names);
      }
      for (const language of languages) {
        const lone = await execute(
          client,
          language,
          language === 'python' ? 'print("a\\ud800b".encode("utf-8", "replace"))' : 'console.log("a")',
        );
        expect(lone.success).toBe(true);
      }
      expect((await execute(client, 'python', 'print(1)')).stdout).toBe('1\n');
    } finally {
      await client.close();
    }
  });

  test('text that is no message is answered or skipped, and the next one is read', async () => {
    const server = spawn(process.execPath, [cli, 'mcp', '--dir', await scratchFolder()], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
    const long = Buffer.alloc(33 * 1024 * 1024, 'x');
    server.stdin.write(long);
    server.stdin.write('\n{"jsonrpc":\nnull\n[]\n{}\n"text"\n\u0000\u0001\n');
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' })}\n`);
    const answers: unknown[] = [];
    for (;;) {
      const message = JSON.parse(String((await lines.next()).value)) as { id?: unknown };
      answers.push(message);
      if (message.id === 7) break;
    }
    expect(answers[0]).toMatchObject({ id: null, error: { message: expect.stringMatching(/longer than/) } });
    expect(answers.at(-1)).toEqual({ jsonrpc: '2.0', id: 7, result: {} });
    server.stdin.end();
    const [code] = (await once(server, 'exit')) as [number];
    expect(code).toBe(0);
  });

  test.each(languages)('an expired session of %s can be read, and nothing runs in it', async (language) => {
    const folder = await scratchFolder();
    const { client } = await connectStdio(folder);
    try {
      // What had expired when the server began is gone: it prunes.
      await ask(client, 'list_sessions');
      await using executor = createExecutor({ workers: 1 });
      await using session = await executor.openSession({ language });
      await session.upload({ name: 'kept.txt', content: 'still here' });
      await openSessionStore({ folder }).create(await session.snapshot(), { id: 'old', ttlMs: 1 });
      const at = { session_id: 'old' };
      for (const [tool, input] of [
        ['execute_code', { language, code: '1' }],
        ['upload_file', { path: 'x', content: '' }],
        ['reset_workspace', {}],
      ] as const) {
        await expect
          .poll(async () => JSON.stringify(await call(client, tool, { ...input, ...at })))
          .toMatch(/InvalidSessionState.*has expired; its files can be downloaded/);
      }
      expect(await ask(client, 'download_file', { path: 'kept.txt', ...at })).toMatchObject({ content: 'still here' });
      expect(await ask(client, 'list_files', at)).toMatchObject({ count: 1 });
      expect(await ask(client, 'get_workspace_info', at)).toMatchObject({ expired: true });
      const { sessions } = await ask(client, 'list_sessions');
      expect(sessions[1]).toMatchObject({ ...at, expired: true, problem: expect.stringMatching(/expired/) });
      expect(await ask(client, 'destroy_session', at)).toMatchObject({ destroyed: true });
    } finally {
      await client.close();
    }
  });

  test('a session whose file was damaged by hand is refused, listed, and can be removed', async () => {
    const folder = await scratchFolder();
    const { client } = await connectStdio(folder);
    try {
      await ask(client, 'create_session', { language: 'python', session_id: 'broken' });
      await ask(client, 'create_session', { language: 'python', session_id: 'whole' });
      await execute(client, 'python', 'open("f", "w").write("1")', { session_id: 'broken' });
      const file = join(folder, 'session-broken', 'image');
      const bytes = await readFile(file);
      await writeFile(file, bytes.subarray(0, bytes.length >> 1));
      for (const [tool, input] of [
        ['execute_code', { language: 'python', code: '1', session_id: 'broken' }],
        ['get_workspace_info', { session_id: 'broken' }],
        ['list_files', { session_id: 'broken' }],
      ] as const) {
        const guidance = await refused(client, tool, input);
        expect([tool, guidance]).toMatchObject([
          tool,
          { error_type: 'InvalidSessionState', error_message: expect.stringMatching(/damaged/) },
        ]);
        // A client learns nothing of the machine's folders.
        expect(JSON.stringify(guidance)).not.toContain(folder);
      }
      expect((await ask(client, 'list_sessions')).sessions).toMatchObject([
        {},
        { session_id: 'broken', problem: expect.stringMatching(/damaged/) },
        { session_id: 'whole' },
      ]);
      expect(await readFile(file)).toEqual(bytes.subarray(0, bytes.length >> 1));
      expect((await execute(client, 'python', 'print(1)', { session_id: 'whole' })).stdout).toBe('1\n');
      await ask(client, 'destroy_session', { session_id: 'broken' });
      expect((await ask(client, 'list_sessions')).count).toBe(2);
    } finally {
      await client.close();
    }
  });

  test.each(languages)('%s: a state file that a program spoiled begins empty, with a warning', async (language) => {
    const { client } = await connectStdio(await scratchFolder());
    try {
      const { session_id } = await ask(client, 'create_session', { language, auto_persist_globals: true });
      await ask(client, 'upload_file', { path: '.session_state.json', content: '{"version":1,', session_id });
      const result = await execute(
        client,
        language,
        language === 'python' ? 'print("n" in globals())' : 'console.log("n" in _state)',
        { session_id },
      );
      expect(result).toMatchObject({ success: true, stderr: expect.stringMatching(/state/) });
      expect(Object.keys(result.structured_content)).toEqual(['fuel_analysis']);
    } finally {
      await client.close();
    }
  });
});
