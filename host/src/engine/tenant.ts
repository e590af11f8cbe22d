import { defaultLimits } from '../limits.ts';
import type { ByteSink, FileTree, Tenant } from '../wasi/index.ts';
import type { EngineJob } from './job.ts';

/** The component's own configuration (wit/worlds.wit): the program's streams are the world's, live. */
const componentEnvironment = [['EXEC_STDIO', 'inherit']] as const;
const heapEnvironment = [...componentEnvironment, ['EXEC_PERSIST', 'heap']] as const;
const globalsEnvironment = [...componentEnvironment, ['EXEC_PERSIST', 'globals']] as const;
/** Asks for the value of the last expression in place of captured output, of which there is none. */
const evaluating = ['EXEC_EVALUATE', '1'] as const;

type Asked = Pick<EngineJob, 'heap' | 'keepsGlobals' | 'evaluates'>;

/** Where output goes that nobody wants. */
export const nowhere: ByteSink = { write: () => undefined };

/** What a tenant is made of while no program runs. */
export const emptyJob = { stdin: new Uint8Array(0), limits: defaultLimits } as const;

/** Whom the WASI world serves during a run. */
export function tenantOf(
  job: Pick<EngineJob, 'stdin' | 'limits'> & Asked,
  files: FileTree,
  stdout: ByteSink,
  stderr: ByteSink,
  pay?: Tenant['pay'],
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
    ...(pay === undefined ? {} : { pay }),
  };
}

function environmentOf({ heap, keepsGlobals, evaluates }: Asked): Tenant['environment'] {
  const kept = heap !== undefined ? heapEnvironment : keepsGlobals === true ? globalsEnvironment : componentEnvironment;
  return evaluates === true ? [...kept, evaluating] : kept;
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
