/** Marks, measures and their observers. */
export {
  clear,
  entries,
  mark,
  measure,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
} from '../web/performance/entries.ts';
export { PerformanceObserver, PerformanceObserverEntryList } from '../web/performance/observer.ts';
