/** Dates without surprises: everything is UTC unless a text says otherwise; nothing changes its argument. */
import dayjs, { type Dayjs, type OpUnitType, type PluginFunc, type QUnitType } from 'dayjs/esm/index.js';
import advancedFormat from 'dayjs/esm/plugin/advancedFormat/index.js';
import customParseFormat from 'dayjs/esm/plugin/customParseFormat/index.js';
import duration from 'dayjs/esm/plugin/duration/index.js';
import isoWeek from 'dayjs/esm/plugin/isoWeek/index.js';
import quarterOfYear from 'dayjs/esm/plugin/quarterOfYear/index.js';
import relativeTime from 'dayjs/esm/plugin/relativeTime/index.js';
import utc from 'dayjs/esm/plugin/utc/index.js';

for (const plugin of [utc, customParseFormat, advancedFormat, isoWeek, quarterOfYear, relativeTime, duration])
  dayjs.extend(plugin as PluginFunc);

/** A date, milliseconds since 1970, or a text that `parse` takes. */
export type DateLike = Date | number | string;
export type Unit =
  | 'millisecond'
  | 'second'
  | 'minute'
  | 'hour'
  | 'day'
  | 'week'
  | 'isoWeek'
  | 'month'
  | 'quarter'
  | 'year';

const utcOf = dayjs as unknown as { utc(value: DateLike, format?: string | string[], strict?: boolean): Dayjs };

function at(value: DateLike): Dayjs {
  const found = utcOf.utc(value);
  if (!found.isValid())
    throw new RangeError(
      `date: ${JSON.stringify(value)} is no date; ISO texts such as 2024-02-29 and 2024-02-29T12:30:00Z are`,
    );
  return found;
}

const unitOf = (unit: string): OpUnitType => unit.replace(/(?<=.)s$/, '') as OpUnitType;

/**
 * A Date of a text: ISO 8601, or exactly as `format` says (`'DD.MM.YYYY HH:mm'`; a list tries one after the other).
 *
 * @throws {RangeError} for what is no such date, 31 February included.
 */
export function parse(text: DateLike, format?: string | readonly string[]): Date {
  if (format === undefined) return at(text).toDate();
  const found = utcOf.utc(text, format as string | string[], true);
  if (!found.isValid())
    throw new RangeError(`date: ${JSON.stringify(text)} is no date of the form ${[format].flat().join(' or ')}`);
  return found.toDate();
}

export function isValid(value: DateLike, format?: string | readonly string[]): boolean {
  return (format === undefined ? utcOf.utc(value) : utcOf.utc(value, format as string | string[], true)).isValid();
}

/** A text of a date: `YYYY-MM-DDTHH:mm:ss[Z]` by default. `YYYY YY MMMM MMM MM M DD D Do dddd ddd HH H hh h A mm ss SSS Q WW X x`. */
export function format(value: DateLike, pattern = 'YYYY-MM-DDTHH:mm:ss[Z]'): string {
  return at(value).format(pattern);
}

/** Adds to a date: `add(d, 2, 'month')`, or several at once: `add(d, { days: 1, hours: 2 })`. The end of a month stays inside it. */
export function add(value: DateLike, amount: number | Readonly<Record<string, number>>, unit: Unit = 'day'): Date {
  const parts = typeof amount === 'number' ? { [unit]: amount } : amount;
  return Object.entries(parts)
    .reduce((date, [name, count]) => date.add(count, unitOf(name) as never), at(value))
    .toDate();
}

export function subtract(value: DateLike, amount: number | Readonly<Record<string, number>>, unit: Unit = 'day'): Date {
  if (typeof amount === 'number') return add(value, -amount, unit);
  return add(value, Object.fromEntries(Object.entries(amount).map(([name, count]) => [name, -count])));
}

/** How many whole units lie between: positive when `a` is later. With `exact`, fractions too. */
export function diff(a: DateLike, b: DateLike, unit: Unit = 'day', exact = false): number {
  return at(a).diff(at(b), unitOf(unit) as QUnitType, exact);
}

export function startOf(value: DateLike, unit: Unit): Date {
  return at(value).startOf(unitOf(unit)).toDate();
}

export function endOf(value: DateLike, unit: Unit): Date {
  return at(value).endOf(unitOf(unit)).toDate();
}

export const isBefore = (a: DateLike, b: DateLike, unit?: Unit): boolean => at(a).isBefore(at(b), unit as OpUnitType);
export const isAfter = (a: DateLike, b: DateLike, unit?: Unit): boolean => at(a).isAfter(at(b), unit as OpUnitType);
export const isSame = (a: DateLike, b: DateLike, unit?: Unit): boolean => at(a).isSame(at(b), unit as OpUnitType);

/** Whether a date lies between two others, both included. */
export function isBetween(value: DateLike, from: DateLike, to: DateLike): boolean {
  return at(from).valueOf() <= at(value).valueOf() && at(value).valueOf() <= at(to).valueOf();
}

export const min = (...values: readonly DateLike[]): Date =>
  new Date(Math.min(...values.map((value) => at(value).valueOf())));
export const max = (...values: readonly DateLike[]): Date =>
  new Date(Math.max(...values.map((value) => at(value).valueOf())));

/** Every date from one to another, both included, `step` units apart. At most 100,000. */
export function range(from: DateLike, to: DateLike, unit: Unit = 'day', step = 1): Date[] {
  if (!(step > 0)) throw new RangeError(`date: the step must be positive, not ${step}`);
  const dates: Date[] = [];
  const first = at(from);
  for (let i = 0; i < 100_000; i++) {
    const next = first.add(i * step, unitOf(unit) as never);
    if (next.isAfter(at(to))) return dates;
    dates.push(next.toDate());
  }
  throw new RangeError('date: the range holds more than 100,000 dates');
}

/** Monday is 1 and Sunday 7. */
export const weekday = (value: DateLike): number => at(value).day() || 7;
export const isWeekend = (value: DateLike): boolean => weekday(value) > 5;
/** Number of the week as ISO 8601 counts them. */
export const week = (value: DateLike): number => (at(value) as Dayjs & { isoWeek(): number }).isoWeek();
export const quarter = (value: DateLike): number => (at(value) as Dayjs & { quarter(): number }).quarter();
/** 1 January is 1. */
export const dayOfYear = (value: DateLike): number =>
  at(value).startOf('day').diff(at(value).startOf('year'), 'day') + 1;
export const daysInMonth = (value: DateLike): number => at(value).daysInMonth();
export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** `addBusinessDays('2024-03-01', 1)` is Monday, 4 March: Saturdays and Sundays do not count. */
export function addBusinessDays(value: DateLike, count: number): Date {
  let date = at(value);
  const step = Math.sign(count);
  for (let left = Math.abs(Math.trunc(count)); left > 0; ) {
    date = date.add(step, 'day');
    if (!isWeekend(date.toDate())) left--;
  }
  return date.toDate();
}

/** `'in 3 days'`, `'2 hours ago'`. */
export function relative(value: DateLike, to: DateLike): string {
  return (at(value) as Dayjs & { from(other: Dayjs): string }).from(at(to));
}

/** A length of time in words: `humanize(5400000)` is `'1h 30m'`. */
export function humanize(milliseconds: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ];
  let left = Math.round(Math.abs(milliseconds));
  const texts = units.flatMap(([name, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? [`${count}${name}`] : [];
  });
  return (milliseconds < 0 && texts.length > 0 ? '-' : '') + (texts.join(' ') || '0ms');
}

/** The library behind, with its plugins utc, customParseFormat, advancedFormat, isoWeek, quarterOfYear, relativeTime and duration. */
export { dayjs };
