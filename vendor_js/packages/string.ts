/** Text helpers. Words are found at spaces, punctuation and the places where camelCase changes its case. */

const wordPattern = /\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+|[\p{Lo}\p{Lt}\p{Lm}\p{M}]+|\p{N}+/gu;

/** The words of a text: `words('parseHTTPResponse2')` is `['parse', 'HTTP', 'Response', '2']`. */
export function words(text: string): string[] {
  return String(text).match(wordPattern) ?? [];
}

const lower = (text: string): string => text.toLowerCase();

/** First letter upper case, the rest as it is. */
export function capitalize(text: string): string {
  const [first = ''] = String(text);
  return first.toUpperCase() + String(text).slice(first.length);
}

/** First letter lower case, the rest as it is. */
export function uncapitalize(text: string): string {
  const [first = ''] = String(text);
  return first.toLowerCase() + String(text).slice(first.length);
}

export function camelCase(text: string): string {
  return uncapitalize(pascalCase(text));
}

export function pascalCase(text: string): string {
  return words(text)
    .map((word) => capitalize(lower(word)))
    .join('');
}

export function snakeCase(text: string): string {
  return words(text).map(lower).join('_');
}

export function kebabCase(text: string): string {
  return words(text).map(lower).join('-');
}

export function constantCase(text: string): string {
  return snakeCase(text).toUpperCase();
}

/** Every word capitalised. */
export function titleCase(text: string): string {
  return String(text).replace(/\p{L}[\p{L}\p{M}'’]*/gu, (word) => capitalize(lower(word)));
}

/** First word capitalised, the others in lower case. */
export function sentenceCase(text: string): string {
  return capitalize(words(text).map(lower).join(' '));
}

/** What no decomposition turns into base letters. */
const letters: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D' },
  ...{ ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th', ł: 'l', Ł: 'L', ı: 'i', ŋ: 'n' },
};

/** Letters without their accents: `deburr('Crème brûlée')` is `'Creme brulee'`. */
export function deburr(text: string): string {
  return String(text)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{ASCII}]/gu, (char) => letters[char] ?? char);
}

export interface SlugOptions {
  /** Default `-`. */
  readonly separator?: string;
  /** Default `true`. */
  readonly lower?: boolean;
  /** Longest result in characters, cut at a separator where there is one. */
  readonly maxLength?: number;
}

