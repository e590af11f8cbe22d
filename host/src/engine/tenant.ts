import { defaultLimits } from '../limits.ts';
import type { ByteSink, FileTree, Tenant } from '../wasi/index.ts';
import type { EngineJob } from './job.ts';

/** The component's own configuration (wit/worlds.wit): the program's streams are the world's, live. */
const componentEnvironment = [['EXEC_STDIO', 'inherit']] as const;
const heapEnvironment = [...componentEnvironment, ['EXEC_PERSIST', 'heap']] as const;
const globalsEnvironment = [...componentEnvironment, ['EXEC_PERSIST', 'globals']] as const;

/** Where output goes that nobody wants. */
export const nowhere: ByteSink = { write: () => undefined };

/** What a tenant is made of while no program runs. */
export const emptyJob = { stdin: new Uint8Array(0), limits: defaultLimits } as const;

/** Whom the WASI world serves during a run. */
export function tenantOf(
  job: Pick<EngineJob, 'stdin' | 'limits' | 'heap' | 'keepsGlobals'>,
  files: FileTree,
  stdout: ByteSink,
  stderr: ByteSink,
): Tenant {
  return {
    files,
    stdin: bytesSource(job.stdin),
    stdout,
    stderr,
    environment: environmentOf(job),
    arguments: [],
    initialCwd: '/app',
    limits: { descriptors: job.limits.descriptors },
  };
}

function environmentOf({ heap, keepsGlobals }: Pick<EngineJob, 'heap' | 'keepsGlobals'>): Tenant['environment'] {
  if (heap !== undefined) return heapEnvironment;
  return keepsGlobals === true ? globalsEnvironment : componentEnvironment;
}

function bytesSource(bytes: Uint8Array): Tenant['stdin'] {
  let at = 0;
  return {
    read: (most) => {
      if (at >= bytes.length) return null;
      const piece = bytes.subarray(at, at + most);
      at += piece.length;
      return piece;
    },
  };
}
