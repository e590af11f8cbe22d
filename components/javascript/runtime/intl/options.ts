/** ECMA-402 §9.2: reading options. */

export type Options = Readonly<Record<string, unknown>>;

/** CoerceOptionsToObject. */
export function coerceOptions(options: unknown): Options {
  if (options === undefined) return Object.create(null) as Options;
  if (options === null) throw new TypeError('Cannot convert undefined or null to object');
  return Object(options) as Options;
}

/** GetOptionsObject: nothing, or an object. */
export function optionsObject(options: unknown): Options {
  if (options === undefined) return Object.create(null) as Options;
  if (typeof options !== 'object' && typeof options !== 'function') throw new TypeError('Incorrect options argument');
  if (options === null) throw new TypeError('Incorrect options argument');
  return options as Options;
}

/** GetOption for text of a few words; `words` empty for any. */
export function textOption<W extends string>(
  options: Options,
  name: string,
  words: readonly W[],
  service: string,
): W | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  const text = `${value as string}` as W;
  if (words.length > 0 && !words.includes(text))
    throw new RangeError(`Value ${text} out of range for Intl.${service} options property ${name}`);
  return text;
}

export function flagOption(options: Options, name: string): boolean | undefined {
  const value = options[name];
  return value === undefined ? undefined : Boolean(value);
}

/** GetNumberOption. */
export function numberOption(options: Options, name: string, least: number, most: number): number | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!(number >= least && number <= most)) throw new RangeError(`${name} value is out of range.`);
  return Math.floor(number);
}

/** The option that every service has. */
export function readMatcher(options: Options, service: string): void {
  textOption(options, 'localeMatcher', ['lookup', 'best fit'], service);
}
