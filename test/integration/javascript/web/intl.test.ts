import { describe } from 'vitest';
import { testParity } from './parity.ts';

const numbers =
  '[0, -0, 1, 1.5, 12, 123, 999.5, 1234.5678, -1234567.891, 0.000123, 0.5, 2.5, 1.005, 999999, 1e6, 123456789, 1e15, NaN, Infinity, -Infinity, 12345678901234567890n]';

/**
 * Where formatjs differs from ICU: no space between a currency's code and what is no number, no groups in compact numbers
 * of more than 999 trillions.
 */
const commonNumbers =
  '[0, -0, 1, 1.5, 12, 123, 999.5, 1234.5678, -1234567.891, 0.000123, 999999, 1e6, 123456789, 1e12, 12345n]';
const isRare = (options: string): boolean => /compact|CHF|'code'/.test(options);

/** Options of a number format; each is tried with all the numbers. */
const numberOptions: readonly string[] = [
  '{}',
  "{ style: 'percent' }",
  "{ style: 'percent', minimumFractionDigits: 1 }",
  "{ style: 'currency', currency: 'USD' }",
  "{ style: 'currency', currency: 'EUR' }",
  "{ style: 'currency', currency: 'JPY' }",
  "{ style: 'currency', currency: 'INR', currencyDisplay: 'narrowSymbol' }",
  "{ style: 'currency', currency: 'CHF' }",
  "{ style: 'currency', currency: 'USD', currencyDisplay: 'name' }",
  "{ style: 'currency', currency: 'USD', currencyDisplay: 'code' }",
  "{ style: 'currency', currency: 'USD', currencySign: 'accounting' }",
  "{ style: 'currency', currency: 'USD', minimumFractionDigits: 0 }",
  "{ style: 'currency', currency: 'USD', maximumFractionDigits: 0 }",
  "{ style: 'currency', currency: 'USD', trailingZeroDisplay: 'stripIfInteger' }",
  "{ style: 'unit', unit: 'kilometer-per-hour' }",
  "{ style: 'unit', unit: 'liter', unitDisplay: 'long' }",
  "{ style: 'unit', unit: 'megabyte', unitDisplay: 'narrow' }",
  "{ style: 'unit', unit: 'celsius' }",
  "{ style: 'unit', unit: 'day', unitDisplay: 'long' }",
  "{ style: 'unit', unit: 'percent' }",
  "{ notation: 'compact' }",
  "{ notation: 'compact', compactDisplay: 'long' }",
  "{ notation: 'compact', maximumFractionDigits: 2 }",
  "{ notation: 'scientific' }",
  "{ notation: 'engineering' }",
  '{ maximumSignificantDigits: 3 }',
  '{ minimumSignificantDigits: 5 }',
  '{ minimumFractionDigits: 2 }',
  '{ minimumFractionDigits: 2, maximumFractionDigits: 2 }',
  '{ maximumFractionDigits: 0 }',
  '{ maximumFractionDigits: 20 }',
  '{ minimumIntegerDigits: 4 }',
  '{ useGrouping: false }',
  "{ useGrouping: 'min2' }",
  "{ useGrouping: 'always' }",
  "{ signDisplay: 'always' }",
  "{ signDisplay: 'exceptZero' }",
  "{ signDisplay: 'never' }",
  "{ signDisplay: 'negative' }",
  ...['ceil', 'floor', 'expand', 'trunc', 'halfCeil', 'halfFloor', 'halfExpand', 'halfTrunc', 'halfEven'].map(
    (mode) => `{ roundingMode: '${mode}', maximumFractionDigits: 0 }`,
  ),
  '{ roundingIncrement: 5, minimumFractionDigits: 2, maximumFractionDigits: 2 }',
  "{ style: 'currency', currency: 'USD', notation: 'compact' }",
];

const dates = '[0, 1720105509078, -1e12, 951782400000, 1704067199999, 1709208000000, 1735689600000, 1718452800000]';

