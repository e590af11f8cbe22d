import { AbortError, invalidArgument, requireFunction } from '../../errors.ts';
import { setImmediate } from '../../immediates.ts';
import { inherits } from '../../inherits.ts';
import { lazyProperty } from '../../lazy.ts';
import { lazyPart } from '../../parts.ts';
import {
  append,
  apply,
  arraySlice,
  define,
  keys,
  NativePromise,
  NativeRangeError,
  NativeTypeError,
  stringEndsWith,
  stringSlice,
} from '../../primordials.ts';
import { customPromisify } from '../promisify.ts';
import { refused } from '../refuse.ts';
import { constants, encodingOf, type PathLike } from './arguments.ts';
import * as changes from './changes.ts';
import { cpSync } from './copy.ts';
import { Dir, opendirSync } from './dir.ts';
import { globSync } from './glob.ts';
import { FileHandle, writeAll } from './handle.ts';
import {
  chmodSync,
  chownSync,
  fchmodSync,
  fchownSync,
  futimesSync,
  lchmodSync,
  lchownSync,
  lutimesSync,
  readlinkSync,
  realpathSync,
  statfsSync,
  utimesSync,
} from './links.ts';
import { Dirent, Stats } from './stats.ts';
import * as sync from './sync.ts';
import * as trees from './trees.ts';

type AnyFunction = (...args: never[]) => unknown;

/**
 * `node:fs`: the synchronous functions, and from each a callback form and a promise form. The file system is in
 * memory: nothing here takes long enough to be worth waiting for, so that these forms do their work at once and put
 * the answer off.
 */
const promises: Record<string, unknown> = { constants };
const fs: Record<string, unknown> = { constants, Stats, Dirent, Dir, promises };

/** Answers when the event loop has gone round, as the answer of a disk would come. */
function later(answer: () => void): void {
  setImmediate(() => setImmediate(answer));
}

function promised(method: AnyFunction): AnyFunction {
  return (...args: never[]) =>
    new NativePromise((resolve, reject) => {
      const signal = abortSignalOf(args);
      if (signal?.aborted) {
        reject(abortedBy(signal));
        return;
      }
      try {
        const result: unknown = apply(method, undefined, args);
        later(() => resolve(result));
      } catch (error) {
        later(() => reject(error));
      }
    });
}

interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
}

function abortSignalOf(args: readonly unknown[]): Signal | undefined {
  const last = args[args.length - 1] as { signal?: Signal } | null | undefined;
  return typeof last === 'object' && last !== null && typeof last.signal === 'object' ? last.signal : undefined;
}

function abortedBy(signal: Signal): Error {
  return new AbortError(signal.reason);
}

function isArgumentError(error: unknown): boolean {
  return inherits(error, NativeTypeError.prototype) || inherits(error, NativeRangeError.prototype);
}

function withCallback(
  method: AnyFunction,
  results: (result: unknown, args: readonly unknown[]) => unknown[],
): AnyFunction {
  return (...args: never[]) => {
    const callback: unknown = args[args.length - 1];
    if (typeof callback !== 'function') throw invalidArgument('cb', 'of type function', undefined);
    const rest = arraySlice(args, 0, args.length - 1);
    let outcome: unknown[] = [null];
    const signal = abortSignalOf(rest);
    try {
      if (signal?.aborted) throw abortedBy(signal);
      const more = results(apply(method, undefined, rest), rest);
      for (let i = 0; i < more.length; i++) append(outcome, more[i]);
    } catch (error) {
      if (isArgumentError(error)) throw error;
      outcome = [error];
    }
    later(() => apply(callback as AnyFunction, undefined, outcome as never[]));
  };
}

const functions = {
  ...sync,
  ...trees,
  ...changes,
  cpSync,
  opendirSync,
  globSync,
  chmodSync,
  chownSync,
  fchmodSync,
  fchownSync,
  futimesSync,
  lchmodSync,
  lchownSync,
  lutimesSync,
  readlinkSync,
  realpathSync,
  statfsSync,
  utimesSync,
};
/** Of these the callback gets what the call was given as well: how many bytes, and the buffer. */
const withBuffer = ['read', 'write', 'readv', 'writev'];
const onlySync = ['exists', 'close', 'mkdtempDisposable', ...withBuffer];

const names = keys(functions);
for (let i = 0; i < names.length; i++) {
  const name = names[i] ?? '';
  const method = (functions as unknown as Record<string, AnyFunction>)[name] as AnyFunction;
  if (!stringEndsWith(name, 'Sync')) continue;
  fs[name] = method;
  const short = stringSlice(name, 0, -4);
  if (short === 'mkdtempDisposable') continue;
  const callbackForm = withCallback(method, (result, rest) =>
    result === undefined ? [] : withBuffer.includes(short) ? [result, rest[1]] : [result],
  );
  define(callbackForm, 'name', short, false);
  fs[short] = callbackForm;
  const promiseForm = promised(method);
  define(promiseForm, 'name', short, false);
  if (short[0] !== 'f' && !onlySync.includes(short)) promises[short] = promiseForm;
}

