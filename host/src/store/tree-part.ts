import type { SessionImage } from '../types.ts';
import { damaged } from './container.ts';
import { decodeJson, encodeJson, isCount } from './json.ts';

type Tree = SessionImage['files'];
type TreeEntry = Tree['entries'][number];

/** The entries of a tree without the bytes of its files, which follow each other in the data. */
export function encodeTree(tree: Tree): Uint8Array {
  return encodeJson(tree.entries.map(encodeEntry));
}

function encodeEntry(entry: TreeEntry): readonly unknown[] {
  switch (entry.kind) {
    case 'directory':
      return ['d', entry.parent, entry.name, entry.times];
    case 'regular-file':
      return ['f', entry.parent, entry.name, entry.times, entry.bytes.length];
    case 'symbolic-link':
      return ['l', entry.parent, entry.name, entry.times, entry.target];
    case 'hard-link':
      return ['h', entry.parent, entry.name, entry.to];
  }
}

/** The bytes of a tree's files, in the order of their entries. */
export function contentsOf(tree: Tree): Uint8Array[] {
  return tree.entries.flatMap((entry) => (entry.kind === 'regular-file' ? [entry.bytes] : []));
}

/**
 * A tree whose files are views of `data`. Names, times and what leads where is checked when the tree is restored.
 *
 * @returns the tree, and how many bytes of `data` are its files.
 * @throws {StoreError} `damaged`.
 */
export function decodeTree(bytes: Uint8Array, data: Uint8Array): { readonly tree: Tree; readonly used: number } {
  const rows = decodeJson(bytes);
  if (!Array.isArray(rows)) throw malformed();
  let at = 0;
  const entries = rows.map((row: unknown): TreeEntry => {
    if (!Array.isArray(row)) throw malformed();
    const [letter, parent, name, times, last] = row;
    switch (letter) {
      case 'd':
        return { kind: 'directory', parent, name, times };
      case 'f':
        if (!isCount(last) || at + last > data.length) throw malformed();
        at += last;
        return { kind: 'regular-file', parent, name, times, bytes: data.subarray(at - last, at) };
      case 'l':
        return { kind: 'symbolic-link', parent, name, times, target: last };
      case 'h':
        return { kind: 'hard-link', parent, name, to: times };
      default:
        throw malformed();
    }
  });
  return { tree: { version: 1, entries }, used: at };
}

function malformed(): Error {
  return damaged('its list of files is malformed');
}
