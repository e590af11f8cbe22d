/** The in-memory file system: a tree with limits, mounts and snapshots, and the POSIX rules over it. */
export { type ErrorCode, FileError, fail, isErrorCode } from './codes.ts';
export {
  checkWritable,
  createDirectory,
  createFile,
  createSymlink,
  existing,
  link,
  removeDirectory,
  rename,
  unlink,
} from './entries.ts';
export type { TreeImage } from './image.ts';
export type { FileLimits } from './ledger.ts';
export type { LentFile } from './lent.ts';
export { type FileEntry, type FileStat, type NodeKind, nodeSize } from './listing.ts';
export type { DirectoryNode, FileNode, Mount, Node, Time } from './nodes.ts';
export { FileTree, type FileTreeOptions, type SharedTree, type Usage } from './tree.ts';
export type { Volume } from './volume.ts';
export { type LastLink, resolve, type Target } from './walk.ts';
export { callUnits, type Pay, stepUnits, unitsOfBytes, unpaid } from './work.ts';