/** Where the callback has two results, the promise has an object with both. */
for (const [name, first, second] of [
  ['read', 'bytesRead', 'buffer'],
  ['write', 'bytesWritten', 'buffer'],
  ['readv', 'bytesRead', 'buffers'],
  ['writev', 'bytesWritten', 'buffers'],
] as const) {
  const method = fs[`${name}Sync`] as AnyFunction;
  define(
    fs[name] as object,
    customPromisify,
    promised((...args: never[]) => ({ [first]: apply(method, undefined, args), [second]: args[1] })),
    false,
  );
}

/** `fs.exists` has no error argument. */
const exists = (path: unknown, callback: unknown): void => {
  requireFunction(callback, 'cb');
  const found = sync.existsSync(path);
  later(() => (callback as (found: boolean) => void)(found));
};
define(exists, customPromisify, promised(sync.existsSync as AnyFunction), false);
fs['exists'] = exists;
const close = fs['close'] as AnyFunction;
fs['close'] = (fd: number, callback: unknown = () => undefined): void => void close(fd as never, callback as never);

promises['open'] = promised(
  ((path: string, flags?: string | number) => new FileHandle(sync.openSync(path, flags))) as AnyFunction,
);
promises['mkdtempDisposable'] = promised(((prefix: string) => {
  const { path } = trees.mkdtempDisposableSync(prefix);
  const remove = async (): Promise<void> => changes.rmSync(path as string, { recursive: true, force: true });
  return Object.assign({ path, remove }, { [Symbol.asyncDispose]: remove });
}) as AnyFunction);
promises['glob'] = async function* glob(pattern: string, options?: object): AsyncGenerator<unknown> {
  yield* globSync(pattern, options);
};

// A file of `fs.promises` may be a handle, and what is written may be a stream.
const readFile = promises['readFile'] as AnyFunction;
promises['readFile'] = async (path: unknown, options?: unknown): Promise<unknown> =>
  path instanceof FileHandle ? path.readFile(options as never) : readFile(path as never, options as never);
for (const [name, flag] of [
  ['writeFile', 'w'],
  ['appendFile', 'a'],
] as const) {
  const whole = promises[name] as AnyFunction;
  promises[name] = async (path: unknown, data: unknown, options?: unknown): Promise<void> => {
    if (path instanceof FileHandle) return path.writeFile(data, options as never);
    if (typeof data === 'string' || ArrayBuffer.isView(data) || typeof data !== 'object' || data === null) {
      await whole(path as never, data as never, options as never);
      return undefined;
    }
    const source = data as { [Symbol.asyncIterator]?: unknown; [Symbol.iterator]?: unknown };
    if (source[Symbol.asyncIterator] === undefined && source[Symbol.iterator] === undefined)
      throw invalidArgument(
        'data',
        'of type string or an instance of Buffer, TypedArray, DataView, Stream, Iterable, or AsyncIterable',
        data,
      );
    const given = (options as { flag?: string } | null | undefined)?.flag;
    const fd = sync.openSync(path as PathLike, given ?? flag);
    try {
      await writeAll(fd, data, encodingOf(options));
    } finally {
      sync.closeSync(fd);
    }
    return undefined;
  };
}

const realpath = fs['realpath'] as AnyFunction & { native?: unknown };
realpath.native = realpath;
const realpathNow = fs['realpathSync'] as AnyFunction & { native?: unknown };
realpathNow.native = realpathNow;

fs['openAsBlob'] = async (path: PathLike, options?: object): Promise<unknown> => {
  const { Blob } = globalThis as unknown as { Blob: new (parts: unknown[], options?: object) => unknown };
  return new Blob([sync.readFileSync(path)], options);
};

for (const name of ['watch', 'watchFile', 'unwatchFile']) {
  const refuse = refused(
    name,
    `fs.${name} is not available: nothing changes files here but the program itself. Compare fs.statSync(path).mtimeMs instead.`,
  );
  fs[name] = refuse;
  if (name === 'watch') promises['watch'] = refuse;
}

const streams = lazyPart<typeof import('../../parts/fs-streams.ts')>('fs-streams');
lazyProperty(fs, 'createReadStream', () => streams().createReadStream);
lazyProperty(fs, 'createWriteStream', () => streams().createWriteStream);
for (const name of ['ReadStream', 'FileReadStream']) lazyProperty(fs, name, () => streams().ReadStream);
for (const name of ['WriteStream', 'FileWriteStream']) lazyProperty(fs, name, () => streams().WriteStream);

export { fs, promises };
