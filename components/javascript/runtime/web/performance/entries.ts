import { typeError } from '../../errors.ts';
import { domError } from '../dom-exception.ts';
import { performanceNow } from '../performance.ts';
import { expose, needArguments, refuseConstruction, showAs, unlocked } from '../shape.ts';

/** Performance Timeline and User Timing (Level 3): entries, marks and measures. */

interface EntryFields {
  readonly name: string;
  readonly entryType: string;
  /** Milliseconds since the time origin. */
  readonly startTime: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly detail: unknown;
}

let fieldsOf: (entry: PerformanceEntry) => EntryFields;

export class PerformanceEntry {
  readonly #fields: EntryFields;

  static {
    fieldsOf = (entry) => entry.#fields;
  }

  constructor(key?: unknown, fields?: EntryFields) {
    refuseConstruction(key);
    this.#fields = fields ?? { name: '', entryType: '', startTime: 0, duration: 0, detail: null };
  }

  get name(): string {
    return this.#fields.name;
  }
  get entryType(): string {
    return this.#fields.entryType;
  }
  get startTime(): number {
    return this.#fields.startTime;
  }
  get duration(): number {
    return this.#fields.duration;
  }
  toJSON(): object {
    const { name, entryType, startTime, duration } = this.#fields;
    return { name, entryType, startTime, duration };
  }
}

function invalidTime(time: number): Error {
  return typeError('ERR_PERFORMANCE_INVALID_TIMESTAMP', `${time} is not a valid timestamp`);
}

interface MarkOptions {
  readonly startTime?: unknown;
  readonly detail?: unknown;
}

export class PerformanceMark extends PerformanceEntry {
  constructor(name: unknown, options: MarkOptions | null = {}) {
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    needArguments(arguments, 'name');
    const startTime = options?.startTime === undefined ? performanceNow() : Number(options.startTime);
    if (!(startTime >= 0)) throw invalidTime(startTime);
    super(unlocked, {
      name: `${name as string}`,
      entryType: 'mark',
      startTime,
      duration: 0,
      detail: options?.detail ?? null,
    });
  }
  get detail(): unknown {
    return fieldsOf(this).detail;
  }
  override toJSON(): object {
    return { ...fieldsOf(this) };
  }
}

export class PerformanceMeasure extends PerformanceEntry {
  get detail(): unknown {
    return fieldsOf(this).detail;
  }
  override toJSON(): object {
    return { ...fieldsOf(this) };
  }
}

expose(PerformanceEntry, 'PerformanceEntry');
for (const [Entry, name] of [
  [PerformanceMark, 'PerformanceMark'],
  [PerformanceMeasure, 'PerformanceMeasure'],
] as const) {
  expose(Entry, name);
  showAs(Entry as { prototype: PerformanceEntry }, (entry) => ({ ...fieldsOf(entry) }));
}

/** What the program has marked and measured, in the order of their starts. */
let timeline: PerformanceEntry[] = [];

/** Told of each new entry. */
const watchers = new Set<(entry: PerformanceEntry) => void>();

export function watchEntries(watcher: (entry: PerformanceEntry) => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function enter<E extends PerformanceEntry>(entry: E): E {
  let at = timeline.length;
  while (at > 0 && (timeline[at - 1]?.startTime ?? 0) > entry.startTime) at--;
  timeline.splice(at, 0, entry);
  for (const watcher of watchers) watcher(entry);
  return entry;
}

export function mark(name: unknown, options: MarkOptions | undefined): PerformanceMark {
  return enter(new PerformanceMark(name, options));
}

/** A time by itself or by the name of a mark. */
function timeOf(value: unknown): number {
  if (typeof value === 'number') {
    if (!(value >= 0)) throw invalidTime(value);
    return value;
  }
  const name = `${value as string}`;
  const found = timeline.findLast((entry) => entry.entryType === 'mark' && entry.name === name);
  if (found === undefined) throw domError('SyntaxError', `The "${name}" performance mark has not been set`);
  return found.startTime;
}

interface MeasureOptions {
  readonly start?: unknown;
  readonly end?: unknown;
  readonly duration?: unknown;
  readonly detail?: unknown;
}

export function measure(name: unknown, startOrOptions: unknown, endMark: unknown): PerformanceMeasure {
  const isOptions = typeof startOrOptions === 'object' && startOrOptions !== null;
  const options: MeasureOptions = isOptions
    ? (startOrOptions as MeasureOptions)
    : { start: startOrOptions, end: endMark };
  const { start, end, duration, detail = null } = options;
  const length = duration === undefined ? undefined : timeOf(Number(duration));
  let to = end === undefined ? undefined : timeOf(end);
  if (to === undefined) to = start !== undefined && length !== undefined ? timeOf(start) + length : performanceNow();
  const from = start !== undefined ? timeOf(start) : length !== undefined ? to - length : 0;
  const fields = { name: `${name as string}`, entryType: 'measure', startTime: from, duration: to - from, detail };
  return enter(new PerformanceMeasure(unlocked, fields));
}

export function clear(entryType: string, name: unknown): void {
  timeline = timeline.filter(
    (entry) => entry.entryType !== entryType || (name !== undefined && entry.name !== `${name as string}`),
  );
}

export function entries(name?: unknown, entryType?: unknown): PerformanceEntry[] {
  return timeline.filter(
    (entry) =>
      (name === undefined || entry.name === `${name as string}`) &&
      (entryType === undefined || entry.entryType === `${entryType as string}`),
  );
}
