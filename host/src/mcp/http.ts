import { randomUUID } from 'node:crypto';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { openSessionStore, type SessionStore } from '../store/index.ts';
import { Guard, type GuardOptions } from './guard.ts';
import type { Connection, ServerFactory } from './server.ts';

/** How to serve over HTTP. */
export interface HttpOptions extends Omit<GuardOptions, 'host'> {
  /** `127.0.0.1` when absent. */
  readonly host?: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Where the clients' sessions are kept: in a folder of its own for each connection. */
  readonly folder: string;
  /** Milliseconds without a change after which a session expires; the store's own time when absent. */
  readonly ttlMs?: number;
  /** Milliseconds without a request after which a connection ends; 30 minutes. */
  readonly idleMs?: number;
  /** The most connections; 100. */
  readonly maxConnections?: number;
  /** Bytes of requests on their way in, of all clients together; 256 MiB. */
  readonly maxIncomingBytes?: number;
}

/** A server that listens. */
export interface HttpServer {
  /** The address of its endpoint. */
  readonly url: string;
  close(): Promise<void>;
}

const endpoint = '/mcp';
/** Bytes of one request. */
const mostBytes = 32 * 1024 * 1024;
/** The most sessions of one client, and the bytes that they may take. */
const clientSessions = { maxSessions: 100, maxBytes: 1024 * 1024 * 1024 };
/** The folder of the clients' folders. */
const clients = 'clients';

interface HttpConnection extends Connection {
  readonly transport: StreamableHTTPServerTransport;
  readonly folder: string;
  /** Requests that are being answered. */
  open: number;
  used: number;
}

/**
 * Serves clients over streamable HTTP. Each connection (`Mcp-Session-Id`) has sessions, metrics and programs of its own; they
 * end with it.
 *
 * @throws {InvalidRequestError} for an address that others can reach, without a token.
 */
export async function serveHttp(factory: ServerFactory, options: HttpOptions): Promise<HttpServer> {
  const { host = '127.0.0.1', port, folder } = options;
  const guard = new Guard({ ...options, host });
  await removeLeft(join(folder, clients), options.ttlMs);
  const connections = new Connections(factory, options);
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000 }, (request, response) => {
    const refusal = guard.refusal(request);
    if (refusal !== undefined) {
      if (refusal.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
      refuse(response, refusal.status, refusal.message);
      return;
    }
    connections.answer(request, response).catch(() => refuse(response, 500, 'the server could not answer'));
  });
  await listening(server, port, host);
  const { port: actual, family, address } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}${endpoint}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await connections.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

class Connections {
  readonly #factory: ServerFactory;
  readonly #options: HttpOptions;
  readonly #open = new Map<string, HttpConnection>();
  readonly #sweep: NodeJS.Timeout;
  readonly #incoming: Incoming;

