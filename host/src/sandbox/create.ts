import { InvalidRequestError } from '../errors.ts';
import { checkFields, type Executor } from '../executor/index.ts';
import type { KnownPackages } from '../guidance/index.ts';
import type { SessionStore } from '../store/index.ts';
import type { LanguageKind } from '../types.ts';
import { type Backing, MemoryBacking } from './backing.ts';
import { checkPolicy, type SandboxPolicy } from './policy.ts';
import { Sandbox } from './sandbox.ts';
import { newSessionId, StoreBacking } from './stored.ts';

/** The languages of a sandbox, as seed 000 names them. */
export const RuntimeType = { PYTHON: 'python', JAVASCRIPT: 'javascript' } as const satisfies Record<
  string,
  LanguageKind
>;
export type RuntimeType = (typeof RuntimeType)[keyof typeof RuntimeType];

/** How to create a sandbox. */
export interface SandboxOptions {
  readonly runtime: RuntimeType;
  readonly policy?: SandboxPolicy;
  /** Letters, digits and hyphens, at most 64; chosen when absent. With `workspaceRoot`: the session there, made if it is not. */
  readonly sessionId?: string;
  /** A folder on disk in which the session is kept, with its files; in memory when absent. */
  readonly workspaceRoot?: string;
  /**
   * Whether variables live on from run to run, as far as JSON can hold them: in Python the globals, in JavaScript the
   * properties of `_state`. False when absent.
   */
  readonly autoPersistGlobals?: boolean;
  /** The executor that runs the programs; one that all sandboxes without one of their own share when absent. */
  readonly executor?: Executor;
}

const fields = [
  'runtime',
  'policy',
  'sessionId',
  'workspaceRoot',
  'autoPersistGlobals',
  'executor',
] as const satisfies (keyof SandboxOptions)[];

/** What a sandbox needs of the platform. */
export interface SandboxPlatform {
  createExecutor(): Executor;
  openStore(folder: string): SessionStore;
  packages(): Promise<KnownPackages | undefined>;
}

/** A session of a store that is there already, or is to be made. */
interface Place {
  readonly store?: SessionStore;
  readonly close: () => Promise<void>;
}

/** Makes the function that creates sandboxes on a platform. */
export function sandboxFactory(platform: SandboxPlatform): (options: SandboxOptions) => Promise<Sandbox> {
  const shared = new SharedExecutor(platform);
  return async (options) => {
    const checked = checkOptions(options);
    const { workspaceRoot, executor: own } = options;
    const executor = own ?? shared.take();
    const close = async (): Promise<void> => {
      if (own === undefined) await shared.giveBack();
    };
    try {
      const place = { close, ...(workspaceRoot === undefined ? {} : { store: platform.openStore(workspaceRoot) }) };
      return await openSandbox(executor, checked, place, platform.packages);
    } catch (error) {
      await close();
      throw error;
    }
  };
}

type CheckedOptions = ReturnType<typeof checkOptions>;

async function openSandbox(
  executor: Executor,
  { runtime, policy, sessionId, autoPersistGlobals, givenPolicy }: CheckedOptions,
  { store, close }: Place,
  packages: SandboxPlatform['packages'],
): Promise<Sandbox> {
  const persist = autoPersistGlobals === true ? 'globals' : 'workspace';
  if (store === undefined) {
    const backing = closing(new MemoryBacking(executor, { persist }), close);
    return new Sandbox({
      executor,
      backing,
      runtime,
      sessionId,
      policy,
      autoPersistGlobals: persist === 'globals',
      packages,
    });
  }
  const stored = await StoreBacking.open(executor, store, sessionId, { language: runtime, persist, policy });
  const found = stored.found;
  if (found !== undefined && found.language !== runtime) {
    throw new InvalidRequestError(
      'runtime',
      `session ${sessionId} is one of ${found.language}; use that, or another sessionId`,
    );
  }
  const keeps = (found?.persist ?? persist) === 'globals';
  if (found !== undefined && autoPersistGlobals !== undefined && autoPersistGlobals !== keeps) {
    throw new InvalidRequestError(
      'autoPersistGlobals',
      `session ${sessionId} was made with ${keeps}; leave it out, or use another sessionId`,
    );
  }
  // A policy that is given comes before the one that the session was made with.
  const own = found === undefined || givenPolicy ? policy : stored.policy;
  return new Sandbox({
    executor,
    backing: closing(stored, close),
    runtime,
    sessionId,
    policy: own,
    autoPersistGlobals: keeps,
    packages,
  });
}

function checkOptions(options: SandboxOptions) {
  checkFields(options, fields);
  const { runtime, sessionId, workspaceRoot, autoPersistGlobals } = options;
  const runtimes: readonly unknown[] = Object.values(RuntimeType);
  if (!runtimes.includes(runtime)) {
    throw new InvalidRequestError('runtime', `expected one of ${runtimes.join(', ')} (RuntimeType)`);
  }
  if (
    sessionId !== undefined &&
    (typeof sessionId !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(sessionId))
  ) {
    throw new InvalidRequestError('sessionId', 'use letters, digits and hyphens, at most 64');
  }
  if (workspaceRoot !== undefined && (typeof workspaceRoot !== 'string' || workspaceRoot === '')) {
    throw new InvalidRequestError('workspaceRoot', 'expected the path of a folder');
  }
  if (autoPersistGlobals !== undefined && typeof autoPersistGlobals !== 'boolean') {
    throw new InvalidRequestError('autoPersistGlobals', `expected true or false, got ${typeof autoPersistGlobals}`);
  }
  const policy = checkPolicy(options.policy);
  return {
    runtime,
    policy,
    givenPolicy: options.policy !== undefined,
    sessionId: sessionId ?? newSessionId(),
    autoPersistGlobals,
  };
}

/** A backing that ends something more when it is closed; once. */
function closing(backing: Backing, close: () => Promise<void>): Backing {
  let closed: Promise<void> | undefined;
  return {
    use: (language, work) => backing.use(language, work),
    look: (work) => backing.look(work),
    remove: () => backing.remove(),
    close: () => (closed ??= backing.close().then(close)),
  };
}

/** One executor for all sandboxes that bring none; it ends with the last of them. */
class SharedExecutor {
  readonly #platform: SandboxPlatform;
  #executor: Executor | undefined;
  #users = 0;

  constructor(platform: SandboxPlatform) {
    this.#platform = platform;
  }

  take(): Executor {
    this.#executor ??= this.#platform.createExecutor();
    this.#users++;
    return this.#executor;
  }

  async giveBack(): Promise<void> {
    if (--this.#users > 0) return;
    const executor = this.#executor;
    this.#executor = undefined;
    await executor?.close();
  }
}
