import type { SessionImage } from '../../index.ts';
import type { HostFolder } from './host-folder.ts';

type Entry = SessionImage['files']['entries'][number];

/** A workspace that holds folders of this machine, each at its guest path. */
export function workspaceWith(
  folders: readonly { readonly guest: string; readonly content: HostFolder }[],
): SessionImage['files'] {
  const now = Date.now();
  const time = [Math.floor(now / 1000), (now % 1000) * 1e6] as const;
  const times = [...time, ...time, ...time] as const;
  const entries: Entry[] = [{ kind: 'directory', parent: -1, name: '', times }];
  const indices = new Map([['', 0]]);
  const folder = (path: string): number => {
    const known = indices.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf('/');
    const parent = folder(path.slice(0, slash));
    entries.push({ kind: 'directory', parent, name: path.slice(slash + 1), times });
    indices.set(path, entries.length - 1);
    return entries.length - 1;
  };
  folder('/app');
  for (const { guest, content } of folders) {
    folder(guest);
    for (const path of content.folders) folder(`${guest}/${path}`);
    for (const { name, content: bytes } of content.files) {
      const slash = name.lastIndexOf('/');
      const parent = folder(slash === -1 ? guest : `${guest}/${name.slice(0, slash)}`);
      entries.push({ kind: 'regular-file', parent, name: name.slice(slash + 1), times, bytes });
    }
  }
  return { version: 1, entries };
}