  constructor(factory: ServerFactory, options: HttpOptions) {
    this.#factory = factory;
    this.#options = options;
    this.#incoming = { bytes: 0, most: options.maxIncomingBytes ?? 256 * 1024 * 1024 };
    const idleMs = options.idleMs ?? 30 * 60 * 1000;
    this.#sweep = setInterval(() => void this.#endIdle(idleMs), Math.min(60_000, Math.max(50, idleMs / 4)));
    this.#sweep.unref();
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (URL.parse(request.url ?? '/', 'http://here')?.pathname !== endpoint) {
      refuse(response, 404, `there is nothing at this path; the endpoint is ${endpoint}`);
      return;
    }
    const body = request.method === 'POST' ? await jsonBody(request, response, this.#incoming) : { value: undefined };
    if (body === undefined) return;
    const id = request.headers['mcp-session-id'];
    const connection = typeof id === 'string' ? this.#open.get(id) : await this.#begin(request, response);
    if (connection === undefined) {
      // Told so, a client begins anew (streamable HTTP, session management).
      if (!response.headersSent) refuse(response, 404, 'there is no such connection; initialize again');
      return;
    }
    connection.open++;
    connection.used = Date.now();
    response.once('close', () => {
      connection.open--;
      connection.used = Date.now();
      // Its answer would go nowhere: there is no way to ask for it again.
      if (!response.writableFinished) for (const each of requestIds(body.value)) connection.client.cancelRequest(each);
    });
    await connection.transport.handleRequest(request, response, body.value);
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    await Promise.all([...this.#open].map(([id]) => this.#end(id)));
  }

  async #begin(request: IncomingMessage, response: ServerResponse): Promise<HttpConnection | undefined> {
    if (request.method !== 'POST') {
      refuse(response, 400, 'the request names no connection: Mcp-Session-Id is missing');
      return undefined;
    }
    const { folder: base, ttlMs, maxConnections = 100 } = this.#options;
    if (this.#open.size >= maxConnections) {
      refuse(response, 503, 'the server has as many connections as it may; try again later');
      return undefined;
    }
    const id = randomUUID();
    const folder = join(base, clients, id);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      onsessioninitialized: () => {
        this.#open.set(id, connection);
      },
      onsessionclosed: () => this.#end(id),
      maxRequestBodySize: mostBytes,
    });
    const { server, client, close } = this.#factory.connection(storeOf(folder, ttlMs));
    const connection: HttpConnection = { server, client, close, transport, folder, open: 0, used: Date.now() };
    // Of this class it says that its callbacks may be undefined, which Transport does not.
    await server.connect(transport as Parameters<typeof server.connect>[0]);
    // A first request that does not initialize: the transport refuses it, and the connection never began.
    response.once('close', () => {
      if (!this.#open.has(id)) void close();
    });
    return connection;
  }

  async #end(id: string): Promise<void> {
    const connection = this.#open.get(id);
    if (connection === undefined) return;
    this.#open.delete(id);
    await connection.close();
    await rm(connection.folder, { recursive: true, force: true }).catch(() => undefined);
  }

  async #endIdle(idleMs: number): Promise<void> {
    const now = Date.now();
    const idle = [...this.#open].filter(
      ([, { client, open, used }]) => !client.busy && open === 0 && now - used > idleMs,
    );
    await Promise.all(idle.map(([id]) => this.#end(id)));
  }
}

function storeOf(folder: string, ttlMs: number | undefined): SessionStore {
  return openSessionStore({ folder, ...clientSessions, ...(ttlMs === undefined ? {} : { ttlMs }) });
}

/** Removes what connections of a server left that ended without ending them, once it has expired. */
async function removeLeft(folder: string, ttlMs: number | undefined): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    await storeOf(path, ttlMs)
      .prune()
      .catch(() => undefined);
    // Only if it is empty.
    await rmdir(path).catch(() => undefined);
  }
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Bytes of bodies that are being read: who they are from is not known yet. */
interface Incoming {
  bytes: number;
  readonly most: number;
}

/** The body of a request; nothing when it was refused. */
async function jsonBody(
  request: IncomingMessage,
  response: ServerResponse,
  incoming: Incoming,
): Promise<{ readonly value: unknown } | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      bytes += piece.length;
      incoming.bytes += piece.length;
      if (bytes > mostBytes) {
        response.setHeader('Connection', 'close');
        refuse(response, 413, `the request is longer than ${mostBytes} bytes; send large files in parts`);
        return undefined;
      }
      if (incoming.bytes > incoming.most) {
        response.setHeader('Connection', 'close');
        refuse(response, 503, 'the server is reading as many requests as it may; try again later');
        return undefined;
      }
      pieces.push(piece);
    }
  } finally {
    incoming.bytes -= bytes;
  }
  try {
    return { value: JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown };
  } catch {
    refuse(response, 400, 'the body is not JSON', -32700);
    return undefined;
  }
}

function requestIds(body: unknown): (string | number)[] {
  const messages: unknown[] = Array.isArray(body) ? body : [body];
  return messages.flatMap((message) => {
    const { id } = (typeof message === 'object' && message !== null ? message : {}) as { id?: unknown };
    return typeof id === 'string' || typeof id === 'number' ? [id] : [];
  });
}

function refuse(response: ServerResponse, status: number, message: string, code = -32000): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } }));
}
