import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { adviseOn, analyse } from '../../guidance/index.ts';
import { defaultPolicy } from '../../sandbox/index.ts';
import type { Client } from '../client.ts';
import { inputs, outputs } from '../schemas.ts';
import { addTool } from '../tool.ts';

/** `get_execution_guidance` and `get_metrics`. */
export function addGuidance(server: McpServer, client: Client): void {
  addTool(server, client, {
    name: 'get_execution_guidance',
    title: 'Advice on code before it runs',
    input: inputs.guidance,
    output: outputs.guidance,
    hints: { readOnlyHint: true, idempotentHint: true },
    async call(own, { code, language, context }) {
      const facts = await analyse(code, language, own.executor);
      const advice = adviseOn(facts, { language, context, packages: await own.packages(), defaults: defaultPolicy });
      const { detected_patterns, warnings, suggestions, ...rest } = advice;
      return {
        value: {
          analysis: {
            ...rest,
            detected_patterns: [...detected_patterns],
            warnings: [...warnings],
            suggestions: [...suggestions],
          },
        },
      };
    },
  });

  addTool(server, client, {
    name: 'get_metrics',
    title: 'Report on this connection',
    input: inputs.none,
    output: outputs.metrics,
    hints: { readOnlyHint: true },
    async call(own) {
      return { value: own.metrics.report() };
    },
  });
}
