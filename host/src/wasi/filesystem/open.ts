import {
  checkWritable,
  createFile,
  type DirectoryNode,
  existing,
  type FileNode,
  fail,
  type LastLink,
  type Target,
  type Volume,
} from '../files/index.ts';
import type { DescriptorFlags, OpenFlags, PathFlags } from './records.ts';

/** How open-at treats a symbolic link at the end of its path. */
export function openMode({ symlinkFollow }: PathFlags, { create, exclusive }: OpenFlags): LastLink {
  if (create !== true) return symlinkFollow === true ? 'follow' : 'keep';
  return symlinkFollow === true && exclusive !== true ? 'create' : 'entry';
}

/** wasi:filesystem §open-at: the node at `target`, created or emptied if the flags say so. */
export function openNode(volume: Volume, target: Target, openFlags: OpenFlags, flags: DescriptorFlags) {
  if (openFlags.create === true && target.slashed && target.name !== '') fail('is-directory');
  if (target.node === undefined) return openNew(volume, target, openFlags);
  const node = openOld(target, openFlags, flags);
  if (openFlags.truncate === true && node.kind === 'regular-file') volume.resize(node, 0);
  return node;
}

function openNew(volume: Volume, target: Target, { create, directory }: OpenFlags): FileNode {
  if (create !== true) fail('no-entry');
  // As Linux: a file is created, so a directory cannot be asked for.
  if (directory === true) fail('invalid');
  return createFile(volume, target, 'guest');
}

function openOld(target: Target, openFlags: OpenFlags, flags: DescriptorFlags): FileNode | DirectoryNode {
  if (openFlags.create === true && openFlags.exclusive === true) fail('exist');
  const node = existing(target);
  if (node.kind === 'symbolic-link') fail('loop');
  const changes = flags.write === true || openFlags.truncate === true;
  if (node.kind === 'directory') {
    if (changes || openFlags.create === true) fail('is-directory');
    return node;
  }
  if (openFlags.directory === true) fail('not-directory');
  if (changes) checkWritable(target, node, 'guest');
  return node;
}
