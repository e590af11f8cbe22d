import { IoError } from '../io/index.ts';
import type { Seat } from '../tenancy.ts';
import { Descriptor, RootDescriptor } from './descriptor.ts';
import { DirectoryEntryStream } from './directory-entries.ts';

/** The interfaces of wasi:filesystem: the current tenant's tree, preopened as `/`. */
export function filesystemImports(seat: Seat): Record<string, object> {
  return {
    'wasi:filesystem/preopens': { getDirectories: () => [[new RootDescriptor(seat), '/']] },
    'wasi:filesystem/types': {
      Descriptor,
      DirectoryEntryStream,
      filesystemErrorCode: (error: unknown) => (error instanceof IoError ? error.code : undefined),
    },
  };
}
