import { printError } from '../console/index.ts';
import { plainError, requireInteger, requireString, systemError, typeError } from '../errors.ts';
import { fileType, native } from '../native.ts';
import { resolveFrom } from '../path.ts';
import {
  append,
  define,
  floor,
  hasOwn,
  isError,
  isInteger,
  keys,
  NativeError,
  NativeSet,
  setPrototypeOf,
  stringStartsWith,
} from '../primordials.ts';
import { state } from '../state.ts';
import { nextTick } from '../ticks.ts';
import { setWarn } from '../warnings.ts';
import { environmentHandler } from './environment.ts';
import { EventEmitter } from './events/index.ts';
import { builtinExports, builtinId } from './registry.ts';
import { standardInput, stderr, stdout } from './stdio.ts';

let exitCode: number | undefined;
let exiting = false;

function checkedCode(code: unknown): number | undefined {
  if (code === undefined || code === null) return undefined;
  const number = typeof code === 'string' && code !== '' && isInteger(+code) ? +code : code;
  requireInteger(number, 'code');
  return number;
}

function hrtime(before?: readonly [number, number]): [number, number] {
  const now = native.nowNanoseconds();
  let seconds = Number(now / 1_000_000_000n);
  let nanoseconds = Number(now % 1_000_000_000n);
  if (before !== undefined) {
    seconds -= before[0];
    nanoseconds -= before[1];
    if (nanoseconds < 0) {
      seconds--;
      nanoseconds += 1_000_000_000;
    }
  }
  return [seconds, nanoseconds];
}
define(hrtime, 'bigint', () => native.nowNanoseconds());

function memoryUsage(): Record<string, number> {
  const [linear, used] = native.memory();
  return { rss: linear, heapTotal: linear, heapUsed: used, external: 0, arrayBuffers: 0 };
}
define(memoryUsage, 'rss', () => native.memory()[0]);

interface WarningOptions {
  type?: string;
  code?: string;
  detail?: string;
}

function namedWarning(message: string, { type, code, detail }: WarningOptions): Error {
  const error = new NativeError(message);
  define(error, 'name', typeof type === 'string' ? type : 'Warning', false);
  if (code !== undefined) define(error, 'code', `${code}`);
  if (detail !== undefined) define(error, 'detail', `${detail}`);
  return error;
}

/** Node's `process`, of the one process that a program can see. */
export const process = {
  title: 'golem-exec',
  version: 'v22.0.0',
  versions: { node: '22.0.0', quickjs: native.version },
  release: { name: 'node' },
  arch: 'wasm32',
  platform: 'linux',
  pid: 1,
  ppid: 0,
  execPath: 'golem-exec',
  execArgv: [] as string[],
  argv0: 'golem-exec',
  argv: [] as string[],
  env: {} as Record<string, string>,
  features: {},
  config: { variables: {} },
  allowedNodeEnvironmentFlags: new NativeSet<string>(),
  exiting: false,

  exit(code?: unknown): never {
    const given = checkedCode(code);
    if (given !== undefined) exitCode = given;
    return native.exit(leaveProcess(exitCode ?? 0));
  },
  reallyExit(code?: number): never {
    return native.exit(code ?? exitCode ?? 0);
  },
  /** DEVIATION D29: an exit code, as a shell shows it; WASI has no signals. So does `kill`. */
  abort(): never {
    return native.exit(134);
  },
  kill(pid: number, signal?: unknown): never | boolean {
    if (pid !== process.pid) throw systemError(-1 - 31, 'kill');
    if (signal === 0) return true;
    return native.exit(signal === 'SIGKILL' || signal === 9 ? 137 : 143);
  },
  cwd: (): string => state.workingDirectory,
  chdir(directory: unknown): void {
    if (typeof directory !== 'string')
      throw typeError('ERR_INVALID_ARG_TYPE', 'The "directory" argument must be of type string.');
    const path = resolveFrom(state.workingDirectory, directory);
    const stat = native.stat(path, true);
    if (typeof stat === 'number') throw systemError(stat, 'chdir', state.workingDirectory, directory);
    if (stat[0] !== fileType.directory) throw systemError(-1 - 24, 'chdir', state.workingDirectory, directory);
    state.workingDirectory = path;
  },
  nextTick,
  hrtime,
  uptime: (): number => (native.now() - state.startedAt) / 1000,
  memoryUsage,
  cpuUsage: (): Record<string, number> => ({ user: floor((native.now() - state.startedAt) * 1000), system: 0 }),
  resourceUsage: (): Record<string, number> => ({
    userCPUTime: floor((native.now() - state.startedAt) * 1000),
    systemCPUTime: 0,
    maxRSS: native.memory()[0] / 1024,
  }),
  umask: (): number => 0o022,
  getuid: (): number => 1000,
  geteuid: (): number => 1000,
  getgid: (): number => 1000,
  getegid: (): number => 1000,
  emitWarning(warning: unknown, type?: unknown, code?: unknown): void {
    const options = (typeof type === 'object' && type !== null ? type : { type, code }) as WarningOptions;
    if (!isError(warning)) requireString(warning, 'warning');
    const error = isError(warning) ? warning : namedWarning(warning as string, options);
    nextTick(() => {
      if (events.listenerCount('warning') > 0) events.emit('warning', error);
      const shownCode =
        typeof (error as { code?: unknown }).code === 'string'
          ? `[${(error as { code?: unknown }).code as string}] `
          : '';
      printError(`(node:${process.pid}) ${shownCode}${error.name}: ${error.message}`);
      if (options.detail !== undefined) printError(`${options.detail}`);
    });
  },
  getBuiltinModule(id: unknown): unknown {
    requireString(id, 'id');
    const found = builtinId(stringStartsWith(id, 'node:') ? id : `node:${id}`);
    return found === undefined ? undefined : builtinExports(found);
  },
  binding(name: string): never {
    throw plainError('ERR_INVALID_MODULE', `No such module: ${name}`);
  },
  stdin: undefined as object | undefined,
  stdout,
  stderr,
};

