import { InvalidRequestError } from '../index.ts';

/** How to start the server, or where it is. */
export type ServerEntry =
  | { readonly command: string; readonly args: readonly string[] }
  | { readonly url: string; readonly headers?: Readonly<Record<string, string>> };

/** How a client's configuration file names its servers. */
interface ClientForm {
  /** The field that holds them. */
  readonly key: 'mcpServers' | 'servers' | 'context_servers';
  /** What stands before the command of a server that it starts. */
  readonly local?: object;
  /** How it names a server over HTTP; absent where it knows none. */
  readonly remote?: (url: string) => object;
}

/** The clients whose files are known, the first for those that are not. */
const clients = {
  'claude-code': { key: 'mcpServers', remote: (url) => ({ type: 'http', url }) },
  'claude-desktop': { key: 'mcpServers' },
  cline: { key: 'mcpServers', remote: (url) => ({ type: 'streamableHttp', url }) },
  cursor: { key: 'mcpServers', remote: (url) => ({ url }) },
  gemini: { key: 'mcpServers', remote: (httpUrl) => ({ httpUrl }) },
  vscode: { key: 'servers', local: { type: 'stdio' }, remote: (url) => ({ type: 'http', url }) },
  windsurf: { key: 'mcpServers', remote: (serverUrl) => ({ serverUrl }) },
  zed: { key: 'context_servers', remote: (url) => ({ url }) },
} as const satisfies Record<string, ClientForm>;

/**
 * What a client's configuration file wants for a server.
 *
 * @param client one of those above; true for the form that most of them read.
 * @throws {InvalidRequestError} for a client that is not known, or that knows no servers over HTTP.
 */
export function configFor(client: string | true, entry: ServerEntry): object {
  const name = client === true ? 'claude-code' : client;
  if (!Object.hasOwn(clients, name)) {
    throw new InvalidRequestError(
      'print-config',
      `expected one of ${Object.keys(clients).join(', ')}, got ${JSON.stringify(name)}`,
    );
  }
  const form: ClientForm = clients[name as keyof typeof clients];
  if ('command' in entry) return { [form.key]: { 'golem-exec': { ...form.local, ...entry } } };
  if (form.remote === undefined) {
    throw new InvalidRequestError('print-config', `${name} starts its servers itself: leave --http out`);
  }
  const { url, ...headers } = entry;
  return { [form.key]: { 'golem-exec': { ...form.remote(url), ...headers } } };
}
