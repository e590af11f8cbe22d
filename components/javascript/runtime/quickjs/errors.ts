import { errnoOf } from '../errors.ts';

/** QuickJS's `os` functions answer with an error number instead of throwing: 0 or a negative number. */
export function status(result: number | undefined): number {
  return result === undefined || result < 0 ? -errnoOf(result) : result;
}

/** `[value, 0]` or `[fallback, errno]`. */
export function pair<T>(result: T | number | undefined, fallback: T): [T, number] {
  return typeof result === 'number' || result === undefined
    ? [fallback, errnoOf(result as number | undefined)]
    : [result, 0];
}
