import { plainError } from './errors.ts';
import { native } from './native.ts';
import { hears, process } from './node/process.ts';
import {
  append,
  define,
  functionToString,
  hasOwn,
  isError,
  mapDelete,
  mapForEach,
  mapSet,
  mapSize,
  NativeMap,
  NativeWeakSet,
  symbolToString,
  weakSetAdd,
  weakSetDelete,
} from './primordials.ts';

/** Rejected promises without a handler, until the microtasks have run. */
const rejected = new NativeMap<object, unknown>();
/** Those that the program was told of. */
const reported = new NativeWeakSet();
/** Of these, the ones that got a handler since. */
let handledLate: object[] = [];

/** Carries the reason of an unhandled rejection, which may be anything, to `uncaught`. */
export class UnhandledRejection {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}

/** The same for the promise of the program itself. */
export class MainRejection extends UnhandledRejection {}

/** Hook: a promise was rejected without a handler, or got one afterwards. */
export function noteRejection(promise: object, reason: unknown, isHandled: boolean): void {
  if (!isHandled) mapSet(rejected, promise, reason);
  else if (!mapDelete(rejected, promise) && weakSetDelete(reported, promise)) append(handledLate, promise);
}

/**
 * Hook: tells the program, or ends it, for each rejection that is still unhandled. Returns how many there were.
 *
 * @throws {UnhandledRejection} for the first that nobody listens for; the others are for the next call.
 */
export function reportRejections(): number {
  const late = handledLate;
  if (late.length > 0) {
    handledLate = [];
    for (let i = 0; i < late.length; i++) if (hears('rejectionHandled')) emit('rejectionHandled', late[i]);
  }
  const count = mapSize(rejected as Map<unknown, unknown>);
  if (count === 0) return late.length;
  const now: (readonly [promise: object, reason: unknown])[] = [];
  mapForEach(rejected, (reason, promise) => append(now, [promise, reason] as const));
  for (let i = 0; i < now.length; i++) {
    const [promise, reason] = now[i] as (typeof now)[number];
    // A listener may have handled it.
    if (!mapDelete(rejected, promise)) continue;
    if (!hears('unhandledRejection')) throw new UnhandledRejection(reason);
    weakSetAdd(reported, promise);
    emit('unhandledRejection', reason, promise);
  }
  return count;
}

function emit(event: string, ...args: unknown[]): void {
  (process as unknown as { emit: (event: string, ...args: unknown[]) => void }).emit(event, ...args);
}

/** The error that stands for a rejection's reason: the reason itself where it looks like an error. */
export function errorOfReason(reason: unknown): unknown {
  if (isError(reason) || (typeof reason === 'object' && reason !== null && hasOwnStack(reason))) return reason;
  const error = plainError(
    'ERR_UNHANDLED_REJECTION',
    'This error originated either by throwing inside of an async function without a catch block, or by rejecting a ' +
      `promise which was not handled with .catch(). The promise rejected with the reason "${textOf(reason)}".`,
  );
  define(error, 'name', 'UnhandledPromiseRejection', false);
  define(error, 'stack', `UnhandledPromiseRejection: ${error.message}`, false);
  return error;
}

function hasOwnStack(value: object): boolean {
  try {
    return hasOwn(value, 'stack');
  } catch {
    return false;
  }
}

/** A reason as text, without running anything of the program. */
function textOf(reason: unknown): string {
  if (typeof reason === 'function') return native.proxyTarget(reason) === undefined ? functionToString(reason) : '';
  if (typeof reason === 'symbol') return symbolToString(reason);
  if (typeof reason !== 'object' || reason === null) return `${reason as string}`;
  return `#<${native.classOf(reason)}>`;
}
