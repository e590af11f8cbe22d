import { fail, named } from './codes.ts';
import {
  checkChangeable,
  checkWritable,
  createDirectory,
  createFile,
  createSymlink,
  existing,
  removeDirectory,
  unlink,
} from './entries.ts';
import { readImage, type TreeImage, writeImage } from './image.ts';
import { type FileLimits, unlimited } from './ledger.ts';
import { addLent, type LentFile } from './lent.ts';
import { type FileEntry, type FileStat, listEntries, statNode } from './listing.ts';
import { type DirectoryNode, type FileNode, Mount, type Time } from './nodes.ts';
import { copyVolume } from './snapshot.ts';
import { Volume } from './volume.ts';
import { type LastLink, type Place, resolve, type Target } from './walk.ts';

export interface FileTreeOptions {
  /** What the tree may hold; by default there is no limit. */
  readonly limits?: Partial<FileLimits>;
  /** Directories that the guest may write to; by default `/app` and `/tmp`. They always exist. */
  readonly writable?: readonly string[];
  /** Shared trees by the paths they are shown at, as {@link FileTree.mount} does. */
  readonly mounts?: ReadonlyMap<string, SharedTree>;
  /** The clock behind the times of nodes; by default the platform's `Date`. */
  readonly now?: () => Time;
}

/** A tree that many tenants share read-only; or what opens it, called when a tenant first looks into it. */
export type SharedTree = FileTree | (() => FileTree);

/** What a tree holds, as its limits count it. */
export interface Usage {
  readonly bytes: number;
  readonly files: number;
}

/**
 * An in-memory file system: one tenant's whole world of files, or a tree that many tenants share read-only.
 *
 * Paths are absolute guest paths. Symbolic links, wherever the guest put them, never lead out of the tree. The
 * methods are the host's: they may write where the guest may not, but not through a symbolic link and not into a
 * mount. All throw {@link FileError}.
 */
export class FileTree {
  /** The nodes; for wasi:filesystem only. */
  readonly volume: Volume;
  readonly #mounts: Mount[] = [];

