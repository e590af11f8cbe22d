import { dateParts, joint, type Moment, type Part, partsOf, timeParts } from './parts.ts';
import type { Fields, Settings } from './settings.ts';

/** CLDR's interval formats of American English: what both ends have in common is written once. */

export interface RangePart extends Part {
  readonly source: 'startRange' | 'endRange' | 'shared';
}

const dash = '\u2009–\u2009';

type Source = RangePart['source'];

function from(source: Source, parts: readonly Part[]): RangePart[] {
  return parts.map((part) => ({ ...part, source }));
}

const shared = (value: string): RangePart => ({ type: 'literal', value, source: 'shared' });

function sameDay(a: Moment, b: Moment): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day;
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => part.value).join('');
}

/** With what tells the ends apart: the date for times of two days, the year for days of two years. */
function widened(start: Moment, end: Moment, settings: Settings): Settings {
  const { fields } = settings;
  const hasDate = dateParts(start, fields).length > 0;
  if (!hasDate && !sameDay(start, end))
    return { ...settings, fields: { ...fields, year: 'numeric', month: 'numeric', day: 'numeric' } };
  if (hasDate && fields.year === undefined && fields.month !== undefined && start.year !== end.year)
    return { ...settings, fields: { ...fields, year: 'numeric' } };
  return settings;
}

/** The parts of a range. */
export function rangeParts(start: Moment, end: Moment, asked: Settings): RangePart[] {
  const settings = widened(start, end, asked);
  const { fields, hourCycle } = settings;
  const [first, last] = [partsOf(start, settings), partsOf(end, settings)];
  if (textOf(first) === textOf(last)) return from('shared', first);
  const hasDate = dateParts(start, fields).length > 0;
  const hasTime = timeParts(start, fields, hourCycle).length > 0;
  if (hasDate && hasTime && sameDay(start, end)) {
    const date = from('shared', dateParts(start, fields));
    return [...date, shared(joint(settings) === ' at ' ? ', ' : joint(settings)), ...timeRange(start, end, settings)];
  }
  if (!hasDate && sameDay(start, end)) return timeRange(start, end, settings);
  if (hasDate && !hasTime) return dateRange(start, end, fields);
  return whole(first, last);
}

function whole(first: readonly Part[], last: readonly Part[]): RangePart[] {
  return [...from('startRange', first), shared(dash), ...from('endRange', last)];
}

/** The half of the day and the zone once, where both ends have them. */
function timeRange(start: Moment, end: Moment, { fields, hourCycle }: Settings): RangePart[] {
  const [first, last] = [timeParts(start, fields, hourCycle), timeParts(end, fields, hourCycle)];
  let common = 0;
  while (
    common < first.length - 1 &&
    ['literal', 'dayPeriod', 'timeZoneName'].includes(first[first.length - 1 - common]?.type ?? '') &&
    first[first.length - 1 - common]?.value === last[last.length - 1 - common]?.value
  )
    common++;
  if (common === 0) return whole(first, last);
  const end1 = last.length - common;
  return [
    ...from('startRange', first.slice(0, first.length - common)),
    shared(dash),
    ...from('endRange', last.slice(0, end1)),
    ...from('shared', last.slice(end1)),
  ];
}

/** `Jul 4 – 5, 2024`: where the month is a word, the year and the month stand once. */
function dateRange(start: Moment, end: Moment, fields: Fields): RangePart[] {
  const { year, month, day, weekday, era } = fields;
  const isText = month !== undefined && month !== 'numeric' && month !== '2-digit';
  const both = (): RangePart[] => whole(dateParts(start, fields), dateParts(end, fields));
  if (!isText || era !== undefined || start.year !== end.year) return both();
  const { year: _, ...yearless } = fields;
  const tail: RangePart[] =
    year === undefined ? [] : [shared(day === undefined ? ' ' : ', '), ...from('shared', dateParts(start, { year }))];
  if (weekday === undefined && day !== undefined && start.month === end.month) {
    const [monthPart, ...rest] = dateParts(start, yearless);
    return [
      ...from('shared', monthPart === undefined ? [] : [monthPart, ...rest.slice(0, 1)]),
      ...from('startRange', rest.slice(1)),
      shared(dash),
      ...from('endRange', dateParts(end, { day })),
      ...tail,
    ];
  }
  return [...whole(dateParts(start, yearless), dateParts(end, yearless)), ...tail];
}
