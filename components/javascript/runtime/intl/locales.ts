import { native } from '../native.ts';

/**
 * ECMA-402 §6 and §9: language tags. The one locale with data is American English; a request for another one gets it,
 * as ECMA-402 says of locales that an implementation does not have.
 */

export const defaultLocale = 'en-US';

/** Deprecated language codes and what stands for them now (CLDR's aliases of languages still seen). */
const languageAliases: Readonly<Record<string, string>> = {
  __proto__: null as never,
  cmn: 'zh',
  in: 'id',
  iw: 'he',
  ji: 'yi',
  jw: 'jv',
  mo: 'ro',
  no: 'nb',
  sh: 'sr-Latn',
  tl: 'fil',
};

const tagPattern =
  /^([a-z]{2,3}|[a-z]{5,8})(-[a-z]{4})?(-(?:[a-z]{2}|\d{3}))?((?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)((?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*)(-x(?:-[a-z0-9]{1,8})+)?$/;

/** UTS #35, "canonicalization of locale identifiers", without the rarer aliases. Undefined when it is no tag. */
export function canonicalTag(tag: string): string | undefined {
  const parts = tagPattern.exec(tag.toLowerCase());
  if (parts === null) return undefined;
  const [, language = '', script = '', region = '', variants = '', extensions = '', privateUse = ''] = parts;
  const variantList = variants.split('-').slice(1);
  const extensionList = extensions.match(/-[a-wyz0-9](?:-[a-z0-9]{2,8})+/g) ?? [];
  const singletons = extensionList.map((extension) => extension[1]);
  if (new Set(variantList).size !== variantList.length || new Set(singletons).size !== singletons.length)
    return undefined;
  const alias = languageAliases[language] ?? language;
  const title = script === '' || alias.includes('-') ? '' : `-${script[1]?.toUpperCase()}${script.slice(2)}`;
  return [
    language === 'no' ? 'no' : alias,
    title,
    region.toUpperCase(),
    variantList
      .sort()
      .map((variant) => `-${variant}`)
      .join(''),
    extensionList.sort().map(canonicalExtension).join(''),
    privateUse,
  ].join('');
}

/** `-u-` has its keys in order, and no `true`. */
function canonicalExtension(extension: string): string {
  if (extension[1] !== 'u') return extension;
  const [attributes = '', ...keywords] = extension.slice(2).split(/-(?=[a-z0-9]{2}(?:-|$))/);
  const sorted = keywords.map((keyword) => keyword.replace(/-true$/, '')).sort();
  return `-u${[attributes, ...sorted.map((keyword) => `-${keyword}`)].join('')}`;
}

/** Tells `Intl.Locale` objects from others; set by the file that has the class. */
let tagOfLocale: (value: object) => string | undefined = () => undefined;

export function setLocaleTags(read: (value: object) => string | undefined): void {
  tagOfLocale = read;
}

function tagOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    const tag = tagOfLocale(value);
    if (tag !== undefined) return tag;
  } else if (typeof value !== 'string') {
    throw new TypeError('Language ID should be string or object.');
  }
  const text = `${value as string}`;
  const tag = canonicalTag(text);
  if (tag === undefined) throw new RangeError(`Incorrect locale information provided`);
  return tag;
}

/** ECMA-402 §9.2.1, CanonicalizeLocaleList. */
export function localeList(locales: unknown): string[] {
  if (locales === undefined) return [];
  if (typeof locales === 'string' || (typeof locales === 'object' && locales !== null && tagOfLocale(locales)))
    return [tagOf(locales)];
  if (locales === null) throw new TypeError('Cannot convert undefined or null to object');
  const list = Object(locales) as ArrayLike<unknown>;
  const length = Math.min(Math.max(Math.trunc(Number(list.length)) || 0, 0), 2 ** 32);
  const seen: string[] = [];
  for (let i = 0; i < length; i++) {
    if (!(i in list)) {
      // A list that claims to be long and holds nothing would take for ever.
      if (native.proxyTarget(list) === undefined && Object.keys(list).length < i) break;
      continue;
    }
    const tag = tagOf(list[i]);
    if (!seen.includes(tag)) seen.push(tag);
  }
  return seen;
}

/** The tag without its `-u-` extension. */
export function withoutExtension(tag: string): string {
  return tag.replace(/-u(?:-[a-z0-9]{2,8})+/, '');
}

/** The values of a tag's `-u-` extension, by key. */
export function extensionKeys(tag: string): ReadonlyMap<string, string> {
  const found = /-u((?:-[a-z0-9]{2,8})+)/.exec(tag);
  const keys = new Map<string, string>();
  if (found === null) return keys;
  for (const keyword of (found[1] ?? '').split(/-(?=[a-z0-9]{2}(?:-|$))/).slice(1)) {
    const [key = '', ...value] = keyword.split('-');
    if (!keys.has(key)) keys.set(key, value.join('-'));
  }
  return keys;
}

/** The locale of ours that a request falls to, shortening it from the right; undefined when there is none. */
function available(tag: string): string | undefined {
  const plain = withoutExtension(tag);
  if (plain === 'en-US' || plain === 'en') return plain;
  return plain.startsWith('en-') ? 'en' : undefined;
}

/** ECMA-402 §9.2.8, "supported locales of": those that are English. */
export function supportedOf(requested: readonly string[]): string[] {
  return requested.filter((tag) => available(tag) !== undefined);
}

export interface Resolved {
  readonly locale: string;
  readonly keys: ReadonlyMap<string, string>;
}

/** ECMA-402 §9.2.7, ResolveLocale, for extension keys whose values `allowed` lists. */
export function resolveLocale(
  requested: readonly string[],
  allowed: Readonly<Record<string, readonly string[]>>,
  options: Readonly<Record<string, string | undefined>>,
): Resolved {
  const request = requested.find((tag) => available(tag) !== undefined);
  const asked = request === undefined ? new Map<string, string>() : extensionKeys(request);
  const keys = new Map<string, string>();
  let extension = '';
  for (const key of Object.keys(allowed).sort()) {
    const values = allowed[key] ?? [];
    let value = values[0] ?? '';
    const fromTag = asked.get(key) === '' ? 'true' : asked.get(key);
    if (fromTag !== undefined && values.includes(fromTag)) {
      value = fromTag;
      extension += fromTag === 'true' ? `-${key}` : `-${key}-${fromTag}`;
    }
    const option = options[key];
    if (option !== undefined && values.includes(option) && option !== value) {
      value = option;
      extension = extension.replace(new RegExp(`-${key}(?:-[a-z0-9]{3,8})*`), '');
    }
    keys.set(key, value);
  }
  const locale = request === undefined ? defaultLocale : (available(request) ?? defaultLocale);
  return { locale: extension === '' ? locale : `${locale}-u${extension}`, keys };
}
