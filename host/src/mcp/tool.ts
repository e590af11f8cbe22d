import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type {
  CallToolResult,
  ContentBlock,
  ServerNotification,
  ServerRequest,
  ToolAnnotations,
} from '@modelcontextprotocol/sdk/types.js';
import type * as z from 'zod';
import { StoreError } from '../store/index.ts';
import { type Client, defaultSession } from './client.ts';
import { descriptions, type ToolName } from './descriptions.ts';
import { failureResult, isExpected, ToolFailure } from './failures.ts';

/** What the protocol knows of a request beside its arguments. */
export type CallContext = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** What a tool answers: the structure, and blocks that stand beside its text. */
export interface Answer<T> {
  readonly value: T;
  readonly blocks?: readonly ContentBlock[];
  /** What stands in the text in place of the structure: the same, shortened. */
  readonly text?: T;
}

/** Calls of one client at once. Those of a session wait for each other, with all that was sent with them. */
export const mostCalls = 100;

/** One tool: what it takes and returns, and what it does. */
export interface ToolDefinition<In extends z.ZodObject, Out extends z.ZodObject> {
  readonly name: ToolName;
  readonly title: string;
  readonly input: In;
  readonly output: Out;
  readonly hints: ToolAnnotations;
  call(client: Client, input: z.output<In>, context: CallContext): Promise<Answer<z.input<Out>>>;
}

/** Adds a tool to a client's server. Whatever goes wrong is a result with guidance. */
export function addTool<In extends z.ZodObject, Out extends z.ZodObject>(
  server: McpServer,
  client: Client,
  { name, title, input, output, hints, call }: ToolDefinition<In, Out>,
): void {
  const handler = async (given: unknown, context: CallContext): Promise<CallToolResult> => {
    // The server has checked it against the schema.
    const values = given as z.output<In>;
    const { session_id: session = defaultSession } = values as { session_id?: string };
    try {
      // What ends calls comes through.
      if (client.calls >= mostCalls && name !== 'cancel_execution') {
        throw new ToolFailure('QuotaExceeded', `${mostCalls} calls of this connection are being answered already`, [
          'Wait for the answers of some of them, then send this one again.',
          'Stop programs that are no longer wanted with cancel_execution.',
        ]);
      }
      client.calls++;
      const answer = await again(() => call(client, values, context), client, session).finally(() => {
        client.calls--;
      });
      const { value, blocks = [], text = value } = answer;
      client.metrics.tool(name, false);
      const first: ContentBlock = { type: 'text', text: JSON.stringify(text) };
      return { content: [first, ...blocks], structuredContent: value as Record<string, unknown> };
    } catch (error) {
      client.metrics.tool(name, true);
      if (!isExpected(error)) client.report(error);
      return failureResult(error, session);
    }
  };
  server.registerTool(
    name,
    // What a tool does is in this sandbox: it reaches nothing outside.
    {
      title,
      description: descriptions[name],
      inputSchema: input,
      outputSchema: output,
      annotations: { openWorldHint: false, ...hints },
    },
    handler as never,
  );
}

/** Calls again where another process removed the session and made one of the same name: nothing has been done by then. */
async function again<T>(call: () => Promise<T>, client: Client, session: string): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'replaced')) throw error;
    client.forget(session);
    return await call();
  }
}
