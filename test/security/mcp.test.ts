import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { InvalidRequestError } from 'golem-exec';
import { Guard } from 'golem-exec/mcp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ask,
  call,
  connectHttp,
  connectStdio,
  execute,
  languages,
  listen,
  scratchFolder,
} from '../integration/mcp/support.ts';

const token = 'a-token-of-many-characters';
const initialize = JSON.stringify({
  ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
});

/** A request with headers of our choice: fetch does not let Host be set. */
function send(
  url: string,
  headers: OutgoingHttpHeaders,
  method = 'POST',
  body = initialize,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const given = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...headers };
    const request = httpRequest(url, { method, headers: given }, (response) => {
      let text = '';
      response.on('data', (piece) => {
        text += String(piece);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('error', reject);
    request.end(method === 'POST' ? body : undefined);
  });
}

describe('HTTP', () => {
  let server: Awaited<ReturnType<typeof listen>>;
  let port: string;
  beforeAll(async () => {
    server = await listen({
      folder: await scratchFolder(),
      token,
      allowedHosts: ['sandbox.example'],
      allowedOrigins: ['https://good.example'],
    });
    ({ port } = new URL(server.url));
  });
  afterAll(() => server.close());
  const good = { Authorization: `Bearer ${token}` };

  test('with the token it answers', async () => {
    expect((await send(server.url, good)).status).toBe(200);
    expect((await send(server.url, { ...good, Host: 'sandbox.example' })).status).toBe(200);
    expect((await send(server.url, { ...good, Host: `LOCALHOST:${port}` })).status).toBe(200);
    expect((await send(server.url, { ...good, Origin: 'https://good.example' })).status).toBe(200);
  });

  test.each([
    'evil.example',
    'evil.example:8090',
    '127.0.0.1.evil.example',
    'localhost.',
    'localhost@evil.example',
    '[::2]',
    '0.0.0.0',
    '127.0.0.1:1:2',
    'sandbox.example.evil',
  ])('a name that leads here is not enough (DNS rebinding): %j', async (Host) => {
    const { status, text } = await send(server.url, { ...good, Host });
    expect([400, 403]).toContain(status);
    expect(text).not.toContain('golem-exec"');
  });

  test.each([
    'https://evil.example',
    'null',
    'http://localhost',
    `http://127.0.0.1`,
    'https://good.example.evil',
    'https://good.example:444',
    '',
  ])('a web page of another origin is refused: %j', async (Origin) => {
    expect((await send(server.url, { ...good, Origin })).status).toBe(403);
    expect((await send(server.url, { ...good, Origin }, 'GET')).status).toBe(403);
    expect((await send(server.url, { ...good, Origin }, 'OPTIONS')).status).toBe(403);
  });

  test.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${token}x`,
    `Bearer ${token.slice(1)}`,
    `Basic ${token}`,
    token,
    `Bearer ${token} ${token}`,
    `bearer\t${token}`,
  ])('without the token nothing is read: %j', async (Authorization) => {
    for (const method of ['POST', 'GET', 'DELETE']) {
      const { status, text } = await send(server.url, Authorization === undefined ? {} : { Authorization }, method);
      expect(status).toBe(401);
      expect(text).not.toContain(token);
    }
  });

  test('a request without a host is refused', () => {
    const guard = new Guard({ host: '127.0.0.1' });
    for (const host of [undefined, '', ' ', ',', 'localhost, evil.example']) {
      expect(guard.refusal({ headers: host === undefined ? {} : { host } })).toMatchObject({ status: 403 });
    }
    expect(guard.refusal({ headers: { host: '[::1]:8090' } })).toBeUndefined();
  });

  test('another path, method, body or connection is answered with an error', async () => {
    expect((await send(new URL('/', server.url).href, good)).status).toBe(404);
    expect((await send(new URL('/mcp/../../etc/passwd', server.url).href, good)).status).toBe(404);
    expect((await send(server.url, good, 'PUT')).status).toBe(400);
    expect((await send(server.url, good, 'POST', '{')).status).toBe(400);
    expect((await send(server.url, good, 'POST', '[]')).status).toBe(400);
    expect((await send(server.url, { ...good, 'Mcp-Session-Id': '../../x' })).status).toBe(404);
    expect(
      (await send(server.url, good, 'POST', `"${'x'.repeat(33 * 1024 * 1024)}"`).catch(() => ({ status: 413 }))).status,
    ).toBe(413);
    expect((await send(server.url, good)).status).toBe(200);
  });

  test('what is no request of the protocol is answered with an error, and the next one is answered', async () => {
    const { transport, client } = await connectHttp(server.url, good);
    const own = { ...good, 'Mcp-Session-Id': transport.sessionId ?? '' };
    const call = JSON.stringify({ jsonrpc: '2.0', id: 9, method: 'tools/call', params: { name: 'list_sessions' } });
    const nested = `{"jsonrpc":"2.0","id":9,"method":"ping","params":${'['.repeat(300_000)}${']'.repeat(300_000)}}`;
    const rows: readonly [what: string, status: number, headers: OutgoingHttpHeaders, method: string, body?: string][] =
      [
        ['HEAD', 405, own, 'HEAD'],
        ['OPTIONS', 405, own, 'OPTIONS'],
        ['PUT', 405, own, 'PUT'],
        ['OPTIONS without a connection', 400, good, 'OPTIONS'],
        ['a second stream of events', 409, own, 'GET'],
        ['a stream that is to be resumed', 409, { ...own, 'Last-Event-ID': '7' }, 'GET'],
        ['an unknown version', 400, { ...own, 'MCP-Protocol-Version': '1999-01-01' }, 'POST', call],
        ['text', 415, { ...own, 'Content-Type': 'text/plain' }, 'POST', call],
        ['a form', 400, { ...own, 'Content-Type': 'application/x-www-form-urlencoded' }, 'POST', 'a=b'],
        ['a client that takes web pages only', 406, { ...own, Accept: 'text/html' }, 'POST', call],
        ['deep JSON', 400, own, 'POST', nested],
        ['deep JSON without a connection', 400, good, 'POST', nested],
        ['nothing', 400, own, 'POST', ''],
        ['null', 400, own, 'POST', 'null'],
        ['a number', 400, own, 'POST', '5'],
        ['an id that is null', 400, own, 'POST', '{"jsonrpc":"2.0","id":null,"method":"ping"}'],
        ['a second beginning', 400, own, 'POST', initialize],
        ['a beginning among others', 400, good, 'POST', `[${initialize},${call}]`],
        ['a call without a connection', 400, good, 'POST', call],
        ['a connection that is not', 404, { ...good, 'Mcp-Session-Id': 'x' }, 'POST', call],
        ['a connection named __proto__', 404, { ...good, 'Mcp-Session-Id': '__proto__' }, 'POST', call],
        ['the end of a connection that is not', 404, { ...good, 'Mcp-Session-Id': 'x' }, 'DELETE'],
      ];
    // Its stream of events is there.
    await ask(client, 'list_sessions');
    for (const [what, status, headers, method, body] of rows) {
      expect([what, (await send(server.url, headers, method, body)).status]).toEqual([what, status]);
    }
    expect((await send(server.url, own, 'POST', call)).status).toBe(200);
    expect((await send(server.url, own, 'POST', `[${call}]`)).text).toContain('"id":9');
    expect((await execute(client, 'javascript', 'console.log(1)')).stdout).toBe('1\n');
    await client.close();
  });

  test('a connection of another client is of no use without the token', async () => {
    const { transport, client } = await connectHttp(server.url, good);
    const headers = { 'Mcp-Session-Id': transport.sessionId ?? '' };
    expect((await send(server.url, headers)).status).toBe(401);
    await client.close();
  });
});

test.each([
  '0.0.0.0',
  '::',
  '192.168.1.1',
  'sandbox.example',
  '127.0.0.1.evil.example',
  '127.1',
  '0',
  '::ffff:127.0.0.1',
])('off loopback there is no server without a token: %s', async (host) => {
  await expect(listen({ host, folder: await scratchFolder() })).rejects.toMatchObject({
    name: 'InvalidRequestError',
    field: 'http',
  });
  expect(() => new Guard({ host, token: 'short' })).toThrow(InvalidRequestError);
});

test('bodies on their way have a bound for all clients together', async () => {
  const server = await listen({ folder: await scratchFolder(), maxIncomingBytes: 100_000 });
  try {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': 90_000 };
    const first = httpRequest(server.url, { method: 'POST', headers });
    const gone = new Promise((resolve) => first.once('error', resolve));
    await new Promise((resolve) => first.write(' '.repeat(80_000), resolve));
    // The first one has been read when a second one is refused.
    const body = initialize + ' '.repeat(60_000);
    await expect.poll(async () => (await send(server.url, {}, 'POST', body)).status).toBe(503);
    first.destroy(new Error('enough'));
    await gone;
    await expect.poll(async () => (await send(server.url, {}, 'POST', body)).status).toBe(200);
  } finally {
    await server.close();
  }
});

describe('names from outside', () => {
  test('session ids and paths lead nowhere', async () => {
    const { client } = await connectStdio(await scratchFolder());
    try {
      for (const session_id of ['..', '../x', 'a/../b', '/etc', 'a\0', '.', 'con:', 'clients', '%2e%2e', 'a b']) {
        for (const tool of ['get_workspace_info', 'list_files', 'reset_workspace', 'destroy_session']) {
          const result = await call(client, tool, { session_id });
          expect([tool, session_id, result.isError]).toEqual([tool, session_id, true]);
        }
      }
      await execute(
        client,
        'python',
        'import os\nopen("f", "w").write("mine")\nos.symlink("/etc", "etc")\nos.symlink("/data", "up")',
      );
      for (const uri of [
        'golem-exec://default/app/../../etc/passwd',
        'golem-exec://default/app/%2e%2e/%2e%2e/etc/passwd',
        'golem-exec://default/app/..%2f..%2fetc%2fpasswd',
        'golem-exec://default/etc/passwd',
        'golem-exec://default/app/etc/passwd',
        'golem-exec://..%2f/app/f',
        'golem-exec://default/app/f%00',
        'golem-exec://default/app/%ff',
        'golem-exec://default/app/',
        'golem-exec://user@default/app/f',
        'golem-exec://other/app/f',
        'file:///etc/passwd',
        'golem-exec:default/app/f',
      ]) {
        await expect(client.readResource({ uri }), uri).rejects.toThrow();
      }
      expect((await client.readResource({ uri: 'golem-exec://default/app/f' })).contents).toMatchObject([
        { text: 'mine' },
      ]);
    } finally {
      await client.close();
    }
  });

  test('names that a program chose are data in links and listings', async () => {
    const { client } = await connectStdio(await scratchFolder());
    try {
      const names = ['a"b', 'a\nb', 'a?b#c', '%2e%2e', 'ä/ö', '<x>', '‮gpj.png', '__proto__', 'x.png'];
      const code = `import os\nos.mkdir("ä")\nfor name in ${JSON.stringify(names)}: open(name, "w").write(name)`;
      const result = await call(client, 'execute_code', { language: 'python', code });
      expect(result.content.some(({ type }) => type === 'image')).toBe(false);
      const links = result.content.flatMap((block) => (block.type === 'resource_link' ? [block] : []));
      expect(links.map(({ name }) => name).sort()).toEqual([...names].sort());
      for (const { uri, name } of links) {
        if (name === '%2e%2e') continue;
        expect((await client.readResource({ uri })).contents).toMatchObject([{ text: name }]);
      }
    } finally {
      await client.close();
    }
  });
});

describe('a flood of output', () => {
  test.each(languages)('%s: progress is bounded, whatever is printed', async (language) => {
    const { client } = await connectStdio(await scratchFolder());
    try {
      const code = {
        python: 'for i in range(100_000): print("x" * 50, flush=True)',
        javascript: 'for (let i = 0; i < 100_000; i++) console.log("x".repeat(50))',
      };
      const sizes: number[] = [];
      const result = await ask(
        client,
        'execute_code',
        { language, code: code[language], timeout: 120 },
        { onprogress: ({ message }) => sizes.push(message?.length ?? 0), timeout: 120_000 },
      );
      expect(result.stdout.length).toBe(2 * 1024 * 1024);
      expect(result.metadata.stdout_truncated).toBe(true);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(8192);
      // At most one for each interval of the time that the run took, and one at the end.
      expect(sizes.length).toBeLessThan(100_000 / 10);
    } finally {
      await client.close();
    }
  });

  test('bytes that are no text, and text that looks like a message', async () => {
    const { client } = await connectStdio(await scratchFolder());
    try {
      const forged = JSON.stringify({ jsonrpc: '2.0', id: 2, result: { content: [] } });
      const code = `import sys\nsys.stdout.buffer.write(bytes(range(256)) * 10)\nprint()\nprint(${JSON.stringify(forged)})\nprint("\\u2028\\x00\\x1b[2J")`;
      const seen: string[] = [];
      const { stdout } = await ask(
        client,
        'execute_code',
        { language: 'python', code },
        { onprogress: ({ message }) => seen.push(message ?? '') },
      );
      expect(stdout).toContain(`\n${forged}\n`);
      expect((await execute(client, 'python', 'print(1)')).stdout).toBe('1\n');
    } finally {
      await client.close();
    }
  });
});
