import { fail } from './codes.ts';
import { Content } from './content.ts';
import type { DirectoryNode } from './nodes.ts';
import { checkName } from './paths.ts';
import type { Volume } from './volume.ts';

/** A file of a tree that the host lends to its tenants. */
export interface LentFile {
  /** Relative to the top of the tree, with `/` between folders. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Its bytes, which never change; called once, when they are first looked at. */
  readonly fetch: () => Uint8Array;
}

/** Fills an empty volume; folders are made. */
export function addLent(volume: Volume, files: Iterable<LentFile>): void {
  const folders = new Map<string, DirectoryNode>([['', volume.root]]);
  const folderAt = (path: string): DirectoryNode => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const [parent, name] = split(path);
    const outer = folderAt(parent);
    if (outer.entries.has(name)) fail('exist');
    const made = volume.addDirectory(outer, name);
    folders.set(path, made);
    return made;
  };
  for (const { path, size, fetch } of files) {
    const [parent, name] = split(path);
    const folder = folderAt(parent);
    if (folder.entries.has(name)) fail('exist');
    volume.addFile(folder, name).content = Content.lent(size, fetch);
  }
}

function split(path: string): [parent: string, name: string] {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  if (name === '' || name === '.' || name === '..') fail('invalid');
  checkName(name);
  return [slash < 0 ? '' : path.slice(0, slash), name];
}
