/**
 * A tool call of a warm server, as a client on stdio sees it. By itself: `node build/start.mjs test/bench/mcp.ts --alone`.
 */
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { LanguageKind } from 'golem-exec';
import { percentile, type Row, sample, table } from './stats.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const hello: Readonly<Record<LanguageKind, string>> = { javascript: 'console.log("hi")', python: 'print("hi")' };

/** What `execute_code` of a hello takes. */
export async function mcpRows(language: LanguageKind): Promise<Row[]> {
  const transport = new StdioClientTransport({ command: process.execPath, args: [cli, 'mcp'], stderr: 'inherit' });
  const client = new Client({ name: 'bench', version: '1' });
  await client.connect(transport);
  try {
    const times = await sample(200, 20, async () => {
      const result = await client.callTool({ name: 'execute_code', arguments: { language, code: hello[language] } });
      const { stdout } = (result.structuredContent ?? {}) as { stdout?: string };
      if (stdout !== 'hi\n') throw new Error(`hello printed ${JSON.stringify(stdout)}`);
    });
    const what = `${language}: MCP execute_code of hello over stdio, warm`;
    return [
      { what: `${what}, p50`, value: percentile(times, 0.5), unit: 'ms', budget: ['≤', 10] },
      { what: `${what}, p95`, value: percentile(times, 0.95), unit: 'ms' },
    ];
  } finally {
    await client.close();
  }
}

if (process.argv.includes('--alone'))
  console.log(table([...(await mcpRows('javascript')), ...(await mcpRows('python'))]));
