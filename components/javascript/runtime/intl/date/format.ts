import { expose } from '../expose.ts';
import { localeList, supportedOf } from '../locales.ts';
import { coerceOptions, readMatcher } from '../options.ts';
import { momentOf, type Part, partsOf } from './parts.ts';
import { type RangePart, rangeParts } from './range.ts';
import { type Default, type Fields, type Need, readSettings, type Settings } from './settings.ts';

/** ECMA-402 §11: Intl.DateTimeFormat. */

const states = new WeakMap<object, { settings: Settings; format: ((date?: unknown) => string) | undefined }>();

/** How far from 1970 a time may be, in milliseconds. */
const farthest = 8.64e15;

function timeOf(date: unknown): number {
  const time = date === undefined ? Date.now() : Number(date);
  if (!(Math.abs(time) <= farthest)) throw new RangeError('Invalid time value');
  return Math.trunc(time) + 0;
}

function stateOf(
  self: unknown,
  method: string,
): { settings: Settings; format: ((date?: unknown) => string) | undefined } {
  const state = typeof self === 'object' && self !== null ? states.get(self) : undefined;
  if (state === undefined)
    throw new TypeError(
      `Method Intl.DateTimeFormat.prototype.${method} called on incompatible receiver ${String(self)}`,
    );
  return state;
}

function join(parts: readonly Part[]): string {
  let text = '';
  for (const part of parts) text += part.value;
  return text;
}

/** Neighbouring literals as one. */
function merged(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.type === 'literal' && last?.type === 'literal')
      result[result.length - 1] = { type: 'literal', value: last.value + part.value };
    else result.push(part);
  }
  return result;
}

function bothTimes(start: unknown, end: unknown): [number, number] {
  if (start === undefined || end === undefined) throw new TypeError('startDate or endDate cannot be undefined');
  return [timeOf(start), timeOf(end)];
}

const methods = {
  get format(): (date?: unknown) => string {
    const state = stateOf(this, 'format');
    state.format ??= bind(state.settings);
    return state.format;
  },
  formatToParts(date: unknown = undefined): Part[] {
    const { settings } = stateOf(this, 'formatToParts');
    return merged(partsOf(momentOf(timeOf(date), settings), settings));
  },
  resolvedOptions(): object {
    return resolved(stateOf(this, 'resolvedOptions').settings);
  },
  formatRange(start: unknown, end: unknown): string {
    const { settings } = stateOf(this, 'formatRange');
    return join(rangeOf(settings, start, end));
  },
  formatRangeToParts(start: unknown, end: unknown): RangePart[] {
    const { settings } = stateOf(this, 'formatRangeToParts');
    return rangeOf(settings, start, end);
  },
};

function bind(settings: Settings): (date?: unknown) => string {
  const format = (date?: unknown): string => join(partsOf(momentOf(timeOf(date), settings), settings));
  Reflect.defineProperty(format, 'name', { value: '' });
  Reflect.defineProperty(format, 'length', { value: 1 });
  return format;
}

function rangeOf(settings: Settings, start: unknown, end: unknown): RangePart[] {
  const [from, to] = bothTimes(start, end);
  return rangeParts(momentOf(from, settings), momentOf(to, settings), settings);
}

const shown = [
  ...(['weekday', 'era', 'year', 'month', 'day', 'dayPeriod', 'hour', 'minute', 'second'] as const),
  ...(['fractionalSecondDigits', 'timeZoneName'] as const),
] satisfies (keyof Fields)[];

function resolved({ locale, timeZone, hourCycle, fields, dateStyle, timeStyle }: Settings): object {
  const result: Record<string, unknown> = { locale, calendar: 'gregory', numberingSystem: 'latn', timeZone };
  if (hourCycle !== undefined) {
    result['hourCycle'] = hourCycle;
    result['hour12'] = hourCycle === 'h12' || hourCycle === 'h11';
  }
  if (dateStyle === undefined && timeStyle === undefined) {
    for (const name of shown) if (fields[name] !== undefined) result[name] = resolvedField(name, fields, hourCycle);
  }
  if (dateStyle !== undefined) result['dateStyle'] = dateStyle;
  if (timeStyle !== undefined) result['timeStyle'] = timeStyle;
  return result;
}

/** Minutes and seconds beside others have two digits, whatever was asked for. */
function resolvedField(name: keyof Fields, fields: Fields, cycle: string | undefined): unknown {
  if (name === 'minute' && (fields.hour !== undefined || fields.second !== undefined)) return '2-digit';
  if (name === 'second' && fields.minute !== undefined) return '2-digit';
  if (name === 'hour' && (cycle === 'h23' || cycle === 'h24')) return '2-digit';
  if ((name === 'minute' || name === 'second') && fields.hour === undefined) return 'numeric';
  return fields[name];
}

/** Also called without `new`, which makes one all the same. */
export const DateTimeFormat = function DateTimeFormat(
  this: unknown,
  ...args: [locales?: unknown, options?: unknown]
): object {
  const target = new.target ?? DateTimeFormat;
  const self = Object.create((target as { prototype: object }).prototype ?? DateTimeFormat.prototype) as object;
  states.set(self, { settings: readSettings(args[0], args[1], 'any', 'date'), format: undefined });
  return self;
} as unknown as {
  (locales?: unknown, options?: unknown): object;
  new (locales?: unknown, options?: unknown): object;
  prototype: object;
};

const statics = {
  supportedLocalesOf(locales: unknown, options: unknown = undefined): string[] {
    const list = localeList(locales);
    readMatcher(coerceOptions(options), 'DateTimeFormat');
    return supportedOf(list);
  },
};

expose(DateTimeFormat, 'DateTimeFormat', methods, statics);

/** The last formatter of `Date.prototype.toLocale…String` that was made without options. */
const plainSettings = new Map<string, Settings>();

/** Date.prototype.toLocaleString, toLocaleDateString and toLocaleTimeString. */
export function dateToLocaleString(
  time: number,
  locales: unknown,
  options: unknown,
  need: Need,
  defaults: Default,
): string {
  if (Number.isNaN(time)) return 'Invalid Date';
  const isPlain = options === undefined && (locales === undefined || locales === 'en-US');
  let settings = isPlain ? plainSettings.get(need) : undefined;
  settings ??= readSettings(locales, options, need, defaults);
  if (isPlain) plainSettings.set(need, settings);
  return join(partsOf(momentOf(time, settings), settings));
}
