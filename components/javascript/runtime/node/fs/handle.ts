import { typeError } from '../../errors.ts';
import type { Data, EncodingOption } from './arguments.ts';
import type { Stats } from './stats.ts';
import * as sync from './sync.ts';

/** An open file, from `fs.promises.open`. */
export class FileHandle {
  #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  get fd(): number {
    return this.#fd;
  }

  #open(): number {
    if (this.#fd < 0) throw typeError('ERR_INVALID_STATE', 'The FileHandle is closed');
    return this.#fd;
  }

  async read(
    buffer: ArrayBufferView,
    offset?: number,
    length?: number,
    position?: number | null,
  ): Promise<{ bytesRead: number; buffer: ArrayBufferView }> {
    return { bytesRead: sync.readSync(this.#open(), buffer, offset ?? 0, length, position), buffer };
  }

  async write(
    data: Data,
    offset?: unknown,
    length?: unknown,
    position?: number | null,
  ): Promise<{ bytesWritten: number; buffer: Data }> {
    return { bytesWritten: sync.writeSync(this.#open(), data, offset, length, position), buffer: data };
  }

  async readFile(options?: EncodingOption): Promise<unknown> {
    return sync.readFileSync(this.#open(), options);
  }

  async writeFile(data: Data, options?: EncodingOption): Promise<void> {
    sync.writeFileSync(this.#open(), data, options);
  }

  async appendFile(data: Data, options?: EncodingOption): Promise<void> {
    sync.writeFileSync(this.#open(), data, options);
  }

  async stat(): Promise<Stats> {
    return sync.fstatSync(this.#open());
  }

  async truncate(length?: number): Promise<void> {
    sync.ftruncateSync(this.#open(), length);
  }

  async sync(): Promise<void> {}
  async datasync(): Promise<void> {}

  async *readLines(): AsyncGenerator<string> {
    const text = sync.readFileSync(this.#open(), 'utf8') as string;
    const lines = text.split(/\r\n|\n|\r/);
    if (lines[lines.length - 1] === '') lines.pop();
    yield* lines;
  }

  async close(): Promise<void> {
    const fd = this.#fd;
    this.#fd = -1;
    if (fd >= 0) sync.closeSync(fd);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
