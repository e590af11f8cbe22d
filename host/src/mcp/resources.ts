import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { type Client, defaultSession } from './client.ts';
import { linkTo, mimeType, scheme, textOf } from './files.ts';

/** Files that a listing shows; list_files shows all. */
const mostListed = 500;

/**
 * Makes the files of a client's sessions readable as resources, `golem-exec://SESSION/app/PATH`, and long outputs of its
 * latest programs, `golem-exec://SESSION/output/NUMBER/stdout`.
 */
export function addResources(server: McpServer, client: Client): void {
  const template = new ResourceTemplate(`${scheme}://{session}/{+path}`, {
    list: async () => {
      const files = await client
        .sandbox(defaultSession)
        .then((sandbox) => sandbox.listFiles('/app'))
        .catch(() => []);
      const resources = files
        .filter(({ kind }) => kind === 'file')
        .slice(0, mostListed)
        .map((file) => {
          const { uri, name, mimeType: type, size } = linkTo(defaultSession, file);
          return {
            uri,
            name,
            ...(type === undefined ? {} : { mimeType: type }),
            ...(size === undefined ? {} : { size }),
          };
        });
      return { resources };
    },
  });
  const about = {
    title: 'Files of a session',
    description:
      'A file that a program wrote, or that was sent. Listed are those of the default session; any session of this connection can be read.',
  };
  server.registerResource('session-file', template, about, async (uri) => {
    const output = client.outputs.read(uri.href);
    if (output !== undefined) return { contents: [{ uri: uri.href, mimeType: 'text/plain', text: output }] };
    const { session, path } = parseUri(uri.href);
    const bytes = await client
      .sandbox(session)
      .then((sandbox) => sandbox.readFile(path))
      .catch(() => {
        throw new McpError(
          ErrorCode.InvalidParams,
          `there is no file ${JSON.stringify(path)} in session ${JSON.stringify(session)}`,
        );
      });
    const text = textOf(bytes);
    const common = { uri: uri.href, mimeType: mimeType(path) };
    return {
      contents: [text === undefined ? { ...common, blob: Buffer.from(bytes).toString('base64') } : { ...common, text }],
    };
  });
}

/** The session and the absolute path that an address names. What it leads to, the session's own file system decides. */
export function parseUri(uri: string): { session: string; path: string } {
  const match = /^golem-exec:\/\/([A-Za-z0-9][A-Za-z0-9-]{0,63})(\/app\/[^?#]+)$/.exec(uri);
  const [, session, encoded] = match ?? [];
  let path: string | undefined;
  try {
    path = encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    path = undefined;
  }
  const parts = path?.split('/') ?? ['..'];
  if (
    session === undefined ||
    path === undefined ||
    path.includes('\0') ||
    parts.includes('..') ||
    parts.includes('.')
  ) {
    throw new McpError(
      ErrorCode.InvalidParams,
      `${JSON.stringify(uri.slice(0, 200))} is no address of a file, or of an output that is still kept: expected ${scheme}://SESSION/app/PATH`,
    );
  }
  return { session, path };
}
