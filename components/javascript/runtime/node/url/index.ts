import { invalidArgument, requireString, typeError } from '../../errors.ts';
import { lazyProperty } from '../../lazy.ts';
import { Buffer } from '../../parts/buffer.ts';
import { resolveFrom } from '../../path.ts';
import { state } from '../../state.ts';
import { fromFileUrl, toFileUrl } from '../../web/file-url.ts';
import { format, parse, resolve, resolveObject, Url } from './legacy.ts';

/** `node:url`: URL and URLSearchParams are the web's own. */

interface WebUrl {
  href: string;
  protocol: string;
  hostname: string;
  host: string;
  username: string;
  password: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
  origin: string;
}
type UrlClass = new (url: string, base?: string) => WebUrl;
const URLClass = (): UrlClass => (globalThis as unknown as { URL: UrlClass }).URL;

function isUrl(value: unknown): value is WebUrl {
  return typeof value === 'object' && value !== null && typeof (value as WebUrl).href === 'string' && 'origin' in value;
}

function fileURLToPath(given: unknown): string {
  if (typeof given !== 'string' && !isUrl(given))
    throw invalidArgument('path', 'of type string or an instance of URL', given);
  return fromFileUrl(typeof given === 'string' ? new (URLClass())(given).href : given.href);
}

function pathToFileURL(path: unknown): WebUrl {
  requireString(path, 'path');
  const absolute = resolveFrom(state.workingDirectory, path);
  const href = toFileUrl(path.endsWith('/') && absolute !== '/' ? `${absolute}/` : absolute);
  return new (URLClass())(href);
}

interface FormatOptions {
  auth?: boolean;
  fragment?: boolean;
  search?: boolean;
  unicode?: boolean;
}

function formatAny(value: unknown, options: FormatOptions = {}): string {
  if (!isUrl(value)) return format(value);
  const url = new (URLClass())(value.href);
  if (options.auth === false) {
    url.username = '';
    url.password = '';
  }
  if (options.fragment === false) url.hash = '';
  if (options.search === false) url.search = '';
  return url.href;
}

function domain(name: unknown): string {
  try {
    return new (URLClass())(`ws://${name as string}`).hostname;
  } catch {
    return '';
  }
}

/** The fields that `http.request` takes, of a URL. */
function urlToHttpOptions(value: unknown): Record<string, unknown> {
  if (!isUrl(value)) throw typeError('ERR_INVALID_ARG_TYPE', 'The "url" argument must be an instance of URL.');
  const { hostname } = value;
  const options: Record<string, unknown> = {
    __proto__: null,
    ...value,
    protocol: value.protocol,
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    hash: value.hash,
    search: value.search,
    pathname: value.pathname,
    path: `${value.pathname}${value.search}`,
    href: value.href,
  };
  if (value.port !== '') options['port'] = Number(value.port);
  if (value.username !== '' || value.password !== '')
    options['auth'] = `${decodeURIComponent(value.username)}:${decodeURIComponent(value.password)}`;
  return options;
}

export const url: Record<string, unknown> = {
  Url,
  parse,
  resolve,
  resolveObject,
  format: formatAny,
  domainToASCII: domain,
  domainToUnicode: domain,
  fileURLToPath,
  fileURLToPathBuffer: (given: unknown) => Buffer.from(fileURLToPath(given)),
  pathToFileURL,
  urlToHttpOptions,
};
lazyProperty(url, 'URL', URLClass);
lazyProperty(url, 'URLSearchParams', () => (globalThis as unknown as Record<string, unknown>)['URLSearchParams']);
