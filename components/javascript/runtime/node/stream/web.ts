import { invalidArgument, plainError } from '../../errors.ts';
import { Buffer } from '../../parts/buffer.ts';
import type { Readable, StreamModule, Writable } from './types.ts';

/** Streams of Node as streams of the web, and the other way. */

interface WebReader {
  read(): Promise<{ done: boolean; value: unknown }>;
  cancel(reason?: unknown): Promise<void>;
}
interface WebReadable {
  getReader(): WebReader;
}
interface WebWriter {
  readonly ready: Promise<void>;
  write(chunk: unknown): Promise<void>;
  close(): Promise<void>;
  abort(reason?: unknown): Promise<void>;
}
interface WebWritable {
  getWriter(): WebWriter;
}
interface Controller {
  enqueue(chunk: unknown): void;
  close(): void;
  error(reason: unknown): void;
  readonly desiredSize: number | null;
}

type WebClass<T> = new (source: object, strategy?: object) => T;

function web<T>(name: 'ReadableStream' | 'WritableStream'): WebClass<T> {
  const found = (globalThis as unknown as Record<string, unknown>)[name];
  if (typeof found !== 'function') throw plainError('ERR_METHOD_NOT_IMPLEMENTED', `${name} is not there`);
  return found as WebClass<T>;
}

export function addWebForms(stream: StreamModule): void {
  const { Readable, Writable, Duplex, finished } = stream;

  const readableToWeb = (source: Readable): unknown => {
    const strategy = { highWaterMark: 1 };
    source.pause();
    return new (web('ReadableStream'))(
      {
        start(controller: Controller) {
          source.on('data', (chunk: unknown) => {
            const bytes = chunk instanceof Uint8Array ? new Uint8Array(chunk) : chunk;
            controller.enqueue(bytes);
            if ((controller.desiredSize ?? 0) <= 0) source.pause();
          });
          source.pause();
          finished(source, { writable: false }, (error) => {
            if (error) controller.error(error);
            else controller.close();
          });
        },
        pull: () => void source.resume(),
        cancel: (reason: unknown) => void source.destroy(reason),
      },
      strategy,
    );
  };

  const readableFromWeb = (source: WebReadable, options: object = {}): Readable => {
    if (typeof source?.getReader !== 'function')
      throw invalidArgument('readableStream', 'an instance of ReadableStream', source);
    const reader = source.getReader();
    let ended = false;
    return new Readable({
      ...options,
      read(this: Readable) {
        reader.read().then(
          ({ done, value }) => {
            ended ||= done;
            this.push(done ? null : value instanceof Uint8Array ? Buffer.from(value as never) : value);
          },
          (error: unknown) => this.destroy(error),
        );
      },
      destroy(error: unknown, done: (error?: unknown) => void) {
        if (ended) done(error);
        else reader.cancel(error).then(() => done(error), done);
      },
    });
  };

  const writableToWeb = (target: Writable): unknown =>
    new (web('WritableStream'))({
      write: (chunk: unknown) =>
        new Promise<void>((resolve, reject) => {
          target.write(chunk, (error?: unknown) => (error ? reject(error) : resolve()));
        }),
      close: () => new Promise<void>((resolve) => void target.end(() => resolve())),
      abort: (reason: unknown) => void target.destroy(reason),
    });

  const writableFromWeb = (target: WebWritable, options: object = {}): Writable => {
    if (typeof target?.getWriter !== 'function')
      throw invalidArgument('writableStream', 'an instance of WritableStream', target);
    const writer = target.getWriter();
    return new Writable({
      ...options,
      write(chunk: unknown, _encoding: string, done: (error?: unknown) => void) {
        writer.ready.then(() => writer.write(chunk)).then(() => done(), done);
      },
      final: (done: (error?: unknown) => void) => void writer.close().then(() => done(), done),
      destroy(error: unknown, done: (error?: unknown) => void) {
        if (error) writer.abort(error).then(() => done(error), done);
        else done();
      },
    });
  };

  Object.assign(Readable, { toWeb: readableToWeb, fromWeb: readableFromWeb });
  Object.assign(Writable, { toWeb: writableToWeb, fromWeb: writableFromWeb });
  Object.assign(Duplex, {
    toWeb: (duplex: Readable & Writable) => ({ readable: readableToWeb(duplex), writable: writableToWeb(duplex) }),
    fromWeb: ({ readable, writable }: { readable: WebReadable; writable: WebWritable }) =>
      Duplex.from({ readable: readableFromWeb(readable), writable: writableFromWeb(writable) }),
  });
}
