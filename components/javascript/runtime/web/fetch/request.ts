import { AbortController, AbortSignal, dictionary, isAbortSignal } from '../../parts/events.ts';
import { URL, withoutFragment } from '../../parts/url.ts';
import { illegalInvocation } from '../brand.ts';
import { expose, showAs, usvString } from '../shape.ts';
import { type Body, cloneBody, extractBody, isUsed, readers, streamOf, textStreamOf } from './body.ts';
import { byteString, defaultHeader, Headers } from './headers.ts';

/** Fetch Standard §5.4: Request. */

interface RequestInit {
  readonly method?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly signal?: unknown;
  readonly duplex?: unknown;
  readonly keepalive?: unknown;
  readonly integrity?: unknown;
  readonly referrer?: unknown;
  readonly [option: string]: unknown;
}

/** Members that are one of a few words, with the word that they are by themselves. */
const choices = {
  mode: ['cors', 'same-origin', 'no-cors', 'navigate', 'websocket'],
  credentials: ['same-origin', 'omit', 'include'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  redirect: ['follow', 'error', 'manual'],
  referrerPolicy: [
    ...['', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin'],
    ...['origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url'],
  ],
} as const;
type Choice = keyof typeof choices;

interface RequestState {
  method: string;
  url: InstanceType<typeof URL>;
  headers: Headers;
  body: Body | undefined;
  signal: InstanceType<typeof AbortSignal>;
  chosen: Record<Choice, string>;
  referrer: string;
  integrity: string;
  keepalive: boolean;
  duplex: string;
}

let stateOf: (request: Request) => RequestState;
let hasState: (value: unknown) => boolean;

const normalized = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
const forbidden = ['CONNECT', 'TRACE', 'TRACK'];

function methodOf(value: unknown): string {
  const method = byteString(value);
  const upper = method.toUpperCase();
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  if (forbidden.includes(upper)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
  return normalized.includes(upper) ? upper : method;
}

function urlOf(input: unknown): InstanceType<typeof URL> {
  const text = usvString(input);
  const url = URL.parse(text);
  if (url === null) {
    const cause = attempt(() => new URL(text));
    throw new TypeError(`Failed to parse URL from ${text}`, { cause });
  }
  if (url.username !== '' || url.password !== '')
    throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${text}`);
  return url;
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

function chosenOf(init: RequestInit, from: RequestState | undefined): Record<Choice, string> {
  const chosen = {} as Record<Choice, string>;
  for (const name of Object.keys(choices) as Choice[]) {
    const words: readonly string[] = choices[name];
    const given = init[name];
    const word = given === undefined ? (from?.chosen[name] ?? words[0] ?? '') : `${given as string}`;
    if (!words.includes(word)) {
      const allowed = words.map((one) => `"${one}"`).join(', ');
      throw new TypeError(`RequestInit: ${word} is not an accepted type for ${name}, expected one of ${allowed}.`);
    }
    chosen[name] = word;
  }
  if (chosen.mode === 'navigate') throw new TypeError('Request constructor: invalid request mode navigate.');
  return chosen;
}

function signalOf(init: RequestInit, from: RequestState | undefined): InstanceType<typeof AbortSignal> {
  const given = init.signal === undefined ? from?.signal : init.signal;
  if (given === undefined || given === null) return new AbortController().signal;
  if (!isAbortSignal(given))
    throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
  return AbortSignal.any([given]);
}

export class Request {
  readonly #state: RequestState;

  static {
    stateOf = (request) => {
      if (!hasState(request)) throw illegalInvocation();
      return request.#state;
    };
    hasState = (value) => typeof value === 'object' && value !== null && #state in value;
  }

  constructor(input: unknown, options: unknown = undefined) {
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    if (arguments.length === 0) throw new TypeError('Request constructor: 1 argument required, but 0 found.');
    const init = dictionary<RequestInit>(options, 'init');
    const from = isRequest(input) ? stateOf(input) : undefined;
    const url = from?.url ?? urlOf(input);
    const method = init.method === undefined ? (from?.method ?? 'GET') : methodOf(init.method);
    const headers = new Headers(init.headers ?? from?.headers);
    const chosen = chosenOf(init, from);
    this.#state = {
      method,
      url,
      headers,
      body: undefined,
      signal: signalOf(init, from),
      chosen,
      referrer: init.referrer === undefined ? (from?.referrer ?? 'about:client') : usvString(init.referrer),
      integrity: init.integrity === undefined ? (from?.integrity ?? '') : `${init.integrity as string}`,
      keepalive: init.keepalive === undefined ? (from?.keepalive ?? false) : Boolean(init.keepalive),
      duplex: 'half',
    };
    this.#takeBody(init, from);
  }

  #takeBody(init: RequestInit, from: RequestState | undefined): void {
    const state = this.#state;
    const given = init.body;
    const hasBody = given !== undefined ? given !== null : from?.body !== undefined;
    if (hasBody && (state.method === 'GET' || state.method === 'HEAD'))
      throw new TypeError('Request with GET/HEAD method cannot have body.');
    if (given !== undefined && given !== null) {
      const { body, type } = extractBody(given);
      if (body.stream !== undefined && init.duplex === undefined)
        throw new TypeError('RequestInit: duplex option is required when sending a body.');
      state.body = body;
      if (type !== undefined) defaultHeader(state.headers, 'content-type', type);
    } else if (given === undefined && from?.body !== undefined) {
      if (isUsed(from.body) || from.body.stream?.locked === true)
        throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
      state.body = { ...from.body };
      from.body.used = true;
    }
  }

  get method(): string {
    return stateOf(this).method;
  }
  get url(): string {
    return stateOf(this).url.href;
  }
  get headers(): Headers {
    return stateOf(this).headers;
  }
  get destination(): string {
    return stateOf(this) && '';
  }
  get referrer(): string {
    return stateOf(this).referrer;
  }
  get referrerPolicy(): string {
    return stateOf(this).chosen.referrerPolicy;
  }
  get mode(): string {
    return stateOf(this).chosen.mode;
  }
  get credentials(): string {
    return stateOf(this).chosen.credentials;
  }
  get cache(): string {
    return stateOf(this).chosen.cache;
  }
  get redirect(): string {
    return stateOf(this).chosen.redirect;
  }
  get integrity(): string {
    return stateOf(this).integrity;
  }
  get keepalive(): boolean {
    return stateOf(this).keepalive;
  }
  get isReloadNavigation(): boolean {
    return stateOf(this) && false;
  }
  get isHistoryNavigation(): boolean {
    return stateOf(this) && false;
  }
  get signal(): InstanceType<typeof AbortSignal> {
    return stateOf(this).signal;
  }
  get body(): object | null {
    return streamOf(stateOf(this).body);
  }
  get bodyUsed(): boolean {
    return isUsed(stateOf(this).body);
  }
  get duplex(): string {
    return stateOf(this).duplex;
  }

  clone(): Request {
    const state = stateOf(this);
    const body = state.body === undefined ? undefined : cloneBody(state.body, 'Request');
    const copy = new Request(state.url.href, { ...state.chosen, method: state.method, headers: state.headers });
    const its = stateOf(copy);
    its.body = body;
    its.signal = AbortSignal.any([state.signal]);
    its.referrer = state.referrer;
    its.integrity = state.integrity;
    its.keepalive = state.keepalive;
    return copy;
  }

  async blob(): Promise<object> {
    return await readers.blob(owner(this));
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return await readers.arrayBuffer(owner(this));
  }
  async text(): Promise<string> {
    return await readers.text(owner(this));
  }
  async json(): Promise<unknown> {
    return await readers.json(owner(this));
  }
  async formData(): Promise<object> {
    return await readers.formData(owner(this));
  }
  async bytes(): Promise<Uint8Array> {
    return await readers.bytes(owner(this));
  }
  textStream(): object {
    return textStreamOf(stateOf(this).body);
  }
}

function owner(request: Request): { body: Body | undefined; contentType: string | null } {
  const { body, headers } = stateOf(request);
  return { body, contentType: headers.get('content-type') };
}

export function isRequest(value: unknown): value is Request {
  return hasState(value);
}

/** Its address as it goes over the wire. */
export function requestAddress(request: Request): string {
  return withoutFragment(stateOf(request).url);
}

expose(Request, 'Request');
showAs(Request, (request) => {
  const { method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache } = request;
  const { redirect, integrity, keepalive, isReloadNavigation, isHistoryNavigation, signal } = request;
  return {
    ...{ method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache, redirect },
    ...{ integrity, keepalive, isReloadNavigation, isHistoryNavigation, signal },
  };
});
