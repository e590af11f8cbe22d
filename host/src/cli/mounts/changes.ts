import type { SessionImage } from '../../index.ts';

type Tree = SessionImage['files'];

/** What stands at a path of the workspace. A link is never followed. */
type Node =
  | { readonly kind: 'folder' }
  | { readonly kind: 'link' }
  | { readonly kind: 'file'; readonly bytes: Uint8Array };

/** What a run changed below a folder; paths are relative to it, with `/` between folders. */
export interface Changes {
  readonly removedFiles: readonly string[];
  /** Deepest first. */
  readonly removedFolders: readonly string[];
  /** Outermost first. */
  readonly newFolders: readonly string[];
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** Symbolic links that the program made: they are not written back. */
  readonly links: readonly string[];
}

/**
 * Compares a folder before a run and after it.
 *
 * @returns nothing when it is no folder any more.
 */
export function changesBelow(folder: string, before: Tree, after: Tree): Changes | undefined {
  const old = below(folder, before);
  const now = below(folder, after);
  if (now === undefined) return undefined;
  // What a link has taken the place of stays: the link is not written back, and what was there is not lost.
  const links = [...now].flatMap(([path, { kind }]) => (kind === 'link' ? [path] : []));
  const removed = [...(old ?? [])].filter(
    ([path, { kind }]) =>
      now.get(path)?.kind !== kind && !links.some((link) => path === link || path.startsWith(`${link}/`)),
  );
  const paths = (kind: Node['kind']): string[] => removed.flatMap(([path, node]) => (node.kind === kind ? [path] : []));
  return {
    removedFiles: paths('file'),
    removedFolders: paths('folder').reverse(),
    newFolders: [...now].flatMap(([path, { kind }]) =>
      kind === 'folder' && old?.get(path)?.kind !== 'folder' ? [path] : [],
    ),
    files: [...now].flatMap(([path, node]) => {
      if (node.kind !== 'file') return [];
      const then = old?.get(path);
      const same = then?.kind === 'file' && sameBytes(then.bytes, node.bytes);
      return same ? [] : [{ path, bytes: node.bytes }];
    }),
    links,
  };
}

/** What is below a folder, each folder before what is in it; nothing when the path is no folder. */
function below(folder: string, { entries }: Tree): Map<string, Node> | undefined {
  const paths: string[] = [];
  const found = new Map<string, Node>();
  let isThere = false;
  for (const entry of entries) {
    const path = entry.parent === -1 ? '' : `${paths[entry.parent]}/${entry.name}`;
    paths.push(path);
    if (path === folder) isThere = entry.kind === 'directory';
    const node = nodeOf(entry, entries);
    if (path.startsWith(`${folder}/`)) found.set(path.slice(folder.length + 1), node);
  }
  return isThere ? found : undefined;
}

function nodeOf(entry: Tree['entries'][number], entries: Tree['entries']): Node {
  switch (entry.kind) {
    case 'directory':
      return { kind: 'folder' };
    case 'regular-file':
      return { kind: 'file', bytes: entry.bytes };
    case 'symbolic-link':
      return { kind: 'link' };
    case 'hard-link': {
      const first = entries[entry.to];
      // Always an earlier entry, so this ends.
      return first === undefined ? { kind: 'link' } : nodeOf(first, entries);
    }
  }
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && Buffer.compare(one, other) === 0;
}
