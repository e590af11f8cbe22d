import { dictionary } from '../../parts/events.ts';
import { URL } from '../../parts/url.ts';
import { illegalInvocation } from '../brand.ts';
import { expose, showAs, usvString } from '../shape.ts';
import { type Body, cloneBody, extractBody, isUsed, readers, streamOf, textStreamOf } from './body.ts';
import { byteString, defaultHeader, Headers, setGuard } from './headers.ts';

/** Fetch Standard §5.5: Response. */

interface ResponseInit {
  readonly status?: unknown;
  readonly statusText?: unknown;
  readonly headers?: unknown;
}

interface ResponseState {
  status: number;
  statusText: string;
  headers: Headers;
  body: Body | undefined;
  type: 'default' | 'error' | 'basic';
  url: string;
  redirected: boolean;
}

let stateOf: (response: Response) => ResponseState;
let adopt: (response: Response, state: Partial<ResponseState>) => Response;

const nullBodyStatus = [101, 103, 204, 205, 304];
const redirectStatus = [301, 302, 303, 307, 308];

function fill(state: ResponseState, init: unknown, body: unknown, type?: string): void {
  const { status = 200, statusText = '', headers } = dictionary<ResponseInit>(init, 'init');
  const code = Math.trunc(Number(status)) & 0xffff;
  if (!(code >= 200 && code <= 599))
    throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
  const text = byteString(statusText);
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) throw new TypeError('Invalid statusText');
  state.status = code;
  state.statusText = text;
  state.headers = new Headers(headers);
  if (body === null || body === undefined) return;
  if (nullBodyStatus.includes(code)) throw new TypeError(`Response constructor: Invalid response status code ${code}`);
  const extracted = extractBody(body);
  state.body = extracted.body;
  const contentType = type ?? extracted.type;
  if (contentType !== undefined) defaultHeader(state.headers, 'content-type', contentType);
}

export class Response {
  readonly #state: ResponseState = {
    status: 200,
    statusText: '',
    headers: new Headers(),
    body: undefined,
    type: 'default',
    url: '',
    redirected: false,
  };

  static {
    stateOf = (response) => {
      if (typeof response !== 'object' || response === null || !(#state in response)) throw illegalInvocation();
      return response.#state;
    };
    adopt = (response, state) => {
      Object.assign(response.#state, state);
      return response;
    };
  }

  constructor(body: unknown = null, init: unknown = undefined) {
    fill(this.#state, init, body);
  }

  static error(): Response {
    const response = new Response();
    setGuard(response.headers, 'immutable');
    return adopt(response, { type: 'error', status: 0 });
  }

  static json(data: unknown, init: unknown = undefined): Response {
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    if (arguments.length === 0) throw new TypeError('Response.json: 1 argument required, but 0 found.');
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const response = new Response();
    fill(stateOf(response), init, text, 'application/json');
    return response;
  }

  static redirect(url: unknown, status: unknown = 302): Response {
    // biome-ignore lint/complexity/noArguments: as above
    if (arguments.length === 0) throw new TypeError('Response.redirect: 1 argument required, but 0 found.');
    const text = usvString(url);
    const parsed = URL.parse(text);
    if (parsed === null) throw new TypeError(`Failed to parse URL from ${text}`);
    const code = Math.trunc(Number(status)) & 0xffff;
    if (!redirectStatus.includes(code)) throw new RangeError(`Invalid status code ${code}`);
    const response = adopt(new Response(), { status: code });
    response.headers.append('location', parsed.href);
    setGuard(response.headers, 'immutable');
    return response;
  }

  get type(): string {
    return stateOf(this).type;
  }
  get url(): string {
    return stateOf(this).url;
  }
  get redirected(): boolean {
    return stateOf(this).redirected;
  }
  get status(): number {
    return stateOf(this).status;
  }
  get ok(): boolean {
    const { status } = stateOf(this);
    return status >= 200 && status <= 299;
  }
  get statusText(): string {
    return stateOf(this).statusText;
  }
  get headers(): Headers {
    return stateOf(this).headers;
  }
  get body(): object | null {
    return streamOf(stateOf(this).body);
  }
  get bodyUsed(): boolean {
    return isUsed(stateOf(this).body);
  }

  clone(): Response {
    const state = stateOf(this);
    const body = state.body === undefined ? undefined : cloneBody(state.body, 'Response');
    return adopt(new Response(), { ...state, headers: new Headers(state.headers), body });
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

function owner(response: Response): { body: Body | undefined; contentType: string | null } {
  const { body, headers } = stateOf(response);
  return { body, contentType: headers.get('content-type') };
}

expose(Response, 'Response');
showAs(Response, (response) => {
  const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = response;
  return { status, statusText, headers, body, bodyUsed, ok, redirected, type, url };
});

/** The answer to a fetch. */
export function fetched(url: string, headers: Headers, bytes: Uint8Array<ArrayBuffer>): Response {
  setGuard(headers, 'immutable');
  const body: Body = { bytes, stream: undefined, used: false };
  return adopt(new Response(), { url, headers, type: 'basic', body, statusText: 'OK' });
}
