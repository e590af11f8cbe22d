export { pathText } from '../node/fs/arguments.ts';
export { FileHandle } from '../node/fs/handle.ts';
export { fs, promises } from '../node/fs/index.ts';
export { realPath } from '../node/fs/links.ts';
export * as sync from '../node/fs/sync.ts';
