/** Events and signals. */
export { AbortController, AbortSignal, abortSignal, isAbortSignal, onAbort } from '../web/events/abort.ts';
export { CustomEvent, dictionary, Event, type EventInit } from '../web/events/event.ts';
export {
  EventTarget,
  fire,
  getHandler,
  hasListeners,
  isEventTarget,
  setHandler,
  watchListeners,
} from '../web/events/target.ts';
