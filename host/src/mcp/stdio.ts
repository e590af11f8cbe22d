import { type Readable, Transform, type Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { SessionStore } from '../store/index.ts';
import type { ServerFactory } from './server.ts';

/** Bytes of one message; a longer one is refused, and the next one is read. */
const mostBytes = 32 * 1024 * 1024;

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
  const lines = new WholeLines(output);
  const transport = new StdioServerTransport(lines, output, { maxBufferSize: mostBytes * 2 });
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error'] as const) input.once(event, () => resolve());
    // Nobody reads the answers any more.
    for (const event of ['close', 'error'] as const) output.once(event, () => resolve());
    signal?.addEventListener('abort', () => resolve(), { once: true });
    if (signal?.aborted === true) resolve();
  });
  input.pipe(lines);
  await connection.server.connect(transport);
  await ended;
  input.unpipe(lines);
  await connection.close();
}

/** Passes on whole lines: the transport looks at all that it holds with every piece that comes. */
class WholeLines extends Transform {
  readonly #output: Writable;
  #pieces: Buffer[] = [];
  #bytes = 0;
  #skipping = false;

  constructor(output: Writable) {
    super();
    this.#output = output;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    let rest = chunk;
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      this.#take(rest.subarray(0, end + 1));
      if (!this.#skipping) this.push(Buffer.concat(this.#pieces));
      this.#pieces = [];
      this.#bytes = 0;
      this.#skipping = false;
      rest = rest.subarray(end + 1);
    }
    this.#take(rest);
    done();
  }

  #take(piece: Buffer): void {
    if (this.#skipping || piece.length === 0) return;
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    if (this.#bytes <= mostBytes) return;
    this.#pieces = [];
    this.#skipping = true;
    // JSON-RPC 2.0 §5.1: the id of a request that cannot be read is null.
    const error = { code: -32600, message: `the message is longer than ${mostBytes} bytes; send large files in parts` };
    this.#output.write(`${JSON.stringify({ jsonrpc: '2.0', id: null, error })}\n`);
  }
}
