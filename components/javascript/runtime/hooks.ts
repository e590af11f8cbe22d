import { printError } from './console.ts';
import { inherits } from './inherits.ts';
import { compileCell } from './modules/cell.ts';
import { fillMeta, loadImport, resolveImport } from './modules/esm.ts';
import { compileMain } from './modules/main.ts';
import { beforeExit, endProcess, offerRejection, offerUncaught, startProcess } from './node/process.ts';
import { resolveFrom } from './path.ts';
import { loadState, saveState } from './persist/index.ts';
import {
  mapDelete,
  mapForEach,
  mapSet,
  mapSize,
  NativeMap,
  NativeRangeError,
  NativeSyntaxError,
} from './primordials.ts';
import { isQuotaError, reportRejection, reportUncaught } from './report.ts';
import { state } from './state.ts';
import { runTicks } from './ticks.ts';
import { isIdle, turn } from './timers.ts';
import { toFileUrl } from './web/file-url.ts';

/** What C's `start` gives: lists, as they come from the request. */
interface Settings {
  /** Milliseconds of the monotonic clock. */
  readonly startedAt: number;
  /** Whether variables of the program outlive it. */
  readonly keepsHeap: boolean;
  /** Whether `_state` outlives it, in a file. */
  readonly keepsGlobals: boolean;
  /** One path. */
  readonly entrypoint: readonly string[];
  /** The program's text, or nothing: then it is the file's. */
  readonly source: readonly string[];
  /** One path. */
  readonly workingDirectory: readonly string[];
  readonly arguments: readonly string[];
  /** Name, value, name, value, … */
  readonly environment: readonly string[];
}

/** Answers of `uncaught`, as engine/program.c reads them. */
const fatal = 0;
const handled = 1;
const fatalQuota = 2;

/** Whether the last error that ended the program was one that the parser throws. */
let syntaxFailed = false;
let mainIsModule = false;
/** Rejected promises without a handler, until the microtasks have run. */
let rejected = new NativeMap<unknown, unknown>();

/** The functions that C calls. Every one may throw; what it throws is the program's failure. */
export const hooks = {
  /** Compiles the program; returns the function that runs it. */
  start(settings: Settings): () => unknown {
    state.startedAt = settings.startedAt;
    state.workingDirectory = settings.workingDirectory[0] ?? '/app';
    const entrypoint = settings.entrypoint[0] ?? '';
    startProcess(resolveFrom(state.workingDirectory, entrypoint), settings.arguments, settings.environment);
    const compile = settings.keepsHeap ? compileCell : compileMain;
    const main = compile(entrypoint, settings.source[0]);
    mainIsModule = main.isModule;
    if (settings.keepsGlobals) loadState();
    return main.run;
  },

  syntaxFailed: (): number => (syntaxFailed ? 1 : 0),
  mainIsModule: (): number => (mainIsModule ? 1 : 0),

  resolve: resolveImport,
  load: loadImport,
  meta: fillMeta,

  runTicks,
  turn,

  rejection(promise: unknown, reason: unknown, isHandled: boolean): void {
    if (isHandled) mapDelete(rejected, promise);
    else mapSet(rejected, promise, reason);
  },

  /** Tells the program, or ends it, for each rejection that is still unhandled. Returns how many there were. */
  reportRejections(): number {
    const count = mapSize(rejected as Map<unknown, unknown>);
    if (count === 0) return 0;
    const now = rejected;
    rejected = new NativeMap();
    mapForEach(now, (reason, promise) => {
      if (!offerRejection(reason, promise)) throw new UnhandledRejection(reason);
    });
    return count;
  },

  uncaught(thrown: unknown): number {
    const isRejection = inherits(thrown, UnhandledRejection.prototype);
    const error = isRejection ? (thrown as UnhandledRejection).reason : thrown;
    if (offerUncaught(error, isRejection ? 'unhandledRejection' : 'uncaughtException')) return handled;
    // What is nested too deeply for the parser is a RangeError.
    syntaxFailed = inherits(error, NativeSyntaxError.prototype) || inherits(error, NativeRangeError.prototype);
    if (isRejection) reportRejection(error);
    else reportUncaught(error);
    return isQuotaError(error) ? fatalQuota : fatal;
  },

  /** Returns whether there is more to do. */
  beforeExit(): number {
    beforeExit();
    return isIdle() ? 0 : 1;
  },

  unsettled(): number {
    printError(`Warning: Detected unsettled top-level await at ${toFileUrl(state.mainFile)}`);
    return 0;
  },

  leave: endProcess,
  saveState,
};

/** Carries a rejection's reason, which may be anything, to `uncaught`. */
class UnhandledRejection {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}
