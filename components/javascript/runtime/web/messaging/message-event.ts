import { dictionary, Event, type EventInit } from '../../parts/events.ts';
import { expose } from '../shape.ts';

/** HTML §9.1: MessageEvent, and the other events that carry something. */

interface MessageEventInit extends EventInit {
  readonly data?: unknown;
  readonly origin?: unknown;
  readonly lastEventId?: unknown;
  readonly source?: unknown;
  readonly ports?: Iterable<unknown>;
}

export class MessageEvent extends Event {
  readonly #init: MessageEventInit;
  readonly #ports: readonly unknown[];

  constructor(type: string, init: MessageEventInit | undefined = undefined) {
    super(type, init);
    const {
      data = null,
      origin = '',
      lastEventId = '',
      source = null,
      ports = [],
    } = dictionary<MessageEventInit>(init);
    this.#init = { data, origin: `${origin as string}`, lastEventId: `${lastEventId as string}`, source };
    this.#ports = Object.freeze([...ports]);
  }

  get data(): unknown {
    return this.#init.data;
  }
  get origin(): unknown {
    return this.#init.origin;
  }
  get lastEventId(): unknown {
    return this.#init.lastEventId;
  }
  get source(): unknown {
    return this.#init.source;
  }
  get ports(): readonly unknown[] {
    return this.#ports;
  }
}

interface CloseEventInit extends EventInit {
  readonly wasClean?: unknown;
  readonly code?: unknown;
  readonly reason?: unknown;
}

export class CloseEvent extends Event {
  readonly #wasClean: boolean;
  readonly #code: number;
  readonly #reason: string;

  constructor(type: string, init: CloseEventInit | undefined = undefined) {
    super(type, init);
    const { wasClean, code = 0, reason = '' } = dictionary<CloseEventInit>(init);
    this.#wasClean = Boolean(wasClean);
    this.#code = Number(code) & 0xffff;
    this.#reason = `${reason as string}`.toWellFormed();
  }

  get wasClean(): boolean {
    return this.#wasClean;
  }
  get code(): number {
    return this.#code;
  }
  get reason(): string {
    return this.#reason;
  }
}

interface ErrorEventInit extends EventInit {
  readonly message?: unknown;
  readonly filename?: unknown;
  readonly lineno?: unknown;
  readonly colno?: unknown;
  readonly error?: unknown;
}

export class ErrorEvent extends Event {
  readonly #init: { message: string; filename: string; lineno: number; colno: number; error: unknown };

  constructor(type: string, init: ErrorEventInit | undefined = undefined) {
    super(type, init);
    const { message = '', filename = '', lineno = 0, colno = 0, error } = dictionary<ErrorEventInit>(init);
    this.#init = {
      message: `${message as string}`,
      filename: `${filename as string}`,
      lineno: Number(lineno) >>> 0,
      colno: Number(colno) >>> 0,
      error,
    };
  }

  get message(): string {
    return this.#init.message;
  }
  get filename(): string {
    return this.#init.filename;
  }
  get lineno(): number {
    return this.#init.lineno;
  }
  get colno(): number {
    return this.#init.colno;
  }
  get error(): unknown {
    return this.#init.error;
  }
}

expose(MessageEvent, 'MessageEvent');
expose(CloseEvent, 'CloseEvent');
expose(ErrorEvent, 'ErrorEvent');
