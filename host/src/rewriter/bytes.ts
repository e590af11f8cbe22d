/** A module that is not valid, or holds what this rewriter does not know. The message names the place. */
export class WasmFormatError extends Error {
  override readonly name = 'WasmFormatError';
}

/** Reads the binary format (WebAssembly Core Specification §5.2) from a slice of bytes. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  u8(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined || this.at >= this.end) throw this.error('unexpected end');
    this.at++;
    return byte;
  }

  /** LEB128, at most 32 bits, unsigned. */
  u32(): number {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      if (shift === 28 && byte > 0x0f) throw this.error('integer over 32 bits');
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return result;
    }
  }

  /** Passes over a LEB128 of up to 64 bits, signed or not. */
  skipLeb(): void {
    for (let length = 1; this.u8() >= 0x80; length++) {
      if (length === 10) throw this.error('integer over 64 bits');
    }
  }

  skip(count: number): void {
    if (count > this.end - this.at) throw this.error('unexpected end');
    this.at += count;
  }

  /** A vector of bytes. */
  vector(): Uint8Array {
    const length = this.u32();
    const start = this.at;
    this.skip(length);
    return this.bytes.subarray(start, this.at);
  }

  name(): string {
    return new TextDecoder().decode(this.vector());
  }

  error(problem: string): WasmFormatError {
    return new WasmFormatError(`${problem} at byte ${this.at}`);
  }
}

/** Writes the binary format. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  u8(...bytes: number[]): this {
    this.#reserve(bytes.length);
    for (const byte of bytes) this.#bytes[this.#length++] = byte;
    return this;
  }

  u32(value: number): this {
    this.#reserve(5);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
    return this;
  }

  /** Signed LEB128 of an integer of at most 32 bits. */
  s32(value: number): this {
    let rest = value;
    for (;;) {
      const byte = rest & 0x7f;
      rest >>= 7;
      const last = (rest === 0 && byte < 0x40) || (rest === -1 && byte >= 0x40);
      this.u8(last ? byte : byte | 0x80);
      if (last) return this;
    }
  }

  raw(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  vector(bytes: Uint8Array): this {
    return this.u32(bytes.length).raw(bytes);
  }

  name(text: string): this {
    return this.vector(new TextEncoder().encode(text));
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#length + count, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
