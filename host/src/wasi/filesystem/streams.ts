import { type FileNode, isErrorCode, type Volume } from '../files/index.ts';
import { InputStream, IoError, OutputStream } from '../io/index.ts';
import type { Seat } from '../tenancy.ts';

/** An open file as a stream sees it. It holds the file, so that a removed one keeps its bytes. */
interface Held {
  readonly volume: Volume;
  readonly node: FileNode;
}

/** wasi:filesystem §read-via-stream. */
export class FileInputStream extends InputStream {
  private held: Held | undefined;
  private position: number;

  constructor(seat: Seat, held: Held, position: number) {
    super(seat);
    held.volume.open(held.node);
    this.held = held;
    this.position = position;
  }

  protected override take(max: number): Uint8Array | null {
    if (this.held === undefined) return null;
    const bytes = this.held.node.content.view(this.position, max);
    this.position += bytes.length;
    return bytes.length === 0 && max > 0 ? null : bytes;
  }

  override sever(): void {
    this.held?.volume.close(this.held.node);
    this.held = undefined;
  }
}

/** wasi:filesystem §write-via-stream and, without a position, §append-via-stream. */
export class FileOutputStream extends OutputStream {
  private held: Held | undefined;
  private position: number | undefined;

  constructor(seat: Seat, held: Held, position: number | undefined) {
    super(seat);
    held.volume.open(held.node);
    this.held = held;
    this.position = position;
  }

  protected override put(bytes: Uint8Array): void {
    if (this.held === undefined || this.seat === undefined) {
      super.put(bytes);
      return;
    }
    const { volume, node } = this.held;
    try {
      volume.write(node, this.position ?? node.content.size, bytes);
    } catch (thrown) {
      if (!isErrorCode(thrown)) throw thrown;
      // The arm of stream-error, as it is thrown.
      throw { tag: 'last-operation-failed', val: new IoError(this.seat, thrown) };
    }
    if (this.position !== undefined) this.position += bytes.length;
  }

  protected override check(): void {
    if (this.held === undefined) super.check();
  }

  override sever(): void {
    this.held?.volume.close(this.held.node);
    this.held = undefined;
  }
}
