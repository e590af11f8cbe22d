import { errnoTable } from '../errors.ts';
import { native } from '../native.ts';
import { state } from '../state.ts';
import { registerNode } from './registry.ts';

/** `node:os`: the machine that every program sees, whatever it runs on. */
export const nodeOs: Record<string, unknown> = {
  EOL: '\n',
  devNull: '/dev/null',
  arch: () => 'wasm32',
  platform: () => 'linux',
  type: () => 'Linux',
  release: () => '6.0.0',
  version: () => 'golem-exec',
  machine: () => 'wasm32',
  endianness: () => 'LE',
  hostname: () => 'golem-exec',
  homedir: () => '/app',
  tmpdir: () => '/tmp',
  uptime: () => (native.now() - state.startedAt) / 1000,
  loadavg: () => [0, 0, 0],
  totalmem: () => 4 * 2 ** 30,
  freemem: () => 4 * 2 ** 30 - native.memory()[0],
  availableParallelism: () => 1,
  cpus: () => [{ model: 'WebAssembly', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }],
  networkInterfaces: () => ({}),
  userInfo: () => ({ uid: 1000, gid: 1000, username: 'golem', homedir: '/app', shell: null }),
  getPriority: () => 0,
  setPriority: () => undefined,
  constants: {
    errno: errnoTable(),
    signals: { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGPIPE: 13, SIGTERM: 15 },
    priority: { PRIORITY_LOW: 19, PRIORITY_NORMAL: 0, PRIORITY_HIGH: -14 },
  },
};

registerNode('os', nodeOs);
