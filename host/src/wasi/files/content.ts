import { clearPaid, copyPaid, type Pay, unitsOfBytes, unpaid } from './work.ts';

const empty = new Uint8Array(0);

/** Capacity doubles up to this step (in bytes), and grows by it from there on. */
const maxGrowthStep = 32 * 1024 * 1024;

/** A buffer that is this many times as large as what is in it is given back. Growth alone makes it twice as large. */
const mostSpare = 3;

/**
 * The bytes of a file: growable with amortised doubling, and shared copy-on-write between snapshots.
 *
 * Shrinking leaves old bytes behind, which are cleared when the file grows over them: until then nobody sees them, so
 * that the clearing may be stopped in the middle. Likewise a buffer that is being copied is nobody's yet.
 */
export class Content {
  #buffer: Uint8Array = empty;
  #size = 0;
  /** Bytes of an owned buffer from here on are zero; those between `size` and here may be anything. */
  #used = 0;
  /** Whether this content alone may write to the buffer. */
  #owned = true;
  /** Fetches the buffer, as long as nobody has looked at it. */
  #fetch: (() => Uint8Array) | undefined;

  /** Content over bytes that belong to somebody else; they are copied before the first change. */
  static over(bytes: Uint8Array): Content {
    const content = new Content();
    // A plain view: the slice of a Node Buffer would not be a copy.
    content.#buffer = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    content.#size = bytes.length;
    content.#owned = false;
    return content;
  }

  /** Content of `size` bytes that are fetched when they are first looked at. They belong to somebody else. */
  static lent(size: number, fetch: () => Uint8Array): Content {
    const content = new Content();
    content.#size = size;
    content.#owned = false;
    content.#fetch = fetch;
    return content;
  }

  get size(): number {
    return this.#size;
  }

  /** A view of at most `length` bytes from `offset`, valid until the next change. */
  view(offset: number, length: number): Uint8Array {
    this.#settle();
    const begin = Math.min(offset, this.#size);
    return this.#buffer.subarray(begin, begin + Math.min(length, this.#size - begin));
  }

  /** @throws {RangeError} if the memory cannot be had, and what `pay` throws; nothing changed then. */
  write(offset: number, bytes: Uint8Array, pay: Pay = unpaid): void {
    this.#settle();
    pay(unitsOfBytes(bytes.length));
    const end = offset + bytes.length;
    if (!this.#owned || end > this.#buffer.length) this.#reserve(Math.max(end, this.#size), pay);
    this.#clearTo(offset, pay);
    this.#buffer.set(bytes, offset);
    if (end > this.#size) this.#size = end;
    if (end > this.#used) this.#used = end;
  }

  /** @throws {RangeError} if the memory cannot be had, and what `pay` throws; nothing changed then. */
  resize(size: number, pay: Pay = unpaid): void {
    this.#settle();
    if (size < this.#size) {
      // A copy where writing is forbidden, and where most of the buffer would be held for nothing.
      if (!this.#owned || size < this.#buffer.length / mostSpare) {
        const buffer = size === 0 ? empty : new Uint8Array(size);
        copyPaid(this.#buffer.subarray(0, size), buffer, pay);
        this.#own(buffer, size);
      }
    } else {
      // What a buffer that others see too has beyond the file's end is not known to be zero.
      if (size > this.#buffer.length || (!this.#owned && size > this.#size)) this.#reserve(size, pay);
      this.#clearTo(size, pay);
    }
    this.#size = size;
  }

  /** Another content with the same bytes. Both copy before their next change. */
  share(): Content {
    this.#settle();
    const twin = new Content();
    twin.#buffer = this.#buffer;
    twin.#size = this.#size;
    twin.#owned = false;
    this.#owned = false;
    return twin;
  }

  /**
   * The bytes in shared memory, never to be changed again: other threads may read them. This content copies them
   * before its next change; without one, publishing again costs nothing.
   */
  publish(): Uint8Array {
    this.#settle();
    if (this.#owned || this.#buffer.length !== this.#size || !(this.#buffer.buffer instanceof SharedArrayBuffer)) {
      const shared = new Uint8Array(new SharedArrayBuffer(this.#size));
      shared.set(this.#buffer.subarray(0, this.#size));
      this.#buffer = shared;
      this.#owned = false;
    }
    return this.#buffer;
  }

  #settle(): void {
    if (this.#fetch === undefined) return;
    this.#buffer = this.#fetch();
    this.#fetch = undefined;
  }

  /** Makes what is between the file's end and `offset` zero, in a buffer of its own. */
  #clearTo(offset: number, pay: Pay): void {
    if (offset <= this.#size || this.#used <= this.#size) return;
    clearPaid(this.#buffer.subarray(this.#size, Math.min(offset, this.#used)), pay);
    if (offset >= this.#used) this.#used = this.#size;
  }

  #own(buffer: Uint8Array, used: number): void {
    this.#buffer = buffer;
    this.#used = used;
    this.#owned = true;
  }

  #reserve(needed: number, pay: Pay): void {
    const held = this.#buffer.length;
    // Most files are written once: the first buffer has the exact size.
    const spare = this.#owned && needed > held ? Math.min(held, maxGrowthStep) : 0;
    const buffer = new Uint8Array(Math.max(needed, held + spare));
    copyPaid(this.#buffer.subarray(0, this.#size), buffer, pay);
    this.#own(buffer, this.#size);
  }
}