/** A text for file names and addresses: ASCII letters, digits and separators. */
export function slugify(text: string, options: SlugOptions = {}): string {
  const separator = options.separator ?? '-';
  const plain = deburr(text).replace(/['’]/g, '');
  const parts = (options.lower === false ? plain : plain.toLowerCase()).match(/[a-z0-9]+/gi) ?? [];
  let slug = parts.join(separator);
  if (options.maxLength !== undefined && slug.length > options.maxLength) {
    const cut = slug.slice(0, options.maxLength + separator.length);
    const last = separator === '' ? -1 : cut.lastIndexOf(separator);
    slug = last > 0 ? cut.slice(0, last) : slug.slice(0, options.maxLength);
  }
  return slug;
}

/** Cuts to at most `length` characters, `ending` included; with `words: true` at a space. */
export function truncate(
  text: string,
  length: number,
  options: { readonly ending?: string; readonly words?: boolean } = {},
): string {
  const characters = [...String(text)];
  if (characters.length <= length) return characters.join('');
  const ending = [...(options.ending ?? '…')];
  const kept = characters.slice(0, Math.max(0, length - ending.length)).join('');
  const space = options.words ? kept.search(/\s\S*$/) : -1;
  return (space > 0 ? kept.slice(0, space) : kept).trimEnd() + ending.slice(0, length).join('');
}

/** Pads on both sides to `length` characters, the right one first. */
export function pad(text: string, length: number, fill = ' '): string {
  const missing = length - [...String(text)].length;
  if (missing <= 0 || fill === '') return String(text);
  const left = Math.floor(missing / 2);
  return ''.padStart(left, fill) + String(text) + ''.padEnd(missing - left, fill);
}

export const padStart = (text: string, length: number, fill = ' '): string => String(text).padStart(length, fill);
export const padEnd = (text: string, length: number, fill = ' '): string => String(text).padEnd(length, fill);

/** Cuts white space, or the characters given, from both ends. */
export function trim(text: string, characters?: string): string {
  if (characters === undefined) return String(text).trim();
  const drop = new Set(characters);
  const list = [...String(text)];
  while (list.length > 0 && drop.has(list[0] ?? '')) list.shift();
  while (list.length > 0 && drop.has(list.at(-1) ?? '')) list.pop();
  return list.join('');
}

function lookUp(values: unknown, path: string): unknown {
  let value = values;
  for (const key of path.split('.')) {
    if (value === null || value === undefined || !Object.hasOwn(Object(value), key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Replaces `{name}` and `{a.b}` by values; `{{` and `}}` are braces. A name without a value is an error. */
export function template(text: string, values: object): string {
  return String(text).replace(/\{\{|\}\}|\{\s*([^{}\s]+)\s*\}/g, (all, path: string | undefined) => {
    if (path === undefined) return all[0] ?? '';
    const value = lookUp(values, path);
    if (value === undefined) throw new ReferenceError(`template: there is no value for {${path}}`);
    return String(value);
  });
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes text safe inside of HTML elements and quoted attributes. */
export function escapeHtml(text: string): string {
  return String(text).replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

/** The inverse of `escapeHtml`; numeric entities as well. */
export function unescapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
  return String(text).replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w+));/g, (all, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(names, name) ? (names[name] ?? all) : all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

export function escapeRegExp(text: string): string {
  return String(text).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Characters, not UTF-16 halves, in reverse order. */
export const reverse = (text: string): string => [...String(text)].reverse().join('');

/** How often `part` is in the text, not overlapping. */
export function count(text: string, part: string): number {
  return part === '' ? 0 : String(text).split(part).length - 1;
}

export const wordCount = (text: string): number =>
  (String(text).match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? []).length;

export const lines = (text: string): string[] => String(text).split(/\r\n|\n|\r/);

/** Breaks at spaces so that no line is longer than `width`, unless a word is. */
export function wrap(text: string, width = 80, indent = ''): string {
  return lines(text)
    .map((line) => {
      const wrapped: string[] = [];
      let current = '';
      for (const word of line.split(/\s+/).filter(Boolean)) {
        if (current !== '' && indent.length + current.length + 1 + word.length > width) {
          wrapped.push(indent + current);
          current = word;
        } else current = current === '' ? word : `${current} ${word}`;
      }
      return [...wrapped, indent + current].join('\n');
    })
    .join('\n');
}

/** Puts `prefix` before every line that holds something. */
export function indent(text: string, prefix = '  '): string {
  return String(text).replace(/^(?=.*\S)/gm, prefix);
}

/** Takes away the white space that all lines begin with. */
export function dedent(text: string): string {
  const margins = lines(text)
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const margin = Math.min(...margins, Number.MAX_SAFE_INTEGER);
  return lines(text)
    .map((line) => line.slice(line.trim() === '' ? line.length : margin))
    .join('\n');
}

/** How many letters must be put in, taken out or changed to make one text of the other. */
export function levenshtein(a: string, b: string): number {
  const left = [...String(a)];
  const right = [...String(b)];
  let previous = right.map((_, i) => i + 1);
  for (const [i, from] of left.entries()) {
    let corner = i;
    let before = i + 1;
    previous = right.map((to, j) => {
      const above = previous[j] ?? 0;
      before = Math.min(above + 1, before + 1, corner + (from === to ? 0 : 1));
      corner = above;
      return before;
    });
  }
  return previous.at(-1) ?? left.length;
}

/** 1 for equal texts, 0 for texts with nothing in common. */
export function similarity(a: string, b: string): number {
  const longest = Math.max([...String(a)].length, [...String(b)].length);
  return longest === 0 ? 1 : 1 - levenshtein(a, b) / longest;
}

/** The candidate nearest to a text: for "did you mean". */
export function closest(text: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = levenshtein(text, candidate);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

export const isBlank = (text: string | null | undefined): boolean =>
  text === null || text === undefined || String(text).trim() === '';

/** Plural of a word for a count: `plural(2, 'entry', 'entries')` is `'2 entries'`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
