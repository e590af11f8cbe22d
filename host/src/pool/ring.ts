/**
 * The output of a program on its way from a worker to the main thread: a ring of bytes in shared memory. The
 * main thread can read it while the worker is inside WebAssembly, and even after the worker was terminated, so
 * nothing printed is lost. A full ring makes the program wait: that is the backpressure.
 *
 * A record is a header (little-endian u32: bit 31 set for standard error, the rest is the length) and its bytes.
 */

/** 1 is standard output, 2 is standard error, as file descriptors. */
export type StreamNumber = 1 | 2;

/** Shared between a worker and the main thread for the life of the worker. */
export interface SharedControl {
  readonly flags: Int32Array<SharedArrayBuffer>;
  readonly ring: Uint8Array<SharedArrayBuffer>;
}

/** Indices of `SharedControl.flags`. */
export const flag = {
  /** 0, or why the run under way must stop (`StopReason` by its number). */
  stop: 0,
  /** Bytes written and read since the worker began, modulo 2³². */
  written: 1,
  read: 2,
  /** 1 while a message that announces output is on its way. */
  announced: 3,
  /** 0 until the run under way has begun, then when it did (`clockMs`). */
  began: 4,
} as const;

/**
 * Milliseconds of a clock that all threads of the process share, in 31 bits and never 0: enough to tell how long a run
 * has been under way.
 */
export function clockMs(): number {
  return Math.floor(performance.timeOrigin + performance.now()) % 0x7fff_ffff || 1;
}

const headerBytes = 4;
/** Bytes from which on a chunk is not joined with what follows it. */
const mostJoined = 64 * 1024;
const errorBit = 0x8000_0000;

/** @param capacity bytes of output under way, a power of two. */
export function createSharedControl(capacity: number): SharedControl {
  return {
    flags: new Int32Array(new SharedArrayBuffer(Object.keys(flag).length * Int32Array.BYTES_PER_ELEMENT)),
    ring: new Uint8Array(new SharedArrayBuffer(capacity)),
  };
}

/** The worker's end. */
export class RingWriter {
  readonly #control: SharedControl;
  /** Called when the ring is full: returns when the reader may have moved on, or throws to stop the program. */
  readonly #waitForSpace: (readSeen: number) => void;
  /** Called once for output that the reader does not know of yet. */
  readonly #announce: () => void;
  /** Bytes in the ring from which on output is announced. */
  #announceFrom = 0;

  constructor(control: SharedControl, waitForSpace: (readSeen: number) => void, announce: () => void) {
    this.#control = control;
    this.#waitForSpace = waitForSpace;
    this.#announce = announce;
  }

  /**
   * Whether somebody waits for the output. If not, it is announced only when the ring is half full, and else found
   * by the reader when the run has ended.
   */
  set live(live: boolean) {
    this.#announceFrom = live ? 0 : this.#control.ring.length / 2;
  }

  write(stream: StreamNumber, bytes: Uint8Array): void {
    const { ring } = this.#control;
    const most = ring.length / 4;
    for (let at = 0; at < bytes.length; at += most) this.#record(stream, bytes.subarray(at, at + most));
  }

  #record(stream: StreamNumber, bytes: Uint8Array): void {
    const { flags, ring } = this.#control;
    const written = Atomics.load(flags, flag.written) >>> 0;
    for (;;) {
      const read = Atomics.load(flags, flag.read);
      const used = (written - read) >>> 0;
      if (ring.length - used >= headerBytes + bytes.length) break;
      this.#announceOnce();
      this.#waitForSpace(read);
    }
    const header = (bytes.length | (stream === 2 ? errorBit : 0)) >>> 0;
    for (let i = 0; i < headerBytes; i++) ring[(written + i) % ring.length] = (header >>> (8 * i)) & 0xff;
    const start = (written + headerBytes) % ring.length;
    const head = Math.min(bytes.length, ring.length - start);
    ring.set(head === bytes.length ? bytes : bytes.subarray(0, head), start);
    if (head < bytes.length) ring.set(bytes.subarray(head), 0);
    const after = (written + headerBytes + bytes.length) | 0;
    Atomics.store(flags, flag.written, after);
    if ((after - Atomics.load(flags, flag.read)) >>> 0 >= this.#announceFrom) this.#announceOnce();
  }

  #announceOnce(): void {
    if (Atomics.exchange(this.#control.flags, flag.announced, 1) === 0) this.#announce();
  }
}

/** One piece of output. */
export interface OutputChunk {
  readonly stream: StreamNumber;
  readonly bytes: Uint8Array;
}

/** The main thread's end. */
export class RingReader {
  readonly #control: SharedControl;

  constructor(control: SharedControl) {
    this.#control = control;
  }

  /** To be called when an announcement arrives, before reading: output written from now on is announced again. */
  acknowledge(): void {
    Atomics.store(this.#control.flags, flag.announced, 0);
  }

  /**
   * Takes the next piece of output, or nothing. What the program wrote to the same stream in several pieces comes as
   * one, if it is there already.
   *
   * @throws {RangeError} when the ring's content makes no sense: the worker is not to be trusted any more.
   */
  next(): OutputChunk | undefined {
    const { flags } = this.#control;
    let read = Atomics.load(flags, flag.read) >>> 0;
    const first = this.#record(read);
    if (first === undefined) return undefined;
    const { stream } = first;
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (let record: Record | undefined = first; record?.stream === stream; record = this.#record(read)) {
      pieces.push(this.#bytes(read + headerBytes, record.length));
      length += record.length;
      read = (read + headerBytes + record.length) >>> 0;
      if (length >= mostJoined) break;
    }
    Atomics.store(flags, flag.read, read | 0);
    Atomics.notify(flags, flag.read);
    return { stream, bytes: join(pieces, length) };
  }

  /** The record that begins at a position, if it is written. */
  #record(at: number): Record | undefined {
    const { flags, ring } = this.#control;
    const used = ((Atomics.load(flags, flag.written) >>> 0) - at) >>> 0;
    if (used === 0) return undefined;
    let header = 0;
    for (let i = 0; i < headerBytes; i++) header |= (ring[(at + i) % ring.length] ?? 0) << (8 * i);
    const length = header & ~errorBit;
    if (used > ring.length || headerBytes + length > used) throw new RangeError('output ring is damaged');
    return { stream: header < 0 ? 2 : 1, length };
  }

  #bytes(at: number, length: number): Uint8Array {
    const { ring } = this.#control;
    const bytes = new Uint8Array(length);
    const start = at % ring.length;
    const head = Math.min(length, ring.length - start);
    bytes.set(ring.subarray(start, start + head));
    if (head < length) bytes.set(ring.subarray(0, length - head), head);
    return bytes;
  }
}

interface Record {
  readonly stream: StreamNumber;
  readonly length: number;
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
