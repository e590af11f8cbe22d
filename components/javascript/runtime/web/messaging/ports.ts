import { cloneWithTransfer } from '../../parts/clone.ts';
import { Event, EventTarget, fire, getHandler, setHandler, watchListeners } from '../../parts/events.ts';
import { isArray } from '../../primordials.ts';
import { setImmediate } from '../../timers.ts';
import { domError } from '../dom-exception.ts';
import { platformClasses } from '../platform-objects.ts';
import { expose, needArguments, refuseConstruction, unlocked } from '../shape.ts';
import { MessageEvent } from './message-event.ts';

/**
 * HTML §9.4: MessageChannel and MessagePort, within the one thread that a program has. A port keeps no program alive:
 * when nothing else is pending, nobody can post to it.
 */

interface PortState {
  other: MessagePort | undefined;
  queue: { data: unknown; ports: object[] }[];
  started: boolean;
  closed: boolean;
}

let stateOf: (port: MessagePort) => PortState;
let hasState: (value: object) => boolean;
let adopt: (port: MessagePort, state: PortState) => PortState;

export class MessagePort extends EventTarget {
  #state: PortState = { other: undefined, queue: [], started: false, closed: false };

  static {
    stateOf = (port) => port.#state;
    hasState = (value) => #state in value;
    adopt = (port, state) => {
      const old = port.#state;
      port.#state = state;
      return old;
    };
  }

  constructor(key?: unknown) {
    refuseConstruction(key);
    super();
    watchListeners(this, (type) => {
      // Node's ports begin with the first listener, whichever way it came.
      if (type === 'message') start(this);
    });
  }

  postMessage(message: unknown, options: unknown = undefined): void {
    const { other, closed } = this.#state;
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    needArguments(arguments, 'message');
    const given = isArray(options) ? { transfer: options } : options;
    const transfer = (given as { transfer?: unknown } | null | undefined)?.transfer;
    if (isArray(transfer) && transfer.includes(this))
      throw domError('DataCloneError', 'Transfer list contains source port');
    const { value, transferred } = cloneWithTransfer(message, given);
    if (closed || other === undefined) return;
    stateOf(other).queue.push({ data: value, ports: transferred.filter(isMessagePort) });
    setImmediate(() => deliver(other));
  }

  start(): void {
    stateOf(this);
    start(this);
  }

  close(): void {
    const { other } = this.#state;
    close(this);
    if (other !== undefined) close(other);
  }

  ref(): void {
    stateOf(this);
  }

  unref(): void {
    stateOf(this);
  }

  hasRef(): boolean {
    return stateOf(this) === undefined;
  }

  get onmessage(): unknown {
    return getHandler(this, 'message');
  }
  set onmessage(callback: unknown) {
    setHandler(this, 'message', callback);
  }
  get onmessageerror(): unknown {
    return getHandler(this, 'messageerror');
  }
  set onmessageerror(callback: unknown) {
    setHandler(this, 'messageerror', callback);
  }
  get onclose(): unknown {
    return getHandler(this, 'close');
  }
  set onclose(callback: unknown) {
    setHandler(this, 'close', callback);
  }
}

function isMessagePort(value: unknown): value is MessagePort {
  return typeof value === 'object' && value !== null && hasState(value);
}

function start(port: MessagePort): void {
  const state = stateOf(port);
  if (state.started) return;
  state.started = true;
  setImmediate(() => deliver(port));
}

/** Each message has a turn of its own. */
function deliver(port: MessagePort): void {
  const state = stateOf(port);
  if (!state.started) return;
  const message = state.queue.shift();
  if (message === undefined) return;
  if (state.queue.length > 0) setImmediate(() => deliver(port));
  fire(port, new MessageEvent('message', message));
}

function close(port: MessagePort): void {
  const state = stateOf(port);
  if (state.closed) return;
  state.closed = true;
  setImmediate(() => {
    fire(port, new Event('close'));
    state.other = undefined;
  });
}

export class MessageChannel {
  readonly #port1 = new MessagePort(unlocked);
  readonly #port2 = new MessagePort(unlocked);

  constructor() {
    stateOf(this.#port1).other = this.#port2;
    stateOf(this.#port2).other = this.#port1;
  }

  get port1(): MessagePort {
    return this.#port1;
  }
  get port2(): MessagePort {
    return this.#port2;
  }
}

platformClasses.push({
  has: isMessagePort,
  transfer(value) {
    const port = value as MessagePort;
    if (stateOf(port).closed) throw domError('DataCloneError', 'MessagePort in transfer list is already detached');
    const moved = new MessagePort(unlocked);
    const state = adopt(port, { other: undefined, queue: [], started: false, closed: true });
    adopt(moved, { ...state, started: false });
    if (state.other !== undefined) stateOf(state.other).other = moved;
    return moved;
  },
});

expose(MessagePort, 'MessagePort');
expose(MessageChannel, 'MessageChannel');