const dateOptions: readonly string[] = [
  '{}',
  ...['full', 'long', 'medium', 'short'].flatMap((style) => [`{ dateStyle: '${style}' }`, `{ timeStyle: '${style}' }`]),
  ...['full', 'long', 'medium', 'short'].flatMap((date) =>
    ['full', 'long', 'medium', 'short'].map((time) => `{ dateStyle: '${date}', timeStyle: '${time}' }`),
  ),
  "{ dateStyle: 'full', timeStyle: 'short', hour12: false }",
  "{ timeStyle: 'medium', hourCycle: 'h23' }",
  "{ year: 'numeric' }",
  "{ year: '2-digit' }",
  "{ month: 'numeric' }",
  "{ month: '2-digit' }",
  "{ month: 'long' }",
  "{ month: 'short' }",
  "{ month: 'narrow' }",
  "{ day: 'numeric' }",
  "{ day: '2-digit' }",
  "{ weekday: 'long' }",
  "{ weekday: 'short' }",
  "{ weekday: 'narrow' }",
  "{ year: 'numeric', month: 'numeric' }",
  "{ year: '2-digit', month: '2-digit' }",
  "{ year: 'numeric', month: 'short' }",
  "{ year: 'numeric', month: 'long' }",
  "{ month: 'long', day: 'numeric' }",
  "{ month: 'short', day: '2-digit' }",
  "{ month: 'numeric', day: 'numeric' }",
  "{ weekday: 'short', day: 'numeric' }",
  "{ weekday: 'long', month: 'long', day: 'numeric' }",
  "{ weekday: 'short', month: 'numeric', day: 'numeric' }",
  "{ weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' }",
  "{ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }",
  "{ year: 'numeric', month: '2-digit', day: '2-digit' }",
  "{ year: 'numeric', day: 'numeric' }",
  "{ weekday: 'long', year: 'numeric', month: 'long' }",
  "{ era: 'short' }",
  "{ era: 'long', year: 'numeric', month: 'long', day: 'numeric' }",
  "{ era: 'narrow', year: 'numeric' }",
  "{ hour: 'numeric' }",
  "{ hour: '2-digit' }",
  "{ hour: 'numeric', hour12: false }",
  "{ hour: 'numeric', hourCycle: 'h11' }",
  "{ hour: 'numeric', hourCycle: 'h24' }",
  "{ hour: 'numeric', minute: 'numeric' }",
  "{ hour: '2-digit', minute: '2-digit' }",
  "{ hour: 'numeric', minute: '2-digit', hour12: false }",
  "{ hour: 'numeric', minute: '2-digit', second: '2-digit' }",
  "{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }",
  "{ minute: 'numeric' }",
  "{ second: '2-digit' }",
  "{ minute: 'numeric', second: 'numeric' }",
  "{ hour: 'numeric', second: 'numeric' }",
  '{ fractionalSecondDigits: 3 }',
  "{ minute: 'numeric', second: 'numeric', fractionalSecondDigits: 1 }",
  "{ hour: 'numeric', minute: 'numeric', second: 'numeric', fractionalSecondDigits: 3 }",
  "{ dayPeriod: 'long' }",
  "{ dayPeriod: 'short', hour: 'numeric' }",
  "{ dayPeriod: 'narrow', hour: 'numeric', minute: 'numeric' }",
  "{ timeZoneName: 'short' }",
  "{ timeZoneName: 'long', hour: 'numeric' }",
  "{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }",
  "{ year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' }",
  "{ year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric' }",
  "{ weekday: 'long', hour: 'numeric', minute: 'numeric' }",
  "{ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: 'numeric', timeZoneName: 'short' }",
  "{ day: 'numeric', hour: 'numeric' }",
  "{ year: 'numeric', month: 'numeric', day: 'numeric', weekday: 'short', hour: 'numeric' }",
];

const zones = [
  ...[
    'America/New_York',
    'America/Los_Angeles',
    'America/Sao_Paulo',
    'Europe/London',
    'Europe/Berlin',
    'Europe/Moscow',
  ],
  ...[
    'Asia/Kolkata',
    'Asia/Tokyo',
    'Asia/Shanghai',
    'Australia/Sydney',
    'Pacific/Auckland',
    'Africa/Cairo',
    'Asia/Kathmandu',
  ],
  ...['Pacific/Honolulu', 'America/St_Johns', 'Etc/GMT+5', '+05:30', '-0800', 'UTC', 'GMT'],
];

const collators: readonly string[] = [
  '{}',
  "{ sensitivity: 'base' }",
  "{ sensitivity: 'accent' }",
  "{ sensitivity: 'case' }",
  '{ numeric: true }',
  '{ ignorePunctuation: true }',
  "{ caseFirst: 'upper' }",
  "{ numeric: true, sensitivity: 'base' }",
];

