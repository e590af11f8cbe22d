import type { DirectoryNode, FileNode, Mount, Node, SymlinkNode } from './nodes.ts';
import type { Volume } from './volume.ts';

/**
 * Fills an empty volume without limits with the nodes of another; bytes are shared copy-on-write. Files that have
 * no name any more are not copied.
 *
 * @returns the mounts, each in its place in the copy.
 */
export function copyVolume(from: Volume, to: Volume): Mount[] {
  const mounts: Mount[] = [];
  const copies = new Map<Node, FileNode | SymlinkNode>();
  const pending: [DirectoryNode, DirectoryNode][] = [[from.root, to.root]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [source, copy] = next;
    for (const [name, node] of source.entries) {
      if (node.kind === 'directory') {
        const directory = to.addDirectory(copy, name, node.writable, node.fixed);
        if (node.mount !== undefined) {
          directory.mount = node.mount.at(directory);
          mounts.push(directory.mount);
        }
        pending.push([node, directory]);
        continue;
      }
      const first = copies.get(node);
      if (first === undefined) {
        const leaf = copyLeaf(node, copy, name, to);
        if (node.links > 1) copies.set(node, leaf);
      } else {
        to.insert(copy, name, first);
        copyTimes(node, first);
      }
    }
    // Last, because adding entries changed them.
    copyTimes(source, copy);
  }
  return mounts;
}

function copyLeaf(node: FileNode | SymlinkNode, parent: DirectoryNode, name: string, to: Volume) {
  let leaf: FileNode | SymlinkNode;
  if (node.kind === 'regular-file') {
    leaf = to.addFile(parent, name);
    to.adopt(leaf, node.content.share());
  } else {
    leaf = to.addSymlink(parent, name, node.target);
  }
  leaf.writable = node.writable;
  copyTimes(node, leaf);
  return leaf;
}

function copyTimes(from: Node, to: Node): void {
  to.accessed = from.accessed;
  to.modified = from.modified;
  to.changed = from.changed;
}
