import { passing } from './ends.ts';
import type { ByteSource, Readiness } from './platform.ts';

/** Bytes asked of the source at once, at the most. */
const maxRead = 64 * 1024;

const nothing = new Uint8Array(0);

/** A tenant's standard input, shared by all handles to it. */
export class StdinBuffer implements Readiness {
  readonly #source: ByteSource;
  /** What the source gave beyond what was asked for. */
  #rest: Uint8Array = nothing;
  #ended = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Up to `max` bytes; `null` at the end. Empty if it would have to block and must not. */
  take(max: number, block: boolean): Uint8Array | null {
    if (max === 0) return nothing;
    if (this.#rest.length === 0) {
      if (!block && !this.ready()) return nothing;
      if (this.#ended) return null;
      const bytes = passing(() => this.#source.read(Math.min(max, maxRead)));
      if (bytes === null) {
        this.#ended = true;
        return null;
      }
      this.#rest = bytes;
    }
    const bytes = this.#rest.subarray(0, max);
    this.#rest = this.#rest.subarray(bytes.length);
    return bytes;
  }

  ready(): boolean {
    if (this.#rest.length > 0 || this.#ended) return true;
    return passing(() => this.#source.readiness?.ready() ?? true);
  }

  wait(untilNs: bigint | undefined): void {
    passing(() => this.#source.readiness?.wait(untilNs));
  }
}
