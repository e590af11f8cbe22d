import { Content } from './content.ts';
import type { Volume } from './volume.ts';

/** A point of time since 1970; `datetime` of wasi:clocks/wall-clock. */
export interface Time {
  readonly seconds: bigint;
  readonly nanoseconds: number;
}

/** What every node has. Nodes know neither their names (hard links) nor who may open them. */
abstract class NodeBase {
  /** Unique in its volume, never used again. */
  readonly inode: number;
  /** Whether the guest may change it: a directory's entries, a file's bytes, any node's times. */
  writable: boolean;
  /** Directory entries that name it; 0 once it is removed. */
  links = 0;
  accessed: Time;
  modified: Time;
  changed: Time;

  constructor(inode: number, writable: boolean, now: Time) {
    this.inode = inode;
    this.writable = writable;
    this.accessed = now;
    this.modified = now;
    this.changed = now;
  }
}

export class FileNode extends NodeBase {
  readonly kind = 'regular-file';
  content = new Content();
  /** Descriptors and streams that hold it; its bytes stay, and count, until the last one is gone. */
  opens = 0;
}

export class SymlinkNode extends NodeBase {
  readonly kind = 'symbolic-link';
  readonly target: string;

  constructor(inode: number, writable: boolean, now: Time, target: string) {
    super(inode, writable, now);
    this.target = target;
  }
}

export class DirectoryNode extends NodeBase {
  readonly kind = 'directory';
  /** A Map, because names are the guest's: `__proto__` is an ordinary one. */
  readonly entries = new Map<string, Node>();
  /** Absent for a volume's root. */
  parent: DirectoryNode | undefined;
  /** Length in UTF-8 of the name it has in `parent`. */
  nameBytes = 0;
  /** Part of the skeleton: cannot be removed or renamed, and counts against no limit. */
  fixed = false;
  /** Part of the skeleton that the tenant had of its own, too: its image keeps it, though something is mounted there now. */
  ofImage = false;
  /** The shared volume that covers this directory. */
  mount: Mount | undefined;
}

export type Node = FileNode | DirectoryNode | SymlinkNode;

/** A shared, read-only volume in its place in a tenant's tree. It is opened when a path first leads into it. */
export class Mount {
  readonly point: DirectoryNode;
  /** From 1; sets the inode numbers of the mounted volumes apart. */
  readonly index: number;
  readonly #open: () => Volume;
  #volume: Volume | undefined;

  constructor(point: DirectoryNode, index: number, open: () => Volume) {
    this.point = point;
    this.index = index;
    this.#open = open;
  }

  get volume(): Volume {
    this.#volume ??= this.#open();
    return this.#volume;
  }

  /** The same volume in the copy of a tree. */
  at(point: DirectoryNode): Mount {
    return new Mount(point, this.index, () => this.volume);
  }
}
