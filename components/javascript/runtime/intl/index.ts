import { lazyProperty } from '../lazy.ts';
import { lazyPart } from '../parts.ts';
import { define, defineProperty } from '../primordials.ts';
import { Collator } from './collator.ts';
import { DateTimeFormat } from './date/format.ts';
import { Locale } from './locale.ts';
import { localeList } from './locales.ts';

/** ECMA-402 §8: the Intl object. Each service is loaded when a program first names it. */

const number = lazyPart<typeof import('../parts/intl-number.ts')>('intl-number');
const words = lazyPart<typeof import('../parts/intl-words.ts')>('intl-words');
const names = lazyPart<typeof import('../parts/intl-names.ts')>('intl-names');
const segments = lazyPart<typeof import('../parts/intl-segmenter.ts')>('intl-segmenter');
const zones = lazyPart<typeof import('../parts/intl-zones.ts')>('intl-zones');

const intl: object = {};

export { intl as Intl };

define(
  intl,
  'getCanonicalLocales',
  function getCanonicalLocales(locales: unknown): string[] {
    return localeList(locales);
  },
  false,
);

/** The values of the locale that there is; currencies and units are those of the number formats. */
const supported: Readonly<Record<string, () => string[]>> = {
  __proto__: null as never,
  calendar: () => ['gregory'],
  collation: () => [],
  currency: () => number().currencies(),
  numberingSystem: () => ['latn'],
  timeZone: () => ['UTC', ...zones().zoneList()].sort(),
  unit: () => number().units(),
};

define(
  intl,
  'supportedValuesOf',
  function supportedValuesOf(key: unknown): string[] {
    const values = supported[`${key as string}`];
    if (values === undefined) throw new RangeError(`Invalid key : ${key as string}`);
    return values();
  },
  false,
);

define(intl, 'Collator', Collator, false);
define(intl, 'DateTimeFormat', DateTimeFormat, false);
define(intl, 'Locale', Locale, false);
lazyProperty(intl, 'DisplayNames', () => names().DisplayNames, false);
lazyProperty(intl, 'ListFormat', () => words().ListFormat, false);
lazyProperty(intl, 'NumberFormat', () => number().NumberFormat, false);
lazyProperty(intl, 'PluralRules', () => number().PluralRules, false);
lazyProperty(intl, 'RelativeTimeFormat', () => words().RelativeTimeFormat, false);
lazyProperty(intl, 'Segmenter', () => segments().Segmenter, false);
defineProperty(intl, Symbol.toStringTag, { value: 'Intl', configurable: true });
