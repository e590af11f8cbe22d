import { fail } from './codes.ts';
import type { Content } from './content.ts';
import { type FileLimits, Ledger } from './ledger.ts';
import { DirectoryNode, FileNode, type Node, SymlinkNode, type Time } from './nodes.ts';
import { maxPathBytes, utf8Length } from './paths.ts';
import { type Pay, stepsPaid, unpaid } from './work.ts';

/**
 * The nodes of one tree with their account: what changes a node or an entry goes through here. Who may do it, and
 * what POSIX says of it, is decided above (entries.ts).
 */
export class Volume {
  readonly root: DirectoryNode;
  readonly ledger: Ledger;
  readonly now: () => Time;
  /** Takes payment for long work while a guest is the one who asks for it. */
  pay: Pay = unpaid;
  #inodes = 0;

  constructor(limits: FileLimits, now: () => Time) {
    this.ledger = new Ledger(limits);
    this.now = now;
    this.root = this.#directory(false);
    this.root.fixed = true;
    this.root.links = 1;
  }

  addFile(parent: DirectoryNode, name: string): FileNode {
    const node = new FileNode(++this.#inodes, parent.writable, this.now());
    this.insert(parent, name, node);
    return node;
  }

  /** @param fixed whether it is part of the skeleton from the start. */
  addDirectory(parent: DirectoryNode, name: string, writable = parent.writable, fixed = false): DirectoryNode {
    const node = this.#directory(writable);
    node.fixed = fixed;
    this.insert(parent, name, node);
    return node;
  }

  /** Makes a directory part of the skeleton: it no longer counts against a limit. */
  fix(node: DirectoryNode): void {
    if (node.fixed) return;
    node.fixed = true;
    this.ledger.entries--;
  }

  addSymlink(parent: DirectoryNode, name: string, target: string): SymlinkNode {
    const node = new SymlinkNode(++this.#inodes, parent.writable, this.now(), target);
    const bytes = utf8Length(target);
    this.ledger.checkBytes(bytes);
    this.insert(parent, name, node);
    this.ledger.settle(0, bytes);
    return node;
  }

  /** Names `node` in `parent`; the name must be free. */
  insert(parent: DirectoryNode, name: string, node: Node): void {
    if (parent.links === 0) fail('no-entry');
    checkPathBytes(parent, utf8Length(name) + subtreePathBytes(node, this.pay));
    if (node.kind !== 'directory' || !node.fixed) this.ledger.addEntry();
    this.#attach(parent, name, node);
  }

  /** Takes an entry away; the node goes with its last name, unless a descriptor holds it. */
  remove(parent: DirectoryNode, name: string, node: Node): void {
    this.#detach(parent, name, node);
    this.ledger.entries--;
    this.#release(node);
  }

  /** Moves an entry; `replaced` is the node that has the new name so far. All checks but the path's are made. */
  move(from: DirectoryNode, oldName: string, node: Node, to: DirectoryNode, newName: string, replaced?: Node): void {
    if (to.links === 0) fail('no-entry');
    checkPathBytes(to, utf8Length(newName) + subtreePathBytes(node, this.pay));
    if (replaced !== undefined) this.remove(to, newName, replaced);
    this.#detach(from, oldName, node);
    this.#attach(to, newName, node);
  }

  /** Writes all of `bytes` or fails. */
  write(node: FileNode, offset: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const before = node.content.size;
    const after = Math.max(before, offset + bytes.length);
    this.ledger.check(before, after);
    claim(() => node.content.write(offset, bytes, this.pay));
    this.ledger.settle(before, after);
    this.#touch(node);
  }

  resize(node: FileNode, size: number): void {
    const before = node.content.size;
    this.ledger.check(before, size);
    claim(() => node.content.resize(size, this.pay));
    this.ledger.settle(before, size);
    this.#touch(node);
  }

  /** Gives an empty file its content. */
  adopt(node: FileNode, content: Content): void {
    this.ledger.check(0, content.size);
    node.content = content;
    this.ledger.settle(0, content.size);
  }

  open(node: FileNode): void {
    node.opens++;
  }

  close(node: FileNode): void {
    node.opens--;
    this.#release(node);
  }

  #directory(writable: boolean): DirectoryNode {
    return new DirectoryNode(++this.#inodes, writable, this.now());
  }

  #attach(parent: DirectoryNode, name: string, node: Node): void {
    parent.entries.set(name, node);
    node.links++;
    if (node.kind === 'directory') {
      node.parent = parent;
      node.nameBytes = utf8Length(name);
    }
    this.#touch(parent);
    node.changed = parent.changed;
  }

  #detach(parent: DirectoryNode, name: string, node: Node): void {
    parent.entries.delete(name);
    node.links--;
    this.#touch(parent);
    node.changed = parent.changed;
  }

  #release(node: Node): void {
    if (node.links > 0) return;
    if (node.kind === 'symbolic-link') this.ledger.settle(utf8Length(node.target), 0);
    if (node.kind === 'regular-file' && node.opens === 0) {
      this.ledger.settle(node.content.size, 0);
      node.content.resize(0);
    }
  }

  #touch(node: FileNode | DirectoryNode): void {
    const now = this.now();
    node.modified = now;
    node.changed = now;
  }
}

/** An allocation that the platform refuses is a full disk to the guest. */
function claim(allocate: () => void): void {
  try {
    allocate();
  } catch (thrown) {
    if (thrown instanceof RangeError) fail('insufficient-space');
    throw thrown;
  }
}

/**
 * Bounds the absolute path of every node, and with it the depth of the tree: whoever walks or lists it later has
 * no worse to fear.
 */
function checkPathBytes(parent: DirectoryNode, below: number): void {
  let bytes = below;
  for (let node: DirectoryNode | undefined = parent; node !== undefined; node = node.parent)
    bytes += node.nameBytes + 1;
  if (bytes >= maxPathBytes) fail('name-too-long');
}

/** Bytes of the longest path below `node`, relative to it, with a slash before each name. */
function subtreePathBytes(node: Node, pay: Pay): number {
  if (node.kind !== 'directory' || node.entries.size === 0) return 0;
  let longest = 0;
  const pending = [{ directory: node, bytes: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [name, child] of stepsPaid(next.directory.entries, pay)) {
      const bytes = next.bytes + 1 + utf8Length(name);
      longest = Math.max(longest, bytes);
      if (child.kind === 'directory') pending.push({ directory: child, bytes });
    }
  }
  return longest;
}
