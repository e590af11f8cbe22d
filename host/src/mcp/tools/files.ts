import { posix } from 'node:path';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { type Client, defaultSession } from '../client.ts';
import { ToolFailure } from '../failures.ts';
import { fileUri, mimeType, textOf } from '../files.ts';
import { inputs, outputs } from '../schemas.ts';
import { addTool } from '../tool.ts';

/** Bytes of a file that `download_file` puts into its answer. */
const mostBytes = 8 * 1024 * 1024;
const mostEntries = 1000;

/** `upload_file`, `download_file` and `list_files`. */
export function addFiles(server: McpServer, client: Client): void {
  addTool(server, client, {
    name: 'upload_file',
    title: 'Write a file',
    input: inputs.upload,
    output: outputs.upload,
    hints: { destructiveHint: true, idempotentHint: true },
    async call(own, { path, content, encoding, session_id = defaultSession }) {
      const sandbox = await own.sandbox(session_id);
      await sandbox.writeFile(path, content, encoding);
      const absolute = absolutePath(path);
      const size = encoding === 'utf8' ? Buffer.byteLength(content) : Buffer.byteLength(content, 'base64');
      return { value: { session_id, path: absolute, size } };
    },
  });

  addTool(server, client, {
    name: 'download_file',
    title: 'Read a file',
    input: inputs.download,
    output: outputs.download,
    hints: { readOnlyHint: true },
    async call(own, { path, encoding, session_id = defaultSession }) {
      const bytes = await (await own.sandbox(session_id)).readFile(path);
      const absolute = absolutePath(path);
      if (bytes.length > mostBytes) {
        throw new ToolFailure(
          'QuotaExceeded',
          `${JSON.stringify(path)} has ${bytes.length} bytes, more than the ${mostBytes} of one answer`,
          [`Read it as a resource: ${fileUri(session_id, absolute)}`, 'Let a program cut it down or split it first.'],
        );
      }
      const text = encoding === 'base64' ? undefined : textOf(bytes);
      if (text === undefined && encoding === 'utf8') {
        throw new ToolFailure('InvalidRequest', `${JSON.stringify(path)} is not UTF-8 text`, [
          'Use encoding="base64".',
          'Use encoding="auto", which chooses.',
        ]);
      }
      const content =
        text === undefined
          ? { encoding: 'base64' as const, content: Buffer.from(bytes).toString('base64') }
          : { encoding: 'utf8' as const, content: text };
      return { value: { session_id, path: absolute, size: bytes.length, ...content, mime_type: mimeType(path) } };
    },
  });

  addTool(server, client, {
    name: 'list_files',
    title: 'List files',
    input: inputs.listFiles,
    output: outputs.listFiles,
    hints: { readOnlyHint: true },
    async call(own, { path, session_id = defaultSession }) {
      const all = await (await own.sandbox(session_id)).listFiles(path);
      const files = all.slice(0, mostEntries).map((file) => ({
        path: file.path,
        kind: file.kind,
        size: file.size,
        modified_at: new Date(file.modifiedMs).toISOString(),
      }));
      return {
        value: {
          session_id,
          path: absolutePath(path),
          files,
          count: all.length,
          complete: files.length === all.length,
        },
      };
    },
  });
}

/** A path as programs see it; the sandbox has checked it. */
function absolutePath(path: string): string {
  return posix.resolve('/app', path);
}
