import { plainError } from '../errors.ts';
import { define } from '../primordials.ts';

/** What of QuickJS's `std` and `os` cannot be here, and why. */

const processes = 'a program here cannot start other processes; use the functions of this process instead';
const signals = 'there are no signals here; use timers, or process.on("exit")';
const threads = 'a program here has one thread; use async functions instead';
const descriptors = 'descriptors here are files only; read and write them with os.read and os.write';
const terminal = 'the standard streams are not a terminal here';

const reasonsOfOs = {
  exec: processes,
  waitpid: processes,
  pipe: descriptors,
  dup: descriptors,
  dup2: descriptors,
  setReadHandler: descriptors,
  setWriteHandler: descriptors,
  signal: signals,
  kill: signals,
  ttySetRaw: terminal,
} as const;

const reasonsOfStd = {
  popen: processes,
  urlGet: 'a program here has no network of its own; use fetch where the run is allowed to',
} as const;

function refusal(name: string, reason: string): never {
  throw plainError('ERR_NOT_AVAILABLE', `${name} is not available: ${reason}`);
}

function addRefused(target: object, module: string, reasons: Readonly<Record<string, string>>): void {
  for (const [name, reason] of Object.entries(reasons)) {
    const refused = (): never => refusal(`${module}.${name}`, reason);
    define(refused, 'name', name, false);
    define(target, name, refused);
  }
}

/** QuickJS's worker, which is a thread. */
class Worker {
  static parent: unknown = undefined;

  constructor() {
    refusal('os.Worker', threads);
  }
}

export function refuseOfOs(os: object): void {
  addRefused(os, 'os', reasonsOfOs);
  define(os, 'Worker', Worker);
}

export function refuseOfStd(std: object): void {
  addRefused(std, 'std', reasonsOfStd);
}
