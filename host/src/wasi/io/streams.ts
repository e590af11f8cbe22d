import { WasiTrap } from '../ends.ts';
import { callUnits, type ErrorCode, unitsOfBytes } from '../files/index.ts';
import { Resource, type Seat } from '../tenancy.ts';
import { Pollable } from './poll.ts';

/** wasi:io/error: why the last operation on a stream failed. */
export class IoError extends Resource {
  /** The code behind it, which wasi:filesystem/types gives away. */
  readonly code: ErrorCode | undefined;

  constructor(seat: Seat, code: ErrorCode) {
    super(seat);
    this.code = code;
  }

  toDebugString(): string {
    return this.code ?? 'unknown';
  }
}

/** The `closed` arm of stream-error. */
const closed = Object.freeze({ tag: 'closed' });

/** Bytes that one call moves at the most. */
const maxChunk = 1024 * 1024;

/** wasi:io/streams input-stream. This class itself is a stream at its end; see the subclasses for others. */
export class InputStream extends Resource {
  /** Up to `max` bytes; `null` at the end. Empty if it would have to block and must not. */
  protected take(_max: number, _block: boolean): Uint8Array | null {
    return null;
  }

  read(length: bigint): Uint8Array {
    return this.next(length, false);
  }

  blockingRead(length: bigint): Uint8Array {
    return this.next(length, true);
  }

  skip(length: bigint): bigint {
    return BigInt(this.next(length, false).length);
  }

  blockingSkip(length: bigint): bigint {
    return BigInt(this.next(length, true).length);
  }

  subscribe(): Pollable {
    return alwaysReady(this.seat);
  }

  private next(length: bigint, block: boolean): Uint8Array {
    this.pay(callUnits);
    const bytes = this.take(length > maxChunk ? maxChunk : Number(length), block);
    if (bytes === null) throw closed;
    this.pay(unitsOfBytes(bytes.length));
    return bytes;
  }
}

/** wasi:io/streams output-stream. This class itself is a closed stream; see the subclasses for others. */
export class OutputStream extends Resource {
  /** Takes all of `bytes`, which are valid during the call only. */
  protected put(_bytes: Uint8Array): void {
    throw closed;
  }

  /** Fails if nothing can be written any more. */
  protected check(): void {
    throw closed;
  }

  checkWrite(): bigint {
    this.check();
    return BigInt(maxChunk);
  }

  write(bytes: Uint8Array): void {
    this.pay(callUnits + unitsOfBytes(bytes.length));
    this.put(bytes);
  }

  blockingWriteAndFlush(bytes: Uint8Array): void {
    this.write(bytes);
  }

  flush(): void {
    this.check();
  }

  blockingFlush(): void {
    this.check();
  }

  subscribe(): Pollable {
    return alwaysReady(this.seat);
  }

  writeZeroes(length: bigint): void {
    if (length > maxChunk) throw new WasiTrap('write-zeroes: more than check-write permits');
    this.write(new Uint8Array(Number(length)));
  }

  blockingWriteZeroesAndFlush(length: bigint): void {
    this.writeZeroes(length);
  }

  splice(source: InputStream, length: bigint): bigint {
    return this.move(source.read(length));
  }

  blockingSplice(source: InputStream, length: bigint): bigint {
    return this.move(source.blockingRead(length));
  }

  private move(bytes: Uint8Array): bigint {
    // A copy: what a file's stream gives is a view of the file.
    this.write(new Uint8Array(bytes));
    return BigInt(bytes.length);
  }
}

function alwaysReady(seat: Seat | undefined): Pollable {
  if (seat === undefined) throw new WasiTrap('stream: unknown handle');
  return new Pollable(seat, 'always');
}
