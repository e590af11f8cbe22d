import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { descriptions } from '../../../host/src/mcp/descriptions.ts';
import { connectStdio, scratchFolder } from '../../integration/mcp/support.ts';

let client: Client;
beforeAll(async () => {
  ({ client } = await connectStdio(await scratchFolder()));
});
afterAll(() => client.close());

test('each description is at most 2,000 characters', () => {
  for (const [name, text] of Object.entries(descriptions)) expect([name, text.length <= 2000]).toEqual([name, true]);
});

test('what clients are told of the tools', async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name).sort()).toEqual(Object.keys(descriptions).sort());
  for (const { name, description, inputSchema, outputSchema } of tools) {
    expect(description).toBe(descriptions[name as keyof typeof descriptions]);
    expect([name, inputSchema['additionalProperties'], outputSchema?.['additionalProperties']]).toEqual([
      name,
      false,
      false,
    ]);
  }
  const told = tools.map(({ name, title, description, inputSchema, annotations }) => ({
    name,
    title,
    description,
    inputSchema,
    annotations,
  }));
  expect(told).toMatchSnapshot();
});

test('the defaults and ranges are those of the contract', async () => {
  const { tools } = await client.listTools();
  const of = (tool: string) =>
    (tools.find(({ name }) => name === tool)?.inputSchema.properties ?? {}) as Record<string, Record<string, unknown>>;
  expect(of('execute_code')['timeout']).toMatchObject({ type: 'integer', default: 30, minimum: 1, maximum: 300 });
  expect(of('create_session')).toMatchObject({
    auto_persist_globals: { type: 'boolean', default: false },
    fuel_budget: { type: 'integer', default: 10_000_000_000 },
    memory_bytes: { type: 'integer', default: 134_217_728 },
  });
  const required = Object.fromEntries(tools.map(({ name, inputSchema }) => [name, inputSchema.required ?? []]));
  expect(required).toMatchObject({
    execute_code: ['code', 'language'],
    create_session: ['language'],
    get_execution_guidance: ['code', 'language'],
  });
});
