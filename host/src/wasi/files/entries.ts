import { fail } from './codes.ts';
import type { DirectoryNode, FileNode, Node } from './nodes.ts';
import { checkPath } from './paths.ts';
import type { Volume } from './volume.ts';
import type { Target } from './walk.ts';

/**
 * Who asks. The host may also change what is not the guest's to change (the skeleton's surroundings), but not
 * through a symbolic link: the guest may have put it there.
 */
export type Caller = 'guest' | 'host';

/** Fails unless the entries of the target's directory may be changed. */
export function checkChangeable(target: Target, caller: Caller): void {
  if (target.mount !== undefined) fail('read-only');
  if (!target.directory.writable && (caller === 'guest' || target.linked)) fail('read-only');
}

/** The target's node, which must exist and be a directory if the path says so. */
export function existing(target: Target): Node {
  const { node } = target;
  if (node === undefined) fail('no-entry');
  if (target.slashed && node.kind !== 'directory') fail('not-directory');
  return node;
}

/** Fails unless the bytes (of a file) or the times of the node at `target` may be changed. */
export function checkWritable(target: Target, node: Node, caller: Caller): void {
  if (target.nodeMount !== undefined) fail('read-only');
  if (!node.writable && (caller === 'guest' || target.linked)) fail('read-only');
}

export function createFile(volume: Volume, target: Target, caller: Caller): FileNode {
  if (target.slashed) fail('is-directory');
  checkChangeable(target, caller);
  return volume.addFile(target.directory, target.name);
}

export function createDirectory(volume: Volume, target: Target, caller: Caller): DirectoryNode {
  if (target.node !== undefined) fail('exist');
  checkChangeable(target, caller);
  return volume.addDirectory(target.directory, target.name);
}

export function createSymlink(volume: Volume, target: Target, text: string, caller: Caller): void {
  checkPath(text);
  if (target.node !== undefined) fail('exist');
  if (target.slashed) fail('no-entry');
  checkChangeable(target, caller);
  volume.addSymlink(target.directory, target.name, text);
}

export function removeDirectory(volume: Volume, target: Target, caller: Caller): void {
  const node = existing(target);
  if (node.kind !== 'directory') fail('not-directory');
  if (target.name === '') fail('invalid');
  checkChangeable(target, caller);
  if (node.fixed) fail('busy');
  if (node.entries.size > 0) fail('not-empty');
  volume.remove(target.directory, target.name, node);
}

export function unlink(volume: Volume, target: Target, caller: Caller): void {
  const node = existing(target);
  if (node.kind === 'directory') fail('is-directory');
  checkChangeable(target, caller);
  volume.remove(target.directory, target.name, node);
}

/** Gives the node at `source` a second name. */
export function link(volume: Volume, source: Target, target: Target, caller: Caller): void {
  const node = existing(source);
  if (target.node !== undefined) fail('exist');
  if (target.slashed) fail('no-entry');
  if (source.nodeMount !== target.mount) fail('cross-device');
  checkChangeable(target, caller);
  if (node.kind === 'directory') fail('not-permitted');
  volume.insert(target.directory, target.name, node);
}

/** POSIX rename: the new name is taken over at once, if what has it may be replaced. */
export function rename(volume: Volume, source: Target, target: Target, caller: Caller): void {
  if (source.name === '' || target.name === '') fail('busy');
  const node = existing(source);
  const replaced = target.node;
  if (source.mount !== target.mount) fail('cross-device');
  if (target.slashed && node.kind !== 'directory') fail('not-directory');
  if (node.kind === 'directory' && isWithin(target.directory, node)) fail('invalid');
  if (replaced?.kind === 'directory' && isWithin(source.directory, replaced)) fail('not-empty');
  checkChangeable(source, caller);
  checkChangeable(target, caller);
  // Two names of one node: POSIX leaves both.
  if (replaced === node) return;
  if (isFixed(node) || (replaced !== undefined && isFixed(replaced))) fail('busy');
  if (replaced !== undefined) checkReplaceable(node, replaced);
  volume.move(source.directory, source.name, node, target.directory, target.name, replaced);
}

function checkReplaceable(node: Node, replaced: Node): void {
  if (node.kind === 'directory' && replaced.kind !== 'directory') fail('not-directory');
  if (node.kind !== 'directory' && replaced.kind === 'directory') fail('is-directory');
  if (replaced.kind === 'directory' && replaced.entries.size > 0) fail('not-empty');
}

function isFixed(node: Node): boolean {
  return node.kind === 'directory' && node.fixed;
}

function isWithin(directory: DirectoryNode, ancestor: DirectoryNode): boolean {
  for (let node: DirectoryNode | undefined = directory; node !== undefined; node = node.parent) {
    if (node === ancestor) return true;
  }
  return false;
}
