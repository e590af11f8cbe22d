import { EventTarget } from '../../parts/events.ts';
import { URL } from '../../parts/url.ts';
import { domError } from '../dom-exception.ts';
import { expose, exposeConstants, needArguments, usvString } from '../shape.ts';
import { networkRefused } from './fetch.ts';

/** WebSocket and EventSource: their addresses are checked, then they are refused, since there is no network. */

function addressOf(input: unknown, schemes: readonly string[], what: string): string {
  const text = usvString(input);
  const url = URL.parse(text);
  if (url === null) throw domError('SyntaxError', `Invalid URL for ${what}: ${text}`);
  if (!schemes.includes(url.protocol))
    throw domError('SyntaxError', `Expected a ${schemes.join(' or ')} protocol, got ${url.protocol}`);
  return url.href;
}

export class WebSocket extends EventTarget {
  constructor(url: unknown) {
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    needArguments(arguments, 'url');
    super();
    throw networkRefused('WebSocket', addressOf(url, ['ws:', 'wss:', 'http:', 'https:'], 'a WebSocket'));
  }
}

export class EventSource extends EventTarget {
  constructor(url: unknown) {
    // biome-ignore lint/complexity/noArguments: as above
    needArguments(arguments, 'url');
    super();
    throw networkRefused('EventSource', addressOf(url, ['http:', 'https:'], 'an EventSource'));
  }
}

expose(WebSocket, 'WebSocket');
exposeConstants(WebSocket, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 });
expose(EventSource, 'EventSource');
exposeConstants(EventSource, { CONNECTING: 0, OPEN: 1, CLOSED: 2 });
