import { invalidArgument } from '../errors.ts';
import { inherits } from '../inherits.ts';
import { native } from '../native.ts';
import { apply, define, defineProperty, NativeUint8Array } from '../primordials.ts';
import { setStandard, trustWrite } from '../standard.ts';
import { nextTick } from '../ticks.ts';
import { bufferModule } from './buffer-class.ts';
import { EventEmitter } from './events/index.ts';
import { use } from './use.ts';

/**
 * process.stdout and process.stderr. Most programs write to them and nothing more: until a program uses `node:stream`,
 * or one of the streams as more than a place to write to, they are this class; then they become Writables.
 */

type Callback = (error?: Error | null) => void;
type Data = string | Uint8Array;

export class LightOutput extends EventEmitter {
  readonly fd: 1 | 2;

  constructor(fd: 1 | 2) {
    super();
    this.fd = fd;
  }

  write(data: Data, encoding?: string | Callback, callback?: Callback): boolean {
    const done = typeof encoding === 'function' ? encoding : callback;
    writeTo(this.fd, data, typeof encoding === 'string' ? encoding : undefined);
    if (done !== undefined) nextTick(done, null);
    return true;
  }
}
trustWrite(LightOutput.prototype.write);

/** Hands data to the host at once. */
export function writeTo(fd: 1 | 2, data: unknown, encoding: string | undefined): void {
  if (typeof data !== 'string' && !inherits(data, NativeUint8Array.prototype))
    throw invalidArgument('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  const isText = typeof data === 'string' && encoding !== undefined && encoding !== 'utf8';
  native.print(fd, isText ? bufferModule().Buffer.from(data, encoding) : (data as Data));
}

/** What makes streams of the standard ones; `node:stream` gives it when it is loaded. */
let upgrade: ((output: LightOutput) => void) | undefined;
let createInput: (() => object) | undefined;

export function setUpgrade(becomeWritable: (output: LightOutput) => void, input: () => object): void {
  upgrade = becomeWritable;
  createInput = input;
  upgrade(stdout);
  upgrade(stderr);
}

function loadStreams(): void {
  if (upgrade === undefined) use('stream');
}

let stdin: object | undefined;

/** process.stdin, a Readable, made when a program first asks for it. */
export function standardInput(): object | undefined {
  loadStreams();
  stdin ??= createInput?.();
  return stdin;
}

// biome-ignore format: names
const methods = ['end', 'cork', 'uncork', 'destroy', 'setDefaultEncoding', 'pipe', 'getColorDepth', 'hasColors', 'getWindowSize'];
// biome-ignore format: names
const properties = [
  'writable', 'writableEnded', 'writableFinished', 'writableLength', 'writableHighWaterMark', 'writableObjectMode',
  'writableNeedDrain', 'writableCorked', 'writableAborted', 'destroyed', 'closed', 'errored',
];
for (const name of methods) {
  const method = function (this: LightOutput, ...args: unknown[]): unknown {
    loadStreams();
    return apply((this as unknown as Record<string, () => unknown>)[name] as () => unknown, this, args);
  };
  define(method, 'name', name, false);
  define(LightOutput.prototype, name, method, false);
}
for (const name of properties) {
  defineProperty(LightOutput.prototype, name, {
    get(this: Record<string, unknown>) {
      loadStreams();
      return this[name];
    },
    configurable: true,
  });
}

export const stdout = new LightOutput(1);
export const stderr = new LightOutput(2);
setStandard(1, stdout);
setStandard(2, stderr);
