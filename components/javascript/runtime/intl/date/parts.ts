import type { Fields, HourCycle, Settings, Text } from './settings.ts';
import { momentIn, zoneName } from './zones.ts';

/** CLDR's patterns of American English: the parts that a moment is written with. */

export interface Part {
  readonly type: string;
  readonly value: string;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];
const eras = { long: ['Before Christ', 'Anno Domini'], short: ['BC', 'AD'], narrow: ['B', 'A'] } as const;

/** A moment as a calendar and a clock show it. */
export interface Moment {
  readonly time: number;
  /** Astronomical: 0 is 1 BC. */
  readonly year: number;
  /** 0 is January. */
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly zoneName: string;
}

/** @param time Milliseconds since 1970. */
export function momentOf(time: number, { timeZone, fields }: Settings): Moment {
  const zone = momentIn(timeZone, time);
  const local = new Date(time + zone.offset * 60_000);
  return {
    time,
    year: local.getUTCFullYear(),
    month: local.getUTCMonth(),
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
    zoneName: fields.timeZoneName === undefined ? '' : zoneName(timeZone, time, zone, fields.timeZoneName),
  };
}

function cut(name: string, how: Text): string {
  return how === 'long' ? name : name.slice(0, how === 'short' ? 3 : 1);
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

const literal = (value: string): Part => ({ type: 'literal', value });

/** Fields of the date, and the literals between them. */
export function dateParts(moment: Moment, fields: Fields): Part[] {
  const { weekday, era, year, month, day } = fields;
  const isText = month !== undefined && month !== 'numeric' && month !== '2-digit';
  const parts: Part[] = [];
  const put = (separator: string, part: Part | undefined): void => {
    if (part === undefined) return;
    if (parts.length > 0) parts.push(literal(separator));
    parts.push(part);
  };
  const dayPart = day && { type: 'day', value: day === '2-digit' ? two(moment.day) : `${moment.day}` };
  const weekdayPart = weekday && { type: 'weekday', value: cut(weekdays[moment.weekday] ?? '', weekday) };
  const monthPart = month && { type: 'month', value: monthText(moment.month, month) };
  const yearPart = year && { type: 'year', value: yearText(moment.year, year) };
  const leads = weekdayPart !== undefined && monthPart !== undefined && dayPart !== undefined;
  if (leads) put('', weekdayPart);
  put(', ', monthPart);
  if (monthPart !== undefined) put(isText ? ' ' : '/', dayPart);
  const yearSeparator = !isText ? '/' : dayPart === undefined ? ' ' : ', ';
  put(yearSeparator, yearPart);
  if (monthPart === undefined && dayPart !== undefined) {
    if (yearPart === undefined) put('', dayPart);
    else parts.push(literal(' (day: '), dayPart, literal(')'));
  }
  if (era !== undefined) put(' ', { type: 'era', value: eras[era][moment.year > 0 ? 1 : 0] });
  if (!leads) put(' ', weekdayPart || undefined);
  return parts;
}

function monthText(month: number, how: NonNullable<Fields['month']>): string {
  if (how === 'numeric') return `${month + 1}`;
  return how === '2-digit' ? two(month + 1) : cut(months[month] ?? '', how);
}

/** The year of its era. */
function yearText(year: number, how: 'numeric' | '2-digit'): string {
  const shown = year <= 0 ? 1 - year : year;
  return how === '2-digit' ? two(Math.abs(shown) % 100) : `${shown}`;
}

function hourText(hour: number, cycle: HourCycle, how: 'numeric' | '2-digit'): string {
  const shown = cycle === 'h12' ? hour % 12 || 12 : cycle === 'h11' ? hour % 12 : cycle === 'h24' ? hour || 24 : hour;
  const isShort = how === 'numeric' && (cycle === 'h12' || cycle === 'h11');
  return isShort ? `${shown}` : two(shown);
}

function dayPeriodText({ hour, minute, second }: Moment, fields: Fields): string {
  if (hour === 12 && (fields.minute === undefined || minute === 0) && (fields.second === undefined || second === 0))
    return fields.dayPeriod === 'narrow' ? 'n' : 'noon';
  if (hour < 12) return 'in the morning';
  if (hour < 18) return 'in the afternoon';
  return hour < 21 ? 'in the evening' : 'at night';
}

/** Fields of the time of day. */
export function timeParts(moment: Moment, fields: Fields, cycle: HourCycle | undefined): Part[] {
  const { hour, minute, second, fractionalSecondDigits: fraction, dayPeriod } = fields;
  const parts: Part[] = [];
  const clock: Part[] = [];
  if (hour !== undefined) clock.push({ type: 'hour', value: hourText(moment.hour, cycle ?? 'h12', hour) });
  if (minute !== undefined)
    clock.push({
      type: 'minute',
      value: hour !== undefined || second !== undefined ? two(moment.minute) : `${moment.minute}`,
    });
  const appendSecond = second !== undefined && hour !== undefined && minute === undefined;
  if (second !== undefined && !appendSecond)
    clock.push({ type: 'second', value: minute === undefined ? `${moment.second}` : two(moment.second) });
  clock.forEach((part, index) => {
    if (index > 0) parts.push(literal(':'));
    parts.push(part);
  });
  if (fraction !== undefined) {
    const value = `${moment.millisecond}`.padStart(3, '0').slice(0, fraction);
    if (parts.length > 0) parts.push(literal('.'));
    parts.push({ type: 'fractionalSecond', value });
  }
  const isHalf = hour !== undefined && (cycle === 'h12' || cycle === 'h11');
  if (dayPeriod !== undefined && (isHalf || hour === undefined)) {
    if (parts.length > 0) parts.push(literal(' '));
    parts.push({ type: 'dayPeriod', value: dayPeriodText(moment, fields) });
  } else if (isHalf) {
    parts.push(literal(' '), { type: 'dayPeriod', value: moment.hour < 12 ? 'AM' : 'PM' });
  }
  if (appendSecond) parts.push(literal(' (second: '), { type: 'second', value: `${moment.second}` }, literal(')'));
  if (fields.timeZoneName !== undefined) {
    if (parts.length > 0) parts.push(literal(' '));
    parts.push({ type: 'timeZoneName', value: moment.zoneName });
  }
  return parts;
}

/** What stands between the date and the time. */
export function joint({ fields, dateStyle, timeStyle }: Settings): string {
  if (dateStyle !== undefined && timeStyle !== undefined)
    return dateStyle === 'full' || dateStyle === 'long' ? ' at ' : ', ';
  if (fields.month === 'long') return ' at ';
  const isWeekdayOnly =
    fields.weekday !== undefined &&
    fields.year === undefined &&
    fields.month === undefined &&
    fields.day === undefined &&
    fields.era === undefined &&
    fields.hour !== undefined;
  return isWeekdayOnly ? ' ' : ', ';
}

export function partsOf(moment: Moment, settings: Settings): Part[] {
  const date = dateParts(moment, settings.fields);
  const time = timeParts(moment, settings.fields, settings.hourCycle);
  if (date.length === 0 || time.length === 0) return [...date, ...time];
  return [...date, literal(joint(settings)), ...time];
}
