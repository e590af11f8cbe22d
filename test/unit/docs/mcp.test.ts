/** docs/MCP_INTEGRATION.md against what it speaks of. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { addMcpCommand } from '../../../host/src/cli/mcp.ts';
import { configFor } from '../../../host/src/cli/mcp-clients.ts';
import { descriptions } from '../../../host/src/mcp/descriptions.ts';
import { outputs } from '../../../host/src/mcp/schemas.ts';

const text = readFileSync(new URL('../../../docs/MCP_INTEGRATION.md', import.meta.url), 'utf8');
const blocks = (language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
const json = blocks('json').map((block) => JSON.parse(block) as Record<string, unknown>);

describe('JSON', () => {
  test('snippets of clients have the form that --print-config prints', () => {
    const npx = { command: 'npx', args: ['golem-exec', 'mcp'] };
    const url = 'http://127.0.0.1:8090/mcp';
    expect(json.slice(0, 4)).toEqual([
      configFor(true, npx),
      configFor('vscode', npx),
      configFor('zed', npx),
      configFor('claude-code', { url, headers: { Authorization: 'Bearer TOKEN' } }),
    ]);
  });

  test('the result of execute_code has its fields, and no other', () => {
    const sample = json[4] as Record<string, Record<string, unknown>>;
    const { shape } = outputs.executeCode;
    expect(Object.keys(sample).sort()).toEqual(Object.keys(shape).sort());
    expect(Object.keys(shape.metadata.shape)).toEqual(expect.arrayContaining(Object.keys(sample['metadata'] ?? {})));
    const { structured_content } = sample;
    expect(Object.keys(shape.structured_content.shape)).toEqual(
      expect.arrayContaining(Object.keys(structured_content ?? {})),
    );
    expect(json).toHaveLength(5);
  });
});

test('each client of the table is one that --print-config knows', () => {
  const named = [...text.matchAll(/^\| [\w ]+ \| `([a-z-]+)` \| /gm)].map(([, name = '']) => name);
  expect(named).toHaveLength(8);
  for (const name of named) expect(configFor(name, { command: 'x', args: [] })).toBeDefined();
});

test('each tool is in the table of tools', () => {
  const table = /## Tools\n(.*?)\n\n[^|\n]/s.exec(text)?.[1] ?? '';
  const named = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );
  expect(named.sort()).toEqual(Object.keys(descriptions).sort());
});

test('each option of the command is in the table of options', () => {
  const program = new Command();
  addMcpCommand(program, '1');
  const options = program.commands[0]?.options.map(({ long }) => long) ?? [];
  const named = [...text.matchAll(/^\| (`--.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(--[a-z-]+)/g)].map(([, name = '']) => name),
  );
  expect(named.sort()).toEqual([...options].sort());
});

test('each class of failures is explained', () => {
  const types = readFileSync(new URL('../../../host/src/guidance/types.ts', import.meta.url), 'utf8');
  const classes = [...(/ErrorType =(.*?);/s.exec(types)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
  expect(classes.length).toBeGreaterThan(20);
  for (const name of classes) expect(text).toContain(`\`${name}\``);
});

describe('flowcharts', () => {
  const charts = blocks('mermaid');
  test('lead from each question to an end, by the classes that there are', () => {
    expect(charts).toHaveLength(2);
    for (const chart of charts) {
      const edges = [...chart.matchAll(/^ {2}(\w+)[^\n]*?(?:-- (.+?) )?--> (\w+)/gm)];
      expect(edges.length).toBe(chart.trim().split('\n').length - 1);
      const shaped = new Set([...chart.matchAll(/\b(\w+)(?:\[[^\]]+\]|\{[^}]+\})/g)].map(([, name]) => name));
      for (const [, from, , to] of edges) expect([from, to].every((name) => shaped.has(name))).toBe(true);
      // A question has more than one answer.
      for (const [, question] of chart.matchAll(/\b(\w+)\{/g)) {
        expect([question, edges.filter(([, from]) => from === question).length > 1]).toEqual([question, true]);
      }
    }
    const answers = [...(charts[1] ?? '').matchAll(/B -- (\w+) -->/g)].map(([, name = '']) => name);
    for (const name of answers) if (name !== 'another') expect(text).toContain(`\`${name}\``);
  });
});
