import Events from 'events/events.js';
import { registerNode } from './registry.ts';

type Listener = (...args: never[]) => unknown;

/** Node's EventEmitter. */
export interface EventEmitter {
  on(event: string | symbol, listener: Listener): this;
  once(event: string | symbol, listener: Listener): this;
  off(event: string | symbol, listener: Listener): this;
  emit(event: string | symbol, ...args: unknown[]): boolean;
  listenerCount(event: string | symbol): number;
}

export const EventEmitter = Events as unknown as {
  new (): EventEmitter;
  prototype: EventEmitter;
  once(emitter: EventEmitter, event: string): Promise<unknown[]>;
};

/** `events.on`: what an emitter emits, as an async iterator. */
async function* on(emitter: EventEmitter, event: string): AsyncGenerator<unknown[]> {
  const queue: unknown[][] = [];
  let failure: { error: unknown } | undefined;
  let wake: (() => void) | undefined;
  const push = (...args: unknown[]): void => {
    queue.push(args);
    wake?.();
  };
  const fail = (error: unknown): void => {
    failure = { error };
    wake?.();
  };
  emitter.on(event, push);
  emitter.on('error', fail);
  try {
    for (;;) {
      const next = queue.shift();
      if (next !== undefined) yield next;
      else if (failure !== undefined) throw failure.error;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    emitter.off(event, push);
    emitter.off('error', fail);
  }
}

const module = EventEmitter as unknown as Record<string, unknown>;
module['on'] ??= on;
module['EventEmitter'] = EventEmitter;
module['getEventListeners'] = (emitter: { listeners(event: string): unknown[] }, event: string) =>
  emitter.listeners(event);
registerNode('events', EventEmitter);
