import type { LanguageKind } from 'golem-exec';
import { type Arm, type EntryRow, type FileRow, pick, type RequestRow, type RunInput } from '../table.ts';
import { type Called, fromBytes, type Instance, toBytes, type Value, Wasmtime } from '../wasmtime/driver.ts';
import {
  type Answer,
  type Place,
  type SessionCalls,
  type Stage,
  type StreamEvent,
  streamed,
  type Target,
} from './target.ts';

export const executor = 'golem:exec/executor@1.0.0';
export const sessions = 'golem:exec/sessions@1.0.0';
export const pullStreaming = 'golem:exec/pull-streaming@1.0.0';

/** The built components in Wasmtime. Each session has an instance of its own, as the contract wants. */
export async function wasmtimeTarget(): Promise<Target> {
  const wasmtime = await Wasmtime.start();
  return {
    name: 'wasmtime',
    place: async (language, memoryBytes) => new WasmtimePlace(wasmtime, language, memoryBytes),
    close: () => wasmtime.close(),
  };
}

class WasmtimePlace implements Place {
  readonly #wasmtime: Wasmtime;
  readonly #language: LanguageKind;
  readonly #memoryBytes: number | undefined;
  readonly #instances: Instance[] = [];
  #stateless: Promise<Instance> | undefined;

  constructor(wasmtime: Wasmtime, language: LanguageKind, memoryBytes: number | undefined) {
    this.#wasmtime = wasmtime;
    this.#language = language;
    // JavaScript keeps its limit by itself; CPython cannot, so its host does.
    this.#memoryBytes = language === 'python' ? memoryBytes : undefined;
  }

