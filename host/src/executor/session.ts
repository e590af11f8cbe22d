import type { EngineJob, HeapImage } from '../engine/index.ts';
import { ExecError, InvalidRequestError } from '../errors.ts';
import { checkLimits, type Limits } from '../limits.ts';
import type { Pool } from '../pool/index.ts';
import type {
  EvaluateRequest,
  EvaluateResult,
  ExecEvent,
  ExecResult,
  FileInfo,
  FileInput,
  RunCounts,
  SessionImage,
  SessionOptions,
  SessionRunRequest,
} from '../types.ts';
import { fileChanges } from './changes.ts';
import { evaluatedValue } from './evaluated.ts';
import {
  checkArgs,
  checkEnv,
  checkFields,
  checkFile,
  checkLanguage,
  checkSignal,
  checkStdin,
  checkString,
  decodeFile,
  persistences,
} from './fields.ts';
import { checkMounts, decodeMounts } from './mounts.ts';
import { resolvePath, workspace } from './names.ts';
import { OutputText, toResult } from './outcome.ts';
import { checkInputBytes } from './request.ts';
import type { SessionBegin } from './session-image.ts';
import { skippedNames } from './state-file.ts';
import { failedStream, type StartRun, streamRun } from './streaming.ts';
import { Workspace } from './workspace.ts';

const optionFields = ['language', 'version', 'persist', 'limits', 'env'] as const satisfies (keyof SessionOptions)[];
const runFields = [
  'entrypoint',
  'code',
  'stdin',
  'args',
  'env',
  'mounts',
  'limits',
  'trackFiles',
  'signal',
] as const satisfies (keyof SessionRunRequest)[];

const evaluateFields = [
  'stdin',
  'args',
  'env',
  'mounts',
  'limits',
  'signal',
] as const satisfies (keyof EvaluateRequest)[];

/**
 * Files and a working directory that persist from run to run (`session` of `golem:exec/sessions`). Its calls are
 * carried out one after the other, in the order they came. After any error the session is usable.
 *
 * @example
 * await using session = await executor.openSession({ language: 'python' });
 * await session.upload({ name: 'data.txt', content: '1 2 3' });
 * const { run } = await session.run({ code: 'print(sum(map(int, open("data.txt").read().split())))' });
 */
export class Session {
  readonly language: SessionOptions['language'];
  readonly persist: NonNullable<SessionOptions['persist']>;
  readonly #pool: Pool;
  readonly #limits: Limits;
  /** The limits of the options, without the defaults. */
  readonly #ownLimits: Partial<Limits>;
  readonly #env: readonly (readonly [string, string])[];
  readonly #workspace: Workspace;
  readonly #closing = new AbortController();
  #folder: string;
  /** Of a session that keeps its interpreter: what the last run that ended in order left. */
  #heap: HeapImage | undefined;
  #runs: RunCounts = { completed: 0, failed: 0 };
  /** Ends when the calls so far have ended. */
  #last: Promise<unknown> = Promise.resolve();

  /** @internal Use `executor.openSession`. */
  constructor(pool: Pool, options: SessionOptions, defaults: Limits, begin?: SessionBegin) {
    checkFields(options, optionFields);
    this.language = checkLanguage(options.language);
    if (options.version !== undefined) checkString(options.version, 'version');
    if (options.persist !== undefined && !persistences.includes(options.persist)) {
      throw new InvalidRequestError('persist', `expected one of ${persistences.join(', ')}`);
    }
    this.persist = options.persist ?? 'workspace';
    this.#pool = pool;
    this.#ownLimits = checkLimits(options.limits, 'limits');
    this.#limits = { ...defaults, ...this.#ownLimits };
    this.#env = checkEnv(options.env);
    this.#workspace = new Workspace(this.#limits, begin?.files);
    this.#folder = begin?.workingDir ?? workspace;
    this.#heap = begin?.heap;
  }

