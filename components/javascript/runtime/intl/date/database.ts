import packed from 'moment-timezone/data/packed/latest.json';
import { zoneAliases, zoneNames } from '../data/zone-names.ts';
import type { ZoneMoment } from './zones.ts';

/** The IANA time zone database, as moment-timezone packs it, with CLDR's names. */

interface Zone {
  /** Minutes east of UTC, one for each period. */
  readonly offsets: readonly number[];
  /** Where the periods end, in milliseconds since 1970; the last one is Infinity. */
  readonly untils: readonly number[];
}

/** By name in small letters: the packed text. */
const sources = new Map<string, string>();
/** By name in small letters: the name as it is written. */
const names = new Map<string, string>();
const unpacked = new Map<string, Zone>();

for (const text of packed.zones) {
  const name = text.slice(0, text.indexOf('|'));
  names.set(name.toLowerCase(), name);
  sources.set(name.toLowerCase(), text);
}
for (const link of packed.links) {
  const [target = '', name = ''] = link.split('|');
  names.set(name.toLowerCase(), name);
  sources.set(name.toLowerCase(), sources.get(target.toLowerCase()) ?? '');
}

/** Digits of moment-timezone's numbers: 0-9, a-z, A-X. */
function digit(code: number): number {
  return code > 96 ? code - 87 : code > 64 ? code - 29 : code - 48;
}

function base60(text: string): number {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  let value = 0;
  for (const letter of whole) value = value * 60 + digit(letter.charCodeAt(0));
  let scale = 1;
  for (const letter of fraction) {
    scale /= 60;
    value += digit(letter.charCodeAt(0)) * scale;
  }
  return text.startsWith('-') ? -value : value;
}

function zone(name: string): Zone {
  const key = name.toLowerCase();
  const known = unpacked.get(key);
  if (known !== undefined) return known;
  const [, , offsets = '', indices = '', untils = ''] = (sources.get(key) ?? '').split('|');
  const values = offsets.split(' ').map((text) => -base60(text));
  let at = 0;
  const made = {
    offsets: [...indices].map((index) => values[digit(index.charCodeAt(0))] ?? 0),
    untils: untils === '' ? [] : untils.split(' ').map((text) => (at += base60(text) * 60_000)),
  };
  unpacked.set(key, made);
  return made;
}

/** The last year with changes of the clock in the data. */
const lastYear = 2037;

/**
 * The same moment in a year of the data whose March and later months have the same weekdays: rules are taken to go on as
 * they are.
 */
function withinData(time: number, { untils }: Zone): number {
  const year = new Date(time).getUTCFullYear();
  const goesOn = (untils.at(-2) ?? 0) > Date.UTC(lastYear - 1, 0, 1);
  if (year <= lastYear || !goesOn) return time;
  const march = (of: number): Date => new Date(Date.UTC(of, 2, 1));
  let like = lastYear;
  while (march(like).getUTCDay() !== march(year).getUTCDay()) like--;
  return time - (march(year).getTime() - march(like).getTime());
}

/** A summer time does not last longer, in milliseconds. */
const longestSummer = 300 * 86_400_000;

export function momentIn(name: string, time: number): ZoneMoment {
  const data = zone(name);
  const { offsets, untils } = data;
  const at = withinData(time, data);
  let low = 0;
  let high = untils.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at < (untils[middle] ?? Number.POSITIVE_INFINITY)) high = middle;
    else low = middle + 1;
  }
  const offset = offsets[low] ?? offsets[0] ?? 0;
  const length = (untils[low] ?? Number.POSITIVE_INFINITY) - (untils[low - 1] ?? Number.NEGATIVE_INFINITY);
  const before = offsets[low - 1] ?? offset;
  const after = offsets[low + 1] ?? before;
  return { offset, isSummer: length < longestSummer && before < offset && after < offset };
}

/** By name in small letters: the name that is reported for it. */
const aliases = new Map<string, string>();
for (const line of zoneAliases.trim().split('\n')) {
  const [name = '', reported = ''] = line.split('=');
  aliases.set(name.toLowerCase(), reported);
}

export function canonicalName(name: string): string | undefined {
  return aliases.get(name.toLowerCase()) ?? names.get(name.toLowerCase());
}

const named = new Map<string, readonly string[]>();
for (const line of zoneNames.trim().split('\n')) {
  const [words = '', zones = ''] = line.split('=');
  for (const name of zones.split(' ')) named.set(name.toLowerCase(), words.split('|'));
}

/** The names are those of times since 1970, at the offsets that a zone has today. */
function isNamed(name: string, time: number, moment: ZoneMoment): boolean {
  if (time < 0) return false;
  const usual = standardOffset(name);
  return moment.isSummer ? moment.offset > usual : moment.offset === usual;
}

function standardOffset(name: string): number {
  return Math.min(momentIn(name, Date.UTC(2024, 0, 15)).offset, momentIn(name, Date.UTC(2024, 6, 15)).offset);
}

/** The name of a zone's standard or summer time; undefined where English has none. */
export function nameOf(name: string, time: number, moment: ZoneMoment, isLong: boolean): string | undefined {
  if (!isNamed(name, time, moment)) return undefined;
  return named.get(name.toLowerCase())?.[(isLong ? 0 : 3) + (moment.isSummer ? 1 : 0)] || undefined;
}

/** How near a change of the clock makes a zone's name common to both times, in milliseconds. */
const nearChange = 184 * 86_400_000;

export function genericName(name: string, time: number, isLong: boolean): string | undefined {
  const moment = momentIn(name, time);
  if (!isNamed(name, time, moment)) return undefined;
  const isNear = [time, time - nearChange, time + nearChange].some((at) => momentIn(name, at).isSummer);
  if (!isNear) return nameOf(name, time, moment, isLong);
  return named.get(name.toLowerCase())?.[isLong ? 2 : 5] || undefined;
}

/** All names, for `Intl.supportedValuesOf`. */
export function zoneList(): string[] {
  return [...names.values()].filter((name) => name.includes('/')).sort();
}
