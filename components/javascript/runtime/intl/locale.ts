import { expose } from './expose.ts';
import { canonicalTag, extensionKeys, setLocaleTags, withoutExtension } from './locales.ts';
import { coerceOptions, textOption } from './options.ts';

/** ECMA-402 §14: Intl.Locale, without the tables of likely scripts and regions. */

const tags = new WeakMap<object, string>();
setLocaleTags((value) => tags.get(value));

function tagOf(self: unknown): string {
  const tag = typeof self === 'object' && self !== null ? tags.get(self) : undefined;
  if (tag === undefined) throw new TypeError('Method Intl.Locale.prototype called on incompatible receiver');
  return tag;
}

const keyNames = {
  calendar: 'ca',
  collation: 'co',
  hourCycle: 'hc',
  caseFirst: 'kf',
  numeric: 'kn',
  numberingSystem: 'nu',
} as const;

/** Replaces or adds a subtag of the language part. */
function withSubtags(tag: string, language?: string, script?: string, region?: string): string {
  const [, oldLanguage = '', oldScript = '', oldRegion = '', rest = ''] =
    /^([a-z]+)(-[A-Za-z]{4}(?=-|$))?(-(?:[A-Z]{2}|\d{3})(?=-|$))?(.*)$/.exec(tag) ?? [];
  const part = (given: string | undefined, old: string): string => (given === undefined ? old : `-${given}`);
  return `${language ?? oldLanguage}${part(script, oldScript)}${part(region, oldRegion)}${rest}`;
}

export class Locale {
  constructor(tag: unknown, options: unknown = undefined) {
    if (typeof tag !== 'string' && (typeof tag !== 'object' || tag === null))
      throw new TypeError("First argument to Intl.Locale constructor can't be empty or missing");
    const given = coerceOptions(options);
    const first = canonicalTag(typeof tag === 'object' ? (tags.get(tag) ?? `${tag as unknown as string}`) : tag);
    if (first === undefined) throw new RangeError('Incorrect locale information provided');
    const subtag = (name: string, pattern: RegExp): string | undefined => {
      const value = textOption(given, name, [], 'Locale');
      if (value !== undefined && !pattern.test(value)) throw new RangeError('Incorrect locale information provided');
      return value;
    };
    let text = withSubtags(
      first,
      subtag('language', /^(?:[a-z]{2,3}|[a-z]{5,8})$/i),
      subtag('script', /^[a-z]{4}$/i),
      subtag('region', /^(?:[a-z]{2}|\d{3})$/i),
    );
    const keys = new Map(extensionKeys(text));
    for (const [name, key] of Object.entries(keyNames)) {
      if (given[name] === undefined) continue;
      const value = name === 'numeric' ? (given[name] ? '' : 'false') : `${given[name] as string}`.toLowerCase();
      if (!/^(?:[a-z0-9]{3,8}(?:-[a-z0-9]{3,8})*)?$/.test(value))
        throw new RangeError('Incorrect locale information provided');
      keys.set(key, value);
    }
    if (keys.size > 0) {
      const extension = [...keys].map(([key, value]) => `-${key}${value === '' ? '' : `-${value}`}`).join('');
      text = withoutExtension(text).replace(/(?=-x-|$)/, `-u${extension}`);
    }
    const canonical = canonicalTag(text);
    if (canonical === undefined) throw new RangeError('Incorrect locale information provided');
    tags.set(this, canonical);
  }
}

function subtags(self: unknown): { language: string; script: string | undefined; region: string | undefined } {
  const [, language = '', script, region] =
    /^([a-z]+)(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|\d{3}))?(?=-|$)/.exec(tagOf(self)) ?? [];
  return { language, script, region };
}

const members = {
  toString(): string {
    return tagOf(this);
  },
  get baseName(): string {
    return tagOf(this).replace(/-[a-wyz0-9](?:-[a-z0-9]{2,8})+|-x-.*$/g, '');
  },
  get language(): string {
    return subtags(this).language;
  },
  get script(): string | undefined {
    return subtags(this).script;
  },
  get region(): string | undefined {
    return subtags(this).region;
  },
  get numeric(): boolean {
    const value = extensionKeys(tagOf(this)).get('kn');
    return value === '' || value === 'true';
  },
};

for (const name of ['calendar', 'collation', 'hourCycle', 'caseFirst', 'numberingSystem'] as const) {
  Reflect.defineProperty(members, name, {
    get(this: unknown): string | undefined {
      return extensionKeys(tagOf(this)).get(keyNames[name]);
    },
    configurable: true,
    enumerable: true,
  });
}

expose(Locale, 'Locale', members, {}, 1);
