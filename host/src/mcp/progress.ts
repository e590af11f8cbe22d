import type { OutputPiece } from '../sandbox/index.ts';
import type { CallContext } from './tool.ts';

/** Milliseconds between two notifications at least. */
const intervalMs = 50;
/** Characters of one notification; of more output in one interval, the last ones. */
const mostCharacters = 8192;

/**
 * A program's output while it runs, as progress notifications. However much it prints, a client gets at most twenty
 * notifications a second of a bounded size, and the whole output in the result.
 */
export class LiveProgress {
  readonly #context: CallContext;
  readonly #token: string | number;
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  #waiting = '';
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();

  private constructor(context: CallContext, token: string | number) {
    this.#context = context;
    this.#token = token;
  }

  /** Nothing for a client that has not asked for progress. */
  static of(context: CallContext): LiveProgress | undefined {
    const token = context._meta?.progressToken;
    return token === undefined ? undefined : new LiveProgress(context, token);
  }

  add({ stream, bytes }: OutputPiece): void {
    this.#bytes += bytes.length;
    this.#waiting = (this.#waiting + this.#decoders[stream].decode(bytes, { stream: true })).slice(-mostCharacters);
    this.#timer ??= setTimeout(() => this.#send(), intervalMs);
  }

  /** Sends what is left; after it nothing is sent. */
  async end(): Promise<void> {
    if (this.#timer !== undefined) this.#send();
    await this.#sending;
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const params = { progressToken: this.#token, progress: this.#bytes, message: this.#waiting };
    this.#waiting = '';
    // A client that is gone gets none; what becomes of the run is decided elsewhere.
    this.#sending = this.#sending
      .then(() => this.#context.sendNotification({ method: 'notifications/progress', params }))
      .catch(() => undefined);
  }
}
