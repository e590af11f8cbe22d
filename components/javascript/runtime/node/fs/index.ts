import { typeError } from '../../errors.ts';
import {
  append,
  apply,
  arraySlice,
  define,
  keys,
  NativePromise,
  stringEndsWith,
  stringSlice,
} from '../../primordials.ts';
import { setImmediate } from '../../timers.ts';
import { registerNode } from '../registry.ts';
import { constants } from './arguments.ts';
import { FileHandle } from './handle.ts';
import { Dirent, Stats } from './stats.ts';
import * as sync from './sync.ts';
import * as trees from './trees.ts';

type Function_ = (...args: never[]) => unknown;

function requireCallback(callback: unknown): asserts callback is (...args: unknown[]) => void {
  if (typeof callback !== 'function') {
    const received = callback === undefined ? 'undefined' : typeof callback;
    throw typeError('ERR_INVALID_ARG_TYPE', `The "cb" argument must be of type function. Received ${received}`);
  }
}

/**
 * `node:fs`: the synchronous functions, and from each a callback form and a promise form. The file system is in
 * memory: nothing here takes long enough to be worth waiting for, so that these forms only put the answer off.
 */
const promises: Record<string, unknown> = { constants, FileHandle };
const fs: Record<string, unknown> = { constants, Stats, Dirent, promises };

function promised(method: Function_): Function_ {
  return (...args: never[]) =>
    new NativePromise((resolve, reject) => {
      setImmediate(() => {
        try {
          resolve(apply(method, undefined, args));
        } catch (error) {
          reject(error);
        }
      });
    });
}

function withCallback(method: Function_, results: (result: unknown, args: readonly unknown[]) => unknown[]): Function_ {
  return (...args: never[]) => {
    const callback: unknown = args[args.length - 1];
    requireCallback(callback);
    const rest = arraySlice(args, 0, args.length - 1);
    setImmediate(() => {
      let outcome: unknown[];
      try {
        const result: unknown = apply(method, undefined, rest);
        outcome = [null];
        const more = results(result, rest);
        for (let i = 0; i < more.length; i++) append(outcome, more[i]);
      } catch (error) {
        outcome = [error];
      }
      apply(callback as Function_, undefined, outcome as never[]);
    });
  };
}

const functions = { ...sync, ...trees };
const names = keys(functions);
for (let i = 0; i < names.length; i++) {
  const name = names[i] ?? '';
  const method = (functions as unknown as Record<string, Function_>)[name] as Function_;
  fs[name] = method;
  if (!stringEndsWith(name, 'Sync')) continue;
  const short = stringSlice(name, 0, -4);
  const ofDescriptor = short === 'read' || short === 'write';
  const callbackForm = withCallback(method, (result, rest) =>
    result === undefined ? [] : ofDescriptor ? [result, rest[1]] : [result],
  );
  define(callbackForm, 'name', short, false);
  fs[short] = callbackForm;
  const promiseForm = promised(method);
  define(promiseForm, 'name', short, false);
  if (short[0] !== 'f' && short !== 'exists' && short !== 'close' && !ofDescriptor) promises[short] = promiseForm;
}

/** `fs.exists` has no error argument. */
fs['exists'] = (path: unknown, callback: unknown): void => {
  requireCallback(callback);
  setImmediate(() => callback(sync.existsSync(path)));
};

promises['open'] = async (path: string, flags?: string | number): Promise<FileHandle> =>
  new FileHandle(sync.openSync(path, flags));

const realpath = fs['realpath'] as Function_ & { native?: unknown };
realpath.native = realpath;
const realpathSync = fs['realpathSync'] as Function_ & { native?: unknown };
realpathSync.native = realpathSync;

registerNode('fs', fs);
registerNode('fs/promises', promises);

export { fs };
