import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { createExecutor } from 'golem-exec';
import { type HttpOptions, type HttpServer, ServerFactory, serveHttp } from 'golem-exec/mcp';
import { afterAll, expect } from 'vitest';
import packageTable from '../../../dist/vendor/packages.json' with { type: 'json' };

// biome-ignore lint/suspicious/noExplicitAny: what a tool returned; its schema is checked by the client
export type Structure = any;
export type Language = 'python' | 'javascript';
export const languages: readonly Language[] = ['python', 'javascript'];

/** The command line as a client starts it. */
export const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A client of a server process of its own. */
export async function connectStdio(
  folder: string,
  ...options: readonly string[]
): Promise<{ client: Client; transport: StdioClientTransport }> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [cli, 'mcp', '--dir', folder, '--workers', '2', ...options],
    stderr: 'pipe',
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  return { client, transport };
}

/** A server in this process. */
export async function listen(options: Omit<HttpOptions, 'port'>): Promise<HttpServer> {
  const executor = createExecutor({ workers: 2 });
  const packages = { all: async () => packageTable.packages as never };
  const factory = new ServerFactory({ version: 'test', executor, packages });
  const server = await serveHttp(factory, { ...options, port: 0 }).catch(async (error: unknown) => {
    await executor.close();
    throw error;
  });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await executor.close();
    },
  };
}

export async function connectHttp(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ client: Client; transport: StreamableHTTPClientTransport }> {
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  const client = new Client({ name: 'test', version: '1' });
  // Its sessionId may be undefined, which Transport does not say.
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return { client, transport };
}

/** Both ways to the server. */
export const ways = ['stdio', 'HTTP'] as const;

/** A client by one of them, of a server that has it alone. */
export async function connect(way: (typeof ways)[number]): Promise<{ client: Client; close(): Promise<void> }> {
  const folder = await scratchFolder();
  if (way === 'stdio') {
    const { client } = await connectStdio(folder);
    return { client, close: () => client.close() };
  }
  const server = await listen({ folder });
  const { client } = await connectHttp(server.url);
  return {
    client,
    close: async () => {
      await client.close();
      await server.close();
    },
  };
}

/** Calls a tool as a client does; the result is checked against the tool's output schema by the client. */
export async function call(
  client: Client,
  name: string,
  input: Record<string, unknown> = {},
  options?: RequestOptions,
): Promise<CallToolResult> {
  return (await client.callTool({ name, arguments: input }, undefined, options)) as CallToolResult;
}

/** The structure of a call that must succeed. */
export async function ask(
  client: Client,
  name: string,
  input: Record<string, unknown> = {},
  options?: RequestOptions,
): Promise<Structure> {
  const result = await call(client, name, input, options);
  expect(result).toMatchObject({ content: [{ type: 'text' }, ...result.content.slice(1)] });
  expect([name, result.isError ?? false, result.content[0]]).toEqual([name, false, result.content[0]]);
  // What stands as text is the same: for clients that know no structured content.
  const text = JSON.parse(textOf(result)) as Structure;
  // Of long outputs the text has the beginning and the end.
  const { stdout, stderr } = result.structuredContent as Structure;
  if (stdout?.length > 20_000) text.stdout = stdout;
  if (stderr?.length > 10_000) text.stderr = stderr;
  expect(text).toEqual(result.structuredContent);
  return result.structuredContent;
}

/** The guidance of a call that must be refused. */
export async function refused(
  client: Client,
  name: string,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const result = await call(client, name, input);
  expect([name, result.isError]).toEqual([name, true]);
  const text = textOf(result);
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { error_message: text };
}

export function textOf({ content }: CallToolResult): string {
  const [first] = content;
  return first?.type === 'text' ? first.text : '';
}

/** Runs a program in the default session or in one. */
export async function execute(
  client: Client,
  language: Language,
  code: string,
  more: Record<string, unknown> = {},
): Promise<Structure> {
  return await ask(client, 'execute_code', { language, code, ...more });
}
