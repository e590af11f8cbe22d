import { printError } from './console/index.ts';
import { evaluated, evaluating } from './evaluate.ts';
import { inherits } from './inherits.ts';
import { compileCell } from './modules/cell.ts';
import { fillMeta, loadImport, resolveImport } from './modules/esm.ts';
import { compileMain, forgetFiles } from './modules/main.ts';
import { beforeExit, endProcess, givenExitCode, leaveAtOnce, startProcess } from './node/process.ts';
import { resolveFrom } from './path.ts';
import { loadState, saveState } from './persist/index.ts';
import { NativeRangeError, NativeSyntaxError } from './primordials.ts';
import { MainRejection, noteRejection, reportRejections, UnhandledRejection } from './rejections.ts';
import { isQuotaError, reportRejection, reportUncaught } from './report.ts';
import { state } from './state.ts';
import { runTicks } from './ticks.ts';
import { isIdle, turn } from './turn.ts';
import { offerUncaught } from './uncaught.ts';
import { toFileUrl } from './web/file-url.ts';

/** Answers of `uncaught`, as engine/program.c reads them. */
const fatal = 0;
const handled = 1;
const fatalQuota = 2;
const fatalHandler = 3;

/** Whether the last error that ended the program was one that the parser throws. */
let syntaxFailed = false;
let mainIsModule = false;
/** Whether the interpreter had a run before this one. */
let ranBefore = false;

/** The functions that C calls. Every one may throw; what it throws is the program's failure. */
export const hooks = {
  /** Compiles the program; returns the function that runs it. */
  start(
    /** Milliseconds of the monotonic clock. */
    startedAt: number,
    /** Whether variables of the program outlive it. */
    keepsHeap: boolean,
    /** Whether the value of its last expression is asked for. */
    evaluates: boolean,
    /** Whether `_state` outlives it, in a file. */
    keepsGlobals: boolean,
    entrypoint: string,
    /** The program's text; undefined when it is the file's. */
    source: string | undefined,
    workingDirectory: string,
    args: readonly string[],
    /** Name, value, name, value, … */
    environment: readonly string[],
  ): () => unknown {
    state.startedAt = startedAt;
    state.workingDirectory = workingDirectory;
    startProcess(resolveFrom(workingDirectory, entrypoint), args, environment);
    if (ranBefore) forgetFiles();
    ranBefore = true;
    const compile = keepsHeap || evaluates ? compileCell : compileMain;
    const main = compile(entrypoint, source);
    mainIsModule = main.isModule;
    if (keepsGlobals) loadState();
    return evaluates ? evaluating(main) : main.run;
  },

  syntaxFailed: (): number => (syntaxFailed ? 1 : 0),
  mainIsModule: (): number => (mainIsModule ? 1 : 0),

  resolve: resolveImport,
  load: loadImport,
  meta: fillMeta,

  runTicks,
  turn,

  rejection: noteRejection,
  reportRejections,

  /** What is thrown for the program's own promise, which was rejected. */
  mainRejection: (reason: unknown): unknown => (mainIsModule ? new MainRejection(reason) : reason),

  uncaught(thrown: unknown): number {
    const ofMain = inherits(thrown, MainRejection.prototype);
    const isRejection = ofMain || inherits(thrown, UnhandledRejection.prototype);
    const error = isRejection ? (thrown as UnhandledRejection).reason : thrown;
    try {
      if (offerUncaught(error, isRejection ? 'unhandledRejection' : 'uncaughtException', ofMain)) return handled;
    } catch (failure) {
      leaveAtOnce();
      reportUncaught(failure);
      return fatalHandler;
    }
    // What is nested too deeply for the parser is a RangeError.
    syntaxFailed = inherits(error, NativeSyntaxError.prototype) || inherits(error, NativeRangeError.prototype);
    if (isRejection && !ofMain) reportRejection(error);
    else reportUncaught(error);
    return isQuotaError(error) ? fatalQuota : fatal;
  },

  beforeExit,
  isIdle: (): number => (isIdle() ? 1 : 0),

  /** Returns the exit code that the program asked for, else 0. */
  unsettled(): number {
    printError(`Warning: Detected unsettled top-level await at ${toFileUrl(state.mainFile)}`);
    return givenExitCode() ?? 0;
  },

  leave: endProcess,
  evaluated,
  saveState,
};
