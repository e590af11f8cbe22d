import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LanguageKind } from 'golem-exec';
import { paths } from '../../../build/lib/paths.ts';
import { python } from '../../../build/lib/python.ts';
import { installWasmtime } from './install.ts';

/** A value of the component model as `driver.py` writes it in JSON. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

/** What a call came to: a value, the error of a `result`, or a trap. */
export type Called =
  | { readonly value: Value }
  | { readonly error: { readonly tag: string; readonly val: Value } }
  | { readonly trap: string };

export interface InstanceOptions {
  /** Whether a folder is preopened as `/app`; true when absent. */
  readonly app?: boolean;
  /** Folders that are preopened for reading: host's by guest's. */
  readonly lent?: Readonly<Record<string, string>>;
  /** wasi:cli/environment, which configures the component. */
  readonly env?: readonly (readonly [string, string])[];
  readonly argv?: readonly string[];
  readonly stdin?: string;
  /** The most that the instance's memory may grow to, enforced by Wasmtime. */
  readonly memoryBytes?: number;
}

/** Milliseconds that a component may take for one answer; nothing else stops one that never ends. */
const patience = 20_000;
/** Milliseconds to compile a component that is not compiled yet; the Python one takes 5,000 on a machine at rest. */
const compilePatience = 100_000;

const components = ['exec-javascript.wasm', 'exec-python.wasm'];

/** Wasmtime in a process of its own; see driver.py for what it is asked. */
export class Wasmtime {
  readonly #process: ChildProcess;
  readonly #waiting: { resolve: (answer: string) => void; reject: (error: Error) => void }[] = [];
  #errors = '';
  /** Why there will be no more answers. */
  #ended: Error | undefined;
  #instances = 0;

  private constructor(process: ChildProcess) {
    this.#process = process;
    if (process.stdout === null || process.stderr === null) throw new Error('the driver has no pipes');
    createInterface({ input: process.stdout }).on('line', (line) => this.#waiting.shift()?.resolve(line));
    process.stderr.on('data', (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString()).slice(-4000);
    });
    // Written to after its end: the end itself says why.
    process.stdin?.on('error', () => {});
    process.on('error', (error) => this.#fail(`Wasmtime's driver does not start: ${error.message}`));
    process.on('close', (code, signal) => this.#fail(`Wasmtime's driver ended (${signal ?? code}): ${this.#errors}`));
  }

  /**
   * Starts it, installing it first if need be.
   *
   * @throws when it cannot be installed, or the components are not built: then the suite fails and says why.
   */
  static async start(): Promise<Wasmtime> {
    for (const name of components) {
      if (!existsSync(join(paths.components, name))) throw new Error(`${name} is not built; run npm run build first`);
    }
    const library = await installWasmtime();
    const driver = join(import.meta.dirname, 'driver.py');
    const cache = join(paths.cache, 'wasmtime');
    const wasmtime = new Wasmtime(
      spawn(await python(), ['-B', driver, paths.components, cache], {
        env: { ...process.env, PYTHONPATH: library, PYTHONUTF8: '1' },
      }),
    );
    for (const component of components) await wasmtime.request({ op: 'load', component }, compilePatience);
    return wasmtime;
  }

  /** A fresh instance of a language's component. */
  async instantiate(language: LanguageKind, options: InstanceOptions = {}): Promise<Instance> {
    const name = String(this.#instances++);
    const made = await this.request({ op: 'new', instance: name, component: `exec-${language}.wasm`, ...options });
    if ('trap' in made) throw new Error(`the component cannot be instantiated: ${made.trap}`);
    return new Instance(this, name);
  }

  /** @internal For {@link Instance}. */
  async request(request: object, milliseconds: number = patience): Promise<Called> {
    if (this.#ended !== undefined) throw this.#ended;
    const line = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => {
        this.#fail(`no answer in ${milliseconds} ms to ${JSON.stringify(request).slice(0, 400)}`);
        this.#process.kill('SIGKILL');
      }, milliseconds);
      this.#waiting.push({
        resolve: (answer) => {
          clearTimeout(late);
          resolve(answer);
        },
        reject: (error) => {
          clearTimeout(late);
          reject(error);
        },
      });
      this.#process.stdin?.write(`${JSON.stringify(request)}\n`);
    });
    const answer = JSON.parse(line) as Called | { refused: string };
    if ('refused' in answer) throw new Error(answer.refused);
    return answer;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.stdin?.end();
    await ended;
  }

  #fail(message: string): void {
    this.#ended ??= new Error(message);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}

/** One instance of a component. */
export class Instance {
  readonly #wasmtime: Wasmtime;
  readonly #name: string;

  /** @internal Use `Wasmtime.instantiate`. */
  constructor(wasmtime: Wasmtime, name: string) {
    this.#wasmtime = wasmtime;
    this.#name = name;
  }

  /** Calls an exported function; `name` is as the component model writes it: `[method]session.run`. */
  async call(interfaceName: string, name: string, ...values: readonly Value[]): Promise<Called> {
    const where = { instance: this.#name, interface: interfaceName, function: name };
    return await this.#wasmtime.request({ op: 'call', ...where, arguments: values });
  }

  /** Drops a handle. */
  async drop(handle: Value): Promise<void> {
    await this.#wasmtime.request({ op: 'drop', instance: this.#name, ...(handle as object) });
  }

  /** What the component wrote to wasi:cli/stdout and stderr so far. */
  async output(): Promise<{ stdout: string; stderr: string }> {
    const { value } = (await this.#wasmtime.request({ op: 'output', instance: this.#name })) as { value: Value };
    const { stdout, stderr } = value as { stdout: Value; stderr: Value };
    return { stdout: toBytes(stdout).toString(), stderr: toBytes(stderr).toString() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#wasmtime.request({ op: 'end', instance: this.#name });
  }
}

export function fromBytes(bytes: Uint8Array): Value {
  return { bytes: Buffer.from(bytes).toString('base64') };
}

export function toBytes(value: Value): Buffer {
  return Buffer.from((value as { bytes: string }).bytes, 'base64');
}
