import { fail } from './codes.ts';
import { Content } from './content.ts';
import { DirectoryNode, type FileNode, type Node, type Time } from './nodes.ts';
import { checkName, checkPath } from './paths.ts';
import type { Volume } from './volume.ts';

/** Accessed, modified, changed: seconds since 1970 and nanoseconds of each. */
type ImageTimes = readonly [number, number, number, number, number, number];

interface ImageNode {
  /** Index of the entry of the directory it is in; always an earlier one. -1 for the top, which is the first entry. */
  readonly parent: number;
  /** Empty for the top. */
  readonly name: string;
}

/** One entry of an image, told apart by `kind`. */
type ImageEntry =
  | (ImageNode & { readonly kind: 'directory'; readonly times: ImageTimes })
  | (ImageNode & { readonly kind: 'regular-file'; readonly times: ImageTimes; readonly bytes: Uint8Array })
  | (ImageNode & { readonly kind: 'symbolic-link'; readonly times: ImageTimes; readonly target: string })
  /** Another name of the file (or symbolic link) at an earlier entry. */
  | (ImageNode & { readonly kind: 'hard-link'; readonly to: number });

/** A tree as plain data, for structured clone and for storage. */
export interface TreeImage {
  readonly version: 1;
  readonly entries: readonly ImageEntry[];
}

/** @param shared whether the bytes are put into shared memory instead of copied. */
export function writeImage(volume: Volume, shared: boolean): TreeImage {
  const entries: ImageEntry[] = [];
  const indices = new Map<Node, number>();
  const pending: { node: Node; parent: number; name: string }[] = [{ node: volume.root, parent: -1, name: '' }];
  for (const { node, parent, name } of pending) {
    const first = indices.get(node);
    if (first !== undefined) {
      entries.push({ parent, name, kind: 'hard-link', to: first });
      continue;
    }
    const index = entries.length;
    if (node.links > 1) indices.set(node, index);
    const times = writeTimes(node);
    if (node.kind === 'regular-file') {
      const bytes = shared ? node.content.publish() : node.content.view(0, node.content.size).slice();
      entries.push({ parent, name, kind: node.kind, times, bytes });
    } else if (node.kind === 'symbolic-link') {
      entries.push({ parent, name, kind: node.kind, times, target: node.target });
    } else {
      entries.push({ parent, name, kind: node.kind, times });
      for (const [childName, child] of node.entries) {
        if (!isOnlyMount(child)) pending.push({ node: child, parent: index, name: childName });
      }
    }
  }
  return { version: 1, entries };
}

/** Whether a node is a mount point, or leads to nothing else: not the tenant's, so no part of its image. */
function isOnlyMount(node: Node): boolean {
  if (node.kind !== 'directory' || !node.fixed || node.writable || node.ofImage) return false;
  return node.mount !== undefined || [...node.entries.values()].every(isOnlyMount);
}

/**
 * Fills a volume that has only its skeleton. The image may come from outside: what it says is checked, and fails
 * with `invalid`.
 */
export function readImage(image: TreeImage, volume: Volume): void {
  if (image?.version !== 1 || !Array.isArray(image.entries)) fail('invalid');
  const nodes: Node[] = [];
  for (const entry of image.entries) {
    if (typeof entry !== 'object' || entry === null) fail('invalid');
    nodes.push(nodes.length === 0 ? readTop(entry, volume) : readEntry(entry, nodes, volume));
  }
  // Last, because adding entries changed the times of directories.
  for (const [index, entry] of image.entries.entries()) {
    const node = nodes[index];
    if (node !== undefined && entry.kind !== 'hard-link') readTimes(entry.times, node);
  }
}

function readTop(entry: ImageEntry, volume: Volume): DirectoryNode {
  if (entry.kind !== 'directory' || entry.parent !== -1) fail('invalid');
  return volume.root;
}

function readEntry(entry: ImageEntry, nodes: readonly Node[], volume: Volume): Node {
  // What is no number would reach the array's own properties.
  if (!Number.isSafeInteger(entry.parent)) fail('invalid');
  const parent = nodes[entry.parent];
  if (!(parent instanceof DirectoryNode)) fail('invalid');
  const { name } = entry;
  checkImageName(name);
  const present = parent.entries.get(name);
  if (present !== undefined) {
    // Only the skeleton can be there already; a mount hides what the image says of its place.
    if (entry.kind !== 'directory' || present.kind !== 'directory' || nodes.includes(present)) fail('invalid');
    present.ofImage = true;
    return present;
  }
  switch (entry.kind) {
    case 'directory':
      return volume.addDirectory(parent, name);
    case 'regular-file':
      return readFile(volume, parent, name, entry.bytes);
    case 'symbolic-link':
      if (typeof entry.target !== 'string' || !entry.target.isWellFormed()) fail('invalid');
      checkPath(entry.target);
      return volume.addSymlink(parent, name, entry.target);
    case 'hard-link': {
      const first = Number.isSafeInteger(entry.to) ? nodes[entry.to] : undefined;
      if (first === undefined || first.kind === 'directory') fail('invalid');
      volume.insert(parent, name, first);
      return first;
    }
    default:
      fail('invalid');
  }
}

function readFile(volume: Volume, parent: DirectoryNode, name: string, bytes: Uint8Array): FileNode {
  if (!(bytes instanceof Uint8Array)) fail('invalid');
  const file = volume.addFile(parent, name);
  volume.adopt(file, Content.over(bytes));
  return file;
}

function checkImageName(name: string): void {
  if (typeof name !== 'string' || !name.isWellFormed()) fail('invalid');
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) fail('invalid');
  checkName(name);
}

function writeTimes({ accessed, modified, changed }: Node): ImageTimes {
  return [
    Number(accessed.seconds),
    accessed.nanoseconds,
    Number(modified.seconds),
    modified.nanoseconds,
    Number(changed.seconds),
    changed.nanoseconds,
  ];
}

function readTimes(times: ImageTimes, node: Node): void {
  if (!Array.isArray(times) || times.length !== 6) fail('invalid');
  node.accessed = readTime(times[0], times[1]);
  node.modified = readTime(times[2], times[3]);
  node.changed = readTime(times[4], times[5]);
}

function readTime(seconds: number, nanoseconds: number): Time {
  if (!Number.isSafeInteger(seconds) || seconds < 0) fail('invalid');
  if (!Number.isSafeInteger(nanoseconds) || nanoseconds < 0 || nanoseconds >= 1e9) fail('invalid');
  return { seconds: BigInt(seconds), nanoseconds };
}
