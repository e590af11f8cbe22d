import { native } from '../native.ts';
import { lazyPart } from '../parts.ts';
import { state } from '../state.ts';
import { expose, needArguments, refuseConstruction, unlocked } from './shape.ts';

/** High Resolution Time: `now` and `timeOrigin` of the run, not of the image that it started from. */

const part = lazyPart<typeof import('../parts/performance.ts')>('performance');

let origin: number | undefined;

/** Milliseconds since 1970 when the program began; asked for only when a program does. */
function timeOrigin(): number {
  origin ??= native.wallTime() - (native.now() - state.startedAt);
  return origin;
}

/** Milliseconds since the program began. */
export function performanceNow(): number {
  return native.now() - state.startedAt;
}

type Entry = InstanceType<ReturnType<typeof part>['PerformanceEntry']>;

export class Performance {
  constructor(key?: unknown) {
    refuseConstruction(key);
  }

  get timeOrigin(): number {
    return timeOrigin();
  }

  now(): number {
    return performanceNow();
  }

  mark(name: unknown, options: object | undefined = undefined): Entry {
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    needArguments(arguments, 'name');
    return part().mark(name, options);
  }

  measure(name: unknown, startOrOptions: unknown = undefined, end: unknown = undefined): Entry {
    return part().measure(name, startOrOptions, end);
  }

  clearMarks(name: unknown = undefined): void {
    part().clear('mark', name);
  }

  clearMeasures(name: unknown = undefined): void {
    part().clear('measure', name);
  }

  getEntries(): Entry[] {
    return part().entries();
  }

  getEntriesByName(name: unknown, type: unknown = undefined): Entry[] {
    return part().entries(name, type);
  }

  getEntriesByType(type: unknown): Entry[] {
    return part().entries(undefined, type);
  }

  toJSON(): object {
    return { timeOrigin: timeOrigin() };
  }
}

expose(Performance, 'Performance');

export const performance = new Performance(unlocked);
