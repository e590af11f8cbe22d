import { requireBoolean } from '../../errors.ts';
import { define, defineProperty } from '../../primordials.ts';
import { registerNode } from '../registry.ts';
import { captureRejectionSymbol, checkLimit, defaults, EventEmitter, errorMonitor, init } from './emitter.ts';
import { addAbortListener, getEventListeners, getMaxListeners, listenerCount, on, once } from './helpers.ts';

export { EventEmitter } from './emitter.ts';

/** `node:events`: EventEmitter itself, with what belongs to it as properties. */
const exports = {
  addAbortListener,
  once,
  on,
  getEventListeners,
  getMaxListeners,
  listenerCount,
  EventEmitter,
  usingDomains: false,
  captureRejectionSymbol,
};
for (const name of Object.keys(exports)) define(EventEmitter, name, (exports as Record<string, unknown>)[name]);

function accessor(name: string, get: () => unknown, set: (value: unknown) => void = () => undefined): void {
  defineProperty(EventEmitter, name, { get, set, enumerable: true, configurable: false });
}

accessor(
  'captureRejections',
  () => defaults.captureRejections,
  (value) => {
    requireBoolean(value, 'EventEmitter.captureRejections');
    defaults.captureRejections = value;
  },
);
accessor('EventEmitterAsyncResource', () => EventEmitterAsyncResource);
define(EventEmitter, 'errorMonitor', errorMonitor);
accessor(
  'defaultMaxListeners',
  () => defaults.maxListeners,
  (value) => {
    checkLimit(value, 'defaultMaxListeners');
    defaults.maxListeners = value;
  },
);
define(EventEmitter, 'setMaxListeners', (count = defaults.maxListeners, ...targets: EventEmitter[]): void => {
  checkLimit(count, 'setMaxListeners');
  if (targets.length === 0) defaults.maxListeners = count;
  for (const target of targets) if (typeof target?.setMaxListeners === 'function') target.setMaxListeners(count);
});
define(EventEmitter, 'init', function (this: unknown, options?: object) {
  init(this, options);
});

/** Without a program that follows asynchronous work, a resource is a number and nothing else. */
class EventEmitterAsyncResource extends EventEmitter {
  readonly asyncId = 1;
  readonly triggerAsyncId = 0;
  emitDestroy(): void {}
}

registerNode('events', EventEmitter);
