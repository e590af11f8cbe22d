import {
  createExecutor,
  ExecError,
  type ExecEvent,
  type ExecRequest,
  type ExecResult,
  type Executor,
  type FileInput,
  InvalidRequestError,
  type LanguageKind,
  type Session,
  type SessionRunRequest,
} from 'golem-exec';
import { type EntryRow, type FileRow, pick, type RequestRow } from '../table.ts';
import { type Answer, type Place, type SessionCalls, type StreamEvent, streamed, type Target } from './target.ts';

/** The TypeScript host, through its public surface. */
export function hostTarget(): Target {
  const executor = createExecutor({ workers: 2 });
  return {
    name: 'host',
    place: async (language) => new HostPlace(executor, language),
    close: () => executor.close(),
  };
}

class HostPlace implements Place {
  readonly #executor: Executor;
  readonly #language: LanguageKind;
  readonly #sessions: Session[] = [];

  constructor(executor: Executor, language: LanguageKind) {
    this.#executor = executor;
    this.#language = language;
  }

  async run(row: RequestRow): Promise<Answer> {
    return await answer(async () => completed(await this.#executor.run(this.#request(row))));
  }

  async stream(row: RequestRow): Promise<Answer> {
    return await answer(async () => await collect(this.#executor.runStreaming(this.#request(row))));
  }

  async session({ foreign }: { foreign?: true }): Promise<SessionCalls> {
    const language = foreign === undefined ? this.#language : ('ruby' as LanguageKind);
    let session: Session;
    try {
      session = await this.#executor.openSession({ language });
    } catch (error) {
      // A session of an unknown language cannot even be opened: all its calls end that way.
      const refused = (): Promise<Answer> => answer(() => Promise.reject(error));
      return {
        upload: refused,
        run: refused,
        stream: refused,
        download: refused,
        list: refused,
        cd: refused,
        close: refused,
      };
    }
    this.#sessions.push(session);
    return sessionCalls(session, language);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const session of this.#sessions) await session.close();
  }

  #request(row: RequestRow): ExecRequest {
    const { files, foreign, ...rest } = row;
    return {
      ...rest,
      language: foreign === undefined ? this.#language : ('ruby' as LanguageKind),
      files: files.map((file) => toFile(file, this.#language)),
    };
  }
}

function sessionCalls(session: Session, language: LanguageKind): SessionCalls {
  const request = (row: EntryRow): SessionRunRequest => ({ ...row, entrypoint: pick(row.entrypoint, language) });
  return {
    upload: (file) => answer(() => done(session.upload(toFile(file, language)))),
    run: (row) => answer(async () => completed(await session.run(request(row)))),
    stream: (row) => answer(async () => await collect(session.runStreaming(request(row)))),
    download: (path) => answer(async () => ({ arm: 'ok', bytes: await session.download(path) })),
    list: (path) => answer(async () => ({ arm: 'ok', names: await session.listFiles(path) })),
    cd: (path) => answer(() => done(session.setWorkingDir(path))),
    close: () => answer(() => done(session.close())),
  };
}

function toFile(row: FileRow, language: LanguageKind): FileInput {
  return { ...row, name: pick(row.name, language), content: pick(row.content, language) };
}

async function done(call: Promise<void>): Promise<Answer> {
  await call;
  return { arm: 'ok' };
}

async function collect(source: AsyncIterable<ExecEvent>): Promise<Answer> {
  const events: StreamEvent[] = [];
  let end: Answer | undefined;
  for await (const event of source) {
    switch (event.tag) {
      case 'finished':
        end = completed(event.val);
        events.push({ tag: event.tag });
        break;
      case 'failed':
        end = failed(event.val);
        events.push({ tag: event.tag });
        break;
      default:
        events.push({ tag: event.tag, bytes: event.val });
    }
  }
  if (end === undefined) throw new Error('the stream has no end');
  return streamed(events, end);
}

function completed({ run, compile, timeMs, memoryBytes }: ExecResult): Answer {
  return { arm: 'ok', stage: run, ...(compile === undefined ? {} : { compile }), timeMs, memoryBytes };
}

function failed(error: ExecError): Answer {
  const { tag, message, run, compile, timeMs, memoryBytes, details } = error;
  const reason = details['reason'];
  const failedToCompile = tag === 'compilation-failed' && compile !== undefined;
  return {
    arm: tag,
    stage: failedToCompile ? compile : run,
    ...(compile === undefined || failedToCompile ? {} : { compile }),
    message,
    ...(typeof reason === 'string' ? { reason } : {}),
    timeMs,
    memoryBytes,
  };
}

async function answer(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ExecError) return failed(error);
    // WIT callers would get it as `internal` (design §3).
    if (error instanceof InvalidRequestError) {
      return { arm: 'internal', message: `invalid request: ${error.message}`, field: error.field };
    }
    throw error;
  }
}
