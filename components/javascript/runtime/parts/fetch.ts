/** Headers, Request, Response, and what would use the network. */
export { fetch } from '../web/fetch/fetch.ts';
export { Headers } from '../web/fetch/headers.ts';
export { Request } from '../web/fetch/request.ts';
export { Response } from '../web/fetch/response.ts';
export { EventSource, WebSocket } from '../web/fetch/sockets.ts';