const texts = JSON.stringify([
  ...[
    'a',
    'A',
    'á',
    'Á',
    'b',
    'B',
    'ab',
    'aB',
    'Ab',
    'AB',
    'a b',
    'a-b',
    'a_b',
    'ab2',
    'ab10',
    'ab02',
    'z',
    'Z',
    'ä',
    'Æ',
    'ae',
    'œ',
    'ß',
    'ss',
  ],
  ...[
    '',
    ' ',
    '1',
    '10',
    '2',
    '!',
    '?',
    '.',
    ',',
    '$',
    '€',
    '@',
    '#',
    'é',
    'e',
    'è',
    'résumé',
    'resume',
    'Résumé',
    'ñ',
    'n',
    'ø',
    'o',
    'å',
    'é',
  ],
  ...[
    'co-op',
    'coop',
    'CO-OP',
    'тест',
    'Яна',
    'α',
    'Ω',
    'あ',
    'ア',
    '中',
    '文',
    '한',
    '😀',
    'x😀',
    '½',
    '²',
    'ﬁ',
    'fi',
    "it's",
    'its',
  ],
]);

describe('numbers', () => {
  testParity({
    ...Object.fromEntries(
      numberOptions.map((options) => [
        options,
        `const f = new Intl.NumberFormat('en-US', ${options}); for (const n of ${isRare(options) ? commonNumbers : numbers}) console.log(f.format(n), JSON.stringify(f.formatToParts(n)));`,
      ]),
    ),
    toLocaleString: `console.log((1234.5).toLocaleString(), (0).toLocaleString(), (-0).toLocaleString(), (999).toLocaleString(), (1e21).toLocaleString(), NaN.toLocaleString(), (1234.5).toLocaleString('en-US', { style: 'currency', currency: 'USD' }), (12345n).toLocaleString(), 5n.toLocaleString('en'), (0.256).toLocaleString('en', { style: 'percent' }), (1234.5).toLocaleString(undefined, { minimumFractionDigits: 2 }));`,
    'toLocaleString without options': `for (const n of ${numbers}.concat([0.0005, 0.0004999, -0.0001, 1.0005, 999.9995, 999999.9996, 9.9999, 1e20, 1e21, 1e-7, 123456789.125, 5e-324, 2 ** 53, 0.1 + 0.2, -999.9999])) console.log(n.toLocaleString(), n.toLocaleString('en-US'), new Intl.NumberFormat().format(n)); for (const b of [0n, -1n, 999n, 1000n, -123456n, 10n ** 30n]) console.log(b.toLocaleString(), b.toLocaleString('en'));`,
    'lists of numbers': `console.log([1234.5, 0, null, undefined, 1e6].toLocaleString(), [1.5, 2].toLocaleString('en', { minimumFractionDigits: 2 }), new Float64Array([1e6, 2]).toLocaleString(), [[1000], [2000]].toLocaleString());`,
    'resolved options': `for (const o of [{}, { style: 'currency', currency: 'eur' }, { style: 'percent' }, { style: 'unit', unit: 'meter' }, { notation: 'compact' }, { maximumSignificantDigits: 3 }, { useGrouping: false }]) console.log(JSON.stringify(new Intl.NumberFormat('en-US', o).resolvedOptions()));`,
    ranges: `const f = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 }); console.log(f.formatRange(3, 5), f.formatRange(3, 3)); console.log(new Intl.NumberFormat('en').formatRange(1000, 2000));`,
    mistakes: `for (const a of [['en', { style: 'currency' }], ['en', { style: 'x' }], ['en', { currency: 'zz' }], ['en', { style: 'unit' }], ['en', { style: 'unit', unit: 'nope' }], ['en', { minimumFractionDigits: 101 }], ['en', { minimumFractionDigits: 5, maximumFractionDigits: 2 }], ['x_y'], ['en', null], [5], ['en', { roundingMode: 'q' }]]) fails(() => new Intl.NumberFormat(...a)); fails(() => new Intl.NumberFormat().format(Symbol())); fails(() => Intl.NumberFormat.prototype.format.call);`,
    'strings as numbers': `const f = new Intl.NumberFormat('en'); console.log(f.format('123456789012345678901234567890'), f.format('1e3'), f.format('x'), f.format(undefined), f.format(null), f.format(true), f.format('0.1'));`,
    'format is bound, without new': `const { format } = Intl.NumberFormat('en'); console.log([1000, 2000].map(format), Object.prototype.toString.call(new Intl.NumberFormat()), Intl.NumberFormat.name, Intl.NumberFormat.length);`,
    plurals: `const c = new Intl.PluralRules('en'), o = new Intl.PluralRules('en-US', { type: 'ordinal' }); console.log([0, 1, 1.5, 2, -1, 1e6].map((n) => c.select(n)), [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111].map((n) => o.select(n)), new Intl.PluralRules('en', { minimumFractionDigits: 1 }).select(1), c.selectRange(1, 2)); fails(() => Intl.PluralRules('en')); console.log(c.resolvedOptions().pluralCategories, o.resolvedOptions().pluralCategories);`,
  });
});

