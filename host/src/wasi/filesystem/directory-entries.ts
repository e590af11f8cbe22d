import { type DirectoryNode, fail, type Node, type NodeKind, stepUnits } from '../files/index.ts';
import { Resource, type Seat } from '../tenancy.ts';

/** `directory-entry` of wasi:filesystem/types. */
interface DirectoryEntry {
  readonly type: NodeKind;
  readonly name: string;
}

/**
 * wasi:filesystem directory-entry-stream. It looks at the directory itself and takes no memory of its own, however many
 * entries there are. A program may change the directory meanwhile: entries come in the order of their making, and no
 * more of them than there were at first, so that renaming each as it comes reaches an end.
 */
export class DirectoryEntryStream extends Resource {
  private entries: MapIterator<[string, Node]> | undefined;
  private left: number;

  constructor(seat: Seat, { entries }: DirectoryNode) {
    super(seat);
    this.entries = entries.entries();
    this.left = entries.size;
  }

  /** The next entry; `undefined` at the end. `.` and `..` are not among them. */
  readDirectoryEntry(): DirectoryEntry | undefined {
    this.pay(stepUnits);
    const entries = this.entries ?? fail('bad-descriptor');
    if (this.left === 0) return undefined;
    const next = entries.next();
    if (next.done === true) this.left = 0;
    else this.left--;
    return next.done === true ? undefined : { type: next.value[1].kind, name: next.value[0] };
  }

  override sever(): void {
    this.entries = undefined;
  }
}
