import { localeList, resolveLocale } from '../locales.ts';
import {
  coerceOptions,
  flagOption,
  numberOption,
  type Options,
  optionsObject,
  readMatcher,
  textOption,
} from '../options.ts';
import { zoneOf } from './zones.ts';

/** ECMA-402 §11.1.2: what a DateTimeFormat is asked for. */

const text = ['narrow', 'short', 'long'] as const;
const digits = ['2-digit', 'numeric'] as const;
const zoneNames = ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'] as const;
const styles = ['full', 'long', 'medium', 'short'] as const;
const cycles = ['h11', 'h12', 'h23', 'h24'] as const;

export type Text = (typeof text)[number];
export type Digits = (typeof digits)[number];
export type Style = (typeof styles)[number];
export type HourCycle = (typeof cycles)[number];

/** The fields that are shown, and how. */
export interface Fields {
  weekday?: Text | undefined;
  era?: Text | undefined;
  year?: Digits | undefined;
  month?: Digits | Text | undefined;
  day?: Digits | undefined;
  dayPeriod?: Text | undefined;
  hour?: Digits | undefined;
  minute?: Digits | undefined;
  second?: Digits | undefined;
  fractionalSecondDigits?: number | undefined;
  timeZoneName?: (typeof zoneNames)[number] | undefined;
}

export interface Settings {
  readonly locale: string;
  readonly timeZone: string;
  readonly hourCycle: HourCycle | undefined;
  readonly fields: Fields;
  readonly dateStyle: Style | undefined;
  readonly timeStyle: Style | undefined;
}

/** Which fields there must be, and which there are when the caller names none. */
export type Need = 'date' | 'time' | 'any';
export type Default = 'date' | 'time' | 'all';

const service = 'DateTimeFormat';

function readFields(options: Options): { fields: Fields; explicit: string | undefined } {
  const fields: Fields = {};
  fields.weekday = textOption(options, 'weekday', text, service);
  fields.era = textOption(options, 'era', text, service);
  fields.year = textOption(options, 'year', digits, service);
  fields.month = textOption(options, 'month', [...digits, ...text], service);
  fields.day = textOption(options, 'day', digits, service);
  fields.dayPeriod = textOption(options, 'dayPeriod', text, service);
  fields.hour = textOption(options, 'hour', digits, service);
  fields.minute = textOption(options, 'minute', digits, service);
  fields.second = textOption(options, 'second', digits, service);
  fields.fractionalSecondDigits = numberOption(options, 'fractionalSecondDigits', 1, 3);
  fields.timeZoneName = textOption(options, 'timeZoneName', zoneNames, service);
  const explicit = (Object.keys(fields) as (keyof Fields)[]).find((name) => fields[name] !== undefined);
  return { fields, explicit };
}

const dateFields = ['weekday', 'year', 'month', 'day'] as const;
const timeFields = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'] as const;

function addDefaults(fields: Fields, need: Need, defaults: Default): void {
  const has = (names: readonly (keyof Fields)[]): boolean => names.some((name) => fields[name] !== undefined);
  const isGiven = (need !== 'time' && has(dateFields)) || (need !== 'date' && has(timeFields));
  if (isGiven) return;
  if (defaults !== 'time') fields.year = fields.month = fields.day = 'numeric';
  if (defaults !== 'date') fields.hour = fields.minute = fields.second = 'numeric';
}

export function readSettings(locales: unknown, given: unknown, need: Need, defaults: Default): Settings {
  const requested = localeList(locales);
  const options =
    need === 'any' && defaults === 'date'
      ? coerceOptions(given)
      : given === undefined
        ? optionsObject(given)
        : coerceOptions(given);
  readMatcher(options, service);
  const calendar = textOption(options, 'calendar', [], service);
  const system = textOption(options, 'numberingSystem', [], service);
  for (const name of [calendar, system]) {
    if (name !== undefined && !/^[a-z0-9]{3,8}(?:-[a-z0-9]{3,8})*$/i.test(name))
      throw new RangeError(name === calendar ? `Invalid calendar : ${name}` : `Invalid numberingSystem : ${name}`);
  }
  const hour12 = flagOption(options, 'hour12');
  const cycle = textOption(options, 'hourCycle', cycles, service);
  const wanted = hour12 === undefined ? cycle : undefined;
  const resolved = resolveLocale(
    requested,
    { ca: ['gregory'], hc: ['', ...cycles], nu: ['latn'] },
    { ca: calendar, hc: wanted, nu: system },
  );
  const zone = options['timeZone'];
  const timeZone = zone === undefined ? 'UTC' : zoneOf(`${zone as string}`);
  const { fields, explicit } = readFields(options);
  textOption(options, 'formatMatcher', ['basic', 'best fit'], service);
  const dateStyle = textOption(options, 'dateStyle', styles, service);
  const timeStyle = textOption(options, 'timeStyle', styles, service);
  if (dateStyle === undefined && timeStyle === undefined) {
    addDefaults(fields, need, defaults);
  } else {
    const style = dateStyle === undefined ? 'timeStyle' : 'dateStyle';
    if (explicit !== undefined) throw new TypeError(`Can't set option ${explicit} when ${style} is used`);
    if (need === 'date' && timeStyle !== undefined) throw new TypeError('Invalid option : timeStyle');
    if (need === 'time' && dateStyle !== undefined) throw new TypeError('Invalid option : dateStyle');
    Object.assign(fields, fieldsOfStyles(dateStyle, timeStyle));
  }
  const fromTag = resolved.keys.get('hc');
  const chosen =
    hour12 === undefined ? (wanted ?? (fromTag === '' ? undefined : fromTag) ?? 'h12') : hour12 ? 'h12' : 'h23';
  return {
    locale: hour12 === undefined ? resolved.locale : resolved.locale.replace(/-u-hc-h\d\d$/, ''),
    timeZone,
    hourCycle: fields.hour === undefined ? undefined : (chosen as HourCycle),
    fields,
    dateStyle,
    timeStyle,
  };
}

/** CLDR's patterns of the styles, as fields. */
function fieldsOfStyles(date: Style | undefined, time: Style | undefined): Fields {
  const fields: Fields = {};
  if (date !== undefined) {
    if (date === 'full') fields.weekday = 'long';
    fields.year = date === 'short' ? '2-digit' : 'numeric';
    fields.month = date === 'short' ? 'numeric' : date === 'medium' ? 'short' : 'long';
    fields.day = 'numeric';
  }
  if (time !== undefined) {
    fields.hour = 'numeric';
    fields.minute = '2-digit';
    if (time !== 'short') fields.second = '2-digit';
    if (time === 'full' || time === 'long') fields.timeZoneName = time === 'full' ? 'long' : 'short';
  }
  return fields;
}