  constructor(options: FileTreeOptions = {}) {
    this.volume = new Volume({ ...unlimited, ...options.limits }, options.now ?? systemTime);
    for (const path of options.writable ?? ['/app', '/tmp']) named(path, () => this.#addFixed(path, true));
    for (const [path, shared] of options.mounts ?? []) this.mount(path, shared);
  }

  /** A tree of files whose bytes are fetched when they are first looked at, for sharing; nobody changes it. */
  static ofLent(files: Iterable<LentFile>): FileTree {
    const tree = new FileTree({ writable: [], now: () => longAgo });
    named('/', () => addLent(tree.volume, files));
    return tree;
  }

  /** The top of the tree. */
  get root(): Place {
    return { directory: this.volume.root, mount: undefined };
  }

  /** The limit that refused an operation, if one did since {@link setLimits}. */
  get exceededLimit(): keyof FileLimits | undefined {
    return this.volume.ledger.exceeded;
  }

  /** Changes limits from now on; what is already there stays. Forgets {@link exceededLimit}. */
  setLimits(limits: Partial<FileLimits>): void {
    const { ledger } = this.volume;
    ledger.limits = { ...ledger.limits, ...limits };
    ledger.exceeded = undefined;
  }

  usage(): Usage {
    const { bytes, entries } = this.volume.ledger;
    return { bytes, files: entries };
  }

  /**
   * Shows `shared` at `path`, read-only and without copying. Mounts inside `shared` are not shown. Neither the
   * mount point nor the directories above it can be removed or renamed afterwards.
   */
  mount(path: string, shared: SharedTree): void {
    named(path, () => {
      const point = this.#addFixed(path, false);
      if (point === this.volume.root || point.mount !== undefined) fail('busy');
      if (point.entries.size > 0) fail('not-empty');
      const open = (): Volume => (typeof shared === 'function' ? shared() : shared).volume;
      point.mount = new Mount(point, this.#mounts.length + 1, open);
      this.#mounts.push(point.mount);
    });
  }

  /** Writes a file, replacing its content; parents are created. The bytes are copied. */
  write(path: string, bytes: Uint8Array): void {
    named(path, () => {
      const file = this.#fileForWriting(path);
      // Checked before the old content goes.
      this.volume.ledger.check(file.content.size, bytes.length);
      this.volume.resize(file, 0);
      this.volume.write(file, 0, bytes);
    });
  }

  /** The bytes of a file, as a copy. */
  read(path: string): Uint8Array {
    return named(path, () => {
      const node = existing(this.#resolve(path, 'follow'));
      if (node.kind === 'directory') fail('is-directory');
      if (node.kind === 'symbolic-link') fail('loop');
      return node.content.view(0, node.content.size).slice();
    });
  }

  /**
   * The entries of a directory, sorted by name. With `recursive` also those of the directories below, each after
   * its directory; links and mounts are listed and not entered.
   */
  list(path: string, options: { readonly recursive?: boolean } = {}): FileEntry[] {
    return named(path, () => {
      const target = this.#resolve(path, 'follow');
      const node = existing(target);
      if (node.kind !== 'directory') fail('not-directory');
      return listEntries(path, node, options.recursive ?? false);
    });
  }

  /** @param options `follow` (the default) a symbolic link at the end of the path, or describe the link itself. */
  stat(path: string, options: { readonly follow?: boolean } = {}): FileStat {
    return named(path, () => statNode(existing(this.#resolve(path, options.follow === false ? 'keep' : 'follow'))));
  }

  /** What tells the file at a path from every other one, also from one that takes its place; nothing where there is none. */
  identity(path: string): object | undefined {
    return this.#find(path)?.node;
  }

  /** Whether the path leads to something. */
  exists(path: string): boolean {
    return this.#find(path) !== undefined;
  }

  /** Creates a directory and its parents; existing ones are left as they are. */
  mkdirp(path: string): void {
    named(path, () => {
      checkAbsolute(path);
      let prefix = '';
      for (const part of path.split('/')) {
        if (part === '') continue;
        prefix += `/${part}`;
        const target = this.#resolve(prefix, 'follow');
        if (target.node === undefined) createDirectory(this.volume, target, 'host');
        else if (target.node.kind !== 'directory') fail('not-directory');
      }
    });
  }

  /** Removes a file, a symbolic link (not what it leads to), or a directory with all that is in it. */
  remove(path: string): void {
    named(path, () => this.#remove(this.#resolve(path, 'entry')));
  }

  /** Removes all that is in a directory, and leaves the directory; what belongs to the skeleton stays too. */
  clear(path: string): void {
    named(path, () => {
      const target = this.#resolve(path, 'follow');
      const node = existing(target);
      if (node.kind !== 'directory') fail('not-directory');
      checkWritable(target, node, 'host');
      this.#clear(node);
    });
  }

  /** Creates a symbolic link; parents must exist. */
  symlink(target: string, path: string): void {
    named(path, () => {
      if (!target.isWellFormed()) fail('illegal-byte-sequence');
      createSymlink(this.volume, this.#resolve(path, 'entry'), target, 'host');
    });
  }

  /** A tree with the same files, mounts and limits. Bytes are shared until either side changes them. */
  copy(): FileTree {
    const tree = new FileTree({ writable: [], now: this.volume.now });
    for (const mount of copyVolume(this.volume, tree.volume)) tree.#mounts.push(mount);
    // Last: limits may have been lowered below what is there.
    tree.setLimits(this.volume.ledger.limits);
    return tree;
  }

  /** The tree as plain data: no mounts, no limits, the bytes copied. */
  toImage(): TreeImage {
    return writeImage(this.volume, false);
  }

  /**
   * The tree as data for another thread. The bytes stand in shared memory and are not copied again while a file does
   * not change; neither side changes them.
   */
  toSharedImage(): TreeImage {
    return writeImage(this.volume, true);
  }

  /**
   * A tree with the files of an image, in the skeleton that `options` give. The image's bytes are not copied, and
   * must not be changed afterwards.
   *
   * @throws {FileError} if the image is malformed or does not fit the limits.
   */
  static fromImage(image: TreeImage, options: FileTreeOptions = {}): FileTree {
    const tree = new FileTree(options);
    named('image', () => readImage(image, tree.volume));
    return tree;
  }

  #resolve(path: string, last: LastLink): Target {
    checkAbsolute(path);
    return resolve(this.root, this.root, path, last);
  }

  /** Like `#resolve`, with `undefined` for all that is not there. */
  #find(path: string): Target | undefined {
    try {
      const target = this.#resolve(path, 'follow');
      existing(target);
      return target;
    } catch (thrown) {
      if (typeof thrown === 'string') return undefined;
      throw thrown;
    }
  }

  #fileForWriting(path: string): FileNode {
    if (path.endsWith('/')) fail('is-directory');
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (parent !== '' && this.#find(parent) === undefined) this.mkdirp(parent);
    const target = this.#resolve(path, 'follow');
    if (target.node === undefined) return createFile(this.volume, target, 'host');
    const node = existing(target);
    if (node.kind !== 'regular-file') fail('is-directory');
    checkWritable(target, node, 'host');
    return node;
  }

  #remove(target: Target): void {
    const node = existing(target);
    if (node.kind !== 'directory') {
      unlink(this.volume, target, 'host');
      return;
    }
    checkChangeable(target, 'host');
    if (node.fixed) fail('busy');
    if (target.name === '') fail('invalid');
    this.#clear(node);
    removeDirectory(this.volume, target, 'host');
  }

  #clear(top: DirectoryNode): void {
    // Directories in the order they were met; emptied from the deepest up.
    const found = [top];
    for (const directory of found) {
      for (const child of directory.entries.values()) {
        if (child.kind === 'directory' && child.mount === undefined) found.push(child);
      }
    }
    for (const directory of found.reverse()) {
      for (const [name, child] of [...directory.entries]) {
        if (child.kind !== 'directory' || !child.fixed) this.volume.remove(directory, name, child);
      }
    }
  }

  /** The directory at `path`, created if need be, which from now on belongs to the skeleton. */
  #addFixed(path: string, writable: boolean): DirectoryNode {
    checkAbsolute(path);
    let { directory, mount } = this.root;
    for (const part of path.split('/')) {
      if (part === '') continue;
      const target = resolve(this.root, { directory, mount }, part, 'keep');
      if (target.nodeMount !== undefined) fail('read-only');
      const node = target.node ?? this.volume.addDirectory(directory, part, false, true);
      if (node.kind !== 'directory') fail('not-directory');
      this.volume.fix(node);
      directory = node;
      mount = target.nodeMount;
    }
    if (writable) directory.writable = true;
    return directory;
  }
}

function checkAbsolute(path: string): void {
  if (!path.isWellFormed()) fail('illegal-byte-sequence');
  if (!path.startsWith('/')) fail('invalid');
}

/** What lent files show as their time: it means nothing, and is the same everywhere. 1 January 1980, as in archives. */
const longAgo: Time = { seconds: 315_532_800n, nanoseconds: 0 };

/** The time of the platform's `Date`. */
function systemTime(): Time {
  const milliseconds = Date.now();
  return { seconds: BigInt(Math.floor(milliseconds / 1000)), nanoseconds: (milliseconds % 1000) * 1e6 };
}