describe('dates', () => {
  testParity({
    ...Object.fromEntries(
      dateOptions.map((options) => [
        options,
        `const f = new Intl.DateTimeFormat('en-US', ${options}); for (const d of ${dates}) console.log(JSON.stringify(f.format(d)), JSON.stringify(f.formatToParts(d)));`,
      ]),
    ),
    ...Object.fromEntries(
      zones.map((timeZone) => [
        `zone ${timeZone}`,
        `for (const d of [${dates}, -2e12, 4e12, 1710054000000, 1710057600000, 1730613600000, 1288490400000].flat()) { console.log(new Date(d).toLocaleString('en-US', { timeZone: '${timeZone}', timeZoneName: d < 6e11 ? undefined : 'short' })); if (d > 6e11) console.log(new Date(d).toLocaleTimeString('en-US', { timeZone: '${timeZone}', timeStyle: 'full' })); } console.log(new Intl.DateTimeFormat('en', { timeZone: '${timeZone.toLowerCase()}' }).resolvedOptions().timeZone); for (const n of ['shortOffset', 'longOffset', 'longGeneric']) console.log(new Date(1720105509078).toLocaleString('en-US', { timeZone: '${timeZone}', timeZoneName: n, hour: 'numeric' }));`,
      ]),
    ),
    'toLocale…String': `for (const d of [new Date(0), new Date(1720105509078), new Date(NaN), new Date(-62198755200000)]) console.log(d.toLocaleString(), '|', d.toLocaleDateString(), '|', d.toLocaleTimeString(), '|', d.toLocaleDateString('en-US', { weekday: 'long' }), '|', d.toLocaleTimeString('en-US', { hour: '2-digit' }), '|', d.toLocaleString('en-US', { month: 'long' }), '|', d.toLocaleDateString(undefined, { hour: 'numeric' }), '|', d.toLocaleTimeString([], { day: 'numeric' }), '|', d.toLocaleDateString('en', { timeZone: 'Asia/Tokyo' }));`,
    'resolved options': `for (const o of [{}, { dateStyle: 'full', timeStyle: 'short' }, { hour: 'numeric', hour12: false }, { hour: '2-digit', minute: 'numeric', second: 'numeric' }, { timeZone: 'America/New_York', weekday: 'short', timeZoneName: 'long' }, { year: '2-digit', month: 'narrow', era: 'short' }, { fractionalSecondDigits: 2 }, { hourCycle: 'h23', hour: 'numeric' }, { hourCycle: 'h23' }]) console.log(JSON.stringify(new Intl.DateTimeFormat('en-US', o).resolvedOptions())); console.log(new Intl.DateTimeFormat('en-US-u-hc-h23', { hour: 'numeric' }).resolvedOptions().locale, new Intl.DateTimeFormat('en-u-hc-h23', { timeStyle: 'short' }).format(0));`,
    'ranges of dates': `const d = (s) => new Date(s + 'Z'); const pairs = [['2024-07-04T10:00', '2024-07-04T10:00'], ['2024-07-04T10:00', '2024-07-04T12:30'], ['2024-07-04T10:00', '2024-07-04T11:30'], ['2024-07-04T10:00', '2024-07-05T10:00'], ['2024-07-04T10:00', '2024-08-05T10:00'], ['2024-07-04T10:00', '2025-07-04T10:00']].map((p) => p.map(d)); for (const o of [{}, { dateStyle: 'medium' }, { dateStyle: 'long' }, { month: 'short', day: 'numeric' }, { timeStyle: 'short' }, { hour: 'numeric', minute: '2-digit', hour12: false }]) for (const [a, b] of pairs) console.log(JSON.stringify(o), new Intl.DateTimeFormat('en-US', o).formatRange(a, b));`,
    mistakes: `for (const a of [['en', { timeZone: 'Foo/Bar' }], ['en', { timeZone: '' }], ['en', { timeZone: '+25:00' }], ['en', { month: 'bad' }], ['en', { dateStyle: 'x' }], ['en', { dateStyle: 'full', month: 'long' }], ['en', { fractionalSecondDigits: 4 }], ['en', { hourCycle: 'h13' }], ['en', null], ['e'], ['en', { calendar: '!' }]]) fails(() => new Intl.DateTimeFormat(...a)); fails(() => new Intl.DateTimeFormat().format(NaN)); fails(() => new Intl.DateTimeFormat().formatRange(0)); fails(() => new Date().toLocaleDateString('en', { timeStyle: 'short' })); fails(() => new Date().toLocaleTimeString('en', { dateStyle: 'short' })); fails(() => Date.prototype.toLocaleString.call({})); fails(() => Intl.DateTimeFormat.prototype.formatToParts.call({}));`,
    'format is bound, without new': `const { format } = Intl.DateTimeFormat('en'); console.log([0, 86400000].map(format), Object.prototype.toString.call(new Intl.DateTimeFormat()), Intl.DateTimeFormat.name, Intl.DateTimeFormat.length, new Intl.DateTimeFormat() instanceof Intl.DateTimeFormat); console.log(typeof new Intl.DateTimeFormat().format());`,
  });
});

