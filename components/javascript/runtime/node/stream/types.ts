import type { EventEmitter } from '../events/index.ts';

/** The part of `node:stream` that other modules build on. */

export type Callback = (error?: unknown) => void;

export interface Readable extends EventEmitter, AsyncIterable<unknown> {
  readonly readableEnded: boolean;
  readonly destroyed: boolean;
  push(chunk: unknown, encoding?: string): boolean;
  read(size?: number): unknown;
  pipe<T>(target: T, options?: { end?: boolean }): T;
  resume(): this;
  pause(): this;
  destroy(error?: unknown): this;
  setEncoding(encoding: string): this;
}

export interface Writable extends EventEmitter {
  readonly destroyed: boolean;
  write(chunk: unknown, encoding?: string | Callback, callback?: Callback): boolean;
  end(chunk?: unknown, encoding?: string | Callback, callback?: Callback): this;
  destroy(error?: unknown): this;
}

export type Transform = Readable & Writable;

type Class<T> = (new (options?: object) => T) & { prototype: T };

export interface StreamModule {
  Stream: unknown;
  Readable: Class<Readable> & { from(source: unknown, options?: object): Readable };
  Writable: Class<Writable>;
  Duplex: Class<Transform> & { from(source: unknown): Transform };
  Transform: Class<Transform>;
  PassThrough: Class<Transform>;
  promises: { pipeline(...args: unknown[]): Promise<void>; finished(...args: unknown[]): Promise<void> };
  finished(stream: unknown, options: unknown, callback?: Callback): () => void;
  pipeline(...args: unknown[]): unknown;
}
