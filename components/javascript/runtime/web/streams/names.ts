import { define, defineProperty } from '../../primordials.ts';

/** The members in which `web-streams-polyfill` keeps the state of its objects. */
const hidden = [
  ...['_state', '_reader', '_storedError', '_disturbed', '_readableStreamController', '_writableStreamController'],
  ...[
    '_transformStreamController',
    '_ownerReadableStream',
    '_ownerWritableStream',
    '_readRequests',
    '_readIntoRequests',
  ],
  ...['_closedPromise', '_closedPromise_resolve', '_closedPromise_reject', '_closedPromiseState', '_readyPromise'],
  ...['_readyPromise_resolve', '_readyPromise_reject', '_readyPromiseState', '_controlledReadableStream'],
  ...['_controlledReadableByteStream', '_controlledWritableStream', '_controlledTransformStream', '_queue'],
  ...[
    '_queueTotalSize',
    '_started',
    '_closeRequested',
    '_pullAgain',
    '_pulling',
    '_strategySizeAlgorithm',
    '_strategyHWM',
  ],
  ...['_pullAlgorithm', '_cancelAlgorithm', '_byobRequest', '_autoAllocateChunkSize', '_pendingPullIntos', '_view'],
  ...['_associatedReadableByteStreamController', '_writer', '_writeRequests', '_inFlightWriteRequest', '_closeRequest'],
  ...['_inFlightCloseRequest', '_pendingAbortRequest', '_backpressure', '_backpressureChangePromise'],
  ...['_backpressureChangePromise_resolve', '_readable', '_writable', '_abortReason', '_abortController'],
  ...['_writeAlgorithm', '_closeAlgorithm', '_abortAlgorithm', '_transformAlgorithm', '_flushAlgorithm'],
  ...['_finishPromise', '_finishPromise_resolve', '_finishPromise_reject', '_asyncIteratorImpl'],
  ...['_countQueuingStrategyHighWaterMark', '_byteLengthQueuingStrategyHighWaterMark'],
];

/** Keeps that state out of what programs see of an object: `Object.keys`, `JSON.stringify`, spreading. */
export function hideState(Interface: { readonly prototype: object }): void {
  for (const key of hidden) {
    defineProperty(Interface.prototype, key, {
      get: () => undefined,
      set(this: object, value: unknown) {
        define(this, key, value, false);
      },
    });
  }
}
