import { type DirectoryNode, fail, type NodeKind } from '../files/index.ts';
import { Resource, type Seat } from '../tenancy.ts';

/** `directory-entry` of wasi:filesystem/types. */
interface DirectoryEntry {
  readonly type: NodeKind;
  readonly name: string;
}

/**
 * wasi:filesystem directory-entry-stream: the entries as they were when it was opened, so that a program may
 * change the directory while it reads it.
 */
export class DirectoryEntryStream extends Resource {
  private entries: ArrayIterator<DirectoryEntry> | undefined;

  constructor(seat: Seat, directory: DirectoryNode) {
    super(seat);
    this.entries = Array.from(directory.entries, ([name, { kind }]): DirectoryEntry => ({ type: kind, name })).values();
  }

  /** The next entry; `undefined` at the end. `.` and `..` are not among them. */
  readDirectoryEntry(): DirectoryEntry | undefined {
    const next = (this.entries ?? fail('bad-descriptor')).next();
    return next.done === true ? undefined : next.value;
  }

  override sever(): void {
    this.entries = undefined;
  }
}
