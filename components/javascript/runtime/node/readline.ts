import { AbortError, invalidArgument, plainError, requireFunction } from '../errors.ts';
import { StringDecoder } from '../parts/string-decoder.ts';
import { define, NativePromise } from '../primordials.ts';
import { on as eventsOn } from './events/helpers.ts';
import { EventEmitter } from './events/index.ts';
import { process } from './process.ts';
import { customPromisify } from './promisify.ts';

/** `node:readline` and `node:readline/promises`: lines of a stream. There is no terminal. */

interface Input extends EventEmitter {
  resume(): unknown;
  pause(): unknown;
}

interface Output {
  write(text: string): unknown;
}

interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(event: string, listener: () => void, options?: object): void;
}

interface Options {
  input?: Input | undefined;
  output?: Output | undefined;
  prompt?: string;
  crlfDelay?: number;
  history?: readonly string[];
  terminal?: boolean;
  signal?: Signal;
}

type Answer = (answer: string) => void;

function closedError(): Error {
  return plainError('ERR_USE_AFTER_CLOSE', 'readline was closed');
}

/** What both forms of `Interface` share. */
class LineReader extends EventEmitter {
  closed = false;
  readonly terminal = false;
  line = '';
  cursor = 0;
  readonly input: Input;
  readonly output: Output | undefined;
  #prompt: string;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #afterReturn = false;
  #paused = false;
  protected answer: Answer | undefined;

