import {
  createExecutor,
  createSandbox,
  type Executor,
  RuntimeType,
  type Sandbox,
  type SandboxOptions,
  type SandboxResult,
} from 'golem-exec';
import { afterAll, beforeAll } from 'vitest';

export const runtimes = [RuntimeType.PYTHON, RuntimeType.JAVASCRIPT] as const;

/** The same program in both languages. */
export interface Program {
  readonly python: string;
  readonly javascript: string;
}

/** Lends the tests of a file one executor, and sandboxes in it that end with them. */
export function lendSandboxes(): (options: Omit<SandboxOptions, 'executor'>) => Promise<Sandbox> {
  let executor: Executor;
  const made: Sandbox[] = [];
  beforeAll(() => {
    executor = createExecutor({ workers: 2 });
  });
  afterAll(async () => {
    for (const sandbox of made) await sandbox.close();
    await executor.close();
  });
  return async (options) => {
    const sandbox = await createSandbox({ ...options, executor });
    made.push(sandbox);
    return sandbox;
  };
}

/** Every path of a value with the kind of what stands there: its structure, without its content. */
export function structure(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [`${path}: ${value === null ? 'null' : typeof value}`];
  if (Array.isArray(value)) return [`${path}: list`];
  return Object.keys(value)
    .sort()
    .flatMap((key) => structure((value as Record<string, unknown>)[key], `${path}.${key}`));
}

/** What must be the same of an error in both languages. */
export function errorOf({ success, exitCode, metadata }: SandboxResult): object {
  const { trapped, trapReason, errorCode, signal, stdoutTruncated } = metadata;
  return { success, exitCode, trapped, trapReason, errorCode, signal, stdoutTruncated };
}