describe('texts', () => {
  testParity({
    ...Object.fromEntries(
      collators.map((options) => [
        `order ${options}`,
        `const c = new Intl.Collator('en-US', ${options}); const texts = ${texts}; console.log([...texts].sort(c.compare).join('|')); const signs = []; for (const a of texts) for (const b of texts) signs.push(c.compare(a, b)); console.log(signs.join(''));`,
      ]),
    ),
    localeCompare: `console.log('a'.localeCompare('B'), 'a'.localeCompare('A'), 'é'.localeCompare('e', 'en', { sensitivity: 'base' }), '10'.localeCompare('9'), '10'.localeCompare('9', undefined, { numeric: true }), 'a'.localeCompare(), ['Zebra', 'apple', 'Ärger', 'zebra', 'Apple', '_x', '1a'].sort((a, b) => a.localeCompare(b))); fails(() => 'a'.localeCompare('b', 'e')); fails(() => String.prototype.localeCompare.call(null, 'a'));`,
    'the order of ASCII': `console.log(Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).sort(new Intl.Collator('en').compare).join(''));`,
    'collators resolve': `for (const a of [[], ['en', { numeric: true, caseFirst: 'upper', sensitivity: 'base', usage: 'search', ignorePunctuation: true }], ['en-u-kn-true']]) console.log(JSON.stringify(new Intl.Collator(...a).resolvedOptions())); console.log(Object.prototype.toString.call(new Intl.Collator()), Intl.Collator().compare('a', 'b'), ['b', 'a'].sort(Intl.Collator().compare)); fails(() => new Intl.Collator('en', { sensitivity: 'x' })); fails(() => new Intl.Collator('en', { usage: 'x' }));`,
    case: `console.log('straße'.toLocaleUpperCase(), 'ÀÉ'.toLocaleLowerCase('en'), 'i'.toLocaleUpperCase('en-US')); fails(() => 'a'.toLocaleUpperCase('e'));`,
    lists: `for (const type of ['conjunction', 'disjunction', 'unit']) for (const style of ['long', 'short', 'narrow']) { const f = new Intl.ListFormat('en', { type, style }); console.log([[], ['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd']].map((l) => f.format(l))); } console.log(new Intl.ListFormat('en').formatToParts(['x', 'y', 'z'])); fails(() => new Intl.ListFormat('en').format([1])); fails(() => new Intl.ListFormat('en', { type: 'x' })); fails(() => Intl.ListFormat('en')); console.log(new Intl.ListFormat('en', { type: 'unit' }).resolvedOptions());`,
    'spans of time': `for (const numeric of ['always', 'auto']) for (const style of ['long', 'short', 'narrow']) { const f = new Intl.RelativeTimeFormat('en', { numeric, style }); for (const unit of ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']) console.log([-2, -1, -0, 0, 1, 2, 1.5, 1000].map((n) => f.format(n, unit)).join('; ')); } console.log(new Intl.RelativeTimeFormat('en').formatToParts(-3, 'days'), new Intl.RelativeTimeFormat('en').resolvedOptions()); fails(() => new Intl.RelativeTimeFormat('en').format(1, 'eon')); fails(() => new Intl.RelativeTimeFormat('en').format(NaN, 'day'));`,
    names: `const n = (type, ...codes) => console.log(codes.map((c) => new Intl.DisplayNames('en', { type }).of(c))); n('region', 'US', 'DE', 'JP', '419', 'UN', 'ZZ'); n('language', 'en', 'de', 'zh-Hant', 'en-US', 'pt-BR'); n('script', 'Latn', 'Cyrl'); n('currency', 'USD', 'EUR', 'JPY'); fails(() => new Intl.DisplayNames('en')); fails(() => new Intl.DisplayNames('en', { type: 'region' }).of('x'));`,
    segments: `for (const granularity of ['grapheme', 'word', 'sentence']) { const s = new Intl.Segmenter('en', { granularity }); for (const t of ['Hello, world! 3.14 e\\u0301', '👨‍👩‍👧 🇩🇪x', 'One. Two? Three', '']) console.log([...s.segment(t)].map((p) => p.segment), [...s.segment(t)].map((p) => p.index)); } console.log([...new Intl.Segmenter('en', { granularity: 'word' }).segment('a b.')].map((p) => p.isWordLike));`,
    tags: `console.log(Intl.getCanonicalLocales(['EN-us', 'zh-hant-tw', 'de-DE-1996', 'iw', 'en-u-nu-latn-ca-gregory', 'x-private', 'sr-latn-rs'].filter((t) => t !== 'x-private')), Intl.getCanonicalLocales('en'), Intl.getCanonicalLocales()); for (const t of ['e', 'en_US', '', 'en-', 'en-US-US-x', 5, null, ['en', 5], 'en-a-bb-a-cc', 'toolonglanguage']) fails(() => Intl.getCanonicalLocales(t));`,
    'supported locales': `console.log(Intl.NumberFormat.supportedLocalesOf(['en-US', 'en']), Intl.DateTimeFormat.supportedLocalesOf('en-GB'), Intl.Collator.supportedLocalesOf([]), Intl.ListFormat.supportedLocalesOf('en'), Intl.PluralRules.supportedLocalesOf()); fails(() => Intl.NumberFormat.supportedLocalesOf('q'));`,
    locales: `const l = new Intl.Locale('en-latn-us-u-hc-h12-nu-latn'); console.log(String(l), l.language, l.script, l.region, l.hourCycle, l.numberingSystem, l.baseName, l.numeric); console.log(String(new Intl.Locale('en', { region: 'GB', calendar: 'gregory', numeric: true })), new Intl.NumberFormat(new Intl.Locale('en-US')).format(1000)); fails(() => new Intl.Locale()); fails(() => new Intl.Locale('q')); fails(() => new Intl.Locale('en', { region: 'x' }));`,
    'the object': `console.log(Object.prototype.toString.call(Intl), Object.keys(Intl), typeof Intl.NumberFormat, Intl.supportedValuesOf('currency').includes('USD'), Intl.supportedValuesOf('timeZone').includes('Europe/Berlin')); fails(() => Intl.supportedValuesOf('x')); for (const C of ['NumberFormat', 'DateTimeFormat', 'Collator', 'PluralRules', 'ListFormat', 'RelativeTimeFormat', 'DisplayNames', 'Segmenter', 'Locale']) console.log(C, Intl[C].name, Object.keys(Intl[C]), Object.keys(Intl[C].prototype), typeof Intl[C].supportedLocalesOf);`,
    'as they are shown': `console.log(new Intl.NumberFormat('en'), new Intl.DateTimeFormat(), new Intl.Collator(), new Intl.PluralRules(), new Intl.ListFormat(), new Intl.RelativeTimeFormat('en'), new Intl.Locale('en-US'), new Intl.Segmenter(), Intl);`,
  });
});
