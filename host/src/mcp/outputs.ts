import type { ContentBlock } from '@modelcontextprotocol/sdk/types.js';
import { scheme } from './files.ts';

/** Characters of an output that stand in a result's text; of what is longer, its beginning and its end. */
const shown = { stdout: { head: 12_000, tail: 8_000 }, stderr: { head: 2_000, tail: 8_000 } } as const;
/** Characters that are kept of the latest long outputs, of all together. */
const mostKept = 8 * 1024 * 1024;

type Stream = keyof typeof shown;

/** The outputs of a run. */
interface Outputs {
  readonly session_id: string;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Long outputs of a connection's latest runs. What a client shows a model of a result is its text, more often than not, and a model
 * has no room for two megabytes: there the middle is left out, and the whole can be read as a resource.
 */
export class KeptOutputs {
  /** By address, the oldest first. */
  readonly #kept = new Map<string, string>();
  #runs = 0;
  #characters = 0;

  /** The same value for the text of a result, long outputs cut, and links to the whole ones. */
  abridged<T extends Outputs>(value: T): { readonly value: T; readonly blocks: readonly ContentBlock[] } {
    this.#runs++;
    const blocks: ContentBlock[] = [];
    const cut = { stdout: value.stdout, stderr: value.stderr };
    for (const stream of ['stdout', 'stderr'] as const) {
      const whole = value[stream];
      const { head, tail } = shown[stream];
      if (whole.length <= head + tail) continue;
      const uri = `${scheme}://${value.session_id}/output/${this.#runs}/${stream}`;
      this.#keep(uri, whole);
      cut[stream] = shortened(whole, stream, uri);
      const size = Buffer.byteLength(whole);
      blocks.push({ type: 'resource_link', uri, name: `whole ${stream}`, mimeType: 'text/plain', size });
    }
    return { value: { ...value, ...cut }, blocks };
  }

  /** A kept output; nothing when there is none of that address, or it is no longer kept. */
  read(uri: string): string | undefined {
    return this.#kept.get(uri);
  }

  #keep(uri: string, text: string): void {
    this.#kept.set(uri, text);
    this.#characters += text.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#characters <= mostKept || oldest === uri) return;
      this.#kept.delete(oldest);
      this.#characters -= length;
    }
  }
}

function shortened(whole: string, stream: Stream, uri: string): string {
  const { head, tail } = shown[stream];
  const left = whole.length - head - tail;
  const note = `[golem-exec: ${left} of ${whole.length} characters of ${stream} left out here. The whole: resources/read ${uri}. Better: print less, or write to a file and read parts of it.]`;
  return `${whole.slice(0, head)}\n\n${note}\n\n${whole.slice(-tail)}`;
}
