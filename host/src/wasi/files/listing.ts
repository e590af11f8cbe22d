import type { DirectoryNode, Node, Time } from './nodes.ts';
import { utf8Length } from './paths.ts';

export type NodeKind = Node['kind'];

/** What the host learns of a node. */
export interface FileStat {
  readonly kind: NodeKind;
  /** Bytes of a file, or of a symbolic link's target; 0 for a directory. */
  readonly size: number;
  readonly links: number;
  readonly modified: Time;
}

/** One line of a listing. */
export interface FileEntry {
  /** Absolute guest path. */
  readonly path: string;
  readonly name: string;
  readonly kind: NodeKind;
  /** As in {@link FileStat}. */
  readonly size: number;
  readonly modified: Time;
}

export function nodeSize(node: Node): number {
  if (node.kind === 'regular-file') return node.content.size;
  return node.kind === 'symbolic-link' ? utf8Length(node.target) : 0;
}

export function statNode(node: Node): FileStat {
  return { kind: node.kind, size: nodeSize(node), links: node.links, modified: node.modified };
}

export function listEntries(path: string, directory: DirectoryNode, recursive: boolean): FileEntry[] {
  const entries: FileEntry[] = [];
  const stack: { path: string; name: string; node: Node }[] = [];
  const enter = (prefix: string, node: DirectoryNode) => {
    // Sorted by code unit, in reverse: the stack gives them back in order.
    const names = [...node.entries.keys()].sort().reverse();
    for (const name of names) {
      const child = node.entries.get(name);
      if (child !== undefined) stack.push({ path: `${prefix}/${name}`, name, node: child });
    }
  };
  enter(path.replace(/\/+$/, ''), directory);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node } = next;
    const { kind, modified } = node;
    entries.push({ path: next.path, name: next.name, kind, size: nodeSize(node), modified });
    if (recursive && node.kind === 'directory' && node.mount === undefined) enter(next.path, node);
  }
  return entries;
}
