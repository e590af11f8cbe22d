import { invalidArgument, typeError } from '../../errors.ts';
import { setImmediate } from '../../timers.ts';
import { expose, refuseConstruction, unlocked } from '../shape.ts';
import { entries, type PerformanceEntry, watchEntries } from './entries.ts';

/** Performance Timeline §4: PerformanceObserver. */

const observable = ['mark', 'measure'] as const;

export class PerformanceObserverEntryList {
  readonly #entries: readonly PerformanceEntry[];

  constructor(key?: unknown, list: readonly PerformanceEntry[] = []) {
    refuseConstruction(key);
    this.#entries = list;
  }
  getEntries(): PerformanceEntry[] {
    return [...this.#entries];
  }
  getEntriesByType(type: string): PerformanceEntry[] {
    return this.#entries.filter((entry) => entry.entryType === type);
  }
  getEntriesByName(name: string, type?: string): PerformanceEntry[] {
    return this.#entries.filter((entry) => entry.name === name && (type === undefined || entry.entryType === type));
  }
}

type Callback = (list: PerformanceObserverEntryList, observer: PerformanceObserver) => void;

export class PerformanceObserver {
  readonly #callback: Callback;
  #types: string[] = [];
  #pending: PerformanceEntry[] = [];
  #stop: (() => void) | undefined;

  static get supportedEntryTypes(): readonly string[] {
    return observable;
  }

  constructor(callback: Callback) {
    if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
    this.#callback = callback;
  }

  observe(options: { type?: string; entryTypes?: readonly string[]; buffered?: boolean } = {}): void {
    const { type, entryTypes, buffered } = options;
    if (type === undefined && entryTypes === undefined)
      throw typeError('ERR_MISSING_ARGS', 'The "options.entryTypes" or "options.type" argument must be specified');
    this.#types = type === undefined ? [...(entryTypes ?? [])] : [...this.#types, `${type}`];
    this.#stop ??= watchEntries((entry) => {
      if (this.#types.includes(entry.entryType)) this.#add([entry]);
    });
    if (buffered && type !== undefined) this.#add(entries(undefined, type));
  }

  disconnect(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#types = [];
    this.#pending = [];
  }

  takeRecords(): PerformanceEntry[] {
    const taken = this.#pending;
    this.#pending = [];
    return taken;
  }

  #add(added: readonly PerformanceEntry[]): void {
    if (added.length === 0) return;
    const isFirst = this.#pending.length === 0;
    this.#pending.push(...added);
    if (!isFirst) return;
    setImmediate(() => {
      const list = this.takeRecords();
      if (list.length > 0) this.#callback(new PerformanceObserverEntryList(unlocked, list), this);
    });
  }
}

expose(PerformanceObserverEntryList, 'PerformanceObserverEntryList');
expose(PerformanceObserver, 'PerformanceObserver');
