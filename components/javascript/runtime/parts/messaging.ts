/** Message channels and the events that carry something. */
export { CloseEvent, ErrorEvent, MessageEvent } from '../web/messaging/message-event.ts';
export { MessageChannel, MessagePort } from '../web/messaging/ports.ts';