  async run(row: RequestRow): Promise<Answer> {
    const instance = await this.#shared();
    return fromResult(await instance.call(executor, 'run', ...runArguments(row, this.#language)));
  }

  async stream(row: RequestRow): Promise<Answer> {
    const instance = await this.#shared();
    return await pull(instance, await instance.call(pullStreaming, 'run', ...runArguments(row, this.#language)));
  }

  async session({ foreign }: { foreign?: true }): Promise<SessionCalls> {
    const instance = await this.#instantiate();
    return await openSession(instance, this.#language, foreign);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const instance of this.#instances) await instance[Symbol.asyncDispose]();
  }

  #shared(): Promise<Instance> {
    this.#stateless ??= this.#instantiate();
    return this.#stateless;
  }

  async #instantiate(): Promise<Instance> {
    const memory = this.#memoryBytes === undefined ? {} : { memoryBytes: this.#memoryBytes };
    const instance = await this.#wasmtime.instantiate(this.#language, memory);
    this.#instances.push(instance);
    return instance;
  }
}

/** Opens a session in an instance. */
export async function openSession(
  instance: Instance,
  language: LanguageKind,
  foreign?: true,
): Promise<SessionCalls & { readonly handle: Value }> {
  const handle = value(await instance.call(sessions, '[constructor]session', languageValue(language, foreign)));
  const call = async (method: string, ...values: Value[]): Promise<Called> =>
    await instance.call(sessions, `[method]session.${method}`, handle, ...values);
  const entry = (row: EntryRow): Value[] => {
    const [stdin, args, env, limits] = inputValues(row);
    return [pick(row.entrypoint, language), args ?? null, stdin ?? null, env ?? null, limits ?? null];
  };
  return {
    handle,
    upload: async (file) => fromResult(await call('upload', fileValue(file, language))),
    run: async (row) => fromResult(await call('run', ...entry(row))),
    stream: async (row) =>
      await pull(instance, await instance.call(pullStreaming, 'session-run', handle, ...entry(row))),
    download: async (path) => fromResult(await call('download', path)),
    list: async (path) => fromResult(await call('list-files', path)),
    cd: async (path) => fromResult(await call('set-working-dir', path)),
    close: async () => fromResult(await call('close')),
  };
}

/** Takes events until there are no more, and makes sure that there are none after that. */
export async function pull(instance: Instance, made: Called): Promise<Answer> {
  const stream = value(made);
  const next = async (): Promise<Value> =>
    value(await instance.call(pullStreaming, '[method]event-stream.next', stream));
  const events: StreamEvent[] = [];
  let end: Answer | undefined;
  for (let event = await next(); event !== null; event = await next()) {
    const { tag, val } = event as { tag: StreamEvent['tag']; val: Value };
    if (tag === 'finished' || tag === 'failed') {
      end = fromResult(tag === 'finished' ? { value: val } : { error: val as { tag: string; val: Value } });
      events.push({ tag });
    } else {
      events.push({ tag, bytes: toBytes(val) });
    }
  }
  if ((await next()) !== null) throw new Error('there is an event after none');
  await instance.drop(stream);
  if (end === undefined) throw new Error('the stream has no end');
  return streamed(events, end);
}

/** The arguments of `executor.run`. */
export function runArguments(row: RequestRow, language: LanguageKind): Value[] {
  const files = row.files.map((file) => fileValue(file, language));
  return [languageValue(language, row.foreign, row.version), files, ...inputValues(row)];
}

/** stdin, args, env, constraints. */
function inputValues({ stdin, args, env, limits }: RunInput): Value[] {
  const constraints =
    limits === undefined
      ? null
      : {
          'time-ms': limits.timeMs ?? null,
          'memory-bytes': limits.memoryBytes ?? null,
          'file-size-bytes': limits.fileSizeBytes ?? null,
          'max-processes': limits.maxProcesses ?? null,
        };
  return [stdin ?? null, [...(args ?? [])], (env ?? []).map((pair) => ({ tuple: pair })), constraints];
}

function languageValue(language: LanguageKind, foreign?: true, version?: string): Value {
  const other = language === 'python' ? 'javascript' : 'python';
  return { kind: foreign === undefined ? language : other, version: version ?? null };
}

function fileValue(row: FileRow, language: LanguageKind): Value {
  const content = pick(row.content, language);
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { name: pick(row.name, language), content: fromBytes(bytes), encoding: row.encoding ?? null };
}

export function value(called: Called): Value {
  if ('value' in called) return called.value;
  throw new Error(`expected a value: ${JSON.stringify(called)}`);
}

interface StageValue {
  readonly stdout: string;
  readonly stderr: string;
  readonly 'exit-code': number | null;
  readonly signal: string | null;
}

/** The answer that a call's result is; a trap is one that no case expects. */
export function fromResult(called: Called): Answer {
  if ('trap' in called) throw new Error(`the component trapped: ${called.trap}`);
  if ('error' in called) {
    const { tag, val } = called.error;
    if (tag === 'internal') return { arm: 'internal', message: val as string };
    return { arm: tag as Arm, ...(val === null ? {} : { stage: toStage(val) }) };
  }
  const found = called.value;
  if (found === null) return { arm: 'ok' };
  if (Array.isArray(found)) return { arm: 'ok', names: found as string[] };
  if ('bytes' in (found as object)) return { arm: 'ok', bytes: toBytes(found) };
  const result = found as { compile: Value; run: Value; 'time-ms': number | null; 'memory-bytes': number | null };
  return {
    arm: 'ok',
    stage: toStage(result.run),
    ...(result.compile === null ? {} : { compile: toStage(result.compile) }),
    ...(result['time-ms'] === null ? {} : { timeMs: result['time-ms'] }),
    ...(result['memory-bytes'] === null ? {} : { memoryBytes: result['memory-bytes'] }),
  };
}

function toStage(stage: Value): Stage {
  const { stdout, stderr, 'exit-code': exitCode, signal } = stage as unknown as StageValue;
  return { stdout, stderr, ...(exitCode === null ? {} : { exitCode }), ...(signal === null ? {} : { signal }) };
}