  /**
   * Writes a file into the workspace, replacing one of that name; parent folders are made.
   *
   * @throws {InvalidRequestError} for a malformed file.
   * @throws {ExecError} `compilation-failed` for text that is not valid in its encoding, `resource-exceeded` when a
   * quota refuses it, `runtime-failed` when a folder is in its place.
   */
  async upload(file: FileInput): Promise<void> {
    const path = checkFile(file, 'file', this.#folder);
    await this.#inOrder(() => this.#workspace.write(path, decodeFile(file)));
  }

  /**
   * Runs a program of the workspace to its end.
   *
   * @throws what `Executor.run` throws; `runtime-failed` also when the entrypoint cannot be read.
   */
  async run(request: SessionRunRequest): Promise<ExecResult> {
    const output = new OutputText();
    const start = this.#prepare(request);
    return await this.#inOrder(async () => {
      const ended = await start((chunk) => output.add(chunk), { signal: request.signal, live: false });
      return toResult(ended, output);
    });
  }

  /**
   * Runs code and gives the value of its last expression, as a notebook does. `await` may stand anywhere in it; a value
   * that is a promise or a coroutine is waited for. What of the code lives on is as in `run`.
   *
   * @example
   * const { value } = await session.evaluate('[n ** 2 for n in range(4)]'); // { kind: 'data', data: [0, 1, 4, 9] }
   *
   * @throws what `run` throws.
   */
  async evaluate(code: string, request: EvaluateRequest = {}): Promise<EvaluateResult> {
    checkFields(request, evaluateFields);
    const output = new OutputText();
    const start = this.#prepare({ ...request, code }, true);
    return await this.#inOrder(async () => {
      const ended = await start((chunk) => output.add(chunk), { signal: request.signal, live: false });
      const result = toResult(ended, output);
      const value = evaluatedValue(ended.outcome, result);
      return value === undefined ? result : { ...result, value };
    });
  }

  /**
   * Runs a program of the workspace and hands out its output while it runs; see `Executor.runStreaming`.
   *
   * @throws {InvalidRequestError} for a malformed request.
   */
  runStreaming(request: SessionRunRequest): AsyncGenerator<ExecEvent, void, void> {
    let start: StartRun;
    try {
      start = this.#prepare(request);
    } catch (error) {
      if (!(error instanceof ExecError)) throw error;
      return failedStream(error);
    }
    return streamRun((consume, options) => this.#inOrder(() => start(consume, options)), request.signal);
  }

  /**
   * The bytes of a file.
   *
   * @throws {ExecError} `runtime-failed` when it cannot be read.
   */
  async download(path: string): Promise<Uint8Array> {
    checkString(path, 'path');
    return await this.#inOrder(() => this.#workspace.read(this.#resolve(path)));
  }

  /**
   * The names in a folder, sorted.
   *
   * @throws {ExecError} `runtime-failed` when it cannot be read.
   */
  async listFiles(dir = '.'): Promise<string[]> {
    checkString(dir, 'dir');
    return await this.#inOrder(() => this.#workspace.list(this.#resolve(dir)));
  }

  /**
   * All files, folders and links below a folder, each after the folder it is in; links are not followed.
   *
   * @throws {ExecError} `runtime-failed` when it cannot be read.
   */
  async listTree(dir = '.'): Promise<FileInfo[]> {
    checkString(dir, 'dir');
    return await this.#inOrder(() => this.#workspace.tree(this.#resolve(dir)));
  }

  /**
   * Removes a file, a link (not what it leads to), or a folder with all that is in it.
   *
   * @throws {ExecError} `runtime-failed` when there is none, or it is not the workspace's to remove.
   */
  async remove(path: string): Promise<void> {
    checkString(path, 'path');
    await this.#inOrder(() => this.#workspace.remove(this.#resolve(path)));
  }

  /** Removes all files and folders; relative paths are in `/app` again. */
  async clear(): Promise<void> {
    await this.#inOrder(() => {
      this.#workspace.clear();
      this.#folder = workspace;
    });
  }

  /**
   * Changes the folder that relative paths of later calls are in, and that programs begin in.
   *
   * @throws {ExecError} `runtime-failed` when it is not a folder of the workspace.
   */
  async setWorkingDir(path: string): Promise<void> {
    checkString(path, 'path');
    await this.#inOrder(() => {
      this.#folder = this.#workspace.folder(this.#resolve(path));
    });
  }

  /** The working directory, as the calls carried out so far left it. */
  get workingDir(): string {
    return this.#folder;
  }

  /** The runs that have ended since this session was opened, restored or forked. */
  get runCounts(): RunCounts {
    return this.#runs;
  }

  /**
   * The session as plain data, as the calls before this one left it; `Executor.restore` opens sessions with it.
   *
   * For a session that persists its heap the interpreter is part of it: two sessions that begin with one image have
   * the same variables and draw different random numbers; files that a program left open are closed.
   */
  async snapshot(): Promise<SessionImage> {
    return await this.#inOrder(() => ({
      version: 1,
      language: this.language,
      persist: this.persist,
      workingDir: this.#folder,
      limits: this.#ownLimits,
      env: this.#env,
      files: this.#workspace.snapshot(),
      ...(this.#heap === undefined ? {} : { heap: copyOf(this.#heap) }),
    }));
  }

  /** Opens another session that begins as this one is now. Bytes of files and heap are shared until they change. */
  async fork(): Promise<Session> {
    return await this.#inOrder(() => {
      const { language, persist } = this;
      const options = { language, persist, limits: this.#ownLimits, env: this.#env };
      const begin = { workingDir: this.#folder, files: this.#workspace.image(), heap: this.#heap };
      return new Session(this.#pool, options, this.#limits, begin);
    });
  }

  /** Ends the session; a run under way ends with `internal`. Closing twice does nothing more. */
  async close(): Promise<void> {
    this.#closing.abort(closedError());
    await this.#last;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #resolve(path: string): string {
    return resolvePath(path, this.#folder);
  }

  /** Carries out a call after those before it. */
  #inOrder<T>(call: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      this.#closing.signal.throwIfAborted();
      return await call();
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Checks a request; the run itself happens when the function that comes back is called. */
  #prepare(request: SessionRunRequest, evaluates = false): StartRun {
    checkFields(request, runFields);
    const { entrypoint, code } = request;
    if ((entrypoint === undefined) === (code === undefined)) {
      throw new InvalidRequestError('entrypoint', 'give either entrypoint, a file of the workspace, or code');
    }
    if (entrypoint !== undefined && checkString(entrypoint, 'entrypoint') === '') {
      throw new InvalidRequestError('entrypoint', 'the path is empty; give a file such as "main.py"');
    }
    checkSignal(request.signal);
    if (request.trackFiles !== undefined && typeof request.trackFiles !== 'boolean') {
      throw new InvalidRequestError('trackFiles', `expected true or false, got ${typeof request.trackFiles}`);
    }
    if (code !== undefined) checkString(code, 'code');
    const limits = { ...this.#limits, ...checkLimits(request.limits, 'limits') };
    const args = checkArgs(request.args);
    const env = [...new Map([...this.#env, ...checkEnv(request.env)])];
    const stdin = checkStdin(request.stdin);
    const mounts = checkMounts(request.mounts, []);
    const brought = [
      ...(code === undefined ? [] : [{ name: '', content: code }]),
      ...mounts.flatMap(({ files }) => files),
    ];
    checkInputBytes(brought, args, env, stdin, limits.inputBytes);
    const jobMounts = decodeMounts(mounts);
    return async (consume, { signal, live }) => {
      for (const { path } of jobMounts) this.#workspace.checkMountPoint(path);
      const image = this.#workspace.image();
      const before = request.trackFiles === true ? image : undefined;
      const began = Date.now();
      const job: EngineJob = {
        language: this.language,
        workspace: { kind: 'image', image },
        mounts: jobMounts,
        keepWorkspace: true,
        ...(this.persist === 'heap' ? { heap: this.#heap ?? 'fresh' } : {}),
        ...(this.persist === 'globals' ? { keepsGlobals: true } : {}),
        ...(evaluates ? { evaluates } : {}),
        folder: this.#folder,
        ...(code === undefined ? {} : { code: new TextEncoder().encode(code) }),
        entrypoint: entrypoint ?? '',
        args,
        env,
        stdin,
        limits,
      };
      const stop = signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]);
      const outcome = await this.#pool.run(job, consume, { signal: stop, live });
      const { completed, failed } = this.#runs;
      this.#runs = outcome.tag === 'ok' ? { completed: completed + 1, failed } : { completed, failed: failed + 1 };
      // Files keep what was written, however the run ended.
      if (outcome.workspace !== undefined) this.#workspace.replace(outcome.workspace);
      if (outcome.heap !== undefined) this.#heap = outcome.heap;
      stop.throwIfAborted();
      const changes = before === undefined ? {} : { changes: fileChanges(before, this.#workspace.image(), began) };
      // Where the globals could not be saved, what stands in their file is of an earlier run.
      const saved = this.persist === 'globals' && outcome.tag === 'ok' && outcome.savedGlobals === true;
      if (!saved) return { job, outcome, ...changes };
      return { job, outcome, stateSkipped: skippedNames(this.#workspace), ...changes };
    };
  }
}

/** A heap as plain data: not in shared memory, which cannot be stored. */
function copyOf(heap: HeapImage): HeapImage {
  return { ...heap, memories: heap.memories.map((memory) => ({ ...memory, bytes: memory.bytes.slice() })) };
}

function closedError(): ExecError {
  return new ExecError('internal', 'session is closed');
}
