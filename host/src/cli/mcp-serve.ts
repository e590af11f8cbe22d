import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createExecutor, InvalidRequestError, openSessionStore, type SessionStore } from '../index.ts';
import { type HttpServer, isLoopback, ServerFactory, serveHttp, serveStdio } from '../mcp/index.ts';
import { readPackages } from '../node/packages.ts';
import type { VendoredPackage } from '../vendor/index.ts';
import { reasonOf } from './inputs.ts';
import type { McpOptions } from './mcp.ts';
import { configFor, type ServerEntry } from './mcp-clients.ts';
import { onReaderGone } from './reader.ts';
import { write } from './show.ts';
import { parseDuration, parseInteger } from './units.ts';

/** How often expired sessions are removed while the server runs. */
const pruneMs = 60 * 60 * 1000;

/** `golem-exec mcp`: serves until the client goes, or the process is told to end. */
export async function serveMcp(options: McpOptions, version: string): Promise<void> {
  const address = options.http === undefined ? undefined : addressOf(options.http);
  const token = address === undefined ? undefined : await tokenOf(options);
  const ttlMs = options.ttl === undefined ? undefined : parseDuration(options.ttl, 'ttl');
  const store = openSessionStore({
    ...(options.dir === undefined ? {} : { folder: options.dir }),
    ...(ttlMs === undefined ? {} : { ttlMs }),
  });
  const workers = options.workers === undefined ? {} : { workers: parseInteger(options.workers, 'workers') };
  await using executor = createExecutor(workers);
  const factory = new ServerFactory({ version, executor, packages: { all: packagesOnce() }, onFault });
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  // The server sees to its standard output itself; what it says on the other is not worth ending for.
  onReaderGone(() => undefined);
  const pruning = keepPruned(store);
  try {
    if (address === undefined) {
      // The client has yet to introduce itself: time to load the languages.
      void factory.warm();
      await serveStdio(factory, store, { signal: stop.signal });
      return;
    }
    const { allowHost, allowOrigin } = options;
    const server = await serveHttp(factory, {
      ...address,
      ...(token === undefined ? {} : { token }),
      ...(allowHost === undefined ? {} : { allowedHosts: allowHost }),
      ...(allowOrigin === undefined ? {} : { allowedOrigins: allowOrigin }),
      ...(ttlMs === undefined ? {} : { ttlMs }),
      folder: store.folder,
    });
    void factory.warm();
    await untilStopped(server, stop.signal);
  } finally {
    clearInterval(pruning);
  }
}

/** A client is told that the server could not do it; here is why. */
function onFault(error: unknown): void {
  process.stderr.write(`golem-exec: mcp: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

async function untilStopped(server: HttpServer, signal: AbortSignal): Promise<void> {
  process.stderr.write(`golem-exec: serving MCP at ${server.url}\n`);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await server.close();
}

/** Removes expired sessions now and every hour. What cannot be removed now may be another time. */
function keepPruned(store: SessionStore): NodeJS.Timeout {
  const prune = (): void => void store.prune().catch(() => undefined);
  prune();
  return setInterval(prune, pruneMs).unref();
}

/** `[HOST:]PORT`, an IPv6 address in brackets. */
function addressOf(text: string): { host: string; port: number } {
  const [, bracketed, name, digits] = /^(?:(?:\[([0-9a-f:]+)\]|([^:[\]]+)):)?(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits ?? Number.NaN);
  if (!(port <= 65535))
    throw new InvalidRequestError(
      'http',
      `expected [HOST:]PORT such as 8090 or 127.0.0.1:8090, got ${JSON.stringify(text)}`,
    );
  return { host: bracketed ?? name ?? '127.0.0.1', port };
}

async function tokenOf({ tokenFile }: McpOptions): Promise<string | undefined> {
  if (tokenFile === undefined) return process.env['EXEC_MCP_TOKEN'] || undefined;
  const text = await readFile(tokenFile, 'utf8').catch((error: unknown) => {
    throw new InvalidRequestError(
      'token-file',
      `cannot read ${JSON.stringify(tokenFile)}: ${reasonOf(error)}; give a file that holds the token`,
    );
  });
  return text.trim();
}

function packagesOnce(): () => Promise<readonly VendoredPackage[] | undefined> {
  let packages: Promise<readonly VendoredPackage[] | undefined> | undefined;
  return () => (packages ??= readPackages().catch(() => undefined));
}

/** `golem-exec mcp --print-config`: what a client's configuration file wants. */
export async function printConfig(client: string | true, options: McpOptions): Promise<void> {
  const entry = options.http === undefined ? commandOf(options) : await remoteOf(options.http, options);
  await write(process.stdout, `${JSON.stringify(configFor(client, entry), null, 2)}\n`);
}

function commandOf({ dir, ttl, workers }: McpOptions): ServerEntry {
  const given: readonly (readonly [string, string | undefined])[] = [
    // The client starts it in a folder of its own.
    ['--dir', dir === undefined ? undefined : resolve(dir)],
    ['--ttl', ttl],
    ['--workers', workers],
  ];
  const args = given.flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  return { command: process.execPath, args: [fileURLToPath(new URL('./cli.js', import.meta.url)), 'mcp', ...args] };
}

async function remoteOf(http: string, options: McpOptions): Promise<ServerEntry> {
  const { host, port } = addressOf(http);
  if (port === 0) throw new InvalidRequestError('http', 'give the port that the server will have, such as 8090');
  // A server of all addresses answers to the names that it was given only.
  const name = host === '0.0.0.0' || host === '::' ? (options.allowHost?.[0] ?? 'HOST') : host;
  const shown = name.includes(':') ? `[${name}]` : name;
  const token = (await tokenOf(options)) !== undefined || !isLoopback(host);
  const headers = token ? { headers: { Authorization: 'Bearer TOKEN' } } : {};
  return { url: `http://${shown}:${port}/mcp`, ...headers };
}
