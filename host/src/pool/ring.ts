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
/** Bytes of a record at most, and from which on a chunk is not joined with what follows it. */
const mostJoined = 64 * 1024;
const errorBit = 0x8000_0000;

/** @param bound bytes of output under way that its ring must have room for. */
export function createSharedControl(bound: number): SharedControl {
  return {
    flags: new Int32Array(new SharedArrayBuffer(Object.keys(flag).length * Int32Array.BYTES_PER_ELEMENT)),
    ring: createRing(bound),
  };
}

/** A ring with room for so many bytes. Its length is a power of two, because the counters wrap around at one. */
export function createRing(bound: number): SharedControl['ring'] {
  return new Uint8Array(new SharedArrayBuffer(2 ** Math.ceil(Math.log2(bound))));
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
  #ring: SharedControl['ring'];
  #bound: number;

  constructor(control: SharedControl, waitForSpace: (readSeen: number) => void, announce: () => void) {
    this.#control = control;
    this.#waitForSpace = waitForSpace;
    this.#announce = announce;
    this.#ring = control.ring;
    this.#bound = control.ring.length;
  }

  /**
   * Begins a run; what the one before it wrote was read.
   *
   * @param live whether somebody waits for the output. If not, it is announced only when half of the bound is used, and
   * else found by the reader when the run has ended.
   * @param bound bytes that the reader may not have released yet, those that frame the output included.
   * @param ring where the bytes go, if not into the worker's own ring.
   */
  begin(live: boolean, bound: number, ring = this.#control.ring): void {
    this.#ring = ring;
    this.#bound = Math.min(bound, ring.length);
    this.#announceFrom = live ? 0 : this.#bound / 2;
  }

  write(stream: StreamNumber, bytes: Uint8Array): void {
    const most = Math.min(mostJoined, Math.floor(this.#bound / 4));
    for (let at = 0; at < bytes.length; at += most) this.#record(stream, bytes.subarray(at, at + most));
  }

  #record(stream: StreamNumber, bytes: Uint8Array): void {
    const { flags } = this.#control;
    const ring = this.#ring;
    const written = Atomics.load(flags, flag.written) >>> 0;
    for (;;) {
      const read = Atomics.load(flags, flag.read);
      const used = (written - read) >>> 0;
      if (this.#bound - used >= headerBytes + bytes.length) break;
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
  #ring: SharedControl['ring'];
  /** Up to where the chunk that was taken last goes. */
  #taken: number | undefined;

  constructor(control: SharedControl) {
    this.#control = control;
    this.#ring = control.ring;
  }

  /** Begins a run whose output goes into `ring`; all that came before was released. */
  begin(ring = this.#control.ring): void {
    this.#ring = ring;
  }

  /** To be called when an announcement arrives, before reading: output written from now on is announced again. */
  acknowledge(): void {
    Atomics.store(this.#control.flags, flag.announced, 0);
  }

  /**
   * Takes the next piece of output, or nothing. What the program wrote to the same stream in several pieces comes as
   * one, if it is there already. Its bytes count as buffered until {@link release}.
   *
   * @throws {RangeError} when the ring's content makes no sense: the worker is not to be trusted any more.
   */
  next(): OutputChunk | undefined {
    const { flags } = this.#control;
    this.release();
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
    this.#taken = read | 0;
    return { stream, bytes: join(pieces, length) };
  }

  /** The consumer has what {@link next} gave: the program may write as much again. */
  release(): void {
    if (this.#taken === undefined) return;
    const { flags } = this.#control;
    Atomics.store(flags, flag.read, this.#taken);
    Atomics.notify(flags, flag.read);
    this.#taken = undefined;
  }

  /** The record that begins at a position, if it is written. */
  #record(at: number): Record | undefined {
    const { flags } = this.#control;
    const ring = this.#ring;
    const used = ((Atomics.load(flags, flag.written) >>> 0) - at) >>> 0;
    if (used === 0) return undefined;
    let header = 0;
    for (let i = 0; i < headerBytes; i++) header |= (ring[(at + i) % ring.length] ?? 0) << (8 * i);
    const length = header & ~errorBit;
    if (used > ring.length || headerBytes + length > used) throw new RangeError('output ring is damaged');
    return { stream: header < 0 ? 2 : 1, length };
  }

  #bytes(at: number, length: number): Uint8Array {
    const ring = this.#ring;
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
