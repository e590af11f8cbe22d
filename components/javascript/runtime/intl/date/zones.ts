import { lazyPart } from '../../parts.ts';

/** Time zones: UTC by itself, fixed offsets, and those of the IANA database, whose data is loaded for them. */

const data = lazyPart<typeof import('../../parts/intl-zones.ts')>('intl-zones');

/** What a zone says of one moment. */
export interface ZoneMoment {
  /** Minutes east of UTC. */
  readonly offset: number;
  readonly isSummer: boolean;
}

const fixed = /^([+-])(\d\d)(?::?(\d\d))?$/;

const utcNames = [
  ...['utc', 'etc/utc', 'etc/gmt', 'gmt', 'etc/gmt-0', 'etc/gmt+0', 'etc/gmt0', 'gmt0', 'etc/greenwich', 'greenwich'],
  ...['etc/uct', 'uct', 'zulu', 'etc/zulu', 'universal', 'etc/universal'],
];

/** The name of a zone as it is reported. @throws {RangeError} for a name that is none. */
export function zoneOf(name: string): string {
  const offset = fixed.exec(name);
  if (offset !== null) {
    const [, sign = '+', hours = '00', minutes = '00'] = offset;
    if (Number(hours) > 23 || Number(minutes) > 59) throw new RangeError(`Invalid time zone specified: ${name}`);
    return `${hours === '00' && minutes === '00' ? '+' : sign}${hours}:${minutes}`;
  }
  if (isUtc(name)) return 'UTC';
  const known = data().canonicalName(name);
  if (known === undefined) throw new RangeError(`Invalid time zone specified: ${name}`);
  return known;
}

function isUtc(zone: string): boolean {
  return utcNames.includes(zone.toLowerCase());
}

/** @param time Milliseconds since 1970. */
export function momentIn(zone: string, time: number): ZoneMoment {
  if (isUtc(zone)) return { offset: 0, isSummer: false };
  const offset = fixed.exec(zone);
  if (offset === null) return data().momentIn(zone, time);
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
  return { offset: offset[1] === '-' ? -minutes : minutes, isSummer: false };
}

/** `GMT+5:30`, `GMT+05:30`. */
function offsetName(offset: number, isLong: boolean): string {
  const whole = Math.trunc(Math.abs(offset));
  const seconds = Math.round((Math.abs(offset) - whole) * 60);
  const hours = Math.floor(whole / 60);
  const minutes = whole % 60;
  const two = (value: number): string => `${value < 10 ? '0' : ''}${value}`;
  const tail = seconds === 0 ? '' : `:${two(seconds)}`;
  const sign = offset < 0 ? '-' : '+';
  if (isLong) return `GMT${sign}${two(hours)}:${two(minutes)}${tail}`;
  return `GMT${sign}${hours}${minutes === 0 && tail === '' ? '' : `:${two(minutes)}${tail}`}`;
}

/** How a zone is called at one moment. */
export function zoneName(zone: string, time: number, moment: ZoneMoment, style: string): string {
  const isLong = style.startsWith('long');
  const byOffset = (): string => offsetName(moment.offset, isLong);
  if (style.endsWith('Offset') || fixed.test(zone)) return byOffset();
  const isGeneric = style.endsWith('Generic');
  if (isUtc(zone)) return isGeneric ? byOffset() : isLong ? 'Coordinated Universal Time' : 'UTC';
  return (isGeneric ? data().genericName(zone, time, isLong) : data().nameOf(zone, time, moment, isLong)) ?? byOffset();
}
