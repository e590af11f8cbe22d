/** The WASI world of a guest: standard streams, clocks, entropy, and files in memory. */
export { GuestExit, WasiTrap } from './ends.ts';
export {
  type ErrorCode,
  type FileEntry,
  FileError,
  type FileLimits,
  type FileStat,
  FileTree,
  type FileTreeOptions,
  type LentFile,
  type SharedTree,
  type Time,
  type TreeImage,
  type Usage,
} from './files/index.ts';
export type { ByteSink, ByteSource, Platform, Readiness } from './platform.ts';
export type { Remains, Tenant } from './tenancy.ts';
export { createWasiWorld, type WasiWorld } from './world.ts';
