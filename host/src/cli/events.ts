import type { ExecEvent, ExecResult } from '../types.ts';
import { jsonText, write } from './show.ts';

/** A chunk of output as an event of `--stream`. `base64` is there where the bytes are not UTF-8; `text` then has U+FFFD in it. */
interface ChunkLine {
  readonly event: 'stdout-chunk' | 'stderr-chunk';
  readonly text: string;
  readonly base64?: string;
}

/**
 * Prints a line of JSON for each chunk of output.
 *
 * @returns the result of a run that completed.
 * @throws {ExecError} of a run that failed.
 */
export async function printEvents(events: AsyncIterable<ExecEvent>): Promise<ExecResult> {
  const streams = { 'stdout-chunk': new ChunkText('stdout-chunk'), 'stderr-chunk': new ChunkText('stderr-chunk') };
  for await (const event of events) {
    if (event.tag === 'stdout-chunk' || event.tag === 'stderr-chunk') {
      await print(streams[event.tag].add(event.val));
      continue;
    }
    for (const stream of Object.values(streams)) await print(stream.end());
    if (event.tag === 'failed') throw event.val;
    return event.val;
  }
  throw new Error('a stream of events ends with finished or failed');
}

async function print(line: ChunkLine | undefined): Promise<void> {
  if (line !== undefined) await write(process.stdout, `${jsonText(line)}\n`);
}

/** One stream's chunks as text: a character that comes in two pieces is put together first. */
class ChunkText {
  readonly #event: ChunkLine['event'];
  /** The beginning of a character, at most three bytes. */
  #begun: Uint8Array = new Uint8Array(0);

  constructor(event: ChunkLine['event']) {
    this.#event = event;
  }

  add(chunk: Uint8Array): ChunkLine | undefined {
    const bytes = Buffer.concat([this.#begun, chunk]);
    const whole = bytes.length - beginningAtEnd(bytes);
    this.#begun = bytes.subarray(whole);
    return this.#line(bytes.subarray(0, whole));
  }

  end(): ChunkLine | undefined {
    return this.#line(this.#begun);
  }

  #line(bytes: Uint8Array): ChunkLine | undefined {
    if (bytes.length === 0) return undefined;
    const event = this.#event;
    try {
      return { event, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
    } catch {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      return { event, text, base64: Buffer.from(bytes).toString('base64') };
    }
  }
}

/** How many bytes at the end begin a character that goes on after them. */
function beginningAtEnd(bytes: Uint8Array): number {
  for (let count = 1; count <= 3 && count <= bytes.length; count++) {
    const byte = bytes[bytes.length - count] ?? 0;
    if (byte >= 0x80 && byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > count ? count : 0;
  }
  return 0;
}
