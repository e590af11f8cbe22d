import type { Readable, Writable } from 'node:stream';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import type { SessionStore } from '../store/index.ts';
import type { ServerFactory } from './server.ts';

/** Bytes of one message; a longer one is refused, and the next one is read. */
const mostBytes = 32 * 1024 * 1024;
/** JSON-RPC 2.0 §5.1. */
const codes = { parse: -32700, request: -32600 } as const;

/**
 * Serves the one client at the other end of two streams, until they end or the signal is aborted. A client that goes away stops what
 * runs for it.
 */
export async function serveStdio(
  factory: ServerFactory,
  store: SessionStore,
  {
    input = process.stdin,
    output = process.stdout,
    signal,
  }: { readonly input?: Readable; readonly output?: Writable; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const connection = factory.connection(store);
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error'] as const) input.on(event, () => resolve());
    // Nobody reads the answers any more. Each one that is written tells so again.
    for (const event of ['close', 'error'] as const) output.on(event, () => resolve());
    signal?.addEventListener('abort', () => resolve(), { once: true });
    if (signal?.aborted === true) resolve();
  });
  await connection.server.connect(new LineTransport(input, output));
  await ended;
  await connection.close();
}

/**
 * A message a line. Unlike the transport of the protocol's library it answers what is no message: who sent it may wait for the answer
 * to its request.
 */
class LineTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #onData = (chunk: Buffer): void => this.#read(chunk);
  #pieces: Buffer[] = [];
  #bytes = 0;
  #skipping = false;
  #full: Promise<void> | undefined;

  constructor(input: Readable, output: Writable) {
    this.#input = input;
    this.#output = output;
  }

  async start(): Promise<void> {
    this.#input.on('data', this.#onData);
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (this.#write(message)) return;
    this.#full ??= this.#drained();
    await this.#full;
  }

  /** When there is room for more, or nobody reads it any more. */
  async #drained(): Promise<void> {
    const events = ['drain', 'close', 'error'] as const;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        for (const event of events) this.#output.off(event, done);
        resolve();
      };
      for (const event of events) this.#output.on(event, done);
    });
    this.#full = undefined;
  }

  async close(): Promise<void> {
    this.#input.off('data', this.#onData);
    this.#input.pause();
    this.#pieces = [];
    this.onclose?.();
  }

  #read(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      this.#take(rest.subarray(0, end));
      if (!this.#skipping) this.#line(Buffer.concat(this.#pieces).toString('utf8'));
      this.#pieces = [];
      this.#bytes = 0;
      this.#skipping = false;
      rest = rest.subarray(end + 1);
    }
    this.#take(rest);
  }

  #take(piece: Buffer): void {
    if (this.#skipping || piece.length === 0) return;
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    if (this.#bytes <= mostBytes) return;
    this.#pieces = [];
    this.#skipping = true;
    this.#refuse(null, codes.request, `the message is longer than ${mostBytes} bytes; send large files in parts`);
  }

  #line(line: string): void {
    // What separates messages may be there twice, and end in a carriage return.
    if (line.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      this.#refuse(null, codes.parse, 'the line is not JSON; a message is one line of JSON, in UTF-8');
      return;
    }
    // Batches were in the protocol in 2025-03-26 only; the messages of one are answered each by itself.
    if (Array.isArray(value) && value.length > 0) for (const each of value) this.#message(each);
    else this.#message(value);
  }

  #message(value: unknown): void {
    try {
      const { success, data } = JSONRPCMessageSchema.safeParse(value);
      if (success) {
        this.onmessage?.(data);
        return;
      }
    } catch (error) {
      // Nested deeper than a check can follow.
      if (!(error instanceof RangeError)) throw error;
    }
    this.#refuse(idOf(value), codes.request, 'this is no message of JSON-RPC 2.0 as MCP has them');
  }

  #refuse(id: string | number | null, code: number, message: string): void {
    this.#write({ jsonrpc: '2.0', id, error: { code, message } });
  }

  #write(message: object): boolean {
    return this.#output.write(`${JSON.stringify(message)}\n`);
  }
}

/** The id of what is no message otherwise, so that its sender learns of it; null where there is none to be seen. */
function idOf(value: unknown): string | number | null {
  const { id } = (typeof value === 'object' && value !== null ? value : {}) as { id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}
