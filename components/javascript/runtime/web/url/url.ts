import { typeError } from '../../errors.ts';
import { define } from '../../primordials.ts';
import { expose, needArguments, showAs, usvString } from '../shape.ts';
import {
  basicURLParse,
  cannotHaveAUsernamePasswordPort,
  hasAnOpaquePath,
  parseUrl,
  serializeHost,
  serializePath,
  serializeURL,
  serializeURLOrigin,
  setThePassword,
  setTheUsername,
  type UrlRecord,
} from './record.ts';
import { paramsOfUrl, setParams, type URLSearchParams } from './search-params.ts';

/** URL Standard §6.1: URL. */

let recordOf: (url: URL) => UrlRecord;
let hasRecord: (value: object) => boolean;

/** Lets `URL.parse` make a URL of what it has parsed. */
class Parsed {
  readonly record: UrlRecord;

  constructor(record: UrlRecord) {
    this.record = record;
  }
}

function invalidUrl(input: string, base: string | undefined): Error {
  const error = typeError('ERR_INVALID_URL', 'Invalid URL');
  define(error, 'input', input);
  if (base !== undefined) define(error, 'base', base);
  return error;
}

export class URL {
  #url: UrlRecord;
  #params: URLSearchParams | undefined;

  static {
    recordOf = (url) => url.#url;
    hasRecord = (value) => #url in value;
  }

  constructor(input: unknown, base: unknown = undefined) {
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    needArguments(arguments, 'url');
    if (input instanceof Parsed) {
      this.#url = input.record;
      return;
    }
    const text = usvString(input);
    const against = base === undefined ? undefined : usvString(base);
    const parsed = parseUrl(text, against);
    if (parsed === null) throw invalidUrl(text, against);
    this.#url = parsed;
  }

  toString(): string {
    return serializeURL(this.#url);
  }

  static parse(input: unknown, base: unknown = undefined): URL | null {
    // biome-ignore lint/complexity/noArguments: as above
    needArguments(arguments, 'url');
    const parsed = parseUrl(usvString(input), base === undefined ? undefined : usvString(base));
    return parsed === null ? null : new URL(new Parsed(parsed));
  }

  static canParse(input: unknown, base: unknown = undefined): boolean {
    // biome-ignore lint/complexity/noArguments: as above
    needArguments(arguments, 'url');
    return parseUrl(usvString(input), base === undefined ? undefined : usvString(base)) !== null;
  }

  get href(): string {
    return serializeURL(this.#url);
  }
  set href(value: unknown) {
    const text = usvString(value);
    const parsed = basicURLParse(text);
    if (parsed === null) throw invalidUrl(text, undefined);
    this.#url = parsed;
    this.#followQuery();
  }

  get origin(): string {
    return serializeURLOrigin(this.#url);
  }

  get protocol(): string {
    return `${this.#url.scheme}:`;
  }
  set protocol(value: unknown) {
    this.#change(`${usvString(value)}:`, 'scheme start');
  }

  get username(): string {
    return this.#url.username;
  }
  set username(value: unknown) {
    const text = usvString(value);
    if (!cannotHaveAUsernamePasswordPort(this.#url)) setTheUsername(this.#url, text);
  }

  get password(): string {
    return this.#url.password;
  }
  set password(value: unknown) {
    const text = usvString(value);
    if (!cannotHaveAUsernamePasswordPort(this.#url)) setThePassword(this.#url, text);
  }

  get host(): string {
    const { host, port } = this.#url;
    if (host === null) return '';
    return port === null ? serializeHost(host) : `${serializeHost(host)}:${port}`;
  }
  set host(value: unknown) {
    const text = usvString(value);
    if (!hasAnOpaquePath(this.#url)) this.#change(text, 'host');
  }

  get hostname(): string {
    const { host } = this.#url;
    return host === null ? '' : serializeHost(host);
  }
  set hostname(value: unknown) {
    const text = usvString(value);
    if (!hasAnOpaquePath(this.#url)) this.#change(text, 'hostname');
  }

  get port(): string {
    const { port } = this.#url;
    return port === null ? '' : `${port}`;
  }
  set port(value: unknown) {
    const text = usvString(value);
    if (cannotHaveAUsernamePasswordPort(this.#url)) return;
    if (text === '') this.#url.port = null;
    else this.#change(text, 'port');
  }

  get pathname(): string {
    return serializePath(this.#url);
  }
  set pathname(value: unknown) {
    const text = usvString(value);
    if (hasAnOpaquePath(this.#url)) return;
    this.#url.path = [];
    this.#change(text, 'path start');
  }

  get search(): string {
    const { query } = this.#url;
    return query === null || query === '' ? '' : `?${query}`;
  }
  set search(value: unknown) {
    const text = usvString(value);
    if (text === '') {
      this.#url.query = null;
    } else {
      this.#url.query = '';
      this.#change(text[0] === '?' ? text.slice(1) : text, 'query');
    }
    this.#followQuery();
  }

  get searchParams(): URLSearchParams {
    const url = this.#url;
    this.#params ??= paramsOfUrl(url.query, (query) => {
      this.#url.query = query;
    });
    return this.#params;
  }

  get hash(): string {
    const { fragment } = this.#url;
    return fragment === null || fragment === '' ? '' : `#${fragment}`;
  }
  set hash(value: unknown) {
    const text = usvString(value);
    if (text === '') {
      this.#url.fragment = null;
      return;
    }
    this.#url.fragment = '';
    this.#change(text[0] === '#' ? text.slice(1) : text, 'fragment');
  }

  toJSON(): string {
    return serializeURL(this.#url);
  }

  static createObjectURL(): never {
    throw typeError('ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'There are no object URLs here: keep the Blob itself.');
  }

  static revokeObjectURL(): void {}

  #change(text: string, stateOverride: string): void {
    basicURLParse(text, { url: this.#url, stateOverride });
  }

  #followQuery(): void {
    if (this.#params !== undefined) setParams(this.#params, this.#url.query);
  }
}

expose(URL, 'URL');
showAs(URL, (url) => {
  const { href, origin, protocol, username, password, host, hostname, port, pathname, search, searchParams, hash } =
    url;
  return { href, origin, protocol, username, password, host, hostname, port, pathname, search, searchParams, hash };
});

export function isURL(value: unknown): value is URL {
  return typeof value === 'object' && value !== null && hasRecord(value);
}

/** Its address without the fragment. */
export function withoutFragment(url: URL): string {
  return serializeURL(recordOf(url), true);
}
