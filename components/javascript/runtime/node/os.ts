import { errnoTable, requireInteger } from '../errors.ts';
import { native } from '../native.ts';
import { define } from '../primordials.ts';
import { state } from '../state.ts';
import { constants as fsConstants } from './fs/arguments.ts';
import { process } from './process.ts';

/** `node:os`: the machine that every program sees, whatever it runs on. */

const totalBytes = 4 * 2 ** 30;

// biome-ignore format: Linux' numbers
const signals: Record<string, number> = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGIOT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9,
  SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGCHLD: 17, SIGSTKFLT: 16,
  SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGXCPU: 24, SIGXFSZ: 25,
  SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28, SIGIO: 29, SIGPOLL: 29, SIGPWR: 30, SIGSYS: 31,
};

const priority = {
  PRIORITY_LOW: 19,
  PRIORITY_BELOW_NORMAL: 10,
  PRIORITY_NORMAL: 0,
  PRIORITY_ABOVE_NORMAL: -7,
  PRIORITY_HIGH: -14,
  PRIORITY_HIGHEST: -20,
};

function userInfo(): Record<string, unknown> {
  return { uid: 1000, gid: 1000, username: 'golem', homedir: '/app', shell: null };
}

export const nodeOs: Record<string, unknown> = {
  arch: () => process.arch,
  availableParallelism: () => 1,
  cpus: () => [{ model: 'WebAssembly', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }],
  endianness: () => 'LE',
  freemem: () => totalBytes - native.memory()[0],
  getPriority: () => 0,
  homedir: () => process.env['HOME'] ?? '/app',
  hostname: () => 'golem-exec',
  loadavg: () => [0, 0, 0],
  networkInterfaces: () => ({}),
  platform: () => process.platform,
  release: () => '6.0.0',
  setPriority: (first: unknown, second?: unknown) => {
    requireInteger(second ?? first, 'priority', -20, 19);
  },
  tmpdir: () => {
    const path = process.env['TMPDIR'] || process.env['TMP'] || process.env['TEMP'] || '/tmp';
    return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  },
  totalmem: () => totalBytes,
  type: () => 'Linux',
  userInfo,
  uptime: () => (native.now() - state.startedAt) / 1000,
  version: () => 'golem-exec',
  machine: () => 'wasm32',
  constants: { UV_UDP_REUSEADDR: 4, dlopen: {}, errno: errnoTable(), signals, priority },
  EOL: '\n',
  devNull: '/dev/null',
};
// As in Node, these are texts where a text is wanted.
for (const name of [
  'arch',
  'endianness',
  'homedir',
  'hostname',
  'platform',
  'release',
  'tmpdir',
  'type',
  'version',
  'machine',
]) {
  const method = nodeOs[name] as () => unknown;
  define(method, Symbol.toPrimitive, () => method(), false);
}

/** `node:constants`, from before each module had its own. */
export const legacyConstants = { ...errnoTable(), ...signals, ...priority, ...fsConstants };
