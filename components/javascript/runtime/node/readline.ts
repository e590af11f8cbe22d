import { NativePromise } from '../primordials.ts';
import { EventEmitter } from './events.ts';
import { process } from './process.ts';
import { registerNode } from './registry.ts';

interface Input extends EventEmitter {
  setEncoding?(encoding: string): unknown;
  resume?(): unknown;
  pause?(): unknown;
}

interface Options {
  input?: Input;
  output?: { write(text: string): unknown };
  prompt?: string;
}

/** `readline.Interface`: lines of an input stream. */
export class Interface extends EventEmitter {
  closed = false;
  readonly #input: Input;
  readonly #output: Options['output'];
  #prompt: string;
  #rest = '';
  #ended = false;
  readonly #lines: string[] = [];
  #question: ((answer: string) => void) | undefined;
  #wake: (() => void) | undefined;

  constructor(options: Options = {}) {
    super();
    this.#input = options.input ?? (process.stdin as unknown as Input);
    this.#output = options.output;
    this.#prompt = options.prompt ?? '> ';
    this.#input.setEncoding?.('utf8');
    this.#input.on('data', ((piece: unknown) => this.#receive(`${piece as string}`)) as never);
    this.#input.on('end', () => {
      this.#ended = true;
      if (this.#rest !== '') this.#line(this.#rest);
      this.#rest = '';
      this.close();
    });
  }

  #receive(piece: string): void {
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    if (this.closed) return;
    const question = this.#question;
    if (question !== undefined) {
      this.#question = undefined;
      question(line);
    } else if (this.listenerCount('line') > 0) {
      this.emit('line', line);
    } else {
      this.#lines.push(line);
    }
    this.#wake?.();
  }

  setPrompt(prompt: string): void {
    this.#prompt = prompt;
  }
  getPrompt(): string {
    return this.#prompt;
  }
  prompt(): void {
    this.#output?.write(this.#prompt);
  }
  write(): void {}

  question(query: string, options: unknown, callback?: (answer: string) => void): void {
    const answer = (typeof options === 'function' ? options : callback) as (answer: string) => void;
    this.#output?.write(query);
    const ready = this.#lines.shift();
    if (ready !== undefined) queueMicrotask(() => answer(ready));
    else this.#question = answer;
  }

  pause(): this {
    this.#input.pause?.();
    return this;
  }
  resume(): this {
    this.#input.resume?.();
    return this;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (!this.#ended) this.#input.pause?.();
    this.emit('close');
    this.#wake?.();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (;;) {
      const line = this.#lines.shift();
      if (line !== undefined) yield line;
      else if (this.closed) return;
      else
        await new NativePromise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}

class PromiseInterface extends Interface {
  override question(query: string): never {
    return new NativePromise((resolve) => super.question(query, resolve)) as never;
  }
}

function createInterface(options: Options, output?: Options['output']): Interface {
  return new Interface(options instanceof EventEmitter ? { input: options, ...(output ? { output } : {}) } : options);
}

const promises = { Interface: PromiseInterface, createInterface: (options: Options) => new PromiseInterface(options) };

registerNode('readline', {
  Interface,
  createInterface,
  promises,
  clearLine: () => true,
  cursorTo: () => true,
  moveCursor: () => true,
});
registerNode('readline/promises', promises);
