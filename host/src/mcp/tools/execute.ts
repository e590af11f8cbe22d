import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type * as z from 'zod';
import type { SandboxResult } from '../../sandbox/index.ts';
import { type Client, defaultSession } from '../client.ts';
import { fileBlocks } from '../files.ts';
import { LiveProgress } from '../progress.ts';
import { inputs, outputs } from '../schemas.ts';
import { addTool } from '../tool.ts';

/** `execute_code` and `cancel_execution`. */
export function addExecution(server: McpServer, client: Client): void {
  addTool(server, client, {
    name: 'execute_code',
    title: 'Run a program',
    input: inputs.executeCode,
    output: outputs.executeCode,
    hints: { readOnlyHint: false, destructiveHint: false },
    async call(own, { code, language, session_id: session = defaultSession, timeout }, context) {
      const sandbox = await own.sandbox(session, language);
      const progress = LiveProgress.of(context);
      const result = await own.running(session, context.requestId, context.signal, (signal) =>
        sandbox.execute(code, {
          timeoutSeconds: timeout,
          signal,
          ...(progress === undefined ? {} : { onOutput: (piece) => progress.add(piece) }),
        }),
      );
      await progress?.end();
      own.metrics.execution(session, code, result);
      const files = await fileBlocks(sandbox, [...result.filesCreated, ...result.filesModified]);
      const value = onWire(result, session);
      const { value: text, blocks } = own.outputs.abridged(value);
      return { value, text, blocks: [...blocks, ...files] };
    },
  });

  addTool(server, client, {
    name: 'cancel_execution',
    title: 'Stop running programs',
    input: inputs.session,
    output: outputs.cancel,
    hints: { destructiveHint: true, idempotentHint: true },
    async call(own, { session_id = defaultSession }) {
      return { value: { session_id, cancelled: own.cancel(session_id) } };
    },
  });
}

/** A result with the names of the protocol's side. */
function onWire(result: SandboxResult, session_id: string): z.input<typeof outputs.executeCode> {
  const { metadata, structuredContent } = result;
  const { actionable_guidance, related_docs, code_examples, fuel_analysis, ...failure } = structuredContent;
  return {
    success: result.success,
    stdout: result.stdout,
    stderr: result.stderr,
    exit_code: result.exitCode,
    execution_time_ms: Math.round(result.durationMs * 1000) / 1000,
    fuel_consumed: result.fuelConsumed,
    fuel_budget: result.fuelBudget,
    memory_used_bytes: result.memoryUsedBytes,
    session_id,
    files_created: [...result.filesCreated],
    files_modified: [...result.filesModified],
    metadata: {
      runtime: metadata.runtime,
      workspace_path: result.workspacePath,
      trapped: metadata.trapped,
      trap_reason: metadata.trapReason,
      error_code: metadata.errorCode,
      signal: metadata.signal,
      memory_limit_bytes: metadata.memoryLimitBytes,
      timeout_seconds: metadata.timeoutSeconds,
      stdout_truncated: metadata.stdoutTruncated,
      stderr_truncated: metadata.stderrTruncated,
      auto_persist_globals: metadata.autoPersistGlobals,
      state_skipped: [...metadata.stateSkipped],
      files_removed: [...metadata.filesRemoved],
    },
    structured_content: {
      fuel_analysis: { ...fuel_analysis, likely_causes: [...fuel_analysis.likely_causes] },
      ...failure,
      ...(actionable_guidance === undefined ? {} : { actionable_guidance: [...actionable_guidance] }),
      ...(related_docs === undefined ? {} : { related_docs: [...related_docs] }),
      ...(code_examples === undefined ? {} : { code_examples: [...code_examples] }),
    },
  };
}