  constructor(first?: Options | Input, output?: Output) {
    super();
    const options: Options = isInput(first) ? { input: first, output } : (first ?? {});
    const input = options.input;
    if (input === undefined || input === null) throw invalidArgument('input', 'an instance of Readable', input);
    this.input = input;
    this.output = options.output;
    this.#prompt = options.prompt ?? '> ';
    Object.defineProperty(this, 'answer', { writable: true, enumerable: false, value: undefined });
    input.on('data', this.#receive);
    input.on('end', this.#end);
    input.on('error', this.#fail);
    input.resume();
    const { signal } = options;
    if (signal?.aborted) process.nextTick(() => this.close());
    signal?.addEventListener('abort', () => this.close(), { once: true });
  }

  #receive = (piece: unknown): void => {
    let text = this.#decoder.write(piece);
    if (text === '') return;
    // A line's end may be cut in two.
    if (this.#afterReturn && text[0] === '\n') text = text.slice(1);
    this.#afterReturn = text.endsWith('\r');
    const lines = (this.#rest + text).split(/\r\n|[\n\r\u2028\u2029]/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  };

  #fail = (error: unknown): void => {
    this.emit('error', error);
  };

  #end = (): void => {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    if (rest !== '') this.#line(rest);
    this.close();
  };

  #line(line: string): void {
    if (this.closed) return;
    const { answer } = this;
    if (answer === undefined) {
      this.emit('line', line);
      return;
    }
    this.answer = undefined;
    this.setPrompt(this.#prompt);
    answer(line);
  }

  setPrompt(prompt: string): void {
    this.#prompt = prompt;
  }

  getPrompt(): string {
    return this.#prompt;
  }

  prompt(): void {
    if (this.#paused) this.resume();
    this.output?.write(this.#prompt);
  }

  write(data: unknown): void {
    if (this.closed) throw closedError();
    if (this.#paused) this.resume();
    if (data !== undefined && data !== null) this.#receive(data);
  }

  pause(): this {
    if (this.closed) throw closedError();
    if (this.#paused) return this;
    this.input.pause();
    this.#paused = true;
    this.emit('pause');
    return this;
  }

  resume(): this {
    if (this.closed) throw closedError();
    if (!this.#paused) return this;
    this.input.resume();
    this.#paused = false;
    this.emit('resume');
    return this;
  }

  close(): void {
    if (this.closed) return;
    this.pause();
    this.closed = true;
    this.input.off('data', this.#receive);
    this.input.off('end', this.#end);
    this.input.off('error', this.#fail);
    this.emit('close');
  }

  getCursorPos(): { rows: number; cols: number } {
    return { rows: 0, cols: this.#prompt.length };
  }

  [Symbol.dispose](): void {
    this.close();
  }

  [Symbol.asyncIterator](): AsyncIterator<string> {
    const lines = eventsOn(this, 'line', { close: ['close'], highWaterMark: 1024 });
    const iterator: AsyncIterableIterator<string> = {
      async next() {
        const step = (await lines.next()) as IteratorResult<[string], undefined>;
        return step.done ? { value: undefined, done: true } : { value: step.value[0], done: false };
      },
      return: async () => {
        this.close();
        return { value: undefined, done: true };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }
}

function isInput(value: unknown): value is Input {
  return typeof (value as Input | null | undefined)?.on === 'function';
}

export class Interface extends LineReader {
  question(query: string, options: unknown, callback?: Answer): void {
    const answer = typeof options === 'function' ? (options as Answer) : callback;
    const signal = typeof options === 'object' ? (options as { signal?: Signal } | null)?.signal : undefined;
    if (this.closed) throw closedError();
    requireFunction(answer, 'cb');
    if (signal?.aborted) return;
    signal?.addEventListener('abort', () => {
      if (this.answer === answer) this.answer = undefined;
    });
    if (this.answer !== undefined) {
      this.prompt();
      return;
    }
    this.output?.write(query);
    this.answer = answer as Answer;
    this.resume();
  }
}
define(
  Interface.prototype.question,
  customPromisify,
  function question(this: Interface, query: string, options: { signal?: Signal } = {}): Promise<string> {
    const { signal } = options;
    return new NativePromise((resolve, reject) => {
      if (signal?.aborted) {
        reject(new AbortError(signal.reason));
        return;
      }
      signal?.addEventListener('abort', () => reject(new AbortError(signal.reason)));
      this.question(query, options, resolve);
    });
  },
  false,
);

class PromiseInterface extends LineReader {
  question(query: string, options: { signal?: Signal } = {}): Promise<string> {
    const { signal } = options;
    return new NativePromise((resolve, reject) => {
      if (signal?.aborted) {
        reject(new AbortError(signal.reason));
        return;
      }
      if (this.closed) {
        reject(closedError());
        return;
      }
      signal?.addEventListener('abort', () => {
        this.answer = undefined;
        reject(new AbortError(signal.reason));
      });
      this.output?.write(query);
      this.answer = resolve;
      this.resume();
    });
  }
}

/** Moves of a cursor: what a terminal would be sent. */
const codes = {
  cursorTo: (x: number, y?: unknown) => (typeof y === 'number' ? `\u001b[${y + 1};${x + 1}H` : `\u001b[${x + 1}G`),
  moveCursor: (dx: number, dy: number) =>
    (dx < 0 ? `\u001b[${-dx}D` : dx > 0 ? `\u001b[${dx}C` : '') +
    (dy < 0 ? `\u001b[${-dy}A` : dy > 0 ? `\u001b[${dy}B` : ''),
  clearLine: (direction: number) => (direction < 0 ? '\u001b[1K' : direction > 0 ? '\u001b[0K' : '\u001b[2K'),
  clearScreenDown: () => '\u001b[0J',
};

function send(stream: Output | null | undefined, text: string, callback: unknown): unknown {
  if (stream === null || stream === undefined || text === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return (stream as { write(text: string, callback?: unknown): unknown }).write(text, callback);
}

/** `Readline` of the promises form: moves that are sent together. */
class Readline {
  readonly #stream: Output;
  readonly #autoCommit: boolean;
  #pending = '';

  constructor(stream: Output, options: { autoCommit?: boolean } = {}) {
    if (typeof (stream as Output | null)?.write !== 'function')
      throw invalidArgument('stream', 'an instance of Writable', stream);
    this.#stream = stream;
    this.#autoCommit = options.autoCommit === true;
  }
  #add(text: string): this {
    if (this.#autoCommit) this.#stream.write(text);
    else this.#pending += text;
    return this;
  }
  cursorTo(x: number, y?: number): this {
    return this.#add(codes.cursorTo(x, y));
  }
  moveCursor(dx: number, dy: number): this {
    return this.#add(codes.moveCursor(dx, dy));
  }
  clearLine(direction: number): this {
    return this.#add(codes.clearLine(direction));
  }
  clearScreenDown(): this {
    return this.#add(codes.clearScreenDown());
  }
  async commit(): Promise<void> {
    this.#stream.write(this.#pending);
    this.#pending = '';
  }
  rollback(): this {
    this.#pending = '';
    return this;
  }
}

export const promises = {
  Interface: PromiseInterface,
  Readline,
  createInterface: (first?: Options, output?: Output) => new PromiseInterface(first, output),
};

export const readline = {
  Interface,
  clearLine: (stream: Output, direction: number, callback?: unknown) =>
    send(stream, codes.clearLine(direction), callback),
  clearScreenDown: (stream: Output, callback?: unknown) => send(stream, codes.clearScreenDown(), callback),
  createInterface: (first?: Options, output?: Output) => new Interface(first, output),
  cursorTo: (stream: Output, x: number, y?: unknown, callback?: unknown) =>
    send(stream, codes.cursorTo(x, y), typeof y === 'function' ? y : callback),
  emitKeypressEvents: () => undefined,
  moveCursor: (stream: Output, dx: number, dy: number, callback?: unknown) =>
    send(stream, codes.moveCursor(dx, dy), callback),
  promises,
};
