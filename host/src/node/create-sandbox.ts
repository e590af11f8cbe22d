import { type Sandbox, type SandboxOptions, sandboxFactory } from '../sandbox/index.ts';
import { openSessionStore } from '../store/index.ts';
import { createExecutor } from './create-executor.ts';
import { knownPackages } from './packages.ts';

/**
 * Creates a sandbox: a workspace with a policy, whose results say what to do next.
 *
 * @throws {InvalidRequestError} for an option that is not valid, naming it; with `workspaceRoot` also for a session of another
 * language.
 * @throws {StoreError} when the session of `workspaceRoot` cannot be used.
 *
 * @example
 * await using sandbox = await createSandbox({ runtime: RuntimeType.PYTHON, policy: { timeoutSeconds: 10 } });
 * const { success, stdout, structuredContent } = await sandbox.execute('print(6 * 7)');
 */
export const createSandbox: (options: SandboxOptions) => Promise<Sandbox> = sandboxFactory({
  createExecutor,
  openStore: (folder) => openSessionStore({ folder }),
  packages: knownPackages,
});
