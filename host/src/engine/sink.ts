import type { ByteSink } from '../wasi/index.ts';

/** Passes a stream on up to a number of bytes and drops the rest: the head stays, the program goes on. */
export class CutSink implements ByteSink {
  readonly #inner: ByteSink;
  #left: number;
  #used = false;
  #truncated = false;

  constructor(inner: ByteSink, mostBytes: number) {
    this.#inner = inner;
    this.#left = mostBytes;
  }

  /** Whether anything was written. */
  get used(): boolean {
    return this.#used;
  }

  /** Whether anything was dropped. */
  get truncated(): boolean {
    return this.#truncated;
  }

  write(bytes: Uint8Array): void {
    this.#used ||= bytes.length > 0;
    if (bytes.length > this.#left) this.#truncated = true;
    const kept = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes;
    this.#left -= kept.length;
    if (kept.length > 0) this.#inner.write(kept);
  }
}
