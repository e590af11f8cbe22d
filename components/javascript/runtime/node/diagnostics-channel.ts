import { invalidArgument, requireFunction } from '../errors.ts';
import { apply } from '../primordials.ts';
import { process } from './process.ts';

/** `node:diagnostics_channel`: named channels that libraries publish to. */

type Name = string | symbol;
type Subscriber = (message: unknown, name: Name) => void;

class Channel {
  readonly name: Name;
  #subscribers: Subscriber[] = [];

  constructor(name: Name) {
    this.name = name;
  }

  get hasSubscribers(): boolean {
    return this.#subscribers.length > 0;
  }

  subscribe(subscriber: Subscriber): void {
    requireFunction(subscriber, 'subscription');
    this.#subscribers = [...this.#subscribers, subscriber];
  }

  unsubscribe(subscriber: Subscriber): boolean {
    const at = this.#subscribers.indexOf(subscriber);
    if (at < 0) return false;
    this.#subscribers = this.#subscribers.toSpliced(at, 1);
    return true;
  }

  publish(message: unknown): void {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber(message, this.name);
      } catch (error) {
        // A subscriber's failure is not the publisher's.
        process.nextTick(() => {
          throw error;
        });
      }
    }
  }
}

const channels = new Map<Name, Channel>();

function channel(name: Name): Channel {
  if (typeof name !== 'string' && typeof name !== 'symbol')
    throw invalidArgument('channel', 'one of type string or symbol', name);
  let found = channels.get(name);
  if (found === undefined) {
    found = new Channel(name);
    channels.set(name, found);
  }
  return found;
}

const phases = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const;
type Phase = (typeof phases)[number];
type Traced = (this: unknown, ...args: never[]) => unknown;

/** The channels of one operation: its start and end, of its asynchronous part as well, and its errors. */
class TracingChannel {
  readonly start: Channel;
  readonly end: Channel;
  readonly asyncStart: Channel;
  readonly asyncEnd: Channel;
  readonly error: Channel;

  constructor(of: string | Record<Phase, Channel>) {
    const get = (phase: Phase): Channel => (typeof of === 'string' ? channel(`tracing:${of}:${phase}`) : of[phase]);
    this.start = get('start');
    this.end = get('end');
    this.asyncStart = get('asyncStart');
    this.asyncEnd = get('asyncEnd');
    this.error = get('error');
  }

  get hasSubscribers(): boolean {
    return phases.some((phase) => this[phase].hasSubscribers);
  }

  subscribe(handlers: Partial<Record<Phase, Subscriber>>): void {
    for (const phase of phases) if (handlers[phase] !== undefined) this[phase].subscribe(handlers[phase]);
  }

  unsubscribe(handlers: Partial<Record<Phase, Subscriber>>): boolean {
    let done = true;
    for (const phase of phases)
      if (handlers[phase] !== undefined && !this[phase].unsubscribe(handlers[phase])) done = false;
    return done;
  }

  traceSync(callback: Traced, context: Record<string, unknown> = {}, self?: unknown, ...args: never[]): unknown {
    this.start.publish(context);
    try {
      const result = apply(callback, self, args);
      context['result'] = result;
      return result;
    } catch (error) {
      context['error'] = error;
      this.error.publish(context);
      throw error;
    } finally {
      this.end.publish(context);
    }
  }

  tracePromise(callback: Traced, context: Record<string, unknown> = {}, self?: unknown, ...args: never[]): unknown {
    const settle = (key: 'result' | 'error', value: unknown): void => {
      context[key] = value;
      if (key === 'error') this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    this.start.publish(context);
    try {
      return Promise.resolve(apply(callback, self, args)).then(
        (value) => {
          settle('result', value);
          return value;
        },
        (error: unknown) => {
          settle('error', error);
          throw error;
        },
      );
    } catch (error) {
      context['error'] = error;
      this.error.publish(context);
      throw error;
    } finally {
      this.end.publish(context);
    }
  }
}

export const diagnosticsChannel = {
  channel,
  hasSubscribers: (name: Name) => channels.get(name)?.hasSubscribers ?? false,
  subscribe: (name: Name, subscriber: Subscriber) => channel(name).subscribe(subscriber),
  unsubscribe: (name: Name, subscriber: Subscriber) => channel(name).unsubscribe(subscriber),
  tracingChannel: (of: string | Record<Phase, Channel>) => new TracingChannel(of),
  Channel,
};
