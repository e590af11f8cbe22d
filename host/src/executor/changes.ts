import type { FileChanges } from '../types.ts';
import type { TreeImage } from '../wasi/index.ts';

type Entry = Exclude<TreeImage['entries'][number], { readonly kind: 'directory' | 'hard-link' }>;

/** Milliseconds before a run in which a file may have been written at the same time, as its clock tells, as in the run. */
const clockStep = 1000;

/**
 * What a run did to the files of a workspace. Whether a file was written its change time tells, which no guest can set;
 * but the clock may stand still between two writes, and then the bytes are compared.
 *
 * @param began when the run began, in milliseconds since 1970.
 */
export function fileChanges(before: TreeImage, after: TreeImage, began: number): FileChanges {
  const old = filesOf(before);
  const now = filesOf(after);
  const created: string[] = [];
  const modified: string[] = [];
  for (const [path, entry] of now) {
    const former = old.get(path);
    if (former === undefined) created.push(path);
    else if (differ(former, entry, began - clockStep)) modified.push(path);
  }
  const removed = [...old.keys()].filter((path) => !now.has(path));
  return { created: created.sort(), modified: modified.sort(), removed: removed.sort() };
}

/** Files and links of the workspace by their absolute path; of a file with several names each one. */
function filesOf({ entries }: TreeImage): Map<string, Entry> {
  const paths: string[] = [];
  const targets: (Entry | undefined)[] = [];
  const files = new Map<string, Entry>();
  for (const entry of entries) {
    const path = entry.parent === -1 ? '' : `${paths[entry.parent]}/${entry.name}`;
    const file =
      entry.kind === 'hard-link' ? targets[entry.to] : entry.kind === 'directory' ? undefined : (entry satisfies Entry);
    paths.push(path);
    targets.push(file);
    if (file !== undefined && path.startsWith('/app/')) files.set(path, file);
  }
  return files;
}

function differ(former: Entry, entry: Entry, recentMs: number): boolean {
  const [, , , , seconds, nanoseconds] = entry.times;
  if (former.kind !== entry.kind || former.times[4] !== seconds || former.times[5] !== nanoseconds) return true;
  if (entry.kind === 'symbolic-link') return former.kind === 'symbolic-link' && former.target !== entry.target;
  if (former.kind !== 'regular-file' || former.bytes.length !== entry.bytes.length) return true;
  return seconds * 1000 + nanoseconds / 1e6 >= recentMs && !sameBytes(former.bytes, entry.bytes);
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  for (let at = 0; at < one.length; at++) {
    if (one[at] !== other[at]) return false;
  }
  return true;
}