define(process, 'exitCode', undefined);
Reflect.defineProperty(process, 'exitCode', {
  get: () => exitCode,
  set: (code: unknown) => {
    exitCode = checkedCode(code);
  },
  enumerable: true,
  configurable: true,
});
Reflect.defineProperty(process, 'stdin', { get: standardInput, enumerable: true, configurable: true });
define(process, Symbol.toStringTag, 'process', false);

// As in Node, `process` inherits from an object of its own between it and EventEmitter.
const prototype = Object.create(EventEmitter.prototype) as object;
define(prototype, 'constructor', function process() {}, false);
setPrototypeOf(process, prototype);
setWarn(process.emitWarning);

const events = process as unknown as EventEmitter;

/** Sets what differs from run to run. */
export function startProcess(script: string, args: readonly string[], environment: readonly string[]): void {
  exiting = false;
  exitCode = undefined;
  process.exiting = false;
  process.argv = ['golem-exec', script];
  for (let i = 0; i < args.length; i++) append(process.argv, args[i] ?? '');
  process.env = new Proxy(environmentOf(environment), environmentHandler);
}

/** @param given name, value, name, value, … */
function environmentOf(given: readonly string[]): Record<string, string> {
  const defaults = { HOME: '/app', TMPDIR: '/tmp', LANG: 'C.UTF-8' };
  if (given.length === 0) return defaults;
  const env: Record<string, string> = {};
  for (let i = 0; i + 1 < given.length; i += 2) define(env, given[i] ?? '', given[i + 1] ?? '');
  const names = keys(defaults) as (keyof typeof defaults)[];
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? 'HOME';
    if (!hasOwn(env, name)) define(env, name, defaults[name]);
  }
  return env;
}

/** Runs the 'exit' listeners, once. Returns the code to leave with. */
export function leaveProcess(code: number): number {
  if (exiting) return exitCode ?? code;
  exiting = true;
  process.exiting = true;
  exitCode ??= code;
  // Without listeners nothing of the emitter runs, which programs may have broken.
  if (events.listenerCount('exit') > 0) events.emit('exit', exitCode);
  return exitCode ?? code;
}

/** The code that a program which ends by itself leaves with. */
export function endProcess(code: number, failed: boolean): number {
  if (failed) exitCode = code;
  return leaveProcess(exitCode ?? code);
}

/** Lets the program's 'beforeExit' listeners add work. */
export function beforeExit(): void {
  if (events.listenerCount('beforeExit') > 0) events.emit('beforeExit', exitCode ?? 0);
}

/** The exit code that the program asked for so far. */
export function givenExitCode(): number | undefined {
  return exitCode;
}

/** Lets the program end without its 'exit' listeners: one of its own handlers of errors failed. */
export function leaveAtOnce(): void {
  exiting = true;
}

/** Whether the program listens for what may happen to it, and can still be told. */
export function hears(event: string): boolean {
  return !exiting && events.listenerCount(event) > 0;
}
