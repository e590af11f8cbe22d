/** Query strings as objects: `a=1&b=2&b=3` is `{ a: '1', b: ['2', '3'] }`. */

export interface QueryOptions {
  /** Turns `12`, `true`, `false` and `null` into values. Default `false`: every value is a string. */
  readonly types?: boolean;
  /** `sort: true` puts the names in order. Default `false`. */
  readonly sort?: boolean;
}

const decode = (text: string): string => {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
};
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function typed(text: string): unknown {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Names that appear twice, or end in `[]`, have lists. A text with `?` before or `#` behind is taken as well. */
export function parse(text: string, options: QueryOptions = {}): Record<string, unknown> {
  const query = String(text)
    .replace(/^[^?]*\?/, '')
    .replace(/#.*$/s, '');
  const values = new Map<string, unknown>();
  for (const pair of query.split('&').filter(Boolean)) {
    const at = pair.indexOf('=');
    const raw = decode(at < 0 ? pair : pair.slice(0, at));
    const name = raw.replace(/\[\]$/, '');
    const given = at < 0 ? '' : decode(pair.slice(at + 1));
    const value = options.types ? typed(given) : given;
    const before = values.get(name);
    if (!values.has(name)) values.set(name, raw === name ? value : [value]);
    else values.set(name, Array.isArray(before) ? [...before, value] : [before, value]);
  }
  return Object.fromEntries(values);
}

/** Lists become repeated names; `undefined` is left out, `null` is a name without a value. */
export function stringify(values: Readonly<Record<string, unknown>>, options: QueryOptions = {}): string {
  const names = Object.keys(values);
  if (options.sort) names.sort();
  return names
    .flatMap((name) => [values[name]].flat().map((value) => [name, value] as const))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (value === null) return encode(name);
      return `${encode(name)}=${encode(value instanceof Date ? value.toISOString() : typeof value === 'object' ? JSON.stringify(value) : String(value))}`;
    })
    .join('&');
}

/** An address with its query changed: values are set, `undefined` takes a name away. */
export function withQuery(url: string, changes: Readonly<Record<string, unknown>>): string {
  const [, base = '', query = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(String(url)) ?? [];
  const text = stringify({ ...parse(query), ...changes });
  return base + (text === '' ? '' : `?${text}`) + hash;
}
