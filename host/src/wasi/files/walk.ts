import { fail } from './codes.ts';
import type { DirectoryNode, Mount, Node } from './nodes.ts';
import { checkName, checkPath, maxLinks } from './paths.ts';
import { type Pay, stepUnits, unpaid } from './work.ts';

/** A directory and the mount it was reached through. */
export interface Place {
  readonly directory: DirectoryNode;
  readonly mount: Mount | undefined;
}

/** Where a path leads: an entry that exists, or a free name in a directory that exists. */
export interface Target extends Place {
  /** The entry's name in `directory`; empty when the path ends in `.`, `..` or `/` and leads to `directory` itself. */
  readonly name: string;
  readonly node: Node | undefined;
  /** The mount that `node` belongs to: another one than `mount` where `node` is the root of a mounted volume. */
  readonly nodeMount: Mount | undefined;
  /** Whether the path demands a directory: it ends in a slash. */
  readonly slashed: boolean;
  /** Whether a symbolic link was followed on the way. */
  readonly linked: boolean;
}

/**
 * What happens to a symbolic link at the end of a path: `follow` it; `keep` it unless the path ends in a slash
 * (stat, open); or take the `entry` in any case (rename, unlink). `create` follows it to where a file is to be
 * created, whose name cannot end in a slash: `is-directory`.
 */
export type LastLink = 'follow' | 'keep' | 'entry' | 'create';

/**
 * Resolves a path as POSIX does (§4.13 of its base definitions), inside the tree that `root` is the top of:
 * `..` of the top is the top, and absolute link targets start there.
 *
 * A path's own `..` does not lead out of `base` (wasi:filesystem: `not-permitted`), unless that is the top; a
 * symbolic link's may, for all of the tree belongs to the tenant.
 */
export function resolve(root: Place, base: Place, path: string, last: LastLink, pay: Pay = unpaid): Target {
  checkPath(path);
  let parts = path.split('/');
  pay(parts.length * stepUnits);
  let index = 0;
  // Parts from here on were written in `path` and not in the target of a link.
  let own = 0;
  let links = 0;
  let { directory, mount } = base;
  for (;;) {
    const part = parts[index];
    if (part === undefined) {
      return { directory, mount, name: '', node: directory, nodeMount: mount, slashed: true, linked: links > 0 };
    }
    index++;
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (index > own && directory === base.directory && directory !== root.directory) fail('not-permitted');
      if (mount !== undefined && directory === mount.volume.root) {
        directory = mount.point;
        mount = undefined;
      }
      directory = directory.parent ?? directory;
      continue;
    }
    checkName(part);
    const node = directory.entries.get(part);
    const final = isFinal(parts, index);
    const slashed = index < parts.length;
    if (last === 'create' && final && slashed) fail('is-directory');
    if (node === undefined) {
      if (!final) fail('no-entry');
      return { directory, mount, name: part, node, nodeMount: mount, slashed, linked: links > 0 };
    }
    if (node.kind === 'symbolic-link' && (!final || follows(last, slashed))) {
      if (++links > maxLinks) fail('loop');
      const target = node.target.split('/');
      if (target[0] === '') ({ directory, mount } = root);
      own = target.length + Math.max(0, own - index);
      parts = target.concat(parts.slice(index));
      pay(parts.length * stepUnits);
      index = 0;
      continue;
    }
    const inner = node.kind === 'directory' ? (node.mount ?? mount) : mount;
    const covered = inner === mount ? node : (inner?.volume.root ?? node);
    if (final) {
      return { directory, mount, name: part, node: covered, nodeMount: inner, slashed, linked: links > 0 };
    }
    if (covered.kind !== 'directory') fail('not-directory');
    directory = covered;
    mount = inner;
  }
}

/** Whether a link at the end of the path is followed. */
function follows(last: LastLink, slashed: boolean): boolean {
  if (last === 'keep') return slashed;
  return last !== 'entry';
}

/** Whether nothing but slashes is left of the path. */
function isFinal(parts: readonly string[], index: number): boolean {
  for (let next = index; next < parts.length; next++) if (parts[next] !== '') return false;
  return true;
}
