import {
  callUnits,
  checkWritable,
  createDirectory,
  createSymlink,
  type DirectoryNode,
  existing,
  type FileNode,
  type FileTree,
  fail,
  type LastLink,
  link,
  type Mount,
  type NodeKind,
  removeDirectory,
  rename,
  resolve,
  type Target,
  unitsOfBytes,
  unlink,
  type Volume,
} from '../files/index.ts';
import type { InputStream, OutputStream } from '../io/index.ts';
import { Resource, type Seat } from '../tenancy.ts';
import { DirectoryEntryStream } from './directory-entries.ts';
import { openMode, openNode } from './open.ts';
import {
  type DescriptorFlags,
  type DescriptorStat,
  describe,
  hash,
  type MetadataHash,
  type OpenFlags,
  type PathFlags,
} from './records.ts';
import { FileInputStream, FileOutputStream } from './streams.ts';
import { type NewTimestamp, setNodeTimes } from './times.ts';

/** What a descriptor holds. */
interface Opened {
  readonly tree: FileTree;
  readonly node: FileNode | DirectoryNode;
  readonly mount: Mount | undefined;
  readonly flags: DescriptorFlags;
}

/**
 * wasi:filesystem descriptor: an open file or directory.
 *
 * Every directory may be changed that the tree says may be; `mutate-directory` is granted to all and not asked for.
 */
export class Descriptor extends Resource {
  private opened: Opened | undefined;

  /** @param opened absent for a descriptor that is not the tenant's own; see `RootDescriptor`. */
  constructor(seat: Seat, opened?: Opened) {
    super(seat);
    this.opened = opened;
    if (opened === undefined) return;
    if (seat.tenancy !== undefined) seat.tenancy.descriptors++;
    if (opened.node.kind === 'regular-file') volumeOf(opened).open(opened.node);
  }

  override sever(): void {
    const { opened } = this;
    if (opened === undefined) return;
    this.opened = undefined;
    // While the tenant's time ends it is still in the seat.
    if (this.seat?.tenancy !== undefined) this.seat.tenancy.descriptors--;
    if (opened.node.kind === 'regular-file') volumeOf(opened).close(opened.node);
  }

  protected held(): Opened {
    this.pay(callUnits);
    return this.opened ?? fail('bad-descriptor');
  }

  readViaStream(offset: bigint): InputStream {
    return new FileInputStream(this.home(), this.readable(), Number(offset));
  }

  writeViaStream(offset: bigint): OutputStream {
    return new FileOutputStream(this.home(), this.writable(), Number(offset));
  }

  appendViaStream(): OutputStream {
    return new FileOutputStream(this.home(), this.writable(), undefined);
  }

  advise(): void {
    this.held();
  }

  syncData(): void {
    this.held();
  }

  sync(): void {
    this.held();
  }

  getFlags(): DescriptorFlags {
    return this.held().flags;
  }

  getType(): NodeKind {
    return this.held().node.kind;
  }

  setSize(size: bigint): void {
    const { volume, node } = this.writable();
    volume.resize(node, Number(size));
  }

  setTimes(accessed: NewTimestamp, modified: NewTimestamp): void {
    const { tree, node, mount } = this.held();
    if (mount !== undefined || !node.writable) fail('read-only');
    setNodeTimes(node, accessed, modified, tree.volume.now());
  }

  /** At most `length` bytes, and whether they reach the end of the file. */
  read(length: bigint, offset: bigint): [Uint8Array, boolean] {
    const { content } = this.readable().node;
    // Offsets beyond 2^53 lose their low bits, far beyond the end of any file.
    const begin = Number(offset);
    const bytes = content.view(begin, Number(length));
    this.pay(unitsOfBytes(bytes.length));
    return [bytes, bytes.length === 0 || begin + bytes.length >= content.size];
  }

  write(bytes: Uint8Array, offset: bigint): bigint {
    const { volume, node } = this.writable();
    this.pay(unitsOfBytes(bytes.length));
    volume.write(node, Number(offset), bytes);
    return BigInt(bytes.length);
  }

  readDirectory(): DirectoryEntryStream {
    return new DirectoryEntryStream(this.home(), this.directory().node);
  }

  createDirectoryAt(path: string): void {
    createDirectory(this.volume(), this.resolve(path, 'entry'), 'guest');
  }

  stat(): DescriptorStat {
    return describe(this.held().node);
  }

  statAt(flags: PathFlags, path: string): DescriptorStat {
    return describe(existing(this.resolve(path, lastLink(flags))));
  }

