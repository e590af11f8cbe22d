import { invalidArgument, typeError } from '../../errors.ts';
import { querystring } from '../querystring.ts';

/** `url.parse` and its kin: URLs as Node took them apart before the web's URL came. */

const slashed = ['http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:'];
const hostless = ['javascript:'];

export class Url {
  protocol: string | null = null;
  slashes: boolean | null = null;
  auth: string | null = null;
  host: string | null = null;
  port: string | null = null;
  hostname: string | null = null;
  hash: string | null = null;
  search: string | null = null;
  query: string | Record<string, unknown> | null = null;
  pathname: string | null = null;
  path: string | null = null;
  href: string | null = null;

  parse(text: string, parseQuery = false, slashesDenoteHost = false): this {
    const copied = parse(text, parseQuery, slashesDenoteHost);
    return Object.assign(this, copied);
  }

  format(): string {
    return format(this);
  }

  resolve(relative: string): string {
    return resolve(format(this), relative);
  }

  resolveObject(relative: string): Url {
    return resolveObject(this, relative);
  }
}

/** What may not stand in a URL as it is. */
const unsafe = /[\s<>"`{}|\\^']/g;

function escaped(text: string): string {
  return text.replace(unsafe, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

export function parse(given: unknown, parseQuery = false, slashesDenoteHost = false): Url {
  if (given instanceof Url) return given;
  if (typeof given !== 'string') throw invalidArgument('url', 'of type string', given);
  const url = new Url();
  const mark = given.search(/[?#]/);
  // Backslashes are slashes before the query.
  let rest = (mark < 0 ? given : given.slice(0, mark)).replaceAll('\\', '/') + (mark < 0 ? '' : given.slice(mark));
  rest = rest.trim();
  const protocol = /^[a-z0-9.+-]+:/i.exec(rest)?.[0];
  const lower = protocol?.toLowerCase();
  if (protocol !== undefined && lower !== undefined) {
    url.protocol = lower;
    rest = rest.slice(protocol.length);
  }
  const isHostless = lower !== undefined && hostless.includes(lower);
  if (
    (slashesDenoteHost || protocol !== undefined || /^\/\/[^@/]+@[^@/]+/.test(rest)) &&
    rest.startsWith('//') &&
    !isHostless
  ) {
    rest = rest.slice(2);
    url.slashes = true;
  }
  if (!isHostless && (url.slashes || (lower !== undefined && !slashed.includes(lower) && url.slashes))) {
    const at = rest.search(/[/?#]/);
    let host = at < 0 ? rest : rest.slice(0, at);
    rest = at < 0 ? '' : rest.slice(at);
    const auth = host.lastIndexOf('@');
    if (auth >= 0) {
      url.auth = decodeURIComponent(host.slice(0, auth));
      host = host.slice(auth + 1);
    }
    const port = /:([0-9]*)$/.exec(host);
    if (port !== null) {
      if (port[1] !== '') url.port = port[1] ?? null;
      host = host.slice(0, host.length - port[0].length);
    }
    const hostname = host.toLowerCase();
    if (/[\s<>^|%]/.test(hostname)) throw Object.assign(typeError('ERR_INVALID_URL', 'Invalid URL'), { input: given });
    url.hostname = hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
    url.host = url.port === null ? hostname : `${hostname}:${url.port}`;
  }
  if (!isHostless) rest = escaped(rest);
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    url.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const query = rest.indexOf('?');
  if (query >= 0) {
    url.search = rest.slice(query);
    url.query = rest.slice(query + 1);
    if (parseQuery) url.query = querystring.parse(url.query);
    rest = rest.slice(0, query);
  } else if (parseQuery) {
    url.search = null;
    url.query = Object.create(null) as Record<string, unknown>;
  }
  if (rest !== '') url.pathname = rest;
  if (lower !== undefined && slashed.includes(lower) && url.hostname && url.pathname === null) url.pathname = '/';
  if (url.pathname !== null || url.search !== null) url.path = `${url.pathname ?? ''}${url.search ?? ''}`;
  url.href = format(url);
  return url;
}

interface Parts {
  protocol?: string | null;
  slashes?: boolean | null;
  auth?: string | null;
  host?: string | null;
  hostname?: string | null;
  port?: string | number | null;
  pathname?: string | null;
  search?: string | null;
  query?: unknown;
  hash?: string | null;
}

export function format(given: unknown): string {
  if (typeof given === 'string') return parse(given).href ?? '';
  if (typeof given !== 'object' || given === null)
    throw invalidArgument('urlObject', 'one of type object or string', given);
  const url = given as Parts;
  let protocol = url.protocol ?? '';
  if (protocol !== '' && !protocol.endsWith(':')) protocol += ':';
  const auth = url.auth ? `${encodeURIComponent(url.auth).replace(/%3A/i, ':')}@` : '';
  let host = '';
  let hasHost = false;
  if (url.host) {
    host = auth + url.host;
    hasHost = true;
  } else if (url.hostname) {
    const { hostname } = url;
    host = auth + (hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname);
    if (url.port) host += `:${url.port}`;
    hasHost = true;
  }
  let search = url.search ?? '';
  if (search === '' && typeof url.query === 'object' && url.query !== null) {
    const text = querystring.stringify(url.query);
    if (text !== '') search = `?${text}`;
  }
  let pathname = (url.pathname ?? '').replace(/[?#]/g, encodeURIComponent);
  if (url.slashes || slashed.includes(protocol)) {
    if (url.slashes || hasHost) {
      if (pathname !== '' && !pathname.startsWith('/')) pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol === 'file:') host = '//';
  }
  let hash = url.hash ?? '';
  if (hash !== '' && !hash.startsWith('#')) hash = `#${hash}`;
  if (search !== '' && !search.startsWith('?')) search = `?${search}`;
  return `${protocol}${host}${pathname}${search.replaceAll('#', '%23')}${hash}`;
}

export function resolve(from: string, to: string): string {
  return resolveObject(parse(from, false, true), to).href ?? '';
}

export function resolveObject(from: unknown, to: unknown): Url {
  const base = typeof from === 'string' ? parse(from, false, true) : (from as Url);
  const relative = typeof to === 'string' ? parse(to, false, true) : (to as Url);
  const result = Object.assign(new Url(), base);
  result.hash = relative.hash;
  if (relative.href === '') {
    result.href = format(result);
    return result;
  }
  if (relative.protocol !== null && relative.protocol !== base.protocol) return Object.assign(new Url(), relative);
  if (relative.host !== null || relative.slashes) {
    for (const name of ['auth', 'host', 'hostname', 'port', 'slashes'] as const) result[name] = relative[name] as never;
    result.pathname = merged('', relative.pathname ?? '', result);
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.pathname === null) {
    if (relative.search !== null) {
      result.search = relative.search;
      result.query = relative.query;
    }
  } else {
    result.pathname = merged(base.pathname ?? '', relative.pathname, result);
    result.search = relative.search;
    result.query = relative.query;
  }
  result.path =
    result.pathname !== null || result.search !== null ? `${result.pathname ?? ''}${result.search ?? ''}` : null;
  result.href = format(result);
  return result;
}

function merged(base: string, relative: string, result: Url): string {
  const joined = relative.startsWith('/') ? relative : base.slice(0, base.lastIndexOf('/') + 1) + relative;
  const absolute = joined.startsWith('/') || result.host !== null;
  const kept: string[] = [];
  const parts = joined.split('/');
  const last = parts[parts.length - 1];
  for (const part of parts) {
    if (part === '.' || part === '') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
    else if (!absolute) kept.push(part);
  }
  const trailing = (last === '' || last === '.' || last === '..') && kept.length > 0 ? '/' : '';
  return `${absolute ? '/' : ''}${kept.join('/')}${trailing}`;
}