  setTimesAt(flags: PathFlags, path: string, accessed: NewTimestamp, modified: NewTimestamp): void {
    const target = this.resolve(path, lastLink(flags));
    const node = existing(target);
    checkWritable(target, node, 'guest');
    setNodeTimes(node, accessed, modified, this.volume().now());
  }

  linkAt(flags: PathFlags, oldPath: string, newDirectory: Descriptor, newPath: string): void {
    const source = this.resolve(oldPath, lastLink(flags));
    existing(source);
    link(this.volume(), source, newDirectory.resolve(newPath, 'entry'), 'guest');
  }

  openAt(pathFlags: PathFlags, path: string, openFlags: OpenFlags, flags: DescriptorFlags): Descriptor {
    const target = this.resolve(path, openMode(pathFlags, openFlags));
    const { tree } = this.held();
    const seat = this.home();
    const { tenancy } = seat;
    if (tenancy === undefined) fail('bad-descriptor');
    // The nearest that wasi:filesystem has to EMFILE.
    if (tenancy.descriptors >= tenancy.tenant.limits.descriptors) fail('quota');
    const node = openNode(tree.volume, target, openFlags, flags);
    const granted = node.kind === 'directory' ? { ...flags, mutateDirectory: true } : flags;
    return new Descriptor(seat, { tree, node, mount: target.nodeMount, flags: granted });
  }

  readlinkAt(path: string): string {
    const node = existing(this.resolve(path, 'keep'));
    return node.kind === 'symbolic-link' ? node.target : fail('invalid');
  }

  removeDirectoryAt(path: string): void {
    removeDirectory(this.volume(), this.resolve(path, 'entry'), 'guest');
  }

  renameAt(oldPath: string, newDirectory: Descriptor, newPath: string): void {
    const source = this.resolve(oldPath, 'entry');
    rename(this.volume(), source, newDirectory.resolve(newPath, 'entry'), 'guest');
  }

  /** wasi:filesystem forbids absolute targets; here they are as safe as any, and programs use them. */
  symlinkAt(target: string, path: string): void {
    createSymlink(this.volume(), this.resolve(path, 'entry'), target, 'guest');
  }

  unlinkFileAt(path: string): void {
    unlink(this.volume(), this.resolve(path, 'entry'), 'guest');
  }

  isSameObject(other: Descriptor): boolean {
    const { node } = this.held();
    return node === other.held().node;
  }

  metadataHash(): MetadataHash {
    const { node, mount } = this.held();
    return hash(node, mount);
  }

  metadataHashAt(flags: PathFlags, path: string): MetadataHash {
    const target = this.resolve(path, lastLink(flags));
    return hash(existing(target), target.nodeMount);
  }

  private home(): Seat {
    return this.seat ?? fail('bad-descriptor');
  }

  private volume(): Volume {
    return this.held().tree.volume;
  }

  private directory() {
    const { tree, node, mount } = this.held();
    if (node.kind !== 'directory') fail('not-directory');
    return { tree, node, mount };
  }

  private resolve(path: string, last: LastLink): Target {
    const { tree, node, mount } = this.directory();
    // wasi:filesystem: paths are relative to the descriptor.
    if (path.startsWith('/')) fail('not-permitted');
    return resolve(tree.root, { directory: node, mount }, path, last, this.seat?.tenancy?.pay);
  }

  private readable() {
    const opened = this.held();
    if (opened.node.kind !== 'regular-file') fail('is-directory');
    if (opened.flags.read !== true) fail('bad-descriptor');
    return { volume: volumeOf(opened), node: opened.node };
  }

  private writable() {
    const opened = this.held();
    if (opened.node.kind !== 'regular-file') fail('is-directory');
    if (opened.flags.write !== true) fail('bad-descriptor');
    return { volume: volumeOf(opened), node: opened.node };
  }
}

/** The preopened `/`: the top of the tree of whoever is in the world, so that it outlives a tenant. */
export class RootDescriptor extends Descriptor {
  protected override held(): Opened {
    this.pay(callUnits);
    const tree = this.seat?.tenancy?.tenant.files ?? fail('bad-descriptor');
    return { tree, node: tree.volume.root, mount: undefined, flags: { read: true, mutateDirectory: true } };
  }
}

function volumeOf({ tree, mount }: Opened): Volume {
  return mount?.volume ?? tree.volume;
}

function lastLink(flags: PathFlags): LastLink {
  return flags.symlinkFollow === true ? 'follow' : 'keep';
}
